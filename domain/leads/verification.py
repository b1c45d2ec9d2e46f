"""初步核实: the plan and the team, the report, and what is decided on it; feedback of closings."""

from datetime import date
from typing import Annotated

from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.leads.approvals import require_approver
from domain.leads.disposal import Happened, of_lead
from domain.leads.lead_file import LeadFile
from domain.leads.lifecycle import (
    AFTER_TALK,
    AFTER_VERIFICATION,
    AT_DISPOSAL,
    at_stage,
    handled_last,
)
from domain.leads.steps import (
    ClosingFedBack,
    LeadClosedAfterVerification,
    VerificationConcluded,
    VerificationPlanApproved,
    VerificationReported,
)
from domain.leads.talks import conclude_last, handled_again
from domain.refusals import refuse_if
from domain.rules import require_codes, require_order
from domain.streams import Kind

HELD, TO_PARTY = "暂存待查", "移送有关党组织处理"
#: How many verify at least.
TEAM = 2
#: To whom which closing is fed back.
ADDRESSEES = {AFTER_TALK: "本人", AFTER_VERIFICATION: "所在单位党组织"}


@fact
class ApproveVerificationPlan:
    """批准初步核实方案."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    plan_approved_on: date
    team: tuple[str, ...]
    approver: str | None
    approver_role: Annotated[str, Code("lead_approver")]


@fact
class ReportVerification:
    """报告初步核实情况."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    reported_on: date
    finding: PersonalText | None


@fact
class CloseLeadAfterVerification:
    """初步核实后予以了结."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    closed_on: date
    feedback_due_on: date | None
    approver: str | None
    approver_role: Annotated[str, Code("lead_approver")]


@fact
class ConcludeVerification:
    """办结初步核实."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    concluded_on: date
    result: Annotated[str, Code("verification_result")]
    recipient: str | None
    approver: str | None
    approver_role: Annotated[str, Code("lead_approver")]


