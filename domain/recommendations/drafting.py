"""建议书稿: drafting a letter, its approval, and its issue once approved."""

from datetime import date
from typing import Annotated, Any

from domain.cases.case import Case
from domain.fields import PersonalText, Ref, fact, restate
from domain.leads.lead import Lead
from domain.organs.organ import Organ
from domain.recommendations.course import SuggestionListed
from domain.recommendations.draft import (
    DRAFT,
    DraftParticulars,
    RecommendationDraft,
    RecommendationDraftApproved,
    RecommendationDrafted,
    RecommendationDraftIssued,
    RecommendationDraftReturned,
    RecommendationDraftRevised,
    RecommendationDraftWithdrawn,
    SuggestionProposed,
)
from domain.recommendations.recommendation import Recommendation, RecommendationIssued
from domain.recommendations.rules import addressees
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_new, require_order
from domain.streams import Kind, stream_name
from domain.units.unit import Unit

Happened = tuple[tuple[str, Any], ...]


@fact
class Wanted:
    """拟提的一条建议: its requirement and deadline."""

    requirement: str
    due_on: date


@fact
class DraftRecommendation(DraftParticulars):
    """起草建议书."""

    suggestions: tuple[Wanted, ...]


@fact
class ReturnRecommendationDraft:
    """退回建议书稿修改."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION_DRAFT)]
    returned_on: date
    reason: PersonalText


@fact
class ReviseRecommendationDraft:
    """修改建议书稿."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION_DRAFT)]
    revised_on: date
    reply_due_on: date | None
    findings: PersonalText
    suggestions: tuple[Wanted, ...]


@fact
class ApproveRecommendationDraft:
    """批准建议书稿."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION_DRAFT)]
    approved_on: date
    approved_by: str


@fact
class WithdrawRecommendationDraft:
    """撤回建议书稿."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION_DRAFT)]
    withdrawn_on: date
    reason: PersonalText


@fact
class IssueRecommendationDraft:
    """发出经批准的建议书."""

    number: Annotated[str, Ref(Kind.RECOMMENDATION_DRAFT)]
    letter: Annotated[str, Ref(Kind.RECOMMENDATION)]
    issued_on: date


def _require_content(
    findings: str, suggestions: tuple[Wanted, ...], reply_due_on: date | None, on: date
) -> None:
    refuse_if(not findings.strip(), "required", "建议书须写明查明的问题", field="findings")
    refuse_if(not suggestions, "required", "建议书至少有一条建议", field="suggestions")
    for each in suggestions:
        reason = "每条建议须写明整改要求"
        refuse_if(not each.requirement.strip(), "required", reason, field="suggestions")
        require_order(on, each.due_on, "整改期限早于成文日期", field="suggestions")
    require_order(on, reply_due_on, "回复期限早于成文日期", field="reply_due_on")


def _proposed(number: str, organ: str, suggestions: tuple[Wanted, ...], on: date) -> Happened:
    stream = stream_name(Kind.RECOMMENDATION_DRAFT, number)
    return tuple(
        (
            stream,
            restate(
                each,
                SuggestionProposed,
                number=number,
                organ=organ,
                suggestion=at,
                proposed_on=on,
            ),
        )
        for at, each in enumerate(suggestions, start=1)
    )


def draft_recommendation(
    draft: RecommendationDraft | None,
    act: DraftRecommendation,
    *,
    organ: Organ | None,
    recipient: Unit | None,
    related: Case | Lead | None,
) -> Happened:
    """Draft a letter.

    1. A draft's number is used once (台账规则).
    2. The organ, the unit and the case or lead it springs from are registered (台账规则).
    3. Category and kind of addressee are terms in force on the day (台账规则).
    4. A discipline recommendation goes to a party organisation, a supervision recommendation to
       the unit of supervised persons, a joint one to either
       (《监察法》（2024修正）第11条、第13条、第52条；《监督执纪工作规则》第19条).
    5. It states what was found and at least one suggestion, each with its requirement and a
       deadline, and no deadline is before its day (可配置：建议书内容要求).
    """
    require_new(draft, act.number)
    require_known(act, {"organ": organ, "recipient": recipient})
    missing = act.related is not None and related is None
    reason = f"关联的案件或线索 {act.related} 不存在"
    refuse_if(missing, "missing_reference", reason, field="related")
    require_codes(act, act.drafted_on)
    kinds = addressees(act.category, act.drafted_on)
    refuse_if(
        act.addressee_kind not in kinds,
        "wrong_addressee",
        f"{act.category}的对象应为{'、'.join(kinds)}",
        field="addressee_kind",
        provision="《监察法》（2024修正）第11条、第13条；《监督执纪工作规则》第19条",
    )
    _require_content(act.findings, act.suggestions, act.reply_due_on, act.drafted_on)
    drafted = restate(act, RecommendationDrafted)
    return (
        (stream_name(Kind.RECOMMENDATION_DRAFT, act.number), drafted),
        *_proposed(act.number, act.organ, act.suggestions, act.drafted_on),
    )


