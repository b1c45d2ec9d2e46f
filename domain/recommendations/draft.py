"""建议书稿: a letter being written, from drafting to approval and issue."""

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, amended, fact, restate
from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind


@fact
class DraftParticulars:
    """What a draft says; ``addressee`` is whom it is for, within or above the recipient unit."""

    number: str
    category: Annotated[str, Code("recommendation_category")]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    recipient: Annotated[str, Ref(Kind.UNIT)]
    addressee_kind: Annotated[str, Code("addressee_kind")]
    addressee: str
    related: str | None
    department: str | None
    drafted_on: date
    reply_due_on: date | None
    findings: PersonalText


@fact
class Proposal:
    """拟提建议 (条): what is asked of the unit, by when."""

    suggestion: int
    requirement: str
    due_on: date


@fact
class RecommendationDraft(DraftParticulars):
    """建议书稿 as it stands; ``returns`` and ``revisions`` count how often it went to and fro."""

    returns: int | None
    revisions: int | None
    approved_on: date | None
    approved_by: str | None
    withdrawn_on: date | None
    issued_on: date | None
    letter: Annotated[str | None, Ref(Kind.RECOMMENDATION)]
    proposals: tuple[Proposal, ...]


@fact
class RecommendationDrafted(DraftParticulars):
    """起草建议书."""

    OCCURRED: ClassVar = "drafted_on"


@fact
class SuggestionProposed:
    """建议书稿列明一条建议."""

    OCCURRED: ClassVar = "proposed_on"

    number: str
    organ: str
    suggestion: int
    requirement: PersonalText
    due_on: date
    proposed_on: date


@fact
class RecommendationDraftReturned:
    """建议书稿退回修改."""

    OCCURRED: ClassVar = "returned_on"

    number: str
    organ: str
    returned_on: date
    reason: PersonalText
    returns: int


@fact
class RecommendationDraftRevised:
    """建议书稿修改: what was proposed before is proposed anew or falls away."""

    OCCURRED: ClassVar = "revised_on"

    number: str
    organ: str
    revised_on: date
    reply_due_on: date | None
    findings: PersonalText
    revisions: int


@fact
class RecommendationDraftApproved:
    """建议书稿批准."""

    OCCURRED: ClassVar = "approved_on"

    number: str
    organ: str
    approved_on: date
    approved_by: str


@fact
class RecommendationDraftWithdrawn:
    """建议书稿撤回."""

    OCCURRED: ClassVar = "withdrawn_on"

    number: str
    organ: str
    withdrawn_on: date
    reason: PersonalText


@fact
class RecommendationDraftIssued:
    """建议书稿发出, as the letter of that number."""

    OCCURRED: ClassVar = "issued_on"

    number: str
    organ: str
    issued_on: date
    letter: str


DraftEvent = (
    RecommendationDrafted
    | SuggestionProposed
    | RecommendationDraftReturned
    | RecommendationDraftRevised
    | RecommendationDraftApproved
    | RecommendationDraftWithdrawn
    | RecommendationDraftIssued
)


def evolve(draft: RecommendationDraft | None, event: DraftEvent) -> RecommendationDraft:
    """The draft after one more event."""
    if isinstance(event, RecommendationDrafted):
        return restate(
            event,
            RecommendationDraft,
            returns=None,
            revisions=None,
            approved_on=None,
            approved_by=None,
            withdrawn_on=None,
            issued_on=None,
            letter=None,
            proposals=(),
        )
    assert draft is not None, "a draft begins with its drafting"  # noqa: S101 -- fold order
    state = amended(draft, event)
    match event:
        case SuggestionProposed():
            return replace(state, proposals=(*state.proposals, restate(event, Proposal)))
        case RecommendationDraftRevised():
            return replace(state, proposals=())
    return state


def stage(draft: RecommendationDraft) -> str:
    """Where the draft stands."""
    if draft.issued_on is not None:
        return "issued"
    if draft.withdrawn_on is not None:
        return "withdrawn"
    if draft.approved_on is not None:
        return "approved"
    return "returned" if (draft.returns or 0) > (draft.revisions or 0) else "drafted"


DRAFT = Lifecycle(
    kind=Kind.RECOMMENDATION_DRAFT,
    title="建议书稿",
    stages={
        "drafted": "待审批",
        "returned": "退回修改",
        "approved": "已批准",
        "issued": "已发出",
        "withdrawn": "已撤回",
    },
    stage=stage,
    opened_by=("draft_recommendation",),
    moves=(
        Move("return_recommendation_draft", ("drafted",), ("returned",)),
        Move("revise_recommendation_draft", ("returned",), ("drafted",)),
        Move("approve_recommendation_draft", ("drafted",), ("approved",)),
        Move("issue_recommendation_draft", ("approved",), ("issued",)),
        Move("withdraw_recommendation_draft", ("drafted", "returned", "approved"), ("withdrawn",)),
    ),
)
