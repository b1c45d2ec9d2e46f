"""纪检监察建议: suggestions listed, delivery, objection, extension, reply."""

from datetime import date
from typing import Any

import pytest

from domain.recommendations.course import (
    ObjectionDecided,
    RecommendationDelivered,
    RecommendationObjected,
    ReplyExtended,
    ReplyFiled,
    SuggestionExtended,
    SuggestionLifted,
    SuggestionListed,
)
from domain.recommendations.following import (
    decide_objection,
    deliver_recommendation,
    extend_reply,
    extend_suggestion,
    file_reply,
    list_suggestion,
    object_to_recommendation,
)
from domain.recommendations.lifecycle import LETTER as LIFECYCLE
from domain.recommendations.recommendation import RecommendationFile, RecommendationReplied
from domain.streams import Kind
from tests.domain.harness import Office, given, stated
from tests.domain.proof import proves
from tests.domain.recommendations.samples import (
    DELIVERED,
    ISSUED,
    RECTIFIED,
    REPLIED,
    RETURNED,
    decided,
    delivered,
    evaluated,
    listed,
    objected,
    replied,
    reply_extended,
    suggestion_extended,
)
from tests.domain.samples import FILED_CASE, LETTER, ORGAN, a_letter

OF_REGISTER = (*FILED_CASE, a_letter(suggestions=2))
EARLY = date(2021, 5, 31)


def letter_of(office: Office) -> RecommendationFile:
    letter = office.look(Kind.RECOMMENDATION, LETTER)
    assert isinstance(letter, RecommendationFile)
    return letter


def test_a_suggestion_of_a_registered_letter_is_listed() -> None:
    act = listed()
    happened = stated(act, SuggestionListed, organ=ORGAN, suggestion=1, listed=1)
    given(*OF_REGISTER).when(act).then(happened)
    second = stated(act, SuggestionListed, organ=ORGAN, suggestion=2, listed=2)
    given(*OF_REGISTER, act).when(act).then(second)


@proves(list_suggestion, 4)
def test_no_more_suggestions_are_listed_than_there_are() -> None:
    act = listed()
    given(*OF_REGISTER, act, act).when(act).refused("impossible_number", field="number")
    uncounted = (*FILED_CASE, a_letter(suggestions=None))
    assert letter_of(given(*uncounted, act, act, act).office).listed == 3


@proves(list_suggestion, 3)
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"requirement": " "}, "required", "requirement"),
        ({"due_on": date(2021, 6, 1)}, "impossible_date", "due_on"),
    ],
)
def test_a_listed_suggestion_has_its_requirement_and_deadline(
    changes: dict[str, Any], code: str, field: str
) -> None:
    given(*OF_REGISTER).when(listed(**changes)).refused(code, field=field)


@proves(list_suggestion, 1)
@proves(deliver_recommendation, 1)
@proves(object_to_recommendation, 1)
@proves(decide_objection, 1)
@proves(extend_reply, 1)
@proves(extend_suggestion, 1)
@proves(file_reply, 1)
@pytest.mark.parametrize(
    ("before", "act"),
    [
        (RECTIFIED, listed()),
        (DELIVERED, delivered()),
        (ISSUED, objected()),
        (REPLIED, objected()),
        (DELIVERED, decided(upheld=False)),
        (REPLIED, reply_extended()),
        (RECTIFIED, suggestion_extended()),
        (RECTIFIED, replied()),
        ((*DELIVERED, objected()), replied()),
    ],
)
def test_an_act_on_a_letter_at_another_stage_is_refused(before: Any, act: Any) -> None:
    given(*before).when(act).refused("wrong_stage", field="number")


