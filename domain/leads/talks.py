"""谈话函询: inquiries and their replies, talks, the report, and what is decided on it."""

from datetime import date
from typing import Annotated, Any

from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.leads.approvals import require_approver
from domain.leads.decisions import ConcludeHandling, HandleLead, conclude_handling, handle_lead
from domain.leads.disposal import Happened, of_lead
from domain.leads.lead_file import LeadFile
from domain.leads.lifecycle import AFTER_TALK, at_stage, handled_last
from domain.leads.steps import (
    InquiryReplied,
    InquirySent,
    LeadClosedAfterTalk,
    TalkInquiryConcluded,
    TalkInquiryReported,
    TalkRecorded,
)
from domain.refusals import refuse_if
from domain.rules import require_codes, require_order
from domain.streams import Kind

COUNTERSIGNED = "《监督执纪工作规则》第29条"
#: Results by which the lead is handled once more.
AGAIN = {"再次谈话函询": "谈话函询", "转初步核实": "初步核实"}


@fact
class SendInquiry:
    """发出函询通知."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    person: Annotated[str, Ref(Kind.PERSON)]
    delivered_on: date


@fact
class ReceiveInquiryReply:
    """收到函询回复."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    person: Annotated[str, Ref(Kind.PERSON)]
    replied_on: date
    countersigned_by: str | None


@fact
class RecordTalk:
    """登记谈话."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    person: Annotated[str, Ref(Kind.PERSON)]
    talked_on: date
    talker: str | None


@fact
class ReportTalkInquiry:
    """报告谈话函询情况."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    reported_on: date
    finding: PersonalText | None


@fact
class ConcludeTalkInquiry:
    """办结谈话函询."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    concluded_on: date
    result: Annotated[str, Code("talk_result")]
    approver: str | None
    approver_role: Annotated[str, Code("lead_approver")]


@fact
class CloseLeadAfterTalk:
    """谈话函询后采信了结."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    closed_on: date
    feedback_due_on: date | None
    approver: str | None
    approver_role: Annotated[str, Code("lead_approver")]


def _of_person(lead: LeadFile, person: str, on: date, field: str) -> None:
    """The person is named by the lead, and the day not before the handling under way."""
    refuse_if(person not in lead.persons, "not_named", "该线索未反映此人", field="person")
    decided_on = handled_last(lead).decided_on
    require_order(decided_on, on, f"日期早于处置日期 {decided_on}", field=field)


def send_inquiry(lead: LeadFile | None, act: SendInquiry) -> InquirySent:
    """Send a letter of inquiry (函询): the reply is due from its delivery.

    1. The lead is being handled by talk or inquiry (《监督执纪工作规则》第27条).
    2. The person is one whom the lead names, not before the handling was decided (台账规则).
    3. No other inquiry of the person is unanswered (台账规则).
    """
    known = at_stage(lead, act.lead, "send_inquiry")
    _of_person(known, act.person, act.delivered_on, "delivered_on")
    waits = any(i.person == act.person and i.replied_on is None for i in known.inquiries)
    refuse_if(waits, "already_registered", "对此人的函询尚未回复", field="person")
    return restate(act, InquirySent, organ=known.organ)


def receive_inquiry_reply(lead: LeadFile | None, act: ReceiveInquiryReply) -> InquiryReplied:
    """Receive the reply to an inquiry (函询回复).

    1. The lead is being handled by talk or inquiry (《监督执纪工作规则》第27条).
    2. An inquiry of the person is unanswered (台账规则).
    3. The head of the person's party organisation has countersigned (《监督执纪工作规则》第29条).
    4. Not before the inquiry was delivered (台账规则).
    """
    known = at_stage(lead, act.lead, "receive_inquiry_reply")
    waiting = [i for i in known.inquiries if i.person == act.person and i.replied_on is None]
    refuse_if(not waiting, "missing_reference", "对此人没有待回复的函询", field="person")
    refuse_if(
        not act.countersigned_by,
        "not_countersigned",
        "函询回复应由其所在党组织主要负责人签署意见",
        field="countersigned_by",
        provision=COUNTERSIGNED,
    )
    require_order(waiting[0].delivered_on, act.replied_on, "回复早于函询送达", field="replied_on")
    return restate(act, InquiryReplied, organ=known.organ)


