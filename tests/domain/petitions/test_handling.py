"""信访举报的办理: assigned from above, turned into a lead, concluded, answered."""

from datetime import date

import pytest

from domain.petitions.handling import (
    assign_petition,
    conclude_petition,
    extend_petition_report,
    feed_back_petition_result,
    notify_petition_result,
    quarter_end,
    report_assigned_petition,
    turn_petition_into_lead,
    withdraw_petition,
)
from domain.petitions.petition import Petition
from domain.petitions.petition_file import (
    AssignedPetitionReported,
    PetitionAssigned,
    PetitionConcluded,
    PetitionReportExtended,
    PetitionResultFedBack,
    PetitionResultNotified,
    PetitionTurnedIntoLead,
    PetitionWithdrawn,
)
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.petitions import samples as p
from tests.domain.petitions.test_acceptance import stage_of
from tests.domain.proof import proves
from tests.domain.samples import EVERYONE, ORGAN, a_correction

ASSIGNED = (*p.ACCEPTED_PETITION, p.assign())
FIRST_END, SECOND_END, THIRD_END = date(2024, 6, 2), date(2024, 9, 2), date(2024, 12, 2)


@proves(assign_petition, 1, 3)
def test_a_petition_assigned_from_above_is_due_in_three_months() -> None:
    event = stated(p.assign(), PetitionAssigned, organ=ORGAN, report_due_on=FIRST_END, extensions=0)
    given(*p.RECEIVED_PETITION).when(p.assign()).then(event)
    moved = given(*p.RECEIVED_PETITION, p.transfer())
    moved.when(p.assign()).refused("wrong_stage", field="number")


@proves(assign_petition, 2)
def test_a_petition_is_assigned_once() -> None:
    again = p.assign(assigned_by="省纪委监委")
    given(*ASSIGNED).when(again).refused("already_registered", field="number")


@proves(extend_petition_report, 1, 2)
def test_the_time_is_extended_by_the_principal_and_further_by_the_superior() -> None:
    event = stated(
        p.extend(), PetitionReportExtended, organ=ORGAN, report_due_on=SECOND_END, extensions=1
    )
    given(*ASSIGNED).when(p.extend()).then(event)
    further = p.extend(
        extended_on=date(2024, 9, 1), reported_up_on=None, approver_role=p.SUPERIOR, approver=None
    )
    event = stated(
        further, PetitionReportExtended, organ=ORGAN, report_due_on=THIRD_END, extensions=2
    )
    given(*ASSIGNED, p.extend()).when(further).then(event)


@proves(extend_petition_report, 1)
def test_only_a_result_that_is_waited_for_is_extended() -> None:
    given(*p.ACCEPTED_PETITION).when(p.extend()).refused("not_assigned", field="number")
    reported = given(*ASSIGNED, p.report_up(assignment_reported_on=date(2024, 5, 1)))
    reported.when(p.extend()).refused("not_assigned", field="number")
    moved = given(*p.RECEIVED_PETITION, p.assign(), p.transfer())
    moved.when(p.extend()).refused("wrong_stage", field="number")


@proves(extend_petition_report, 2)
def test_an_extension_needs_its_own_approval() -> None:
    history = given(*ASSIGNED)
    deputy = p.extend(approver_role="分管负责人")
    refusal = history.when(deputy).refused("not_authorised", field="approver_role")
    assert refusal.provision == "《纪检监察机关处理检举控告工作规则》（2020）第21条"
    silent = p.extend(reported_up_on=None)
    history.when(silent).refused("required", field="reported_up_on")
    again = p.extend(extended_on=date(2024, 8, 30))
    extended = given(*ASSIGNED, p.extend())
    extended.when(again).refused("not_authorised", field="approver_role")


@proves(extend_petition_report, 3)
def test_a_term_is_extended_while_it_runs() -> None:
    history = given(*ASSIGNED)
    late = p.extend(extended_on=date(2024, 6, 3))
    history.when(late).refused("impossible_date", field="extended_on")
    early = p.extend(extended_on=date(2024, 3, 1))
    history.when(early).refused("impossible_date", field="extended_on")


@proves(report_assigned_petition, 1, 2, 3)
def test_the_result_of_an_assigned_petition_is_reported_up_once() -> None:
    event = stated(p.report_up(), AssignedPetitionReported, organ=ORGAN)
    history = given(*ASSIGNED)
    early = p.report_up(assignment_reported_on=date(2024, 3, 1))
    history.when(early).refused("impossible_date", field="assignment_reported_on")
    history.when(p.report_up()).then(event)
    history.when(p.report_up()).refused("not_assigned", field="number")
    given(*p.ACCEPTED_PETITION).when(p.report_up()).refused("not_assigned", field="number")
    waiting = given(*p.RECEIVED_PETITION, p.assign())
    waiting.when(p.report_up()).refused("wrong_stage", field="number")