@proves(list_suggestion, 2)
@proves(deliver_recommendation, 2)
@proves(extend_reply, 2)
@proves(extend_suggestion, 2)
@proves(file_reply, 2)
@pytest.mark.parametrize(
    ("act", "field"),
    [
        (listed(listed_on=EARLY), "listed_on"),
        (delivered(delivered_on=EARLY), "delivered_on"),
        (reply_extended(approved_on=EARLY), "approved_on"),
        (suggestion_extended(approved_on=EARLY), "approved_on"),
        (replied(filed_on=EARLY), "filed_on"),
    ],
)
def test_an_act_before_the_issue_is_refused(act: Any, field: str) -> None:
    given(*ISSUED).when(act).refused("impossible_date", field=field)


def test_an_act_on_an_unknown_letter_is_refused() -> None:
    given(*FILED_CASE).when(delivered()).refused("missing_reference", field="number")


@proves(deliver_recommendation, 3)
def test_a_letter_is_delivered_against_signature() -> None:
    office = (
        given(*ISSUED)
        .when(delivered())
        .then(stated(delivered(), RecommendationDelivered, organ=ORGAN))
    )
    assert LIFECYCLE.stage(letter_of(office)) == "delivered"
    given(*ISSUED).when(delivered(received_by=" ")).refused("required", field="received_by")


def test_a_unit_objects_with_reasons() -> None:
    office = (
        given(*DELIVERED)
        .when(objected(2))
        .then(stated(objected(2), RecommendationObjected, organ=ORGAN, objections=1))
    )
    assert LIFECYCLE.stage(letter_of(office)) == "objected"


@proves(object_to_recommendation, 2)
def test_an_objection_before_delivery_is_refused() -> None:
    act = objected(objected_on=date(2021, 6, 2))
    given(*DELIVERED).when(act).refused("impossible_date", field="objected_on")


@proves(object_to_recommendation, 3)
def test_an_objection_without_reasons_is_refused() -> None:
    given(*DELIVERED).when(objected(reasons="")).refused("required", field="reasons")


@proves(object_to_recommendation, 4)
def test_what_is_disputed_is_a_suggestion_that_stands() -> None:
    given(*DELIVERED).when(objected(3)).refused("missing_reference", field="disputed")
    lifted = (*DELIVERED, objected(2), decided(upheld=True))
    given(*lifted).when(objected(2)).refused("suggestion_lifted", field="disputed")


def test_an_objection_rejected_leaves_the_letter_as_it_was() -> None:
    act = decided(upheld=False)
    happened = stated(
        act, ObjectionDecided, organ=ORGAN, objections_decided=1, lifted=None, revoked_on=None
    )
    office = given(*DELIVERED, objected()).when(act).then(happened)
    assert LIFECYCLE.stage(letter_of(office)) == "delivered"


@proves(decide_objection, 4)
def test_an_objection_upheld_lifts_what_was_disputed() -> None:
    act = decided(upheld=True)
    done = stated(
        act, ObjectionDecided, organ=ORGAN, objections_decided=1, lifted=1, revoked_on=None
    )
    gone = SuggestionLifted(number=LETTER, organ=ORGAN, suggestion=2, lifted_on=act.decided_on)
    office = given(*DELIVERED, objected(2)).when(act).then(done, gone)
    assert LIFECYCLE.stage(letter_of(office)) == "delivered"
    rest = given(*DELIVERED, objected(2), act, replied(), evaluated(1)).office
    assert LIFECYCLE.stage(letter_of(rest)) == "rectified"


@proves(decide_objection, 4)
@pytest.mark.parametrize("disputed", [(), (1, 2)])
def test_a_letter_of_which_nothing_is_left_is_revoked(disputed: tuple[int, ...]) -> None:
    office = given(*DELIVERED, objected(*disputed), decided(upheld=True)).office
    letter = letter_of(office)
    assert (LIFECYCLE.stage(letter), letter.revoked_on) == ("revoked", date(2021, 6, 15))
    assert all(item.lifted_on for item in letter.items)


@proves(decide_objection, 2)
def test_an_objection_is_not_decided_before_it_is_raised() -> None:
    act = decided(upheld=True, decided_on=date(2021, 6, 7))
    given(*DELIVERED, objected()).when(act).refused("impossible_date", field="decided_on")


