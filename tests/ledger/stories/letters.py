"""A letter is drafted, disputed, replied to, sent back, struck off; another is refused."""

from datetime import date

from domain.recommendations.drafting import Wanted
from domain.streams import Kind
from tests.domain.recommendations import samples as r
from tests.domain.samples import ORGAN, a_correction, a_lead, a_letter

LETTER, REFUSED, LEAD = "JY-L-01", "JY-L-02", "XS-JY-01"
DRAFT, DROPPED = "JYG-L-01", "JYG-L-02"
ASKED = (
    Wanted(requirement="修订采购制度", due_on=date(2024, 6, 30)),
    Wanted(requirement="追回多付款项", due_on=date(2024, 6, 30)),
    Wanted(requirement="调整审批岗位", due_on=date(2024, 6, 30)),
)


def _drafting(number: str) -> tuple[object, ...]:
    drafted = r.a_draft(
        number=number,
        related=None,
        drafted_on=date(2024, 3, 1),
        reply_due_on=date(2024, 4, 30),
        findings="采购验收由赵某一人经办",
        suggestions=ASKED,
    )
    revised = r.revised(
        number=number,
        revised_on=date(2024, 3, 5),
        reply_due_on=date(2024, 4, 30),
        findings="采购验收由赵某一人经办，无人复核",
        suggestions=ASKED,
    )
    return (drafted, r.returned(number=number, returned_on=date(2024, 3, 4)), revised)


COURSE = (
    *_drafting(DRAFT),
    r.approved(number=DRAFT, approved_on=date(2024, 3, 8)),
    r.issued(number=DRAFT, letter=LETTER, issued_on=date(2024, 3, 11)),
    r.delivered(number=LETTER, delivered_on=date(2024, 3, 12)),
    r.objected(3, number=LETTER, objected_on=date(2024, 3, 18)),
    r.decided(number=LETTER, upheld=True, decided_on=date(2024, 3, 25)),
    r.reply_extended(number=LETTER, approved_on=date(2024, 4, 20), extended_to=date(2024, 5, 15)),
    r.suggestion_extended(2, number=LETTER, approved_on=date(2024, 4, 20), until=date(2024, 8, 31)),
    r.replied(number=LETTER, filed_on=date(2024, 5, 10)),
    r.site_checked(number=LETTER, checked_on=date(2024, 6, 3)),
    r.evaluated(1, number=LETTER, evaluated_on=date(2024, 7, 1)),
    r.evaluated(2, "部分到位", number=LETTER, evaluated_on=date(2024, 7, 1), remarks="尚余两笔"),
    r.sent_back(2, number=LETTER, returned_on=date(2024, 7, 2), due_on=date(2024, 9, 30)),
    r.replied(number=LETTER, filed_on=date(2024, 9, 20), attachments=()),
    r.evaluated(2, number=LETTER, evaluated_on=date(2024, 9, 25)),
    r.struck_off(number=LETTER, closed_on=date(2024, 9, 30)),
    r.revisited(number=LETTER, revisited_on=date(2025, 3, 3)),
    a_correction(
        Kind.RECOMMENDATION,
        LETTER,
        "reply_due_on",
        number="GZ-L-01",
        was="2024-04-30",
        now="2024-05-06",
    ),
    *_drafting(DROPPED),
    r.withdrawn(number=DROPPED, withdrawn_on=date(2024, 3, 9)),
    a_letter(
        number=REFUSED,
        related=None,
        issued_on=date(2024, 4, 1),
        suggestions=1,
        reply_due_on=date(2024, 5, 1),
    ),
    r.listed(number=REFUSED, listed_on=date(2024, 4, 2), due_on=date(2024, 6, 1)),
    a_lead(number=LEAD, received_on=date(2024, 5, 20), organ=ORGAN, persons=()),
    r.escalated(
        "逾期不回复",
        number=REFUSED,
        escalated_on=date(2024, 5, 21),
        accountability_lead=LEAD,
    ),
)
