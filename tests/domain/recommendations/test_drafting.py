"""建议书稿: drafted, returned, revised, approved, withdrawn, issued."""

from datetime import date
from typing import Any

import pytest

from domain.recommendations.course import SuggestionListed
from domain.recommendations.draft import (
    DRAFT as LIFECYCLE,
)
from domain.recommendations.draft import (
    RecommendationDraftApproved,
    RecommendationDrafted,
    RecommendationDraftIssued,
    RecommendationDraftReturned,
    RecommendationDraftRevised,
    RecommendationDraftWithdrawn,
    SuggestionProposed,
)
from domain.recommendations.drafting import (
    Wanted,
    approve_recommendation_draft,
    draft_recommendation,
    issue_recommendation_draft,
    return_recommendation_draft,
    revise_recommendation_draft,
    withdraw_recommendation_draft,
)
from domain.recommendations.recommendation import RecommendationIssued
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.recommendations.samples import (
    APPROVED,
    ASKED,
    DRAFT,
    a_draft,
    approved,
    issued,
    returned,
    revised,
    withdrawn,
)
from tests.domain.samples import CASE, EVERYONE, FILED_CASE, LETTER, ORGAN, UNIT, a_letter

DRAFTED = (*FILED_CASE, a_draft())
EARLY = date(2021, 5, 19)


def proposed(at: int, on: date = date(2021, 5, 20)) -> SuggestionProposed:
    asked = ASKED[at - 1]
    return stated(
        asked, SuggestionProposed, number=DRAFT, organ=ORGAN, suggestion=at, proposed_on=on
    )


def test_a_letter_is_drafted_with_each_of_its_suggestions() -> None:
    act = a_draft()
    happened = (stated(act, RecommendationDrafted), proposed(1), proposed(2))
    office = given(*FILED_CASE).when(act).then(*happened)
    draft = office.look(Kind.RECOMMENDATION_DRAFT, DRAFT)
    assert [each.requirement for each in draft.proposals] == [each.requirement for each in ASKED]
    assert LIFECYCLE.stage(draft) == "drafted"


@proves(draft_recommendation, 1)
def test_a_number_of_a_draft_is_used_once() -> None:
    given(*DRAFTED).when(a_draft()).refused("already_registered", field="number")


@proves(draft_recommendation, 2)
@pytest.mark.parametrize("field", ["organ", "recipient", "related"])
def test_a_draft_that_names_something_unknown_is_refused(field: str) -> None:
    act = a_draft(**{field: "无此号"})
    given(*FILED_CASE).when(act).refused("missing_reference", field=field)


def test_a_draft_may_spring_from_neither_case_nor_lead() -> None:
    office = given(*EVERYONE, a_draft(related=None)).office
    assert office.look(Kind.RECOMMENDATION_DRAFT, DRAFT).related is None


@proves(draft_recommendation, 3)
@pytest.mark.parametrize("field", ["category", "addressee_kind"])
def test_a_draft_of_an_unknown_category_or_addressee_is_refused(field: str) -> None:
    given(*FILED_CASE).when(a_draft(**{field: "其他"})).refused("unknown_code", field=field)


@proves(draft_recommendation, 4)
@pytest.mark.parametrize(
    ("category", "kind"),
    [("纪律检查建议", "监察对象所在单位"), ("监察建议", "党组织")],
)
def test_a_recommendation_goes_to_the_addressee_of_its_category(category: str, kind: str) -> None:
    act = a_draft(category=category, addressee_kind=kind)
    refusal = given(*FILED_CASE).when(act).refused("wrong_addressee", field="addressee_kind")
    assert "监察法" in (refusal.provision or "")


@proves(draft_recommendation, 4)
@pytest.mark.parametrize("kind", ["党组织", "监察对象所在单位"])
def test_a_joint_recommendation_goes_to_either(kind: str) -> None:
    act = a_draft(category="纪检监察建议", addressee_kind=kind)
    office = given(*FILED_CASE, act).office
    assert office.look(Kind.RECOMMENDATION_DRAFT, DRAFT).addressee_kind == kind


EMPTY: list[tuple[dict[str, Any], str, str]] = [
    ({"findings": " "}, "required", "findings"),
    ({"suggestions": ()}, "required", "suggestions"),
    (
        {"suggestions": (Wanted(requirement="", due_on=date(2021, 8, 1)),)},
        "required",
        "suggestions",
    ),
    (
        {"suggestions": (Wanted(requirement="整改", due_on=EARLY),)},
        "impossible_date",
        "suggestions",
    ),
    ({"reply_due_on": EARLY}, "impossible_date", "reply_due_on"),
]


@proves(draft_recommendation, 5)
@pytest.mark.parametrize(("changes", "code", "field"), EMPTY)
def test_a_draft_says_what_a_letter_must_say(
    changes: dict[str, Any], code: str, field: str
) -> None:
    given(*FILED_CASE).when(a_draft(**changes)).refused(code, field=field)


