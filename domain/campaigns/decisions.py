"""专项整治: launching a campaign, going on to its next stage, holding to account, concluding."""

from datetime import date
from typing import Annotated

from domain.campaigns.campaign import (
    LIFECYCLE,
    Campaign,
    CampaignAccountabilityRegistered,
    CampaignConcluded,
    CampaignLaunched,
    CampaignParticulars,
    CampaignPhaseEntered,
    open_problems,
)
from domain.codes.tables import code_table
from domain.concept import Decided
from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.leads.lead import Lead
from domain.organs.organ import Organ
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_new, require_order
from domain.streams import Kind
from domain.units.unit import Unit


@fact
class LaunchCampaign(CampaignParticulars):
    """启动专项整治."""


@fact
class EnterCampaignPhase:
    """专项整治进入下一阶段."""

    number: Annotated[str, Ref(Kind.CAMPAIGN)]
    phase: Annotated[str, Code("campaign_phase")]
    phase_on: date
    note: PersonalText | None


@fact
class RegisterCampaignAccountability:
    """登记专项整治问责线索."""

    number: Annotated[str, Ref(Kind.CAMPAIGN)]
    lead: Annotated[str, Ref(Kind.LEAD)]
    accountable_on: date


@fact
class ConcludeCampaign:
    """总结验收专项整治."""

    number: Annotated[str, Ref(Kind.CAMPAIGN)]
    concluded_on: date
    handed_on: Annotated[tuple[str, ...], Ref(Kind.CHECK_PROBLEM)]
    summary: PersonalText


def phases(on: date) -> tuple[str, ...]:
    """The stages of a campaign in force on a day, in their order."""
    terms = code_table("campaign_phase").terms.values()
    return tuple(term.value for term in terms if term.in_force(on))


def _at(campaign: Campaign | None, act: str, number: str) -> Campaign:
    if campaign is None:
        raise Refusal("missing_reference", f"专项整治 {number} 不存在", field="number")
    LIFECYCLE.require(act, campaign)
    return campaign


def launch_campaign(
    campaign: Campaign | None,
    act: LaunchCampaign,
    *,
    organ: Organ | None,
    units: tuple[Unit | None, ...],
) -> CampaignLaunched:
    """Launch a campaign, in the first stage of those in force (启动).

    1. A number is used once (台账规则).
    2. The organ and the units are registered (台账规则).
    3. The kind is one in force on the day (可配置：专项整治类别).
    4. It is not planned to end before it begins (台账规则).
    """
    require_new(campaign, act.number)
    require_known(act, {"organ": organ, "units": units})
    require_codes(act, act.launched_on)
    reason = "计划完成日期早于启动日期"
    require_order(act.launched_on, act.planned_until, reason, field="planned_until")
    first = phases(act.launched_on)[0]
    return restate(act, CampaignLaunched, phase=first, phase_on=act.launched_on)


def enter_campaign_phase(
    campaign: Campaign | None, act: EnterCampaignPhase
) -> CampaignPhaseEntered:
    """Go on to the next stage of a campaign (进入下一阶段).

    1. The campaign is launched and not concluded (台账规则).
    2. The stage is one in force on the day (可配置：专项整治阶段).
    3. It is the one after the stage that the campaign is in (可配置：专项整治阶段).
    4. It is not entered before the stage that goes before (台账规则).
    """
    known = _at(campaign, "enter_campaign_phase", act.number)
    require_codes(act, act.phase_on)
    every = tuple(code_table("campaign_phase").terms)
    left = [each for each in phases(act.phase_on) if every.index(each) > every.index(known.phase)]
    reason = f"“{known.phase}”之后不是该阶段"
    refuse_if([act.phase] != left[:1], "wrong_order", reason, field="phase")
    reason = "进入日期早于上一阶段"
    require_order(known.phase_on, act.phase_on, reason, field="phase_on")
    return restate(act, CampaignPhaseEntered, organ=known.organ)


def register_campaign_accountability(
    campaign: Campaign | None, act: RegisterCampaignAccountability, *, lead: Lead | None
) -> CampaignAccountabilityRegistered:
    """Enter a lead by which a campaign holds someone to account (问责).

    1. The campaign is launched and not concluded (台账规则).
    2. The lead is registered (台账规则：问责须有问题线索).
    3. A lead is entered once (台账规则).
    4. It is not entered before the campaign was launched, nor before the lead was received
       (台账规则).
    """
    known = _at(campaign, "register_campaign_accountability", act.number)
    require_known(act, {"lead": lead})
    twice = any(each.lead == act.lead for each in known.accountabilities)
    refuse_if(twice, "already_registered", "该线索已登记", field="lead")
    reason = "登记日期早于启动或线索收到日期"
    received_on = lead.received_on if lead is not None else known.launched_on
    since = max(known.launched_on, received_on)
    require_order(since, act.accountable_on, reason, field="accountable_on")
    return restate(act, CampaignAccountabilityRegistered, organ=known.organ)


def conclude_campaign(campaign: Campaign | None, act: ConcludeCampaign) -> CampaignConcluded:
    """Conclude a campaign (总结验收).

    1. The campaign is launched and not concluded (台账规则).
    2. It has come to the last stage in force on the day (可配置：专项整治阶段).
    3. It is not concluded before it came to that stage (台账规则).
    4. Every problem is signed off, or named as handed on to daily supervision (台账规则).
    5. The summary is not empty (台账规则).
    """
    known = _at(campaign, "conclude_campaign", act.number)
    last = phases(act.concluded_on)[-1]
    refuse_if(known.phase != last, "wrong_order", f"尚未进入“{last}”阶段", field="concluded_on")
    reason = "总结日期早于最后阶段"
    require_order(known.phase_on, act.concluded_on, reason, field="concluded_on")
    left = sorted(set(open_problems(known)) ^ set(act.handed_on))
    reason = f"未销号问题与转入清单不符：{'、'.join(left)}"
    refuse_if(left, "open_problems", reason, field="handed_on")
    refuse_if(not act.summary.strip(), "required", "总结不能为空", field="summary")
    return restate(act, CampaignConcluded, organ=known.organ)


DECIDED: Decided = (
    (LaunchCampaign, launch_campaign),
    (EnterCampaignPhase, enter_campaign_phase),
    (RegisterCampaignAccountability, register_campaign_accountability),
)
