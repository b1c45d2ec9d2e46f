"""线索处置意见: proposing, returning, approving; closing without a check; holding; reopening."""

from datetime import date
from typing import Any

import pytest

from domain.codes.tables import code_table
from domain.leads.approvals import Approval, approval, approvals, require_approver
from domain.leads.disposal import (
    approve_lead_handling,
    propose_lead_handling,
    reactivate_lead,
    reopen_lead,
    return_lead_handling,
)
from domain.leads.lead import Handling, HandlingConcluded, LeadHandled
from domain.leads.lifecycle import stage
from domain.leads.movements import LeadReactivated, LeadReopened
from domain.leads.steps import LeadClosedAtDisposal, LeadHandlingProposed, LeadHandlingReturned
from domain.refusals import Refusal
from domain.streams import Kind
from tests.domain.harness import Office, given, stated
from tests.domain.leads import samples as c
from tests.domain.proof import proves
from tests.domain.samples import EVERYONE, ORGAN, a_conclusion, a_handling


def stage_of(office: Office, number: str = c.LEAD) -> str:
    return stage(office.look(Kind.LEAD, number))


def handled(**changes: Any) -> LeadHandled:
    said = {
        "lead": c.LEAD,
        "organ": ORGAN,
        "decided_on": c.DECIDED,
        "method": "谈话函询",
        "approver": "书记",
    }
    return LeadHandled(**(said | changes))


def concluded(**changes: Any) -> HandlingConcluded:
    said = {
        "lead": c.LEAD,
        "organ": ORGAN,
        "decided_on": c.DECIDED,
        "method": "谈话函询",
        "concluded_on": c.CONCLUDED,
        "outcome": None,
    }
    return HandlingConcluded(**(said | changes))


@proves(propose_lead_handling, 1)
def test_a_handling_is_proposed() -> None:
    event = stated(c.propose(), LeadHandlingProposed, organ=ORGAN, proposal=1)
    office = given(*c.RECEIVED_LEAD).when(c.propose()).then(event)
    assert stage_of(office) == "proposed"


@proves(propose_lead_handling, 1)
def test_a_handling_under_way_is_not_proposed_again() -> None:
    for history in (c.PROPOSED_LEAD, c.TALKING, c.HELD, c.CLOSED):
        act = c.propose(proposed_on=date(2024, 5, 1))
        given(*history).when(act).refused("wrong_stage", field="lead")
    given(*EVERYONE).when(c.propose()).refused("missing_reference", field="lead")


@proves(propose_lead_handling, 2)
def test_filing_is_no_method_to_propose() -> None:
    history = given(*c.RECEIVED_LEAD)
    act = c.propose(proposed_method="拟立案")
    history.when(act).refused("unknown_code", field="proposed_method")


@proves(propose_lead_handling, 3)
def test_closing_is_proposed_on_a_ground_and_nothing_else_is() -> None:
    history = given(*c.RECEIVED_LEAD)
    closing = c.propose(proposed_method="予以了结")
    history.when(closing).refused("required", field="closing_ground")
    grounded = c.propose(closing_ground="被反映人已死亡")
    history.when(grounded).refused("not_applicable", field="closing_ground")


@proves(propose_lead_handling, 4)
def test_a_proposal_is_not_made_before_receipt_nor_on_the_day_of_a_handling() -> None:
    early = c.propose(proposed_on=date(2024, 2, 29))
    given(*c.RECEIVED_LEAD).when(early).refused("before_receipt", field="proposed_on")
    same_day = c.propose(proposed_on=c.DECIDED)
    given(*c.CONCLUDED_LEAD).when(same_day).refused("impossible_date", field="proposed_on")


@proves(return_lead_handling, 1)
def test_a_proposal_is_returned_and_made_anew() -> None:
    event = stated(c.send_back(), LeadHandlingReturned, organ=ORGAN, returned_proposal=1)
    office = given(*c.PROPOSED_LEAD).when(c.send_back()).then(event)
    assert stage_of(office) == "received"
    again = c.propose(proposed_on=date(2024, 3, 12), proposed_method="初步核实")
    office = given(*c.PROPOSED_LEAD, c.send_back(), again).office
    assert stage_of(office) == "proposed"
    assert office.look(Kind.LEAD, c.LEAD).proposal == 2