@proves(turn_petition_into_lead, 1)
def test_a_petition_turned_into_a_lead_names_it() -> None:
    event = stated(p.turn(), PetitionTurnedIntoLead, organ=ORGAN)
    office = given(*p.ACCEPTED_PETITION, p.a_lead()).when(p.turn()).then(event)
    assert stage_of(office) == "lead"
    assert office.look(Kind.PETITION, p.PETITION).lead == p.LEAD
    repeat = (*EVERYONE, p.a_petition(repeat=True), p.a_lead())
    given(*repeat).when(p.turn()).refused("wrong_stage", field="number")
    given(*p.TURNED).when(p.turn()).refused("wrong_stage", field="number")


@proves(turn_petition_into_lead, 2, 3)
def test_the_lead_says_that_it_came_from_the_petition() -> None:
    history = given(*p.ACCEPTED_PETITION)
    history.when(p.turn()).refused("missing_reference", field="lead")
    other = p.a_lead(source="监督检查发现", source_number=None)
    found = given(*p.ACCEPTED_PETITION, other)
    found.when(p.turn()).refused("not_applicable", field="lead")
    early = p.turn(turned_on=date(2024, 2, 29))
    named = given(*p.ACCEPTED_PETITION, p.a_lead())
    named.when(early).refused("before_receipt", field="turned_on")


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2024, 1, 1), date(2024, 3, 31)),
        (date(2024, 3, 31), date(2024, 3, 31)),
        (date(2024, 5, 20), date(2024, 6, 30)),
        (date(2024, 9, 30), date(2024, 9, 30)),
        (date(2024, 12, 31), date(2024, 12, 31)),
    ],
)
def test_a_quarter_ends_with_its_third_month(day: date, end: date) -> None:
    assert quarter_end(day) == end


@proves(conclude_petition, 1, 3, 4)
def test_a_petition_is_concluded_and_its_answers_fall_due() -> None:
    event = stated(
        p.conclude(),
        PetitionConcluded,
        organ=ORGAN,
        reporter_named=True,
        quarter_ends_on=date(2024, 6, 30),
    )
    office = given(*p.TURNED).when(p.conclude()).then(event)
    assert stage_of(office) == "concluded"
    given(*p.RECEIVED_PETITION).when(p.conclude()).refused("wrong_stage", field="number")


@proves(conclude_petition, 3)
def test_an_anonymous_reporter_is_not_told() -> None:
    anonymous = (*EVERYONE, p.a_petition(signature="匿名"), p.accept(), p.conclude())
    office = given(*anonymous).office
    assert office.look(Kind.PETITION, p.PETITION).reporter_named is False


@proves(conclude_petition, 2)
def test_a_petition_is_not_concluded_before_it_was_taken_up() -> None:
    before_acceptance = p.conclude(concluded_on=date(2024, 3, 4))
    accepted = given(*p.ACCEPTED_PETITION)
    accepted.when(before_acceptance).refused("impossible_date", field="concluded_on")
    before_the_lead = p.conclude(concluded_on=date(2024, 3, 7))
    given(*p.TURNED).when(before_the_lead).refused("impossible_date", field="concluded_on")


@proves(notify_petition_result, 1, 2, 3)
def test_a_named_reporter_is_told_the_result_once() -> None:
    act = p.notify_result()
    history = given(*p.CONCLUDED_PETITION)
    early = p.notify_result(result_notified_on=date(2024, 5, 19))
    history.when(early).refused("impossible_date", field="result_notified_on")
    history.when(act).then(stated(act, PetitionResultNotified, organ=ORGAN))
    history.when(act).refused("already_registered", field="result_notified_on")
    given(*p.ACCEPTED_PETITION).when(act).refused("wrong_stage", field="number")
    anonymous = (*EVERYONE, p.a_petition(signature="匿名"), p.accept(), p.conclude())
    refusal = given(*anonymous).when(act).refused("not_named", field="number")
    assert refusal.provision == "《纪检监察机关处理检举控告工作规则》（2020）第27条"


@proves(feed_back_petition_result, 1, 2)
def test_the_undertaking_department_feeds_the_result_back_once() -> None:
    act = p.feed_back()
    history = given(*p.CONCLUDED_PETITION)
    early = p.feed_back(result_fed_back_on=date(2024, 5, 19))
    history.when(early).refused("impossible_date", field="result_fed_back_on")
    history.when(act).then(stated(act, PetitionResultFedBack, organ=ORGAN))
    history.when(act).refused("already_registered", field="result_fed_back_on")
    given(*p.ACCEPTED_PETITION).when(act).refused("wrong_stage", field="number")


@proves(withdraw_petition, 1, 2, 3)
def test_a_petition_registered_by_mistake_is_withdrawn_and_no_longer_corrected() -> None:
    act = p.withdraw()
    event = stated(act, PetitionWithdrawn, organ=ORGAN, before=stated(p.a_petition(), Petition))
    history = given(*p.RECEIVED_PETITION)
    history.when(p.withdraw(basis="")).refused("required", field="basis")
    early = p.withdraw(withdrawn_on=date(2024, 2, 29))
    history.when(early).refused("before_receipt", field="withdrawn_on")
    office = history.when(act).then(event)
    assert stage_of(office) == "withdrawn"
    again = a_correction(Kind.PETITION, p.PETITION, "channel", was="来信", now="来访")
    history.when(again).refused("not_correctable", field="target")
    given(*p.ACCEPTED_PETITION).when(act).refused("wrong_stage", field="number")
