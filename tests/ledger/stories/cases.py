"""Cases from the request to file them: one reviewed twice and transferred, others ended early."""

from datetime import date
from typing import Any

from domain.cases.decisions import CloseCase
from tests.domain.cases import samples as s
from tests.domain.samples import PERSON, an_organ

LONG, WITHDRAWN, WAIVED = "AL-AJ-01", "AL-AJ-02", "AL-AJ-03"
UNDER = "AL-JW-01"


def _filed(case: str, request: str) -> tuple[Any, ...]:
    """A request of its own, and the case filed on it."""
    asked = s.a_filing_request(number=request, lead=None, person=PERSON, organ=UNDER)
    return (asked, s.an_approval(number=request, case=case))


COURSE = (
    an_organ(code=UNDER, name="某区纪委监委", parent=None, region="350502"),
    *_filed(LONG, "AL-CP-01"),
    *_filed(WITHDRAWN, "AL-CP-02"),
    *_filed(WAIVED, "AL-CP-03"),
    s.a_filing_request(number="AL-CP-04", lead=None, organ=UNDER),
    s.a_refusal(number="AL-CP-04"),
    s.an_announcement(number=LONG),
    s.a_family_notice(number=LONG),
    s.a_publication(number=LONG),
    s.a_plan(number=LONG),
    s.a_team(number=LONG),
    s.a_recusal_request(number=LONG),
    s.a_recusal(number=LONG),
    s.a_team(number=LONG, assigned_on=date(2021, 4, 13), investigators=("JC01", "JC03")),
    s.an_extension(number=LONG, approver="JW00"),
    s.a_report(number=LONG),
    s.a_sending(number=LONG),
    s.an_acceptance(number=LONG),
    s.other_reviewers(number=LONG),
    s.a_return(number=LONG),
    s.a_report(number=LONG, report_on=date(2021, 6, 4)),
    s.a_resending(number=LONG),
    s.an_acceptance(number=LONG, accepted_on=date(2021, 6, 6)),
    s.a_longer_review(number=LONG, decided_on=date(2021, 6, 25), review_until=date(2021, 8, 1)),
    s.a_review_report(number=LONG, review_concluded_on=date(2021, 7, 20)),
    s.a_transfer(number=LONG, transferred_on=date(2021, 7, 25)),
    s.a_supplement(number=LONG, supplement_returned_on=date(2021, 8, 20)),
    s.a_completion(number=LONG, supplement_completed_on=date(2021, 9, 10)),
    s.a_withdrawal(number=WITHDRAWN),
    s.a_team(number=WAIVED),
    s.a_report(number=WAIVED),
    s.a_sending(number=WAIVED),
    s.an_acceptance(number=WAIVED),
    s.a_review_report(number=WAIVED),
    s.a_waiver(number=WAIVED),
    CloseCase(number=WAIVED, closed_on=date(2021, 6, 16)),
)
