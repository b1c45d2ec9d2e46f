"""Letters and matters followed up on boards, and the rates of what fell due."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from domain.concepts import CONCEPTS
from domain.lifecycle import Lifecycle
from domain.lifecycles import LIFECYCLES
from domain.recommendations.decisions import ReplyToRecommendation
from domain.streams import Kind
from projections.boards.board import UnknownColumnError, Wanted
from projections.boards.catalogue import BOARDS
from projections.cuts import Period
from projections.rates import Rate, rate_definitions, rates, read_rates
from projections.store import reading
from tests.domain import samples as s
from tests.domain.archives import samples as a
from tests.domain.harness import fold
from tests.domain.recommendations import samples as r
from tests.domain.window import samples as w
from tests.ledger.story import COURSES
from tests.projections.sanctions.told import tell
from tests.support.offices import Desk

ON = date(2021, 7, 21)
YEAR = Period(date(2021, 1, 1), date(2021, 12, 31))
BOARD_OF = {
    Kind.RECOMMENDATION: "recommendation_tracker",
    Kind.RECOMMENDATION_DRAFT: "recommendation_drafts",
    Kind.MATTER: "window_tracker",
    Kind.INTEGRITY_OPINION: "integrity_opinions",
    Kind.ARCHIVE_ACCESS: "archive_accesses",
    Kind.PERSON: "archive_reviews",
}


def rows(desk: Desk, name: str, on: date = ON, **more: Any) -> list[dict[str, Any]]:
    board = BOARDS[name]
    names = [column.name for column in board.columns]
    with reading(desk.engine) as connection:
        found = [tuple(row) for row in board.rows(connection, Wanted(on, **more))]
    return [dict(zip(names, row, strict=True)) for row in found]


@pytest.fixture
def followed(desk: Desk) -> Desk:
    """A letter whose second suggestion is overdue, and one answered late."""
    late = s.a_letter(number="JY2021-002", issued_on=date(2021, 6, 1), suggestions=None)
    tell(desk, *r.REPLIED, r.evaluated(1), late)
    return tell(desk, ReplyToRecommendation(number="JY2021-002", replied_on=date(2021, 7, 5)))


def test_a_letter_is_tracked_with_its_stage_and_next_deadline(followed: Desk) -> None:
    first, second = rows(followed, "recommendation_tracker")
    assert (first["number"], first["stage"], first["rectified"]) == (s.LETTER, "已回复待评估", 1)
    assert (first["next_due_on"], first["days_left"], first["overdue"]) == ("2021-07-20", -1, "是")
    assert first["due_of"] == "落实一条建议（第2条）"
    assert (second["next_due_on"], second["overdue"]) == (None, "否")


def test_a_tracker_is_asked_by_stage_by_what_is_overdue_and_page_by_page(followed: Desk) -> None:
    def numbers(**more: Any) -> list[str]:
        return [row["number"] for row in rows(followed, "recommendation_tracker", **more)]

    assert numbers(values={"overdue": "是"}) == [s.LETTER]
    assert numbers(values={"overdue": "是"}, on=date(2021, 7, 20)) == []
    assert numbers(values={"stage": "已回复待评估"}) == [s.LETTER, "JY2021-002"]
    assert numbers(values={"stage": "已回复待评估", "number": "JY2021-002"}) == ["JY2021-002"]
    assert numbers(limit=1) == [s.LETTER]
    assert numbers(limit=1, after=(s.LETTER,)) == ["JY2021-002"]
    assert numbers(limit=1, values={"overdue": "否"}) == ["JY2021-002"], "past a page that has none"
    assert numbers(organs=("无",)) == []
    assert numbers(on=date(2021, 5, 31)) == []
    with pytest.raises(UnknownColumnError):
        numbers(values={"summary": "王小明"})


def test_a_matter_is_of_the_commission_of_its_units_region(desk: Desk) -> None:
    tell(desk, s.an_organ(type="纪委监委"), *w.ACCEPTED[1:])
    (row,) = rows(desk, "window_tracker", date(2021, 5, 18), organs=(s.ORGAN,))
    assert (row["stage"], row["next_due_on"], row["overdue"]) == ("已受理", "2021-05-17", "是")
    assert rows(desk, "window_tracker", date(2021, 5, 18), organs=("JW09",)) == []


def test_who_is_overdue_for_review_is_listed(desk: Desk) -> None:
    tell(desk, *a.KEPT, s.a_person(number="RY003", district_managed=False), a.reviewed())
    (row,) = rows(desk, "archive_reviews", date(2021, 12, 31), values={"overdue": "是"})
    assert (row["number"], row["stage"], row["next_due_on"]) == (
        s.PERSON,
        "专人保管",
        "2021-12-30",
    )
    assert rows(desk, "archive_reviews", date(2021, 12, 30), values={"overdue": "是"}) == []


def stages() -> Iterator[tuple[Kind, Lifecycle]]:
    for lifecycle in LIFECYCLES:
        if lifecycle.kind in BOARD_OF:
            yield lifecycle.kind, lifecycle


def test_a_board_shows_the_stage_of_the_folded_state(desk: Desk) -> None:
    tell(desk, *s.EVERYONE)
    for story in ("letters", "window", "archives"):
        tell(desk, *COURSES[story])
    states: dict[str, Any] = {}
    for stream in {event["stream"] for event in desk.events.values()}:
        for entry in desk.ledger.history(stream):
            states[stream] = fold(stream, states.get(stream), entry.event.data)
    for kind, lifecycle in stages():
        key = CONCEPTS[kind].key
        shown = {row[key]: row["stage"] for row in rows(desk, BOARD_OF[kind], date(2025, 12, 31))}
        assert shown
        for number, title in shown.items():
            state = states[f"{kind}:{number}"]
            assert lifecycle.stages[lifecycle.stage(state)] == title


def by_code(desk: Desk, on: date, period: Period = YEAR) -> dict[str, Rate]:
    with reading(desk.engine) as connection:
        return {each.definition.code: each for each in rates(connection, period, on)}


def test_letters_are_replied_to_in_time_or_late(followed: Desk) -> None:
    found = by_code(followed, date(2021, 7, 21))
    replied = found["recommendations.reply_rate"]
    in_time = found["recommendations.reply_in_time_rate"]
    assert (len(replied.counted), len(replied.due), replied.share) == (2, 2, Decimal("100.0"))
    assert (len(in_time.counted), len(in_time.due), in_time.share) == (1, 2, Decimal("50.0"))
    assert [each.stream for each in in_time.counted] == [f"recommendation:{s.LETTER}"]


def test_suggestions_are_rectified_among_those_due_by_then(followed: Desk) -> None:
    """The second is due on 07-20; the first, put right on 07-10, only on 08-01."""
    code = "recommendations.rectification_rate"
    assert by_code(followed, date(2021, 7, 19))[code].share is None
    assert by_code(followed, date(2021, 7, 21))[code].share == Decimal("0.0")
    later = by_code(followed, date(2021, 8, 1))[code]
    assert (len(later.counted), len(later.due)) == (1, 2)
    for first, last in ((date(2021, 1, 1), date(2021, 7, 31)), (date(2021, 7, 21), date.max)):
        assert len(by_code(followed, date(2021, 8, 1), Period(first, last))[code].due) == 1


def test_rates_are_a_board_from_the_first_of_january(followed: Desk) -> None:
    found = {row["code"]: row for row in rows(followed, "rates", date(2021, 8, 1))}
    row = found["recommendations.rectification_rate"]
    assert (row["due"], row["counted"], row["share"], row["unit"]) == (2, 1, "50.0", "条")
    assert found["archives.opinion_in_time_rate"]["share"] is None
    assert len(found) == len(rate_definitions().rates)
    (asked,) = rows(followed, "rates", values={"code": row["code"]})
    assert asked["code"] == row["code"]
    first, second = rows(followed, "rates", limit=2)
    assert rows(followed, "rates", limit=1, after=(first["code"],)) == [second]
    other = rows(followed, "rates", date(2021, 8, 1), organs=("JW09",))
    assert {each["due"] for each in other} == {0}
    with pytest.raises(UnknownColumnError):
        rows(followed, "rates", values={"colour": "red"})
    assert {each["due"] for each in rows(followed, "rates", date(2022, 1, 2))} == {0}


def test_a_letter_revoked_was_never_due(desk: Desk) -> None:
    tell(desk, *r.DELIVERED, r.objected(), r.decided(upheld=True))
    found = by_code(desk, date(2021, 12, 31))
    assert found["recommendations.reply_rate"].due == ()
    assert found["recommendations.rectification_rate"].due == ()


def test_a_share_is_rounded_half_up() -> None:
    definition = rate_definitions().rates[0]
    due = tuple(range(16))
    rate = Rate(definition, due, due[:1])  # type: ignore[arg-type]  # only counted here
    assert rate.share == Decimal("6.3")
    assert replace(rate, counted=()).share == Decimal("0.0")


def test_rates_are_defined_apart_from_the_base_figures() -> None:
    definitions = rate_definitions()
    assert len(definitions.sha256) == 64
    text = Path("projections/definitions/rates.toml")
    source = (Path(__file__).parents[3] / text).read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="no such term"):
        read_rates(source.replace('"recommendation.reply"', '"weather.forecast"'))
    with pytest.raises(ValueError, match="twice"):
        read_rates(source.replace("reply_in_time_rate", "reply_rate"))
