"""初步核实: plan and team, report, results; feeding a closing back."""

from datetime import date
from typing import Any

import pytest

from domain.leads.steps import (
    ClosingFedBack,
    LeadClosedAfterVerification,
    VerificationConcluded,
    VerificationPlanApproved,
    VerificationReported,
)
from domain.leads.verification import (
    approve_verification_plan,
    close_lead_after_verification,
    conclude_verification,
    feed_back_closing,
    report_verification,
)
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.leads import samples as c
from tests.domain.leads.test_disposal import concluded, handled, stage_of
from tests.domain.proof import proves
from tests.domain.samples import ORGAN, a_handling

ENDED = {"method": "初步核实"}


@proves(approve_verification_plan, 1)
def test_a_plan_and_its_team_are_approved() -> None:
    event = stated(c.plan(), VerificationPlanApproved, organ=ORGAN)
    office = given(*c.VERIFYING).when(c.plan()).then(event)
    assert office.look(Kind.LEAD, c.LEAD).team == ("核查甲", "核查乙")
    given(*c.TALKING).when(c.plan()).refused("wrong_stage", field="lead")


@proves(approve_verification_plan, 2, 3, 4)
def test_a_plan_is_approved_by_who_may_with_a_team_and_after_the_handling() -> None:
    history = given(*c.VERIFYING)
    head = c.plan(approver_role="承办部门负责人")
    history.when(head).refused("not_authorised", field="approver_role")
    history.when(c.plan(team=("核查甲",))).refused("impossible_number", field="team")
    twice = c.plan(team=("核查甲", "核查乙", "核查甲"))
    history.when(twice).refused("impossible_number", field="team")
    early = c.plan(plan_approved_on=date(2024, 3, 14))
    history.when(early).refused("impossible_date", field="plan_approved_on")


@proves(report_verification, 1)
def test_a_verification_is_reported() -> None:
    act = c.report_verification()
    event = stated(act, VerificationReported, organ=ORGAN, reported_handling=c.DECIDED)
    office = given(*c.VERIFYING, c.plan()).when(act).then(event)
    assert stage_of(office) == "verification_reported"
    given(*c.TALKING).when(act).refused("wrong_stage", field="lead")


@proves(report_verification, 2, 3)
def test_a_verification_without_a_plan_of_its_own_is_not_reported() -> None:
    act = c.report_verification()
    given(*c.VERIFYING).when(act).refused("not_planned", field="lead")
    held = (*c.VERIFIED, c.conclude_verified(result="暂存待查"), c.take_up())
    again = c.report_verification(reported_on=date(2024, 7, 1))
    given(*held).when(again).refused("not_planned", field="lead")
    early = c.report_verification(reported_on=date(2024, 3, 19))
    given(*c.VERIFYING, c.plan()).when(early).refused("impossible_date", field="reported_on")


@proves(close_lead_after_verification, 1, 4)
def test_a_lead_is_closed_after_its_verification() -> None:
    act = c.close_verified()
    office = (
        given(*c.VERIFIED)
        .when(act)
        .then(
            stated(act, LeadClosedAfterVerification, organ=ORGAN),
            concluded(**ENDED, outcome="初核后了结"),
        )
    )
    assert stage_of(office) == "closed"
    given(*c.VERIFYING).when(act).refused("wrong_stage", field="lead")


@proves(close_lead_after_verification, 2, 3)
def test_a_closing_after_verification_is_the_principals_and_in_order() -> None:
    history = given(*c.VERIFIED)
    deputy = c.close_verified(approver_role=c.DEPUTY)
    history.when(deputy).refused("not_authorised", field="approver_role")
    early = c.close_verified(closed_on=date(2024, 3, 14))
    history.when(early).refused("impossible_date", field="closed_on")
    due = c.close_verified(feedback_due_on=date(2024, 4, 14))
    history.when(due).refused("impossible_date", field="feedback_due_on")


