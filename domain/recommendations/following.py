"""纪检监察建议: following a letter up: delivery, objection, extension, reply (跟踪督办)."""

from datetime import date
from typing import Annotated, Any

from domain.fields import PersonalText, Ref, fact, restate
from domain.recommendations.course import (
    ObjectionDecided,
    RecommendationDelivered,
    RecommendationObjected,
    ReplyExtended,
    ReplyFiled,
    Suggestion,
    SuggestionExtended,
    SuggestionLifted,
    SuggestionListed,
)
from domain.recommendations.lifecycle import LETTER
from domain.recommendations.recommendation import (
    RecommendationFile,
    RecommendationReplied,
    item_of,
)
from domain.refusals import Refusal, refuse_if
from domain.rules import require_order
from domain.streams import Kind, stream_name

Happened = tuple[tuple[str, Any], ...]


@fact
class ListSuggestion:
    """列明建议书的一条建议."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION)]
    listed_on: date
    requirement: PersonalText
    due_on: date


@fact
class DeliverRecommendation:
    """送达建议书."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION)]
    delivered_on: date
    received_by: PersonalText


@fact
class ObjectToRecommendation:
    """对建议书提出异议."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION)]
    objected_on: date
    disputed: tuple[int, ...]
    reasons: PersonalText


@fact
class DecideObjection:
    """作出异议审查决定."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION)]
    decided_on: date
    upheld: bool
    decided_by: str
    grounds: PersonalText


@fact
class ExtendReply:
    """延长建议书回复期限."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION)]
    approved_on: date
    approved_by: str
    extended_to: date
    reason: PersonalText


@fact
class ExtendSuggestion:
    """延长一条建议的整改期限."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION)]
    suggestion: int
    approved_on: date
    approved_by: str
    until: date
    reason: PersonalText


