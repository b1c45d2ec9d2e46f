"""A cadre's archive is kept, supplied, reviewed, looked into, asked about, handed over."""

from datetime import date

from tests.domain.archives import samples as a
from tests.domain.samples import UNIT, a_person

PERSON = "RY-L-01"


def _item(at: int) -> str:
    return f"DA-L-{at:02}"


COURSE = (
    a_person(number=PERSON, name="赵一鸣", archive_opened_on=date(2023, 1, 10)),
    a.keeper_named(person=PERSON, keeper_named_on=date(2023, 1, 11)),
    a.recused(person=PERSON, recused_on=date(2023, 3, 1), reason="与赵一鸣系亲属"),
    a.keeper_named(person=PERSON, keeper="黄某", keeper_named_on=date(2023, 3, 2)),
    a.supplied(
        number=_item(1),
        person=PERSON,
        occurred_on=date(2023, 7, 1),
        content="赵一鸣获评先进个人",
        supplied_on=date(2023, 7, 5),
    ),
    a.reviewed(person=PERSON, item=_item(2), reviewed_on=date(2023, 7, 10), reviewed_by="黄某"),
    a.post_changed(
        person=PERSON,
        item=_item(3),
        post_changed_on=date(2023, 9, 1),
        present_unit=UNIT,
        supplied_on=date(2023, 9, 4),
    ),
    a.signed(number=_item(4), person=PERSON, signed_on=date(2023, 12, 20), content="赵一鸣报告"),
    a.opinion_requested(
        number="YJ-L-01",
        person=PERSON,
        requested_on=date(2024, 2, 1),
        answer_due_on=date(2024, 2, 8),
    ),
    a.opinion_given(
        number="YJ-L-01", item=_item(5), given_on=date(2024, 2, 6), as_of=date(2024, 2, 5)
    ),
    a.access_requested(number="CY-L-01", person=PERSON, requested_on=date(2024, 2, 2)),
    a.access_approved(number="CY-L-01", approved_on=date(2024, 2, 3), valid_until=date(2024, 2, 9)),
    a.looked(number="CY-L-01", person=PERSON, looked_on=date(2024, 2, 5)),
    a.access_requested(number="CY-L-02", person=PERSON, requested_on=date(2024, 2, 2)),
    a.access_refused(number="CY-L-02", refused_on=date(2024, 2, 3)),
    a.closed(person=PERSON, archive_closed_on=date(2024, 6, 3)),
)