@proves(conclude_verification, 1, 5)
@pytest.mark.parametrize(
    "said",
    [
        {"result": "拟立案审查调查"},
        {"result": "谈话提醒"},
        {"result": "移送有关党组织处理", "recipient": "区城管局党组"},
    ],
    ids=lambda said: said["result"],
)
def test_a_verification_ends_with_its_result(said: dict[str, Any]) -> None:
    act = c.conclude_verified(**said)
    office = (
        given(*c.VERIFIED)
        .when(act)
        .then(
            stated(act, VerificationConcluded, organ=ORGAN, decided_on=c.DECIDED),
            concluded(**ENDED, outcome=said["result"]),
        )
    )
    assert stage_of(office) == "concluded"
    given(*c.VERIFYING).when(act).refused("wrong_stage", field="lead")


@proves(conclude_verification, 6)
def test_a_lead_is_held_after_its_verification_and_verified_again() -> None:
    act = c.conclude_verified(result="暂存待查")
    office = (
        given(*c.VERIFIED)
        .when(act)
        .then(
            stated(act, VerificationConcluded, organ=ORGAN, decided_on=c.DECIDED),
            concluded(**ENDED, outcome="暂存待查"),
            handled(method="暂存待查", decided_on=c.CONCLUDED),
        )
    )
    assert stage_of(office) == "held"
    assert stage_of(given(*c.VERIFIED, act, c.take_up()).office) == "verification"
    same_day = c.conclude_verified(result="暂存待查", concluded_on=c.DECIDED)
    given(*c.VERIFIED).when(same_day).refused("already_registered", field="decided_on")


@proves(conclude_verification, 2, 3, 4, 5)
def test_a_result_of_a_verification_is_a_known_one_of_the_principals() -> None:
    history = given(*c.VERIFIED)
    unknown = c.conclude_verified(result="予以了结")
    history.when(unknown).refused("unknown_code", field="result")
    deputy = c.conclude_verified(approver_role=c.DEPUTY)
    history.when(deputy).refused("not_authorised", field="approver_role")
    nowhere = c.conclude_verified(result="移送有关党组织处理")
    history.when(nowhere).refused("required", field="recipient")
    spare = c.conclude_verified(recipient="区城管局党组")
    history.when(spare).refused("not_applicable", field="recipient")
    early = c.conclude_verified(concluded_on=date(2024, 3, 14))
    history.when(early).refused("impossible_date", field="concluded_on")


BELIEVED = (*c.TALK_REPORTED, c.believe())
VERIFIED_CLOSED = (*c.VERIFIED, c.close_verified())


@proves(feed_back_closing, 1, 2)
@pytest.mark.parametrize(
    ("history", "addressee"), [(BELIEVED, "本人"), (VERIFIED_CLOSED, "所在单位党组织")]
)
def test_a_closing_is_fed_back_to_whom_it_is_due(history: tuple[Any, ...], addressee: str) -> None:
    act = c.feed_back(addressee=addressee)
    given(*history).when(act).then(stated(act, ClosingFedBack, organ=ORGAN))


@proves(feed_back_closing, 1, 2, 3)
def test_a_closing_is_fed_back_once_to_the_right_one_and_afterwards() -> None:
    given(*c.CONCLUDED_LEAD).when(c.feed_back()).refused("wrong_stage", field="lead")
    given(*c.CLOSED).when(c.feed_back()).refused("not_applicable", field="addressee")
    wrong = c.feed_back(addressee="所在单位党组织")
    given(*BELIEVED).when(wrong).refused("not_applicable", field="addressee")
    early = c.feed_back(closing_fed_back_on=date(2024, 4, 14))
    given(*BELIEVED).when(early).refused("impossible_date", field="closing_fed_back_on")
    history = given(*BELIEVED, c.feed_back())
    history.when(c.feed_back()).refused("already_registered", field="closing_fed_back_on")


def test_a_closing_that_a_register_tells_is_fed_back_to_either() -> None:
    told = a_handling(lead=c.LEAD, decided_on=c.DECIDED, method="予以了结")
    for addressee in ("本人", "所在单位党组织"):
        act = c.feed_back(addressee=addressee)
        given(*c.RECEIVED_LEAD, told).when(act).then(stated(act, ClosingFedBack, organ=ORGAN))
    stranger = c.feed_back(addressee="邻居")
    given(*c.RECEIVED_LEAD, told).when(stranger).refused("unknown_code", field="addressee")
