"""A warning changed and revoked, a removal from office, and a probation that ends in expulsion."""

from datetime import date

from domain.cases.decisions import SendCaseToReview
from tests.domain import samples as s
from tests.domain.sanctions import samples as x

LEAD, CASE = "XT-L-02", "XT-AJ-02"
WARNING, REMOVAL, PROBATION, EXPULSION = "XT-CF-01", "XT-CF-02", "XT-CF-03", "XT-CF-04"

COURSE = (
    s.a_lead(number=LEAD, received_on=date(2021, 3, 1)),
    s.a_case(number=CASE, lead=LEAD, filed_on=date(2021, 4, 1)),
    SendCaseToReview(number=CASE, sent_to_review_on=date(2021, 5, 10)),
    x.a_party_decision(number=WARNING, case=CASE),
    x.an_announcement(number=WARNING),
    x.an_execution_report(number=WARNING),
    x.a_rehandling(number=WARNING),
    x.an_upholding(number=WARNING),
    x.a_change(number=WARNING),
    x.a_revocation(number=WARNING),
    x.a_reinstatement(number=WARNING),
    x.a_removal_from_office(number=REMOVAL, case=CASE),
    x.a_post_change_extension(number=REMOVAL),
    x.a_post_change(number=REMOVAL),
    x.a_probation(number=PROBATION, case=CASE),
    x.a_probation_extension(number=PROBATION),
    x.an_application(number=PROBATION, restoration_applied_on=date(2023, 6, 1)),
    x.a_resolution(number=PROBATION, branch_resolved_on=date(2023, 6, 20)),
    x.a_restoration(number=PROBATION, rights_restored_on=date(2023, 7, 1)),
    x.a_party_decision(
        number=EXPULSION,
        case=CASE,
        kind="开除党籍",
        decided_on=date(2024, 3, 1),
        earlier=(PROBATION,),
    ),
    x.a_restoration_revoked(
        number=PROBATION, restoration_revoked_on=date(2024, 3, 2), expulsion=EXPULSION
    ),
)
