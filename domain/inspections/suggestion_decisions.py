"""工作建议: the reply of the unit and what became of the suggestion."""

from datetime import date
from typing import Annotated

from domain.concept import Decided
from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.inspections.work_suggestion import (
    LIFECYCLE,
    WorkSuggestionEvaluated,
    WorkSuggestionFile,
    WorkSuggestionReplied,
)
from domain.refusals import Refusal
from domain.rules import require_codes, require_order
from domain.streams import Kind


@fact
class ReplyToWorkSuggestion:
    """回复工作建议."""

    number: Annotated[str, Ref(Kind.WORK_SUGGESTION)]
    replied_on: date
    reply: PersonalText | None


@fact
class EvaluateWorkSuggestion:
    """评估工作建议落实情况."""

    number: Annotated[str, Ref(Kind.WORK_SUGGESTION)]
    evaluated_on: date
    evaluation: Annotated[str, Code("rectification")]


def _at(suggestion: WorkSuggestionFile | None, act: str, number: str) -> WorkSuggestionFile:
    if suggestion is None:
        raise Refusal("missing_reference", f"工作建议 {number} 不存在", field="number")
    LIFECYCLE.require(act, suggestion)
    return suggestion


def reply_to_work_suggestion(
    suggestion: WorkSuggestionFile | None, act: ReplyToWorkSuggestion
) -> WorkSuggestionReplied:
    """Enter the unit's reply (回复).

    1. The suggestion is issued and not replied to, or was found wanting since (台账规则).
    2. It is not replied to before it was issued or evaluated (台账规则).
    """
    known = _at(suggestion, "reply_to_work_suggestion", act.number)
    since = known.evaluated_on or known.issued_on
    require_order(since, act.replied_on, "回复日期早于发出或评估日期", field="replied_on")
    more = {"round": known.round, "evaluated_on": None, "evaluation": None}
    return restate(act, WorkSuggestionReplied, **more)


def evaluate_work_suggestion(
    suggestion: WorkSuggestionFile | None, act: EvaluateWorkSuggestion
) -> WorkSuggestionEvaluated:
    """Evaluate how the suggestion was carried out (评估落实情况).

    1. It was replied to and that reply not evaluated yet (台账规则).
    2. The result is one of the three in force on the day (可配置：整改评估).
    3. It is not evaluated before the reply (台账规则).
    """
    known = _at(suggestion, "evaluate_work_suggestion", act.number)
    require_codes(act, act.evaluated_on)
    reason = "评估日期早于回复日期"
    require_order(known.replied_on, act.evaluated_on, reason, field="evaluated_on")
    return restate(act, WorkSuggestionEvaluated, round=known.round)


DECIDED: Decided = (
    (ReplyToWorkSuggestion, reply_to_work_suggestion),
    (EvaluateWorkSuggestion, evaluate_work_suggestion),
)
