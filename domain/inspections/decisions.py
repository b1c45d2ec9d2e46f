"""巡察: opening and ending a round, feeding back problems, rectifying them, work suggestions."""

from datetime import date
from typing import Annotated

from domain.fields import Ref, fact, restate
from domain.inspections.problem import (
    Problem,
    ProblemFedBack,
    ProblemParticulars,
    ProblemRectified,
)
from domain.inspections.round import Round, RoundEnded, RoundOpened, RoundParticulars
from domain.inspections.work_suggestion import (
    WorkSuggestion,
    WorkSuggestionClosed,
    WorkSuggestionIssued,
    WorkSuggestionParticulars,
)
from domain.organs.organ import Organ
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_new, require_order
from domain.streams import Kind
from domain.units.unit import Unit


@fact
class OpenRound(RoundParticulars):
    """开始一轮巡察."""


@fact
class EndRound:
    """结束一轮巡察."""

    number: Annotated[str, Ref(Kind.ROUND)]
    ended_on: date


@fact
class FeedBackProblem(ProblemParticulars):
    """反馈巡察问题."""


@fact
class RectifyProblem:
    """完成巡察问题整改."""

    number: Annotated[str, Ref(Kind.PROBLEM)]
    rectified_on: date


@fact
class IssueWorkSuggestion(WorkSuggestionParticulars):
    """发出工作建议."""


@fact
class CloseWorkSuggestion:
    """办结工作建议."""

    number: Annotated[str, Ref(Kind.WORK_SUGGESTION)]
    closed_on: date


def check_round(round_: RoundParticulars, *, organ: Organ | None) -> None:
    """What holds of every round.

    1. The organ is registered and the type is one in force on the day.
    2. It does not end before it began.
    """
    require_known(round_, {"organ": organ})
    require_codes(round_, round_.started_on)
    if isinstance(round_, Round):
        reason = "结束日期早于开始日期"
        require_order(round_.started_on, round_.ended_on, reason, field="ended_on")


def check_problem(problem: ProblemParticulars, *, round: Round | None, unit: Unit | None) -> None:
    """What holds of every problem.

    1. The round and the unit are registered.
    2. It is not fed back before the round began, nor rectified before it was fed back.
    """
    require_known(problem, {"round": round, "unit": unit})
    started_on = round.started_on if round is not None else None
    require_order(started_on, problem.fed_back_on, "反馈日期早于巡察开始日期", field="fed_back_on")
    if isinstance(problem, Problem):
        reason = "整改完成日期早于反馈日期"
        require_order(problem.fed_back_on, problem.rectified_on, reason, field="rectified_on")


def check_work_suggestion(
    suggestion: WorkSuggestionParticulars, *, round: Round | None, recipient: Unit | None
) -> None:
    """What holds of every work suggestion.

    1. The round and the unit it goes to are registered.
    2. It is not issued before the round began, nor closed before it was issued.
    """
    require_known(suggestion, {"round": round, "recipient": recipient})
    started_on = round.started_on if round is not None else None
    require_order(started_on, suggestion.issued_on, "发出日期早于巡察开始日期", field="issued_on")
    if isinstance(suggestion, WorkSuggestion):
        reason = "办结日期早于发出日期"
        require_order(suggestion.issued_on, suggestion.closed_on, reason, field="closed_on")


def open_round(round_: Round | None, act: OpenRound, *, organ: Organ | None) -> RoundOpened:
    """Open a round: a number is used once, and ``check_round`` holds."""
    require_new(round_, act.number)
    check_round(act, organ=organ)
    return restate(act, RoundOpened)


def end_round(round_: Round | None, act: EndRound) -> RoundEnded:
    """End a round that is open, not before it began."""
    if round_ is None:
        raise Refusal("missing_reference", f"巡察轮次 {act.number} 不存在", field="number")
    refuse_if(round_.ended_on, "already_registered", "该轮巡察已结束", field="ended_on")
    require_order(round_.started_on, act.ended_on, "结束日期早于开始日期", field="ended_on")
    return restate(act, RoundEnded, organ=round_.organ)


def feed_back_problem(
    problem: Problem | None, act: FeedBackProblem, *, round: Round | None, unit: Unit | None
) -> ProblemFedBack:
    """Feed a problem back: a number is used once, and ``check_problem`` holds."""
    require_new(problem, act.number)
    check_problem(act, round=round, unit=unit)
    return restate(act, ProblemFedBack)


def rectify_problem(problem: Problem | None, act: RectifyProblem) -> ProblemRectified:
    """Rectify a problem that is not yet rectified, not before it was fed back."""
    if problem is None:
        raise Refusal("missing_reference", f"巡察问题 {act.number} 不存在", field="number")
    refuse_if(problem.rectified_on, "already_registered", "该问题已整改", field="rectified_on")
    reason = "整改完成日期早于反馈日期"
    require_order(problem.fed_back_on, act.rectified_on, reason, field="rectified_on")
    return restate(act, ProblemRectified, round=problem.round, unit=problem.unit)


def issue_work_suggestion(
    suggestion: WorkSuggestion | None,
    act: IssueWorkSuggestion,
    *,
    round: Round | None,
    recipient: Unit | None,
) -> WorkSuggestionIssued:
    """Issue a work suggestion: a number is used once, and ``check_work_suggestion`` holds."""
    require_new(suggestion, act.number)
    check_work_suggestion(act, round=round, recipient=recipient)
    return restate(act, WorkSuggestionIssued)


def close_work_suggestion(
    suggestion: WorkSuggestion | None, act: CloseWorkSuggestion
) -> WorkSuggestionClosed:
    """Close a work suggestion that is not yet closed, not before it was issued."""
    if suggestion is None:
        raise Refusal("missing_reference", f"工作建议 {act.number} 不存在", field="number")
    refuse_if(suggestion.closed_on, "already_registered", "该建议已办结", field="closed_on")
    require_order(suggestion.issued_on, act.closed_on, "办结日期早于发出日期", field="closed_on")
    return restate(act, WorkSuggestionClosed, round=suggestion.round)