@proves(revise_recommendation_draft, 3)
@pytest.mark.parametrize(("changes", "code", "field"), EMPTY)
def test_so_does_a_revised_one(changes: dict[str, Any], code: str, field: str) -> None:
    given(*DRAFTED, returned()).when(revised(**changes)).refused(code, field=field)


def test_a_draft_is_returned_and_revised() -> None:
    back = stated(returned(), RecommendationDraftReturned, organ=ORGAN, returns=1)
    office = given(*DRAFTED).when(returned()).then(back)
    assert LIFECYCLE.stage(office.look(Kind.RECOMMENDATION_DRAFT, DRAFT)) == "returned"
    act = revised()
    again = stated(act, RecommendationDraftRevised, organ=ORGAN, revisions=1)
    given(*DRAFTED, returned()).when(act).then(again, proposed(1, act.revised_on))


def test_what_is_revised_replaces_what_was_proposed() -> None:
    office = given(*DRAFTED, returned(), revised()).office
    draft = office.look(Kind.RECOMMENDATION_DRAFT, DRAFT)
    assert (len(draft.proposals), draft.reply_due_on) == (1, date(2021, 7, 5))


def test_a_draft_is_approved() -> None:
    happened = stated(approved(), RecommendationDraftApproved, organ=ORGAN)
    given(*DRAFTED).when(approved()).then(happened)


def test_a_draft_is_withdrawn_even_when_approved() -> None:
    happened = stated(withdrawn(), RecommendationDraftWithdrawn, organ=ORGAN)
    given(*APPROVED).when(withdrawn()).then(happened)


@proves(return_recommendation_draft, 1)
@proves(revise_recommendation_draft, 1)
@proves(approve_recommendation_draft, 1)
@proves(withdraw_recommendation_draft, 1)
@proves(issue_recommendation_draft, 1)
@pytest.mark.parametrize(
    ("before", "act"),
    [
        ((approved(),), returned()),
        ((), revised()),
        ((returned(),), approved()),
        ((withdrawn(),), withdrawn()),
        ((), issued()),
        ((approved(), withdrawn()), issued()),
    ],
)
def test_an_act_on_a_draft_at_another_stage_is_refused(before: Any, act: Any) -> None:
    given(*DRAFTED, *before).when(act).refused("wrong_stage", field="number")


@proves(return_recommendation_draft, 2)
@proves(revise_recommendation_draft, 2)
@proves(approve_recommendation_draft, 2)
@proves(withdraw_recommendation_draft, 2)
@pytest.mark.parametrize(
    ("before", "act", "field"),
    [
        ((), returned(returned_on=EARLY), "returned_on"),
        ((returned(),), revised(revised_on=EARLY), "revised_on"),
        ((), approved(approved_on=EARLY), "approved_on"),
        ((), withdrawn(withdrawn_on=EARLY), "withdrawn_on"),
    ],
)
def test_an_act_before_the_draft_is_refused(before: Any, act: Any, field: str) -> None:
    given(*DRAFTED, *before).when(act).refused("impossible_date", field=field)


def test_an_act_on_an_unknown_draft_is_refused() -> None:
    given(*FILED_CASE).when(approved()).refused("missing_reference", field="number")


@proves(approve_recommendation_draft, 3)
def test_an_approval_names_who_approved() -> None:
    given(*DRAFTED).when(approved(approved_by=" ")).refused("required", field="approved_by")


def test_an_approved_draft_is_issued_as_a_letter_with_its_suggestions() -> None:
    act = issued()
    letter = RecommendationIssued(
        number=LETTER,
        category="监察建议",
        organ=ORGAN,
        recipient=UNIT,
        related=CASE,
        issued_on=act.issued_on,
        suggestions=2,
        reply_due_on=date(2021, 7, 1),
        summary=a_draft().findings,
    )
    each = [
        stated(
            asked,
            SuggestionListed,
            number=LETTER,
            organ=ORGAN,
            suggestion=at,
            listed_on=act.issued_on,
            listed=at,
        )
        for at, asked in enumerate(ASKED, start=1)
    ]
    sent = stated(act, RecommendationDraftIssued, organ=ORGAN)
    office = given(*APPROVED).when(act).then(sent, letter, *each)
    assert office.look(Kind.RECOMMENDATION_DRAFT, DRAFT).letter == LETTER
    assert office.look(Kind.RECOMMENDATION, LETTER).listed == 2


@proves(issue_recommendation_draft, 2)
def test_a_letter_is_not_issued_before_its_approval() -> None:
    act = issued(issued_on=date(2021, 5, 27))
    given(*APPROVED).when(act).refused("impossible_date", field="issued_on")


@proves(issue_recommendation_draft, 3)
def test_a_letter_does_not_take_the_number_of_another() -> None:
    given(*APPROVED, a_letter()).when(issued()).refused("already_registered", field="letter")


@proves(issue_recommendation_draft, 4)
@pytest.mark.parametrize("day", [date(2021, 7, 2), date(2021, 7, 21)])
def test_a_letter_is_not_issued_once_a_deadline_in_it_is_past(day: date) -> None:
    given(*APPROVED).when(issued(issued_on=day)).refused("impossible_date", field="issued_on")
