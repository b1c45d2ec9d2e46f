"""监督发现问题: entering a problem, its campaign, its sign-off and the lead it gave rise to."""

from datetime import date
from typing import Annotated, Any

from domain.campaigns.campaign import Campaign, CampaignProblemSettled, CampaignProblemTaken
from domain.checks.check import Check
from domain.checks.problem import (
    LIFECYCLE,
    CheckProblem,
    CheckProblemIncluded,
    CheckProblemParticulars,
    CheckProblemRecorded,
    CheckProblemReferred,
    CheckProblemSignedOff,
)
from domain.concept import Decided
from domain.fields import Ref, fact, restate
from domain.leads.lead import Lead
from domain.organs.organ import Organ
from domain.refusals import Refusal, refuse_if
from domain.rules import require_known, require_new, require_order
from domain.streams import Kind, stream_name
from domain.units.unit import Unit

Number = Annotated[str, Ref(Kind.CHECK_PROBLEM)]
Happened = tuple[tuple[str, Any], ...]

#: The source of a lead that daily supervision found.
FROM_SUPERVISION = "监督检查发现"


@fact
class RecordCheckProblem(CheckProblemParticulars):
    """登记监督发现问题."""


@fact
class IncludeInCampaign:
    """将监督发现问题纳入专项整治."""

    number: Number
    campaign: Annotated[str, Ref(Kind.CAMPAIGN)]
    included_on: date


@fact
class SignOffCheckProblem:
    """监督发现问题销号."""

    number: Number
    signed_off_on: date
    approver: str


@fact
class ReferCheckProblem:
    """监督发现问题转问题线索."""

    number: Number
    referred_on: date
    lead: Annotated[str, Ref(Kind.LEAD)]


def require_stage(problem: CheckProblem | None, act: str, number: str) -> CheckProblem:
    """The problem, where its stage allows the act."""
    if problem is None:
        raise Refusal("missing_reference", f"监督发现问题 {number} 不存在", field="number")
    LIFECYCLE.require(act, problem)
    return problem


def owner(problem: CheckProblem) -> dict[str, str]:
    """What every fact of a problem carries beside its number."""
    return {"organ": problem.organ, "unit": problem.unit}


def _taken(campaign: Campaign, number: str, on: date) -> tuple[str, CampaignProblemTaken]:
    """The problem in its campaign, which runs, has the unit in its scope and began before."""
    over = campaign.concluded_on is not None
    refuse_if(over, "wrong_stage", "该专项整治已总结", field="campaign")
    taken = CampaignProblemTaken(
        number=campaign.number, organ=campaign.organ, problem=number, taken_on=on
    )
    return stream_name(Kind.CAMPAIGN, campaign.number), taken


def _within(campaign: Campaign, unit: str) -> None:
    outside = campaign.units and unit not in campaign.units
    refuse_if(outside, "other_unit", f"单位 {unit} 不在该专项整治范围", field="campaign")


def record_check_problem(
    problem: CheckProblem | None,
    act: RecordCheckProblem,
    *,
    check: Check | None,
    campaign: Campaign | None,
    organ: Organ | None,
    unit: Unit | None,
) -> Happened:
    """Enter a problem found, in the list of its check or campaign (问题清单).

    1. A number is used once (台账规则).
    2. The check, the campaign, the organ and the unit are registered (台账规则).
    3. It comes from a check or a campaign (台账规则).
    4. It is not found before the check was made or the campaign launched (台账规则).
    5. A campaign that takes it in runs and has the unit in its scope (台账规则).
    6. It is not due before it was found (台账规则).
    """
    require_new(problem, act.number)
    related = {"check": check, "campaign": campaign, "organ": organ, "unit": unit}
    require_known(act, related)
    neither = check is None and campaign is None
    refuse_if(neither, "required", "问题应来自日常监督或专项整治", field="check")
    checked_on = check.checked_on if check is not None else None
    require_order(checked_on, act.found_on, "发现日期早于监督日期", field="found_on")
    launched_on = campaign.launched_on if campaign is not None else None
    require_order(launched_on, act.found_on, "发现日期早于专项整治启动", field="found_on")
    taken: Happened = ()
    if campaign is not None:
        taken = (_taken(campaign, act.number, act.found_on),)
        _within(campaign, act.unit)
    require_order(act.found_on, act.due_on, "整改期限早于发现日期", field="due_on")
    own = stream_name(Kind.CHECK_PROBLEM, act.number)
    return ((own, restate(act, CheckProblemRecorded)), *taken)


def include_in_campaign(
    problem: CheckProblem | None, act: IncludeInCampaign, *, campaign: Campaign | None
) -> Happened:
    """Take a problem that a check found into a campaign (纳入专项整治).

    1. The problem is not signed off (台账规则).
    2. It is in no campaign yet (台账规则).
    3. The campaign is registered, runs, and has the unit in its scope (台账规则).
    4. It is not taken in before it was found or the campaign launched (台账规则).
    """
    known = require_stage(problem, "include_in_campaign", act.number)
    refuse_if(known.campaign, "already_registered", "该问题已纳入专项整治", field="campaign")
    require_known(act, {"campaign": campaign})
    assert campaign is not None  # noqa: S101 -- required in the line above
    taken = _taken(campaign, act.number, act.included_on)
    _within(campaign, known.unit)
    since = max(known.found_on, campaign.launched_on)
    require_order(since, act.included_on, "纳入日期早于发现或启动日期", field="included_on")
    own = stream_name(Kind.CHECK_PROBLEM, act.number)
    return ((own, restate(act, CheckProblemIncluded, **owner(known))), taken)


def sign_off_check_problem(
    problem: CheckProblem | None, act: SignOffCheckProblem, *, campaign: Campaign | None
) -> Happened:
    """Sign a problem off, in the list of its campaign too (销号).

    1. It is verified as complete (台账规则).
    2. It is not signed off before it was verified (台账规则).
    """
    known = require_stage(problem, "sign_off_check_problem", act.number)
    reason = "销号日期早于验收日期"
    require_order(known.verified_on, act.signed_off_on, reason, field="signed_off_on")
    own = stream_name(Kind.CHECK_PROBLEM, act.number)
    done = (own, restate(act, CheckProblemSignedOff, **owner(known)))
    if campaign is None:
        return (done,)
    settled = CampaignProblemSettled(
        number=campaign.number,
        organ=campaign.organ,
        problem=act.number,
        settled_on=act.signed_off_on,
    )
    return (done, (stream_name(Kind.CAMPAIGN, campaign.number), settled))


def refer_check_problem(
    problem: CheckProblem | None, act: ReferCheckProblem, *, lead: Lead | None
) -> CheckProblemReferred:
    """Enter the lead that a problem gave rise to (转问题线索).

    1. The problem is entered and gave rise to no lead yet (台账规则).
    2. The lead is registered, as one that supervision found (台账规则).
    3. It is not referred before the problem was found (台账规则).
    """
    known = require_stage(problem, "refer_check_problem", act.number)
    refuse_if(known.lead, "already_registered", "该问题已转问题线索", field="lead")
    require_known(act, {"lead": lead})
    other = lead is not None and lead.source != FROM_SUPERVISION
    refuse_if(other, "other_source", f"该线索来源不是“{FROM_SUPERVISION}”", field="lead")
    require_order(known.found_on, act.referred_on, "移送日期早于发现日期", field="referred_on")
    return restate(act, CheckProblemReferred, **owner(known))


DECIDED: Decided = (
    (RecordCheckProblem, record_check_problem),
    (IncludeInCampaign, include_in_campaign),
    (ReferCheckProblem, refer_check_problem),
)