@proves(decide_objection, 3)
def test_a_decision_on_an_objection_names_who_decided() -> None:
    act = decided(upheld=True, decided_by="")
    given(*DELIVERED, objected()).when(act).refused("required", field="decided_by")


def test_the_deadline_of_the_reply_is_extended() -> None:
    happened = stated(reply_extended(), ReplyExtended, organ=ORGAN)
    office = given(*ISSUED).when(reply_extended()).then(happened)
    assert letter_of(office).extended_to == date(2021, 7, 15)


def test_the_deadline_of_a_suggestion_is_extended() -> None:
    act = suggestion_extended()
    office = given(*ISSUED).when(act).then(stated(act, SuggestionExtended, organ=ORGAN))
    assert [each.extended_to for each in letter_of(office).items] == [None, act.until]
    assert letter_of(office).extended_to is None


@proves(extend_reply, 3)
@proves(extend_suggestion, 4)
@pytest.mark.parametrize("make", [reply_extended, suggestion_extended])
def test_an_extension_names_who_approved_it(make: Any) -> None:
    given(*ISSUED).when(make(approved_by="")).refused("required", field="approved_by")


@proves(extend_reply, 4)
@pytest.mark.parametrize("to", [date(2021, 7, 15), date(2021, 7, 10)])
def test_an_extension_of_the_reply_is_later_than_what_was_due(to: date) -> None:
    act = reply_extended(extended_to=to)
    given(*ISSUED, reply_extended()).when(act).refused("impossible_date", field="extended_to")


@proves(extend_reply, 4)
def test_where_there_is_no_deadline_none_is_extended() -> None:
    without = (*FILED_CASE, a_letter(reply_due_on=None))
    given(*without).when(reply_extended()).refused("no_deadline", field="extended_to")


@proves(extend_suggestion, 5)
def test_an_extension_of_a_suggestion_is_later_than_what_was_due() -> None:
    act = suggestion_extended(until=date(2021, 7, 20))
    given(*ISSUED).when(act).refused("impossible_date", field="until")


@proves(extend_suggestion, 1, 3)
def test_only_a_suggestion_that_stands_and_is_not_evaluated_is_extended() -> None:
    given(*ISSUED).when(suggestion_extended(3)).refused("missing_reference", field="suggestion")
    lifted = (*DELIVERED, objected(2), decided(upheld=True))
    given(*lifted).when(suggestion_extended(2)).refused("suggestion_lifted", field="suggestion")
    done = (*REPLIED, evaluated(2))
    given(*done).when(suggestion_extended(2)).refused("already_evaluated", field="suggestion")


def test_the_first_reply_is_the_letters_reply_and_brings_its_attachments() -> None:
    act = replied()
    first = RecommendationReplied(number=LETTER, organ=ORGAN, replied_on=act.filed_on)
    filed = stated(act, ReplyFiled, organ=ORGAN, returns_answered=0)
    office = given(*DELIVERED).when(act).then(first, filed)
    assert LIFECYCLE.stage(letter_of(office)) == "replied"
    assert letter_of(office).adopted is True


def test_a_further_reply_answers_a_return() -> None:
    act = replied(filed_on=date(2021, 8, 20))
    filed = stated(act, ReplyFiled, organ=ORGAN, returns_answered=1)
    office = given(*RETURNED).when(act).then(filed)
    assert LIFECYCLE.stage(letter_of(office)) == "replied"
    assert letter_of(office).replied_on == date(2021, 6, 28)


@proves(file_reply, 2)
def test_a_reply_is_not_before_the_last_one() -> None:
    act = replied(filed_on=date(2021, 6, 20))
    given(*REPLIED).when(act).refused("impossible_date", field="filed_on")


@proves(file_reply, 3)
def test_a_reply_gives_an_account() -> None:
    given(*DELIVERED).when(replied(account=" ")).refused("required", field="account")
