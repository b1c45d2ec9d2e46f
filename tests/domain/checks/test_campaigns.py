"""专项整治: stages in their order, problems to their sign-off, someone held to account."""

from datetime import date
from typing import Any

import pytest

from domain.campaigns.campaign import (
    LIFECYCLE,
    Campaign,
    CampaignAccountabilityRegistered,
    CampaignConcluded,
    CampaignLaunched,
    CampaignPhaseEntered,
    CampaignProblemSettled,
    CampaignProblemTaken,
    open_problems,
)
from domain.campaigns.decisions import (
    conclude_campaign,
    enter_campaign_phase,
    launch_campaign,
    phases,
    register_campaign_accountability,
)
from domain.checks.problem import CheckProblemRecorded
from domain.checks.problem_decisions import record_check_problem
from domain.streams import Kind
from tests.domain.checks.samples import (
    CAMPAIGN,
    EVERYONE,
    LAST_PHASE,
    PHASES,
    PROBLEM,
    RUNNING,
    a_campaign,
    a_check_problem,
    a_conclusion,
    a_phase,
    a_sign_off,
    an_accountability,
    an_inclusion,
    put_right,
    verified,
)
from tests.domain.harness import Office, given, stated
from tests.domain.proof import proves
from tests.domain.samples import LEAD, ORGAN, a_lead, a_person

WITH_LEAD = (*RUNNING, a_person(), a_lead())
OF_CAMPAIGN = a_check_problem(campaign=CAMPAIGN)
SIGNED_OFF = (put_right(), verified(), a_sign_off())


def found(office: Office) -> Campaign:
    campaign = office.look(Kind.CAMPAIGN, CAMPAIGN)
    assert isinstance(campaign, Campaign)
    return campaign


@proves(launch_campaign, 1, 2, 3, 4)
def test_a_campaign_is_launched_in_its_first_stage() -> None:
    act = a_campaign()
    happened = stated(act, CampaignLaunched, phase=PHASES[0], phase_on=act.launched_on)
    office = given(*EVERYONE).when(act).then(happened)
    assert LIFECYCLE.stage(found(office)) == "running"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"organ": "无"}, "missing_reference", "organ"),
        ({"units": ("无",)}, "missing_reference", "units"),
        ({"kind": "别的"}, "unknown_code", "kind"),
        ({"planned_until": date(2021, 3, 31)}, "impossible_date", "planned_until"),
    ],
)
@proves(launch_campaign, 2, 3, 4)
def test_a_launch_that_cannot_be_is_refused(changes: dict[str, Any], code: str, field: str) -> None:
    given(*EVERYONE).when(a_campaign(**changes)).refused(code, field=field)


@proves(launch_campaign, 1)
def test_a_number_of_a_campaign_is_used_once() -> None:
    given(*RUNNING).when(a_campaign()).refused("already_registered", field="number")


@proves(enter_campaign_phase, 1, 2, 3, 4)
def test_a_campaign_goes_through_its_stages_in_their_order() -> None:
    assert phases(date(2021, 4, 1)) == PHASES
    office = given(*RUNNING).office
    for phase in PHASES[1:]:
        act = a_phase(phase)
        ((_, event),) = office.carry_out(act)
        assert event == stated(act, CampaignPhaseEntered, organ=ORGAN)
        assert found(office).phase == phase


@pytest.mark.parametrize(
    ("act", "code", "field"),
    [
        (a_phase("回头看"), "unknown_code", "phase"),
        (a_phase(PHASES[2]), "wrong_order", "phase"),
        (a_phase(PHASES[0]), "wrong_order", "phase"),
        (a_phase(PHASES[1], date(2021, 3, 31)), "impossible_date", "phase_on"),
    ],
)
@proves(enter_campaign_phase, 2, 3, 4)
def test_a_stage_out_of_its_order_is_refused(act: Any, code: str, field: str) -> None:
    given(*RUNNING).when(act).refused(code, field=field)


@proves(enter_campaign_phase, 3)
def test_there_is_no_stage_after_the_last() -> None:
    given(*LAST_PHASE).when(a_phase(PHASES[4])).refused("wrong_order", field="phase")


