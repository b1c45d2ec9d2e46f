"""纪检监察建议: what the unit put right: checks, evaluation, return, revisit, striking off."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.leads.lead import Lead
from domain.recommendations.course import (
    RecommendationEscalated,
    RecommendationRevisited,
    SiteChecked,
    SuggestionEvaluated,
    SuggestionReturned,
)
from domain.recommendations.following import letter_at, open_item
from domain.recommendations.lifecycle import LETTER, pending
from domain.recommendations.recommendation import RecommendationClosed, RecommendationFile
from domain.recommendations.rules import COMPLETE, derivation
from domain.refusals import refuse_if
from domain.rules import require_codes, require_known, require_order
from domain.streams import Kind


@fact
class CheckSite:
    """实地核查建议整改情况."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION)]
    checked_on: date
    checked_by: str
    finding: PersonalText


@fact
class EvaluateSuggestion:
    """评估一条建议的整改."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION)]
    suggestion: int
    evaluated_on: date
    result: Annotated[str, Code("rectification")]
    remarks: PersonalText | None


@fact
class ReturnSuggestion:
    """退回一条建议继续整改."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION)]
    suggestion: int
    returned_on: date
    demand: PersonalText
    due_on: date


@fact
class RevisitRecommendation:
    """回访建议整改情况."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION)]
    revisited_on: date
    revisited_by: str
    finding: PersonalText
    relapsed: bool


@fact
class StrikeOffRecommendation:
    """建议书整改销号."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION)]
    closed_on: date


