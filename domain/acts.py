"""The catalogue of legal acts: each command, its decision, and the stream it is about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from domain.archives.decisions import EnterArchiveItem, enter_archive_item
from domain.cases import decisions as cases
from domain.checks.decisions import ConductCheck, conduct_check
from domain.concepts import Related, annotated, of_lead, of_recommendation
from domain.corrections.decisions import CorrectRecord, correct_record
from domain.dispositions.decisions import MakeDisposition, make_disposition
from domain.inspections import decisions as inspections
from domain.leads import decisions as leads
from domain.log_keys.decisions import ChangeLogKey, change_log_key
from domain.log_keys.log_key import previous_number
from domain.organs.decisions import RegisterOrgan, register_organ
from domain.persons.decisions import RegisterPerson, register_person
from domain.petitions.decisions import ReceivePetition, receive_petition
from domain.recommendations import decisions as recommendations
from domain.sanctions.decisions import ImposeSanction, impose_sanction
from domain.statements.decisions import PublishStatement, publish_statement
from domain.streams import Kind, stream_name
from domain.units.decisions import RegisterUnit, register_unit
from domain.window.decisions import AcceptMatter, SettleMatter, accept_matter, settle_matter


def nothing(_: Any) -> Related:
    """The act names no stream but its own."""
    return {}


def target_of(act: CorrectRecord) -> Related:
    """A correction names the record it corrects, if it names a kind there is."""
    known = act.kind in Kind.__members__.values()
    return {"target": stream_name(Kind(act.kind), act.target) if known else None}


def previous_of(act: ChangeLogKey) -> Related:
    """A change of the log's key names the change before it, if there was one."""
    number = previous_number(act.number)
    return {"previous": stream_name(Kind.LOG_KEY, number) if number else None}


@dataclass(frozen=True, slots=True)
class Act:
    """One legal act: its command, the decision that may refuse it, and the streams it needs."""

    command: type
    decide: Callable[..., Any]
    kind: Kind
    related: Callable[[Any], Related] = annotated
    key: str = "number"

    @property
    def name(self) -> str:
        """The act in words, as in ``close_case``."""
        return self.decide.__name__

    @property
    def title(self) -> str:
        """The act's official name."""
        return (self.command.__doc__ or "").splitlines()[0].rstrip(".。")

    def stream(self, command: Any) -> str:
        """The stream that the act is about."""
        return stream_name(self.kind, getattr(command, self.key))


_ALL = (
    Act(RegisterOrgan, register_organ, Kind.ORGAN, key="code"),
    Act(RegisterUnit, register_unit, Kind.UNIT, key="code"),
    Act(RegisterPerson, register_person, Kind.PERSON),
    Act(EnterArchiveItem, enter_archive_item, Kind.ARCHIVE_ITEM),
    Act(ReceivePetition, receive_petition, Kind.PETITION),
    Act(leads.RegisterLead, leads.register_lead, Kind.LEAD, of_lead),
    Act(leads.HandleLead, leads.handle_lead, Kind.LEAD, nothing, key="lead"),
    Act(leads.ConcludeHandling, leads.conclude_handling, Kind.LEAD, nothing, key="lead"),
    Act(cases.FileCase, cases.file_case, Kind.CASE),
    Act(cases.SendCaseToReview, cases.send_case_to_review, Kind.CASE, nothing),
    Act(cases.CloseCase, cases.close_case, Kind.CASE, nothing),
    Act(
        cases.TransferCaseToProcuratorate,
        cases.transfer_case_to_procuratorate,
        Kind.CASE,
        nothing,
    ),
    Act(MakeDisposition, make_disposition, Kind.DISPOSITION),
    Act(ImposeSanction, impose_sanction, Kind.SANCTION),
    Act(
        recommendations.IssueRecommendation,
        recommendations.issue_recommendation,
        Kind.RECOMMENDATION,
        of_recommendation,
    ),
    Act(
        recommendations.ReplyToRecommendation,
        recommendations.reply_to_recommendation,
        Kind.RECOMMENDATION,
        nothing,
    ),
    Act(
        recommendations.EvaluateRecommendation,
        recommendations.evaluate_recommendation,
        Kind.RECOMMENDATION,
        nothing,
    ),
    Act(
        recommendations.CloseRecommendation,
        recommendations.close_recommendation,
        Kind.RECOMMENDATION,
        nothing,
    ),
    Act(inspections.OpenRound, inspections.open_round, Kind.ROUND),
    Act(inspections.EndRound, inspections.end_round, Kind.ROUND, nothing),
    Act(inspections.FeedBackProblem, inspections.feed_back_problem, Kind.PROBLEM),
    Act(inspections.RectifyProblem, inspections.rectify_problem, Kind.PROBLEM, nothing),
    Act(inspections.IssueWorkSuggestion, inspections.issue_work_suggestion, Kind.WORK_SUGGESTION),
    Act(
        inspections.CloseWorkSuggestion,
        inspections.close_work_suggestion,
        Kind.WORK_SUGGESTION,
        nothing,
    ),
    Act(ConductCheck, conduct_check, Kind.CHECK),
    Act(AcceptMatter, accept_matter, Kind.MATTER),
    Act(SettleMatter, settle_matter, Kind.MATTER, nothing),
    Act(PublishStatement, publish_statement, Kind.STATEMENT),
    Act(ChangeLogKey, change_log_key, Kind.LOG_KEY, previous_of),
    Act(CorrectRecord, correct_record, Kind.CORRECTION, target_of),
)

ACTS: dict[type, Act] = {act.command: act for act in _ALL}