@proves(record_check_problem, 5)
def test_a_problem_of_a_campaign_is_in_the_lists_of_both() -> None:
    asked = given(*RUNNING).when(OF_CAMPAIGN)
    taken = CampaignProblemTaken(
        number=CAMPAIGN, organ=ORGAN, problem=PROBLEM, taken_on=date(2021, 5, 6)
    )
    office = asked.then(stated(OF_CAMPAIGN, CheckProblemRecorded), taken)
    assert open_problems(found(office)) == (PROBLEM,)


def test_a_problem_signed_off_is_settled_in_its_campaign() -> None:
    other = a_check_problem(number="JDWT-02", campaign=CAMPAIGN)
    *before, last = SIGNED_OFF
    happened = given(*RUNNING, OF_CAMPAIGN, other, *before).when(last).happened
    settled = CampaignProblemSettled(
        number=CAMPAIGN, organ=ORGAN, problem=PROBLEM, settled_on=date(2021, 6, 20)
    )
    assert happened[1] == (f"campaign:{CAMPAIGN}", settled)
    office = given(*RUNNING, OF_CAMPAIGN, other, *SIGNED_OFF).office
    assert open_problems(found(office)) == ("JDWT-02",)


@proves(register_campaign_accountability, 1, 2, 3, 4)
def test_a_campaign_holds_someone_to_account() -> None:
    act = an_accountability()
    happened = stated(act, CampaignAccountabilityRegistered, organ=ORGAN)
    office = given(*WITH_LEAD).when(act).then(happened)
    assert [each.lead for each in found(office).accountabilities] == [LEAD]
    given(*WITH_LEAD, act).when(act).refused("already_registered", field="lead")


@proves(register_campaign_accountability, 2, 4)
def test_an_accountability_that_cannot_be_is_refused() -> None:
    given(*RUNNING).when(an_accountability()).refused("missing_reference", field="lead")
    early = an_accountability(accountable_on=date(2021, 3, 31))
    given(*WITH_LEAD).when(early).refused("impossible_date", field="accountable_on")
    late = (*RUNNING, a_person(), a_lead(received_on=date(2021, 7, 2)))
    given(*late).when(an_accountability()).refused("impossible_date", field="accountable_on")


@proves(conclude_campaign, 1, 2, 3, 4, 5)
def test_a_campaign_ends_when_every_problem_is_signed_off_or_handed_on() -> None:
    act = a_conclusion()
    office = given(*LAST_PHASE).when(act).then(stated(act, CampaignConcluded, organ=ORGAN))
    assert LIFECYCLE.stage(found(office)) == "concluded"
    left = (*LAST_PHASE, OF_CAMPAIGN)
    given(*left).when(act).refused("open_problems", field="handed_on")
    handed = a_conclusion(handed_on=(PROBLEM,))
    given(*left).when(handed).then(stated(handed, CampaignConcluded, organ=ORGAN))
    given(*left, *SIGNED_OFF).when(handed).refused("open_problems", field="handed_on")
    given(*left, *SIGNED_OFF).when(act).then(stated(act, CampaignConcluded, organ=ORGAN))


@proves(conclude_campaign, 2, 3, 5)
def test_a_conclusion_that_cannot_be_is_refused() -> None:
    given(*RUNNING).when(a_conclusion()).refused("wrong_order", field="concluded_on")
    early = a_conclusion(concluded_on=date(2021, 4, 19))
    given(*LAST_PHASE).when(early).refused("impossible_date", field="concluded_on")
    given(*LAST_PHASE).when(a_conclusion(summary=" ")).refused("required", field="summary")


@pytest.mark.parametrize(
    "act", [a_phase(PHASES[1]), an_accountability(), a_conclusion()], ids=lambda a: type(a).__name__
)
@proves(enter_campaign_phase, 1)
@proves(register_campaign_accountability, 1)
@proves(conclude_campaign, 1)
def test_nothing_happens_in_a_campaign_that_is_over_or_not_there(act: Any) -> None:
    over = (*LAST_PHASE, a_person(), a_lead(), a_conclusion())
    given(*over).when(act).refused("wrong_stage", field="number")
    given(*EVERYONE).when(act).refused("missing_reference", field="number")


@proves(record_check_problem, 5)
def test_a_campaign_that_is_over_takes_in_no_problem() -> None:
    over = (*LAST_PHASE, a_conclusion())
    given(*over).when(OF_CAMPAIGN).refused("wrong_stage", field="campaign")
    own = (*over, a_check_problem(found_on=date(2021, 5, 7)))
    given(*own).when(an_inclusion()).refused("wrong_stage", field="campaign")