@fact
class FeedBackClosing:
    """反馈了结情况."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    closing_fed_back_on: date
    addressee: Annotated[str, Code("closing_addressee")]


def approve_verification_plan(
    lead: LeadFile | None, act: ApproveVerificationPlan
) -> VerificationPlanApproved:
    """Approve the plan of a verification and its team (批准初步核实方案，成立核查组).

    1. The lead is being verified (《监督执纪工作规则》第33条；《监察法》第41条).
    2. Whoever approves may do so (可配置：domain/leads/approvals.toml，《监督执纪工作规则》第33条).
    3. The team has two members or more, each once (可配置：核查组至少二人).
    4. Not before the verification was decided (台账规则).
    """
    known = at_stage(lead, act.lead, "approve_verification_plan")
    require_approver("approve_verification_plan", act.approver_role, act.plan_approved_on)
    few = len(set(act.team)) < TEAM or len(set(act.team)) < len(act.team)
    refuse_if(few, "impossible_number", f"核查组至少{TEAM}人，且不得重复", field="team")
    reason = "方案批准早于处置日期"
    decided_on = handled_last(known).decided_on
    require_order(decided_on, act.plan_approved_on, reason, field="plan_approved_on")
    return restate(act, VerificationPlanApproved, organ=known.organ)


def report_verification(lead: LeadFile | None, act: ReportVerification) -> VerificationReported:
    """Report what was found (初步核实情况报告).

    1. The lead is being verified (《监督执纪工作规则》第35条；《监察法》第41条).
    2. The plan of this verification is approved (《监督执纪工作规则》第33条).
    3. Not before the plan was approved (台账规则).
    """
    known = at_stage(lead, act.lead, "report_verification")
    decided_on = handled_last(known).decided_on
    planned = known.plan_approved_on
    missing = planned is None or planned < decided_on
    refuse_if(missing, "not_planned", "初步核实方案尚未批准", field="lead")
    require_order(planned, act.reported_on, "报告早于方案批准", field="reported_on")
    return restate(act, VerificationReported, organ=known.organ, reported_handling=decided_on)


def close_lead_after_verification(
    lead: LeadFile | None, act: CloseLeadAfterVerification
) -> Happened:
    """Close a lead after its verification (初核后予以了结): it is explained to the unit.

    1. The verification is reported (《监督执纪工作规则》第35条).
    2. The principal approves (可配置：domain/leads/approvals.toml，《监察法》第41条).
    3. Not before the verification was decided; the explanation is due later still (台账规则).
    4. The handling is thereby concluded, as 初核后了结 (《监督执纪工作规则》第35条).
    """
    known = at_stage(lead, act.lead, "close_lead_after_verification")
    require_approver("close_lead_after_verification", act.approver_role, act.closed_on)
    concluded = conclude_last(known, act.closed_on, AFTER_VERIFICATION, "closed_on")
    require_order(act.closed_on, act.feedback_due_on, "说明期限早于了结", field="feedback_due_on")
    closed = restate(act, LeadClosedAfterVerification, organ=known.organ)
    return of_lead(act.lead, closed, concluded)


def conclude_verification(lead: LeadFile | None, act: ConcludeVerification) -> Happened:
    """Decide on the report of a verification other than by closing (办结初步核实).

    1. The verification is reported (《监督执纪工作规则》第35条).
    2. The result is one there is (可配置：初步核实结果表，《监督执纪工作规则》第35条).
    3. The principal approves (可配置：domain/leads/approvals.toml，《监察法》第41条).
    4. What goes to a party organisation names it, and nothing else does (台账规则).
    5. Not before the verification was decided; the handling is thereby concluded (台账规则).
    6. Holding is a further handling of the same lead, one a day (《监督执纪工作规则》第35条).
    """
    known = at_stage(lead, act.lead, "conclude_verification")
    require_codes(act, act.concluded_on)
    require_approver("conclude_verification", act.approver_role, act.concluded_on)
    missing = act.result == TO_PARTY and not act.recipient
    refuse_if(missing, "required", "应写明接收的党组织", field="recipient")
    spare = act.result != TO_PARTY and act.recipient is not None
    refuse_if(spare, "not_applicable", "只有移送有关党组织才写接收单位", field="recipient")
    decided_on = handled_last(known).decided_on
    done = conclude_last(known, act.concluded_on, act.result, "concluded_on")
    told = restate(act, VerificationConcluded, organ=known.organ, decided_on=decided_on)
    if act.result != HELD:
        return of_lead(act.lead, told, done)
    return of_lead(act.lead, told, done, handled_again(known, act, HELD))


def feed_back_closing(lead: LeadFile | None, act: FeedBackClosing) -> ClosingFedBack:
    """Feed a closing back (反馈了结情况): by letter to the person, or by explanation to the unit.

    1. The lead is closed (《监督执纪工作规则》第30、35条).
    2. A closing without a check is fed back to nobody; after a talk it is fed back to the person,
       after a verification to the party organisation (可配置：了结反馈对象表).
    3. Not before it was closed, and once (台账规则).
    """
    known = at_stage(lead, act.lead, "feed_back_closing")
    require_codes(act, act.closing_fed_back_on)
    last = handled_last(known)
    refuse_if(last.outcome == AT_DISPOSAL, "not_applicable", "不查而结无须反馈", field="addressee")
    wanted = ADDRESSEES.get(last.outcome or "", act.addressee)
    refuse_if(act.addressee != wanted, "not_applicable", f"应向{wanted}反馈", field="addressee")
    closed_on = last.concluded_on or last.decided_on
    done = known.closing_fed_back_on is not None and known.closing_fed_back_on >= closed_on
    refuse_if(done, "already_registered", "已经反馈", field="closing_fed_back_on")
    reason = "反馈早于了结"
    require_order(closed_on, act.closing_fed_back_on, reason, field="closing_fed_back_on")
    return restate(act, ClosingFedBack, organ=known.organ)
