"""纪检监察建议: issuing a letter, its reply, evaluation and closing."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from domain.cases.case import Case
from domain.fields import Code, Ref, fact, restate
from domain.leads.lead import Lead
from domain.organs.organ import Organ
from domain.recommendations.recommendation import (
    Recommendation,
    RecommendationClosed,
    RecommendationEvaluated,
    RecommendationIssued,
    RecommendationParticulars,
    RecommendationReplied,
)
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_new, require_order
from domain.streams import Kind
from domain.units.unit import Unit


@fact
class IssueRecommendation(RecommendationParticulars):
    """发出建议书."""


@fact
class ReplyToRecommendation:
    """回复建议书."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION)]
    replied_on: date


@fact
class EvaluateRecommendation:
    """评估整改."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION)]
    evaluated_on: date
    evaluation: Annotated[str, Code("rectification")]


@fact
class CloseRecommendation:
    """办结建议书."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION)]
    closed_on: date


def check_recommendation(
    letter: RecommendationParticulars,
    *,
    organ: Organ | None,
    recipient: Unit | None,
    related: Case | Lead | None,
) -> None:
    """What holds of every letter, when issued and when corrected.

    1. The organ, the unit it goes to and the case or lead it springs from are registered
       (台账规则).
    2. Category and evaluation are terms in force on the day
       (《监察法》（2024修正）第52条；《监督执纪工作规则》第19条).
    3. The number of suggestions is not negative (台账规则：份、条分别计数).
    4. It is not replied to or closed before it was issued (台账规则).
    """
    require_known(letter, {"organ": organ, "recipient": recipient})
    missing = letter.related is not None and related is None
    reason = f"关联的案件或线索 {letter.related} 不存在"
    refuse_if(missing, "missing_reference", reason, field="related")
    require_codes(letter, letter.issued_on)
    negative = letter.suggestions is not None and letter.suggestions < 0
    refuse_if(negative, "impossible_number", "建议条数不能为负", field="suggestions")
    if isinstance(letter, Recommendation):
        check_progress(letter)


def check_progress(letter: Recommendation) -> None:
    """Reply and closing follow the issue (rule 4 of ``check_recommendation``)."""
    issued_on = letter.issued_on
    require_order(issued_on, letter.replied_on, "回复日期早于发出日期", field="replied_on")
    require_order(issued_on, letter.closed_on, "办结日期早于发出日期", field="closed_on")


def issue_recommendation(
    letter: Recommendation | None,
    act: IssueRecommendation,
    *,
    organ: Organ | None,
    recipient: Unit | None,
    related: Case | Lead | None,
) -> RecommendationIssued:
    """Issue a letter, as the register tells it.

    1. A number is used once (台账规则).
    2. What holds of every letter holds of it, see ``check_recommendation`` (台账规则).
    """
    require_new(letter, act.number)
    check_recommendation(act, organ=organ, recipient=recipient, related=related)
    return restate(act, RecommendationIssued)


def _issued(letter: Recommendation | None, number: str, field: str) -> Recommendation:
    if letter is None:
        raise Refusal("missing_reference", f"建议书 {number} 不存在", field="number")
    refuse_if(getattr(letter, field) is not None, "already_registered", "该事实已登记", field=field)
    return letter


def reply_to_recommendation(
    letter: Recommendation | None, act: ReplyToRecommendation
) -> RecommendationReplied:
    """The unit replies.

    1. The letter is issued and not yet replied to (台账规则).
    2. Not before it was issued; a late reply is a fact (台账规则).
    """
    issued = _issued(letter, act.number, "replied_on")
    check_progress(replace(issued, replied_on=act.replied_on))
    return restate(act, RecommendationReplied, organ=issued.organ)


def evaluate_recommendation(
    letter: Recommendation | None, act: EvaluateRecommendation
) -> RecommendationEvaluated:
    """Evaluate what the unit put right.

    1. The letter is issued and not yet evaluated (台账规则).
    2. The evaluation is a term in force on the day (台账规则).
    """
    issued = _issued(letter, act.number, "evaluation")
    require_codes(act, act.evaluated_on)
    return restate(act, RecommendationEvaluated, organ=issued.organ)


def close_recommendation(
    letter: Recommendation | None, act: CloseRecommendation
) -> RecommendationClosed:
    """Close a letter.

    1. The letter is issued and not yet closed (台账规则).
    2. Not before it was issued (台账规则).
    """
    issued = _issued(letter, act.number, "closed_on")
    check_progress(replace(issued, closed_on=act.closed_on))
    return restate(act, RecommendationClosed, organ=issued.organ)
