"""巡察: opening and ending a round, feeding back problems, rectifying them, work suggestions."""

from datetime import date
from typing import Annotated

from domain.fields import Ref, fact, restate
from domain.inspections.problem import (
    Problem,
    ProblemFedBack,
    ProblemFile,
    ProblemParticulars,
    ProblemRectified,
)
from domain.inspections.round import Round, RoundEnded, RoundFile, RoundOpened, RoundParticulars
from domain.inspections.work_suggestion import (
    WorkSuggestion,
    WorkSuggestionClosed,
    WorkSuggestionFile,
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

    1. The organ is registered (台账规则).
    2. The type is one in force on the day (《中国共产党巡视工作条例》(2024)；可配置：巡察类型).
    3. It does not end before it began (台账规则).
    """
    require_known(round_, {"organ": organ})
    require_codes(round_, round_.started_on)
    if isinstance(round_, Round):
        reason = "结束日期早于开始日期"
        require_order(round_.started_on, round_.ended_on, reason, field="ended_on")


def check_problem(
    problem: ProblemParticulars, *, round: RoundFile | None, unit: Unit | None
) -> None:
    """What holds of every problem.

    1. The round and the unit are registered (台账规则).
    2. It is not fed back before the round began (台账规则).
    3. It is not rectified before it was fed back (台账规则).
    """
    require_known(problem, {"round": round, "unit": unit})
    started_on = round.started_on if round is not None else None
    require_order(started_on, problem.fed_back_on, "反馈日期早于巡察开始日期", field="fed_back_on")
    if isinstance(problem, Problem):
        reason = "整改完成日期早于反馈日期"
        require_order(problem.fed_back_on, problem.rectified_on, reason, field="rectified_on")


def check_work_suggestion(
    suggestion: WorkSuggestionParticulars, *, round: RoundFile | None, recipient: Unit | None
) -> None:
    """What holds of every work suggestion.

    1. The round and the unit it goes to are registered (台账规则).
    2. It is not issued before the round began (台账规则).
    3. It is not closed before it was issued (台账规则).
    """
    require_known(suggestion, {"round": round, "recipient": recipient})
    started_on = round.started_on if round is not None else None
    require_order(started_on, suggestion.issued_on, "发出日期早于巡察开始日期", field="issued_on")
    if isinstance(suggestion, WorkSuggestion):
        reason = "办结日期早于发出日期"
        require_order(suggestion.issued_on, suggestion.closed_on, reason, field="closed_on")


def open_round(round_: RoundFile | None, act: OpenRound, *, organ: Organ | None) -> RoundOpened:
    """Open a round (巡察轮次开始).

    1. A number is used once (台账规则).
    2. What ``check_round`` says holds (台账规则).
    """
    require_new(round_, act.number)
    check_round(act, organ=organ)
    return restate(act, RoundOpened)


def end_round(round_: RoundFile | None, act: EndRound) -> RoundEnded:
    """End a round (巡察轮次结束).

    1. The round is registered and not ended yet (台账规则).
    2. It does not end before it began (台账规则).
    """
    if round_ is None:
        raise Refusal("missing_reference", f"巡察轮次 {act.number} 不存在", field="number")
    refuse_if(round_.ended_on, "already_registered", "该轮巡察已结束", field="ended_on")
    require_order(round_.started_on, act.ended_on, "结束日期早于开始日期", field="ended_on")
    return restate(act, RoundEnded, organ=round_.organ)


def feed_back_problem(
    problem: ProblemFile | None, act: FeedBackProblem, *, round: RoundFile | None, unit: Unit | None
) -> ProblemFedBack:
    """Feed a problem back to a unit (反馈问题).

    1. A number is used once (台账规则).
    2. What ``check_problem`` says holds (台账规则).
    """
    require_new(problem, act.number)
    check_problem(act, round=round, unit=unit)
    return restate(act, ProblemFedBack)


def rectify_problem(problem: ProblemFile | None, act: RectifyProblem) -> ProblemRectified:
    """Enter that a problem is rectified (整改完成).

    1. The problem is fed back and not rectified, or open again since (台账规则).
    2. It is not rectified before it was fed back, nor before it was opened again (台账规则).
    """
    if problem is None:
        raise Refusal("missing_reference", f"巡察问题 {act.number} 不存在", field="number")
    refuse_if(problem.rectified_on, "already_registered", "该问题已整改", field="rectified_on")
    reason = "整改完成日期早于反馈日期"
    require_order(problem.fed_back_on, act.rectified_on, reason, field="rectified_on")
    reason = "整改完成日期早于退回或反弹日期"
    require_order(problem.reopened_on, act.rectified_on, reason, field="rectified_on")
    return restate(act, ProblemRectified, round=problem.round, unit=problem.unit)


def issue_work_suggestion(
    suggestion: WorkSuggestionFile | None,
    act: IssueWorkSuggestion,
    *,
    round: RoundFile | None,
    recipient: Unit | None,
) -> WorkSuggestionIssued:
    """Issue a work suggestion (工作建议).

    1. A number is used once (台账规则).
    2. What ``check_work_suggestion`` says holds (台账规则).
    """
    require_new(suggestion, act.number)
    check_work_suggestion(act, round=round, recipient=recipient)
    return restate(act, WorkSuggestionIssued)


def close_work_suggestion(
    suggestion: WorkSuggestionFile | None, act: CloseWorkSuggestion
) -> WorkSuggestionClosed:
    """Close a work suggestion (办结工作建议).

    1. It is issued and not closed yet (台账规则).
    2. It is not closed before it was issued (台账规则).
    """
    if suggestion is None:
        raise Refusal("missing_reference", f"工作建议 {act.number} 不存在", field="number")
    refuse_if(suggestion.closed_on, "already_registered", "该建议已办结", field="closed_on")
    require_order(suggestion.issued_on, act.closed_on, "办结日期早于发出日期", field="closed_on")
    return restate(act, WorkSuggestionClosed, round=suggestion.round)
