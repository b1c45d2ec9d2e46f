"""信访举报的办理: assigned by a superior, turned into a lead, concluded, answered."""

from datetime import date
from typing import Annotated

from domain.concept import Related
from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.leads.lead import Lead, source_stream
from domain.limits.limits import end_of, limit, months_later
from domain.petitions.decisions import NAMED, after_receipt, require_named
from domain.petitions.lifecycle import at_stage, is_repeat
from domain.petitions.petition import Petition
from domain.petitions.petition_file import (
    AssignedPetitionReported,
    PetitionAssigned,
    PetitionConcluded,
    PetitionFile,
    PetitionReportExtended,
    PetitionResultFedBack,
    PetitionResultNotified,
    PetitionTurnedIntoLead,
    PetitionWithdrawn,
)
from domain.refusals import refuse_if
from domain.rules import require_codes, require_order, require_registered
from domain.streams import Kind, stream_name

ASSIGNED = "《纪检监察机关处理检举控告工作规则》（2020）第21条"
PRINCIPAL, SUPERIOR = "主要负责人", "上级机关"
_QUARTER = 3


@fact
class AssignPetition:
    """登记上级交办件."""

    number: Annotated[str, Ref(Kind.PETITION)]
    assigned_on: date
    assigned_by: str


@fact
class ExtendPetitionReport:
    """延长上级交办件办理期限."""

    number: Annotated[str, Ref(Kind.PETITION)]
    extended_on: date
    reported_up_on: date | None
    approver: str | None
    approver_role: Annotated[str, Code("lead_approver")]


@fact
class ReportAssignedPetition:
    """报告上级交办件办理结果."""

    number: Annotated[str, Ref(Kind.PETITION)]
    assignment_reported_on: date


@fact
class TurnPetitionIntoLead:
    """信访举报转为问题线索."""

    number: Annotated[str, Ref(Kind.PETITION)]
    turned_on: date
    lead: Annotated[str, Ref(Kind.LEAD)]


@fact
class ConcludePetition:
    """办结信访举报."""

    number: Annotated[str, Ref(Kind.PETITION)]
    concluded_on: date
    outcome: PersonalText


@fact
class NotifyPetitionResult:
    """向检举控告人反馈结果."""

    number: Annotated[str, Ref(Kind.PETITION)]
    result_notified_on: date


@fact
class FeedBackPetitionResult:
    """向信访举报部门反馈办结情况."""

    number: Annotated[str, Ref(Kind.PETITION)]
    result_fed_back_on: date


@fact
class WithdrawPetition:
    """撤销误登的信访举报."""

    number: Annotated[str, Ref(Kind.PETITION)]
    withdrawn_on: date
    basis: str


def of_lead(act: TurnPetitionIntoLead) -> Related:
    """A petition turned into a lead names that lead."""
    return {"lead": stream_name(Kind.LEAD, act.lead)}


def assign_petition(petition: PetitionFile | None, act: AssignPetition) -> PetitionAssigned:
    """Register that a superior assigned a petition (登记上级交办件).

    1. It is not transferred, kept as a repeat, returned or concluded
       (《纪检监察机关处理检举控告工作规则》（2020）第21条).
    2. It is assigned once (台账规则).
    3. The result is due after the limit in force
       (《纪检监察机关处理检举控告工作规则》（2020）第21条).
    """
    known = at_stage(petition, act.number, "assign_petition")
    refuse_if(known.assigned_on is not None, "already_registered", "已登记交办", field="number")
    due = end_of(limit("petition.assigned_report", act.assigned_on), act.assigned_on)
    return restate(act, PetitionAssigned, organ=known.organ, report_due_on=due, extensions=0)


def extend_petition_report(
    petition: PetitionFile | None, act: ExtendPetitionReport
) -> PetitionReportExtended:
    """Extend the time for the result of an assigned petition (延长办理期限).

    1. It is assigned and its result not yet reported
       (《纪检监察机关处理检举控告工作规则》（2020）第21条).
    2. The first time the principal approves and it is reported up; after that the superior
       approves (《纪检监察机关处理检举控告工作规则》（2020）第21条).
    3. Not before it was assigned, nor after the last day (台账规则).
    """
    known = at_stage(petition, act.number, "extend_petition_report")
    require_codes(act, act.extended_on)
    waits = known.assigned_on is not None and known.assignment_reported_on is None
    refuse_if(not waits, "not_assigned", "不是待报告的上级交办件", field="number")
    assert known.report_due_on is not None  # noqa: S101 -- told with the assignment
    again = bool(known.extensions)
    role = SUPERIOR if again else PRINCIPAL
    wrong, reason = act.approver_role != role, f"应由{role}批准"
    refuse_if(wrong, "not_authorised", reason, field="approver_role", provision=ASSIGNED)
    silent = not again and act.reported_up_on is None
    refuse_if(
        silent, "required", "首次延长应报上级机关", field="reported_up_on", provision=ASSIGNED
    )
    require_order(known.assigned_on, act.extended_on, "延长早于交办", field="extended_on")
    require_order(act.extended_on, known.report_due_on, "期限已过，不能延长", field="extended_on")
    further = limit("petition.assigned_extension", act.extended_on)
    return restate(
        act,
        PetitionReportExtended,
        organ=known.organ,
        report_due_on=end_of(further, known.report_due_on),
        extensions=(known.extensions or 0) + 1,
    )