@proves(return_lead_handling, 1, 2)
def test_nothing_is_returned_that_was_not_proposed_or_before_it_was() -> None:
    given(*c.RECEIVED_LEAD).when(c.send_back()).refused("wrong_stage", field="lead")
    early = c.send_back(returned_on=date(2024, 3, 9))
    given(*c.PROPOSED_LEAD).when(early).refused("impossible_date", field="returned_on")


@proves(approve_lead_handling, 1)
@pytest.mark.parametrize(
    ("method", "reached"),
    [("谈话函询", "talk_inquiry"), ("初步核实", "verification"), ("暂存待查", "held")],
)
def test_a_lead_is_handled_as_was_proposed(method: str, reached: str) -> None:
    history = given(*c.RECEIVED_LEAD, c.propose(proposed_method=method))
    office = history.when(c.approve()).then(handled(method=method))
    assert stage_of(office) == reached


@proves(approve_lead_handling, 4)
def test_closing_at_disposal_is_a_closing_of_its_own_and_concluded_at_once() -> None:
    office = (
        given(*c.RECEIVED_LEAD, c.UNCHECKED)
        .when(c.approve())
        .then(
            handled(method="予以了结"),
            LeadClosedAtDisposal(
                lead=c.LEAD, organ=ORGAN, closed_on=c.DECIDED, ground="内容空泛无可查性"
            ),
            concluded(method="予以了结", concluded_on=c.DECIDED, outcome="不查而结"),
        )
    )
    assert stage_of(office) == "closed"
    assert office.look(Kind.LEAD, c.LEAD).closed_on == c.DECIDED


@proves(approve_lead_handling, 1)
def test_nothing_is_approved_that_was_not_proposed() -> None:
    given(*c.RECEIVED_LEAD).when(c.approve()).refused("wrong_stage", field="lead")


@proves(approve_lead_handling, 2)
def test_a_head_of_department_approves_no_handling() -> None:
    act = c.approve(approver_role="承办部门负责人")
    refusal = given(*c.PROPOSED_LEAD).when(act).refused("not_authorised", field="approver_role")
    assert refusal.provision == "《监督执纪工作规则》（2018）第21条"
    given(*c.PROPOSED_LEAD).when(c.approve(approver_role=c.DEPUTY)).then(handled())
    stranger = c.approve(approver_role="秘书")
    given(*c.PROPOSED_LEAD).when(stranger).refused("unknown_code", field="approver_role")


@proves(approve_lead_handling, 3)
def test_a_handling_is_not_approved_before_it_was_proposed() -> None:
    act = c.approve(decided_on=date(2024, 3, 9))
    given(*c.PROPOSED_LEAD).when(act).refused("impossible_date", field="decided_on")


def test_a_handling_that_a_register_tells_settles_the_proposal() -> None:
    told = a_handling(lead=c.LEAD, decided_on=date(2024, 3, 11), method="暂存待查")
    office = given(*c.PROPOSED_LEAD, told).office
    assert stage_of(office) == "held"


@pytest.mark.parametrize(
    ("outcome", "reached"), [("转初步核实", "concluded"), ("采信了结", "closed")]
)
def test_a_register_that_tells_only_of_the_end_leaves_the_lead_as_ended(
    outcome: str, reached: str
) -> None:
    told = a_handling(lead=c.LEAD, decided_on=c.DECIDED)
    ended = a_conclusion(
        lead=c.LEAD, decided_on=c.DECIDED, concluded_on=c.CONCLUDED, outcome=outcome
    )
    assert stage_of(given(*c.RECEIVED_LEAD, told, ended).office) == reached
    assert stage_of(given(*c.RECEIVED_LEAD, told).office) == "talk_inquiry"


@proves(reactivate_lead, 1, 5)
def test_a_held_lead_is_taken_up_again_and_stays_one_lead() -> None:
    act = c.take_up()
    office = (
        given(*c.HELD)
        .when(act)
        .then(
            concluded(method="暂存待查", concluded_on=date(2024, 6, 1), outcome="启用"),
            stated(act, LeadReactivated, organ=ORGAN),
            handled(method="初步核实", decided_on=date(2024, 6, 1)),
        )
    )
    assert stage_of(office) == "verification"
    given(*c.TALKING).when(c.take_up()).refused("wrong_stage", field="lead")