def _draft(
    draft: RecommendationDraft | None, act: str, number: str, on: date, field: str
) -> RecommendationDraft:
    if draft is None:
        raise Refusal("missing_reference", f"建议书稿 {number} 不存在", field="number")
    DRAFT.require(act, draft)
    reason = f"日期早于成文日期 {draft.drafted_on}"
    require_order(draft.drafted_on, on, reason, field=field)
    return draft


def return_recommendation_draft(
    draft: RecommendationDraft | None, act: ReturnRecommendationDraft
) -> RecommendationDraftReturned:
    """Return a draft to be revised.

    1. It is drafted and neither approved nor withdrawn (台账规则).
    2. Not before its day (台账规则).
    """
    found = _draft(draft, "return_recommendation_draft", act.number, act.returned_on, "returned_on")
    returns = (found.returns or 0) + 1
    return restate(act, RecommendationDraftReturned, organ=found.organ, returns=returns)


def revise_recommendation_draft(
    draft: RecommendationDraft | None, act: ReviseRecommendationDraft
) -> Happened:
    """Revise a draft that was returned.

    1. It was returned (台账规则).
    2. Not before its day (台账规则).
    3. It again states what was found and at least one suggestion with requirement and deadline
       (可配置：建议书内容要求).
    """
    found = _draft(draft, "revise_recommendation_draft", act.number, act.revised_on, "revised_on")
    _require_content(act.findings, act.suggestions, act.reply_due_on, act.revised_on)
    revisions = (found.revisions or 0) + 1
    revised = restate(act, RecommendationDraftRevised, organ=found.organ, revisions=revisions)
    return (
        (stream_name(Kind.RECOMMENDATION_DRAFT, act.number), revised),
        *_proposed(act.number, found.organ, act.suggestions, act.revised_on),
    )


def approve_recommendation_draft(
    draft: RecommendationDraft | None, act: ApproveRecommendationDraft
) -> RecommendationDraftApproved:
    """Approve a draft.

    1. It is drafted, and revised if it was returned (台账规则).
    2. Not before its day (台账规则).
    3. Who approved it is stated (《监督执纪工作规则》第19条；可配置：审批权限).
    """
    found = _draft(
        draft, "approve_recommendation_draft", act.number, act.approved_on, "approved_on"
    )
    refuse_if(not act.approved_by.strip(), "required", "须写明批准人", field="approved_by")
    return restate(act, RecommendationDraftApproved, organ=found.organ)


def withdraw_recommendation_draft(
    draft: RecommendationDraft | None, act: WithdrawRecommendationDraft
) -> RecommendationDraftWithdrawn:
    """Withdraw a draft.

    1. It is not issued and not withdrawn already (台账规则).
    2. Not before its day (台账规则).
    """
    found = _draft(
        draft, "withdraw_recommendation_draft", act.number, act.withdrawn_on, "withdrawn_on"
    )
    return restate(act, RecommendationDraftWithdrawn, organ=found.organ)


def issue_recommendation_draft(
    draft: RecommendationDraft | None,
    act: IssueRecommendationDraft,
    *,
    letter: Recommendation | None,
) -> Happened:
    """Issue a letter that was approved: the letter and each of its suggestions begin.

    1. The draft is approved (台账规则：发出前须经批准).
    2. Not before it was approved (台账规则).
    3. The letter's number is used once (台账规则).
    4. No deadline in it is past on the day of issue (台账规则).
    """
    found = _draft(draft, "issue_recommendation_draft", act.number, act.issued_on, "issued_on")
    reason = f"发出日期早于批准日期 {found.approved_on}"
    require_order(found.approved_on, act.issued_on, reason, field="issued_on")
    require_new(letter, act.letter, field="letter")
    for due_on in (found.reply_due_on, *(each.due_on for each in found.proposals)):
        require_order(act.issued_on, due_on, "发出时建议书所定期限已过", field="issued_on")
    stream = stream_name(Kind.RECOMMENDATION_DRAFT, act.number)
    issued = restate(act, RecommendationDraftIssued, organ=found.organ)
    return ((stream, issued), *_letter(found, act))


def _letter(draft: RecommendationDraft, act: IssueRecommendationDraft) -> Happened:
    """The letter that a draft becomes, and each of its suggestions."""
    stream = stream_name(Kind.RECOMMENDATION, act.letter)
    issued = RecommendationIssued(
        number=act.letter,
        category=draft.category,
        organ=draft.organ,
        recipient=draft.recipient,
        related=draft.related,
        issued_on=act.issued_on,
        suggestions=len(draft.proposals),
        reply_due_on=draft.reply_due_on,
        summary=draft.findings,
    )
    listed = (
        SuggestionListed(
            number=act.letter,
            organ=draft.organ,
            suggestion=each.suggestion,
            requirement=each.requirement,
            due_on=each.due_on,
            listed_on=act.issued_on,
            listed=each.suggestion,
        )
        for each in draft.proposals
    )
    return ((stream, issued), *((stream, each) for each in listed))