def report_assigned_petition(
    petition: PetitionFile | None, act: ReportAssignedPetition
) -> AssignedPetitionReported:
    """Report the result of an assigned petition to the superior (报告办理结果).

    1. It is accepted, turned into a lead or concluded
       (《纪检监察机关处理检举控告工作规则》（2020）第21条).
    2. It is assigned and not yet reported (台账规则).
    3. Not before it was assigned (台账规则).
    """
    known = at_stage(petition, act.number, "report_assigned_petition")
    waits = known.assigned_on is not None and known.assignment_reported_on is None
    refuse_if(not waits, "not_assigned", "不是待报告的上级交办件", field="number")
    field = "assignment_reported_on"
    require_order(known.assigned_on, act.assignment_reported_on, "报告早于交办", field=field)
    return restate(act, AssignedPetitionReported, organ=known.organ)


def turn_petition_into_lead(
    petition: PetitionFile | None, act: TurnPetitionIntoLead, *, lead: Lead | None
) -> PetitionTurnedIntoLead:
    """Turn a petition into a lead (转为问题线索): the petition names the lead from then on.

    1. It waits for its acceptance, or is accepted: a repeat makes no lead of its own
       (《纪检监察机关处理检举控告工作规则》（2020）第14、17条).
    2. The lead is registered, and says that it came from this petition (台账规则).
    3. Not before it was received (台账规则).
    """
    known = at_stage(petition, act.number, "turn_petition_into_lead")
    require_registered(lead, Kind.LEAD, act.lead, "lead")
    assert lead is not None  # noqa: S101 -- required above
    came_from = source_stream(lead.source, lead.source_number)
    other = came_from != stream_name(Kind.PETITION, act.number)
    refuse_if(other, "not_applicable", "该线索的来源不是本件信访举报", field="lead")
    after_receipt(known, act.turned_on, "turned_on")
    return restate(act, PetitionTurnedIntoLead, organ=known.organ)


def quarter_end(day: date) -> date:
    """The last day of the quarter that a day is in."""
    first = date(day.year, (day.month - 1) // _QUARTER * _QUARTER + 1, 1)
    return date.fromordinal(months_later(first, _QUARTER).toordinal() - 1)


def conclude_petition(petition: PetitionFile | None, act: ConcludePetition) -> PetitionConcluded:
    """Conclude a petition (办结信访举报).

    1. It is accepted, or turned into a lead (《纪检监察机关处理检举控告工作规则》（2020）第17条).
    2. Not before it was accepted or turned into a lead (台账规则).
    3. A reporter who signed is to be told the result, but not of a repeat
       (《纪检监察机关处理检举控告工作规则》（2020）第27条).
    4. The undertaking department feeds it back within the quarter
       (《纪检监察机关处理检举控告工作规则》（2020）第18条).
    """
    known = at_stage(petition, act.number, "conclude_petition")
    for earlier in (known.accepted_on, known.turned_on):
        require_order(earlier, act.concluded_on, "办结早于受理或转线索", field="concluded_on")
    return restate(
        act,
        PetitionConcluded,
        organ=known.organ,
        reporter_named=known.signature == NAMED and not is_repeat(known),
        quarter_ends_on=quarter_end(act.concluded_on),
    )


def notify_petition_result(
    petition: PetitionFile | None, act: NotifyPetitionResult
) -> PetitionResultNotified:
    """Feed the result back to a named reporter (反馈处理结果).

    1. It is concluded (《纪检监察机关处理检举控告工作规则》（2020）第27条).
    2. The reporter signed, and it is no repeat
       (《纪检监察机关处理检举控告工作规则》（2020）第27条).
    3. Once, and not before it was concluded (台账规则).
    """
    known = at_stage(petition, act.number, "notify_petition_result")
    require_named(known, "《纪检监察机关处理检举控告工作规则》（2020）第27条")
    done = known.result_notified_on is not None
    refuse_if(done, "already_registered", "已反馈", field="result_notified_on")
    reason = "反馈早于办结"
    require_order(known.concluded_on, act.result_notified_on, reason, field="result_notified_on")
    return restate(act, PetitionResultNotified, organ=known.organ)


def feed_back_petition_result(
    petition: PetitionFile | None, act: FeedBackPetitionResult
) -> PetitionResultFedBack:
    """Feed a concluded petition back to the petition department (向信访举报部门反馈).

    1. It is concluded (《纪检监察机关处理检举控告工作规则》（2020）第18条).
    2. Once, and not before it was concluded (台账规则).
    """
    known = at_stage(petition, act.number, "feed_back_petition_result")
    done = known.result_fed_back_on is not None
    refuse_if(done, "already_registered", "已反馈", field="result_fed_back_on")
    reason = "反馈早于办结"
    require_order(known.concluded_on, act.result_fed_back_on, reason, field="result_fed_back_on")
    return restate(act, PetitionResultFedBack, organ=known.organ)


def withdraw_petition(petition: PetitionFile | None, act: WithdrawPetition) -> PetitionWithdrawn:
    """Withdraw a petition that was registered by mistake (撤销误登的信访举报): it counts no more.

    1. Nothing was done on it: it waits for its acceptance, or is kept as a repeat (台账规则).
    2. The ground is stated (台账规则).
    3. Not before it was received (台账规则).
    """
    known = at_stage(petition, act.number, "withdraw_petition")
    refuse_if(not act.basis.strip(), "required", "应写明撤销依据", field="basis")
    after_receipt(known, act.withdrawn_on, "withdrawn_on")
    return restate(act, PetitionWithdrawn, organ=known.organ, before=restate(known, Petition))