@proves(reactivate_lead, 2)
@pytest.mark.parametrize("method", ["暂存待查", "予以了结"])
def test_a_held_lead_is_taken_up_only_to_be_checked(method: str) -> None:
    given(*c.HELD).when(c.take_up(method=method)).refused("unknown_code", field="method")


@proves(reactivate_lead, 3, 4)
def test_a_held_lead_is_taken_up_by_approval_and_after_it_was_held() -> None:
    history = given(*c.HELD)
    head = c.take_up(approver_role="承办部门负责人")
    history.when(head).refused("not_authorised", field="approver_role")
    early = c.take_up(reactivated_on=date(2024, 3, 14))
    history.when(early).refused("impossible_date", field="reactivated_on")
    same_day = c.take_up(reactivated_on=c.DECIDED)
    history.when(same_day).refused("already_registered", field="decided_on")


@proves(reopen_lead, 1)
@pytest.mark.parametrize("history", [c.CLOSED, c.CONCLUDED_LEAD], ids=["closed", "concluded"])
def test_a_lead_is_reopened_and_waits_for_its_disposal(history: tuple[Any, ...]) -> None:
    office = given(*history).when(c.reopen()).then(stated(c.reopen(), LeadReopened, organ=ORGAN))
    assert stage_of(office) == "received"
    anew = (c.propose(proposed_on=date(2024, 7, 2)), c.approve(decided_on=date(2024, 7, 2)))
    assert stage_of(given(*history, c.reopen(), *anew).office) == "talk_inquiry"
    given(*c.HELD).when(c.reopen()).refused("wrong_stage", field="lead")


@proves(reopen_lead, 2, 3)
def test_a_lead_is_reopened_by_the_principal_after_it_was_ended() -> None:
    deputy = c.reopen(approver_role=c.DEPUTY)
    given(*c.CLOSED).when(deputy).refused("not_authorised", field="approver_role")
    same_day = c.reopen(reopened_on=c.DECIDED)
    given(*c.CLOSED).when(same_day).refused("impossible_date", field="reopened_on")
    early = c.reopen(reopened_on=date(2024, 4, 14))
    given(*c.CONCLUDED_LEAD).when(early).refused("impossible_date", field="reopened_on")


def test_what_may_be_approved_by_whom_is_data() -> None:
    roles = set(code_table("lead_approver").terms)
    for name, versions in approvals().items():
        for each in versions:
            assert set(each.roles) <= roles, name
            assert each.roles
            assert "《" in each.provision or each.provision.startswith("可配置")
            assert each.basis in {"V", "V2", "M", "I"}


def test_the_version_in_force_on_the_day_says_who_approves(monkeypatch: pytest.MonkeyPatch) -> None:
    old = Approval((c.PRINCIPAL,), "旧规则", "I")
    new = Approval((c.DEPUTY,), "新规则", "I", since=date(2025, 1, 1))
    monkeypatch.setattr("domain.leads.approvals.approvals", lambda: {"an_act": (old, new)})
    assert approval("an_act", date(2024, 12, 31)) is old
    assert approval("an_act", date(2025, 1, 1)) is new
    require_approver("an_act", c.PRINCIPAL, date(2024, 12, 31))
    with pytest.raises(Refusal, match="应由分管负责人批准"):
        require_approver("an_act", c.PRINCIPAL, date(2025, 1, 1))


def test_the_handlings_of_a_lead_tell_its_whole_way() -> None:
    again = (*c.HELD, c.take_up())
    handlings = given(*again).office.look(Kind.LEAD, c.LEAD).handlings
    first = Handling(
        decided_on=c.DECIDED,
        method="暂存待查",
        approver="书记",
        concluded_on=date(2024, 6, 1),
        outcome="启用",
    )
    assert handlings[0] == first
    assert [each.method for each in handlings] == ["暂存待查", "初步核实"]
