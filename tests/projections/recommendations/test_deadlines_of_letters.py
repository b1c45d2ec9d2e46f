"""Deadlines of letters: the reply, each suggestion, extended, returned, fallen away."""

from datetime import date
from typing import Any

import pytest

from domain.recommendations.decisions import CloseRecommendation
from domain.streams import Kind
from projections.deadlines import Asked, Deadline, Standing, deadlines
from projections.store import reading
from tests.domain.recommendations import samples as r
from tests.domain.samples import FILED_CASE, LETTER, a_correction, a_letter
from tests.projections.sanctions.told import tell
from tests.support.offices import Desk

REPLY, SUGGESTION = "recommendation.reply", "recommendation.suggestion"


def due(desk: Desk, on: date, *, done: bool = False) -> dict[tuple[str, str], Deadline]:
    asked = Asked(on, done=done, rules=(REPLY, SUGGESTION))
    with reading(desk.engine) as connection:
        return {(each.rule, each.item): each for each in deadlines(connection, asked)}


def lasts(desk: Desk, on: date) -> dict[tuple[str, str], date | None]:
    return {key: each.due_on for key, each in due(desk, on).items()}


@pytest.fixture
def delivered(desk: Desk) -> Desk:
    return tell(desk, *r.DELIVERED)


def test_a_letter_and_each_suggestion_has_its_own_deadline(delivered: Desk) -> None:
    assert lasts(delivered, date(2021, 6, 3)) == {
        (REPLY, ""): date(2021, 7, 1),
        (SUGGESTION, "1"): date(2021, 8, 1),
        (SUGGESTION, "2"): date(2021, 7, 20),
    }
    assert due(delivered, date(2021, 5, 31)) == {}
    late = due(delivered, date(2021, 7, 2))[REPLY, ""]
    assert (late.standing, late.provision) == (Standing.OVERDUE, "建议书所定回复期限")


def test_an_extension_holds_from_the_day_of_its_approval(delivered: Desk) -> None:
    tell(delivered, r.reply_extended(), r.suggestion_extended())
    before, after = lasts(delivered, date(2021, 6, 24)), lasts(delivered, date(2021, 6, 25))
    assert (before[REPLY, ""], after[REPLY, ""]) == (date(2021, 7, 1), date(2021, 7, 15))
    assert after[SUGGESTION, "2"] == date(2021, 8, 20)
    assert after[SUGGESTION, "1"] == before[SUGGESTION, "1"]


def test_a_suggestion_is_done_only_once_it_is_put_right(delivered: Desk) -> None:
    tell(delivered, r.replied(), r.evaluated(1), r.evaluated(2, "部分到位"))
    assert lasts(delivered, date(2021, 7, 11)) == {(SUGGESTION, "2"): date(2021, 7, 20)}
    tell(delivered, r.sent_back())
    assert lasts(delivered, date(2021, 7, 12)) == {(SUGGESTION, "2"): date(2021, 9, 1)}
    again = r.evaluated(2, evaluated_on=date(2021, 9, 3))
    tell(delivered, r.replied(filed_on=date(2021, 9, 2)), again)
    done = due(delivered, date(2021, 9, 3), done=True)
    assert done[SUGGESTION, "2"].standing is Standing.DONE_LATE
    assert done[SUGGESTION, "1"].standing is Standing.DONE


@pytest.mark.parametrize(
    ("disputed", "left"),
    [((2,), {(REPLY, ""), (SUGGESTION, "1")}), ((), set())],
)
def test_what_is_lifted_is_due_no_longer(
    delivered: Desk, disputed: tuple[int, ...], left: Any
) -> None:
    tell(delivered, r.objected(*disputed), r.decided(upheld=True))
    assert due(delivered, date(2021, 6, 15), done=True).keys() == left
    assert len(due(delivered, date(2021, 6, 14))) == 3


def test_a_letter_closed_unanswered_is_due_no_longer_and_was_not_kept(delivered: Desk) -> None:
    tell(delivered, CloseRecommendation(number=LETTER, closed_on=date(2021, 6, 20)))
    assert due(delivered, date(2021, 6, 20), done=True) == {}


def test_a_corrected_deadline_is_due_as_corrected(desk: Desk) -> None:
    tell(desk, *FILED_CASE, a_letter())
    correction = a_correction(
        Kind.RECOMMENDATION, LETTER, "reply_due_on", was="2021-07-01", now="2021-07-08"
    )
    tell(desk, correction)
    assert lasts(desk, desk.ledger.today()) == {(REPLY, ""): date(2021, 7, 8)}


def test_a_letter_without_a_deadline_has_none(desk: Desk) -> None:
    tell(desk, *FILED_CASE, a_letter(reply_due_on=None))
    assert due(desk, date(2021, 12, 31)) == {}
