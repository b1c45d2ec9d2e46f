"""An appeal that changes a warning, 复审 and 复核, a complaint, and organisational measures."""

from datetime import date

from domain.cases.decisions import SendCaseToReview
from tests.domain import samples as s
from tests.domain.appeals import samples as a
from tests.domain.sanctions import samples as x

LEAD, CASE = "XT-L-03", "XT-AJ-03"
PARTY, OFFICE, HIGHER = "XT-CF-11", "XT-CF-12", "XT-JW-00"
APPEAL, GIVEN_UP, FIRST, SECOND = "XT-SS-01", "XT-SS-02", "XT-SS-03", "XT-SS-04"
COMPLAINT, SUSPENSION, RESIGNATION = "XT-WF-01", "XT-ZZ-01", "XT-ZZ-02"

COURSE = (
    s.an_organ(code=HIGHER, name="市纪委监委", region="350500"),
    s.a_lead(number=LEAD, received_on=date(2021, 3, 1)),
    s.a_case(number=CASE, lead=LEAD, filed_on=date(2021, 4, 1)),
    x.a_suspension(number=SUSPENSION, lead=LEAD, case=CASE),
    x.an_end_of_measure(number=SUSPENSION),
    SendCaseToReview(number=CASE, sent_to_review_on=date(2021, 5, 10)),
    x.a_party_decision(number=PARTY, case=CASE),
    x.an_administrative_decision(number=OFFICE, case=CASE),
    x.an_ordered_resignation(number=RESIGNATION, lead=LEAD, case=CASE, sanction=PARTY),
    a.an_appeal(number=GIVEN_UP, sanction=PARTY),
    a.a_withdrawal(number=GIVEN_UP),
    a.an_appeal(
        number=APPEAL,
        sanction=PARTY,
        applied_on=date(2021, 10, 8),
        accepted_on=date(2021, 10, 11),
    ),
    a.an_assignment(number=APPEAL, assigned_on=date(2021, 10, 12)),
    a.a_change_ruled(number=APPEAL),
    a.a_reexamination(number=FIRST, sanction=OFFICE),
    a.an_assignment(number=FIRST, assigned_on=date(2021, 7, 8)),
    a.a_ruling(number=FIRST, decided_on=date(2021, 8, 1)),
    a.a_review(number=SECOND, sanction=OFFICE, organ=HIGHER, earlier=FIRST),
    a.an_assignment(number=SECOND),
    a.a_ruling(number=SECOND, outcome="撤销", decided_by="市监委", grounds="事实不清"),
    a.a_complaint(number=COMPLAINT, case=CASE),
    a.an_answer(number=COMPLAINT),
    a.a_review_asked(number=COMPLAINT),
    a.a_review_answered(number=COMPLAINT),
)