def record_talk(lead: LeadFile | None, act: RecordTalk) -> TalkRecorded:
    """Record a talk (谈话).

    1. The lead is being handled by talk or inquiry (《监督执纪工作规则》第27条).
    2. The person is one whom the lead names, not before the handling was decided (台账规则).
    """
    known = at_stage(lead, act.lead, "record_talk")
    _of_person(known, act.person, act.talked_on, "talked_on")
    return restate(act, TalkRecorded, organ=known.organ)


def report_talk_inquiry(lead: LeadFile | None, act: ReportTalkInquiry) -> TalkInquiryReported:
    """Report what came of talk and inquiry (谈话函询情况报告).

    1. The lead is being handled by talk or inquiry (《监督执纪工作规则》第30条).
    2. Somebody was talked with or has replied since it was decided (《监督执纪工作规则》第30条).
    3. Not before the last of these (台账规则).
    """
    known = at_stage(lead, act.lead, "report_talk_inquiry")
    decided_on = handled_last(known).decided_on
    days = [talk.talked_on for talk in known.talks]
    days += [each.replied_on for each in known.inquiries if each.replied_on is not None]
    since = [day for day in days if day >= decided_on]
    refuse_if(not since, "nothing_to_report", "尚无谈话或者函询回复", field="reported_on")
    require_order(max(since), act.reported_on, "报告早于最后一次谈话或回复", field="reported_on")
    return restate(act, TalkInquiryReported, organ=known.organ, reported_handling=decided_on)


def close_lead_after_talk(lead: LeadFile | None, act: CloseLeadAfterTalk) -> Happened:
    """Close a lead because what the person said is believed (采信了结).

    1. The talk or inquiry is reported (《监督执纪工作规则》第30条).
    2. Whoever approves may do so (可配置：domain/leads/approvals.toml，《监督执纪工作规则》第30条).
    3. Not before the talk or inquiry was decided; the letter to the person is due later still
       (台账规则).
    4. The handling is thereby concluded, as 采信了结 (《监督执纪工作规则》第30条).
    """
    known = at_stage(lead, act.lead, "close_lead_after_talk")
    require_approver("close_lead_after_talk", act.approver_role, act.closed_on)
    concluded = conclude_last(known, act.closed_on, AFTER_TALK, "closed_on")
    require_order(act.closed_on, act.feedback_due_on, "反馈期限早于了结", field="feedback_due_on")
    closed = restate(act, LeadClosedAfterTalk, organ=known.organ)
    return of_lead(act.lead, closed, concluded)


def conclude_last(lead: LeadFile, on: date, outcome: str, field: str) -> Any:
    """The conclusion of the handling under way."""
    decided_on = handled_last(lead).decided_on
    require_order(decided_on, on, f"日期早于处置日期 {decided_on}", field=field)
    command = ConcludeHandling(
        lead=lead.number, decided_on=decided_on, concluded_on=on, outcome=outcome
    )
    return conclude_handling(lead, command)


def conclude_talk_inquiry(lead: LeadFile | None, act: ConcludeTalkInquiry) -> Happened:
    """Decide on the report of a talk or inquiry other than by closing (办结谈话函询).

    1. The talk or inquiry is reported (《监督执纪工作规则》第30条).
    2. The result is one there is (可配置：谈话函询结果表，《监督执纪工作规则》第30条).
    3. Treatment in the first form is approved by the principal, the rest by whoever may
       (可配置：domain/leads/approvals.toml，《监督执纪工作规则》第30条).
    4. Not before the talk or inquiry was decided; the handling is thereby concluded (台账规则).
    5. Talking again and verification are a further handling of the same lead, one a day
       (《监督执纪工作规则》第30条).
    """
    known = at_stage(lead, act.lead, "conclude_talk_inquiry")
    require_codes(act, act.concluded_on)
    again = AGAIN.get(act.result)
    approved = "conclude_talk_inquiry" if again else "first_form_after_talk"
    require_approver(approved, act.approver_role, act.concluded_on)
    decided_on = handled_last(known).decided_on
    done = conclude_last(known, act.concluded_on, act.result, "concluded_on")
    told = restate(act, TalkInquiryConcluded, organ=known.organ, decided_on=decided_on)
    if again is None:
        return of_lead(act.lead, told, done)
    return of_lead(act.lead, told, done, handled_again(known, act, again))


def handled_again(lead: LeadFile, act: Any, method: str) -> Any:
    """The further handling of a lead, decided with the conclusion of the one before."""
    command = HandleLead(
        lead=lead.number, decided_on=act.concluded_on, method=method, approver=act.approver
    )
    return handle_lead(lead, command)