@fact
class FileReply:
    """提交建议书书面回复."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION)]
    filed_on: date
    adopted: bool
    account: PersonalText
    attachments: tuple[str, ...]


def letter_at(
    letter: RecommendationFile | None, act: str, number: str, on: date, field: str
) -> RecommendationFile:
    """The letter, where the act is one of its stage and not before its issue."""
    if letter is None:
        raise Refusal("missing_reference", f"建议书 {number} 不存在", field="number")
    LETTER.require(act, letter)
    require_order(letter.issued_on, on, f"日期早于发出日期 {letter.issued_on}", field=field)
    return letter


def open_item(letter: RecommendationFile, suggestion: int, field: str = "suggestion") -> Suggestion:
    """One suggestion that still stands; refuses one that there is not, or that is lifted."""
    item = item_of(letter, suggestion)
    if item is None:
        raise Refusal("missing_reference", f"建议书没有第{suggestion}条建议", field=field)
    refuse_if(item.lifted_on, "suggestion_lifted", f"第{suggestion}条建议已撤销", field=field)
    return item


def list_suggestion(letter: RecommendationFile | None, act: ListSuggestion) -> SuggestionListed:
    """List a suggestion of a letter whose register says only how many there are.

    1. The letter is issued and not yet evaluated (台账规则).
    2. Not before its issue (台账规则).
    3. It states a requirement, with a deadline not before that day (可配置：建议书内容要求).
    4. No more are listed than the letter says it has (台账规则：份、条分别计数).
    """
    found = letter_at(letter, "list_suggestion", act.number, act.listed_on, "listed_on")
    refuse_if(not act.requirement.strip(), "required", "须写明整改要求", field="requirement")
    require_order(act.listed_on, act.due_on, "整改期限早于列明日期", field="due_on")
    listed = (found.listed or 0) + 1
    more = found.suggestions is not None and listed > found.suggestions
    reason = f"建议书共{found.suggestions}条建议，已全部列明"
    refuse_if(more, "impossible_number", reason, field="number")
    return restate(act, SuggestionListed, organ=found.organ, suggestion=listed, listed=listed)


def deliver_recommendation(
    letter: RecommendationFile | None, act: DeliverRecommendation
) -> RecommendationDelivered:
    """Deliver a letter.

    1. It is issued and not yet delivered (台账规则).
    2. Not before its issue (台账规则).
    3. Who received it signs for it (可配置：送达签收).
    """
    found = letter_at(
        letter, "deliver_recommendation", act.number, act.delivered_on, "delivered_on"
    )
    refuse_if(not act.received_by.strip(), "required", "送达须有签收人", field="received_by")
    return restate(act, RecommendationDelivered, organ=found.organ)


def object_to_recommendation(
    letter: RecommendationFile | None, act: ObjectToRecommendation
) -> RecommendationObjected:
    """Object to a letter, or to some of its suggestions.

    1. It is delivered and not yet replied to (可配置：异议于回复前提出).
    2. Not before it was delivered (台账规则).
    3. Reasons are given (《监察法》（2024修正）第71条：无正当理由不得拒不采纳).
    4. What is disputed are suggestions of the letter that still stand (台账规则).
    """
    found = letter_at(
        letter, "object_to_recommendation", act.number, act.objected_on, "objected_on"
    )
    require_order(found.delivered_on, act.objected_on, "异议日期早于送达日期", field="objected_on")
    refuse_if(not act.reasons.strip(), "required", "提出异议须说明理由", field="reasons")
    for suggestion in act.disputed:
        open_item(found, suggestion, "disputed")
    objections = (found.objections or 0) + 1
    return restate(act, RecommendationObjected, organ=found.organ, objections=objections)


def decide_objection(letter: RecommendationFile | None, act: DecideObjection) -> Happened:
    """Decide an objection: what was rightly disputed is lifted, the rest of the letter stands.

    1. An objection is pending (台账规则).
    2. Not before it was raised (台账规则).
    3. Who decided it is stated (可配置：异议审查权限).
    4. Upheld, it lifts the suggestions disputed; where none is left, the letter is revoked
       (台账规则).
    """
    found = letter_at(letter, "decide_objection", act.number, act.decided_on, "decided_on")
    objection = found.disputes[-1]
    require_order(objection.objected_on, act.decided_on, "决定早于异议提出", field="decided_on")
    refuse_if(not act.decided_by.strip(), "required", "须写明决定人", field="decided_by")
    standing = {item.suggestion for item in found.items if item.lifted_on is None}
    gone = (set(objection.disputed) or standing) if act.upheld else set()
    revoked = act.upheld and not standing - gone
    lifted = (found.lifted or 0) + len(gone)
    decided = restate(
        act,
        ObjectionDecided,
        organ=found.organ,
        objections_decided=(found.objections_decided or 0) + 1,
        lifted=lifted or None,
        revoked_on=act.decided_on if revoked else None,
    )
    lifting = (
        SuggestionLifted(
            number=act.number, organ=found.organ, suggestion=each, lifted_on=act.decided_on
        )
        for each in sorted(gone)
    )
    stream = stream_name(Kind.RECOMMENDATION, act.number)
    return ((stream, decided), *((stream, event) for event in lifting))


def extend_reply(letter: RecommendationFile | None, act: ExtendReply) -> ReplyExtended:
    """Extend the deadline of the reply.

    1. The letter is issued and not yet replied to (台账规则).
    2. Not before its issue (台账规则).
    3. Who approved it is stated (可配置：延期审批).
    4. The letter has a deadline, and the new one is later (台账规则).
    """
    found = letter_at(letter, "extend_reply", act.number, act.approved_on, "approved_on")
    refuse_if(not act.approved_by.strip(), "required", "延期须写明批准人", field="approved_by")
    _require_later(found.extended_to or found.reply_due_on, act.extended_to, "extended_to")
    return restate(act, ReplyExtended, organ=found.organ)


def extend_suggestion(
    letter: RecommendationFile | None, act: ExtendSuggestion
) -> SuggestionExtended:
    """Extend the deadline of one suggestion.

    1. The letter is issued and the suggestion not yet evaluated (台账规则).
    2. Not before its issue (台账规则).
    3. The suggestion is one of the letter's and still stands (台账规则).
    4. Who approved it is stated (可配置：延期审批).
    5. The suggestion has a deadline, and the new one is later (台账规则).
    """
    found = letter_at(letter, "extend_suggestion", act.number, act.approved_on, "approved_on")
    item = open_item(found, act.suggestion)
    done = item.result is not None
    refuse_if(done, "already_evaluated", f"第{act.suggestion}条建议已评估", field="suggestion")
    refuse_if(not act.approved_by.strip(), "required", "延期须写明批准人", field="approved_by")
    _require_later(item.extended_to or item.due_on, act.until, "until")
    return restate(act, SuggestionExtended, organ=found.organ)


def _require_later(due_on: date | None, now: date, field: str) -> None:
    if due_on is None:
        raise Refusal("no_deadline", "没有期限可以延长", field=field)
    refuse_if(now <= due_on, "impossible_date", f"新期限不晚于原期限 {due_on}", field=field)


def file_reply(letter: RecommendationFile | None, act: FileReply) -> Happened:
    """File the unit's written reply; the first one is the letter's reply, later ones add to it.

    1. The letter is issued, and not yet evaluated or returned since
       (《监察法》（2024修正）第52条；《监督执纪工作规则》第19条).
    2. Not before its issue, nor before the last reply (台账规则).
    3. It gives an account of what was done, or why the suggestions are not adopted
       (《监察法》（2024修正）第71条).
    """
    found = letter_at(letter, "file_reply", act.number, act.filed_on, "filed_on")
    require_order(found.replied_on, act.filed_on, "回复早于上次回复", field="filed_on")
    refuse_if(not act.account.strip(), "required", "回复须写明整改情况或理由", field="account")
    stream = stream_name(Kind.RECOMMENDATION, act.number)
    filed = restate(act, ReplyFiled, organ=found.organ, returns_answered=found.returns or 0)
    if found.replied_on is not None:
        return ((stream, filed),)
    replied = RecommendationReplied(number=act.number, organ=found.organ, replied_on=act.filed_on)
    return ((stream, replied), (stream, filed))
