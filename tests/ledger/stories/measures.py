"""Measures in the cases of a province and one of its districts: property, custody, detention."""

from datetime import date
from typing import Any

from tests.domain.measures import samples as s
from tests.domain.samples import PERSON, a_case, an_organ

NATION, PROVINCE = "AL-JW-G", "AL-JW-S"
CASE = "AL-AJ-11"
HELD, COMPELLED, CUSTODY, FROZEN, AWAITING = (f"AL-CS-{at:02}" for at in range(1, 6))


def _of(number: str, kind: str, **changes: Any) -> Any:
    said = {"case": CASE, "organ": PROVINCE, "person": PERSON, "number": number}
    return s.a_measure(kind, **(said | changes))


COURSE = (
    an_organ(code=NATION, name="国家监委", parent=None, region="100000"),
    an_organ(code=PROVINCE, name="某省监委", parent=NATION, region="350000"),
    a_case(number=CASE, lead=None, organ=PROVINCE),
    _of(FROZEN, "冻结", person=None, target="某银行账户"),
    s.carried_out(number=FROZEN, carried_out_at=None),
    s.irrelevant(number=FROZEN),
    s.lifted(number=FROZEN),
    _of(COMPELLED, "强制到案"),
    s.carried_out(number=COMPELLED),
    _of(CUSTODY, "管护"),
    s.carried_out(number=CUSTODY, carried_out_at=s.at(1, 15)),
    s.changed(CUSTODY, number=COMPELLED, changed_on=s.DAY, changed_at=s.at(1, 15)),
    s.a_delivery(number=CUSTODY),
    s.a_deferral(number=CUSTODY),
    _of(HELD, "留置", approver="集体研究", approved_on=date(2025, 7, 5)),
    s.carried_out(number=HELD, carried_out_on=date(2025, 7, 5), carried_out_at=s.at(5, 9)),
    s.changed(HELD, number=CUSTODY),
    s.a_notice(number=HELD, notified_on=date(2025, 7, 5), notified_at=s.at(5, 18)),
    s.a_record(number=HELD, recorded_on=date(2025, 7, 6)),
    s.a_change_request(number=HELD),
    s.an_answer(number=HELD),
    s.a_restart(number=HELD),
    s.an_extension(
        number=HELD,
        approving_organ=NATION,
        decided_on=date(2025, 11, 28),
        until=date(2026, 3, 1),
    ),
)