@fact
class EscalateRecommendation:
    """建议落实不力转问责."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION)]
    escalated_on: date
    ground: Annotated[str, Code("escalation_ground")]
    accountability_lead: Annotated[str, Ref(Kind.LEAD)]


def check_site(letter: RecommendationFile | None, act: CheckSite) -> SiteChecked:
    """Check on site what was put right.

    1. The letter is delivered and neither closed nor revoked (台账规则).
    2. Not before its issue (台账规则).
    3. Who checked is stated (可配置：谁建议谁跟踪).
    """
    found = letter_at(letter, "check_site", act.number, act.checked_on, "checked_on")
    refuse_if(not act.checked_by.strip(), "required", "须写明核查人员", field="checked_by")
    return restate(act, SiteChecked, organ=found.organ)


def evaluate_suggestion(
    letter: RecommendationFile | None, act: EvaluateSuggestion
) -> SuggestionEvaluated:
    """Evaluate what was put right on one suggestion.

    1. The letter is replied to (《监督执纪工作规则》第19条).
    2. Not before its reply (台账规则).
    3. The suggestion is one of the letter's, still stands and is not yet evaluated (台账规则).
    4. The result is a term in force on the day (台账规则).
    5. Once all are evaluated the letter has the heaviest of their results
       (可配置：建议书评估取最重一条).
    """
    found = letter_at(letter, "evaluate_suggestion", act.number, act.evaluated_on, "evaluated_on")
    require_order(found.replied_on, act.evaluated_on, "评估早于回复", field="evaluated_on")
    item = open_item(found, act.suggestion)
    done = item.result is not None
    reason = f"第{act.suggestion}条建议已评估"
    refuse_if(done, "already_registered", reason, field="suggestion")
    require_codes(act, act.evaluated_on)
    results = [each.result for each in found.items if each.result is not None]
    every = [*results, act.result]
    complete = pending(found) == 1
    whole = derivation(act.evaluated_on).of(every) if complete else found.evaluation
    return restate(
        act,
        SuggestionEvaluated,
        organ=found.organ,
        evaluated=len(every),
        rectified=every.count(COMPLETE),
        evaluation=whole,
    )


def return_suggestion(
    letter: RecommendationFile | None, act: ReturnSuggestion
) -> SuggestionReturned:
    """Return a suggestion for further rectification.

    1. The letter is evaluated and not wholly rectified (可配置：整改不到位的退回重改).
    2. Not before its issue (台账规则).
    3. The suggestion was evaluated as not or only partly put right (台账规则).
    4. What is still demanded is stated, with a deadline not before that day
       (可配置：建议书内容要求).
    """
    found = letter_at(letter, "return_suggestion", act.number, act.returned_on, "returned_on")
    item = open_item(found, act.suggestion)
    refuse_if(
        item.result in {None, COMPLETE},
        "not_short",
        f"第{act.suggestion}条建议不是评估后未到位的",
        field="suggestion",
    )
    refuse_if(not act.demand.strip(), "required", "须写明继续整改的要求", field="demand")
    require_order(act.returned_on, act.due_on, "期限早于退回日期", field="due_on")
    opened = (found.returns or 0) > (found.returns_answered or 0)
    return restate(
        act,
        SuggestionReturned,
        organ=found.organ,
        returns=(found.returns or 0) + (0 if opened else 1),
        evaluated=(found.evaluated or 0) - 1,
    )


def revisit_recommendation(
    letter: RecommendationFile | None, act: RevisitRecommendation
) -> RecommendationRevisited:
    """Revisit the unit once it has put things right.

    1. The letter is wholly rectified or closed (可配置：整改后回访).
    2. Not before its issue, nor before it was closed (台账规则).
    3. Who went is stated (台账规则).
    """
    found = letter_at(
        letter, "revisit_recommendation", act.number, act.revisited_on, "revisited_on"
    )
    require_order(found.closed_on, act.revisited_on, "回访早于办结", field="revisited_on")
    refuse_if(not act.revisited_by.strip(), "required", "须写明回访人员", field="revisited_by")
    return restate(act, RecommendationRevisited, organ=found.organ)


def strike_off_recommendation(
    letter: RecommendationFile | None, act: StrikeOffRecommendation
) -> RecommendationClosed:
    """Strike a letter off (销号).

    1. Every suggestion is put right (可配置：整改到位方可销号).
    2. Not before its issue, nor before the reply (台账规则).
    3. It has not been found to have relapsed since (可配置：整改到位方可销号).
    """
    found = letter_at(letter, "strike_off_recommendation", act.number, act.closed_on, "closed_on")
    require_order(found.replied_on, act.closed_on, "办结早于回复", field="closed_on")
    refuse_if(found.relapsed, "relapsed", "回访发现问题反弹，不能销号", field="number")
    return restate(act, RecommendationClosed, organ=found.organ)


def escalate_recommendation(
    letter: RecommendationFile | None,
    act: EscalateRecommendation,
    *,
    accountability_lead: Lead | None,
) -> RecommendationEscalated:
    """Escalate a letter that is refused or not carried out into accountability.

    1. The letter is issued and not revoked, and not escalated yet (台账规则).
    2. Not before its issue (台账规则).
    3. The lead is registered, and not received before the letter was issued (台账规则).
    4. The ground is a term in force on the day, and what the letter's course shows
       (《监察法》（2024修正）第71条；《公职人员政务处分法》第61条).
    """
    found = letter_at(
        letter, "escalate_recommendation", act.number, act.escalated_on, "escalated_on"
    )
    twice = found.escalated_on is not None
    refuse_if(twice, "already_registered", "该建议书已转问责", field="number")
    require_known(act, {"accountability_lead": accountability_lead})
    received_on = accountability_lead.received_on if accountability_lead is not None else None
    reason = "问责线索早于建议书发出"
    require_order(found.issued_on, received_on, reason, field="accountability_lead")
    require_codes(act, act.escalated_on)
    shown = grounds(found, act.escalated_on).get(act.ground, False)
    reason = f"建议书的办理情况不足以认定“{act.ground}”"
    provision = "《监察法》（2024修正）第71条"
    refuse_if(not shown, "no_ground", reason, field="ground", provision=provision)
    return restate(act, RecommendationEscalated, organ=found.organ)


def grounds(letter: RecommendationFile, on: date) -> Mapping[str, bool]:
    """For each ground of accountability, whether the letter's course shows it on a day."""
    due_on = letter.extended_to or letter.reply_due_on
    objection = letter.disputes[-1] if letter.disputes else None
    overruled = objection is not None and objection.upheld is False
    unanswered = letter.replied_on is None
    return {
        "拒不采纳": letter.adopted is False or (overruled and unanswered),
        "逾期不回复": unanswered and due_on is not None and due_on < on,
        "整改不到位": LETTER.stage(letter) in {"incomplete", "returned"},
        "整改后反弹": letter.relapsed is True,
    }
