"""Whoever can write to the file is found out: every way to alter a signed ledger, by its code.

The ledger is that of an imported example office, signed, then some units longer and signed again.
Each attack is on a copy of its own, with the triggers taken away.
"""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from domain.streams import stream_id
from tests.audit.logs import EVENTS, Database, Place, encoded, flipped

#: A position in a full tile, one in the partial tile at the edge (5,728 events: 22 tiles and 96).
INSIDE = 2000
BEFORE_LAST = 5700

#: What else is found where the altered entry is in a full tile: the levels above it follow.
UPPER = {"edge_altered", "tile_altered"}


def swap(db: Database, one: int, other: int) -> None:
    """Put two events in each other's place."""
    for was, now in ((one, -1), (other, one), (-1, other)):
        db.execute(f"UPDATE {EVENTS} SET rowid = ? WHERE rowid = ?", (now, was))


def told_earlier(db: Database, place: Place) -> None:
    """Move the recorded time back, in the bytes that the ledger itself would have written."""
    *_, state = place.row(db)
    body = orjson.loads(state)
    assert encoded(body) == state
    body["recorded_at"] = "2001-02-03T04:05:06.789012Z"
    place.put(db, state=encoded(body))


def test_the_untouched_ledger_gives_no_finding(codes_after: Callable[..., set[str]]) -> None:
    assert codes_after() == set()


@pytest.mark.parametrize(
    ("position", "at"), [(1, 0), (INSIDE, 0), (INSIDE, 40), (INSIDE, -1), (BEFORE_LAST, 40)]
)
def test_a_byte_altered_is_found(
    codes_after: Callable[..., set[str]], position: int, at: int
) -> None:
    place = Place(position)

    def attack(db: Database) -> None:
        state = place.row(db)[3]
        place.put(db, state=flipped(state, at % len(state)))

    assert "entry_altered" in codes_after(attack)


@pytest.mark.parametrize("position", [INSIDE, BEFORE_LAST])
def test_bytes_altered_to_another_true_event_are_found_alone(
    codes_after: Callable[..., set[str]], position: int
) -> None:
    place = Place(position)

    def attack(db: Database) -> None:
        body = orjson.loads(place.row(db)[3])
        body["actor"] = "别人"
        place.put(db, state=encoded(body))

    assert codes_after(attack) - UPPER == {"entry_altered"}


@pytest.mark.parametrize("position", [INSIDE, BEFORE_LAST])
def test_a_stored_name_altered_is_found(
    codes_after: Callable[..., set[str]], position: int
) -> None:
    place = Place(position)
    assert codes_after(lambda db: place.put(db, topic="case.filed.v9")) == {"name_altered"}


@pytest.mark.parametrize("pair", [(INSIDE, INSIDE + 1), (INSIDE, BEFORE_LAST), (1, INSIDE)])
def test_two_events_in_each_others_place_are_found(
    codes_after: Callable[..., set[str]], pair: tuple[int, int]
) -> None:
    assert "entry_altered" in codes_after(lambda db: swap(db, *pair))


def test_an_event_copied_over_its_neighbour_is_found(
    codes_after: Callable[..., set[str]],
) -> None:
    def attack(db: Database) -> None:
        *_, topic, state = Place(INSIDE).row(db)
        Place(INSIDE + 1).put(db, topic=topic, state=state)

    found = codes_after(attack) - UPPER
    assert found == {"entry_altered", "version_gap", "place_altered"}


@pytest.mark.parametrize("position", [1, INSIDE, BEFORE_LAST, 5748])
def test_an_event_removed_is_found(codes_after: Callable[..., set[str]], position: int) -> None:
    statement = f"DELETE FROM {EVENTS} WHERE rowid = {position}"
    assert "entry_missing" in codes_after(lambda db: db.execute(statement))


def test_a_tail_of_events_cut_off_is_found(codes_after: Callable[..., set[str]]) -> None:
    statement = f"DELETE FROM {EVENTS} WHERE rowid > {BEFORE_LAST}"
    assert codes_after(lambda db: db.execute(statement)) >= {"entry_missing"}


def test_an_event_slipped_in_among_the_logged_moves_all_after_it_and_is_found(
    codes_after: Callable[..., set[str]],
) -> None:
    def attack(db: Database) -> None:
        db.execute(f"UPDATE {EVENTS} SET rowid = -rowid WHERE rowid > {INSIDE}")
        db.execute(f"UPDATE {EVENTS} SET rowid = 1 - rowid WHERE rowid < 0")
        stream, _, topic, state = Place(INSIDE).row(db)
        slipped = (INSIDE + 1, stream, 9, topic, state)
        db.execute(f"INSERT INTO {EVENTS} VALUES (?,?,?,?,?)", slipped)

    found = codes_after(attack)
    assert found >= {"entry_altered", "version_gap", "place_altered"}


def test_an_event_appended_out_of_its_place_is_found(
    codes_after: Callable[..., set[str]],
) -> None:
    def attack(db: Database) -> None:
        _, _, topic, state = Place(INSIDE).row(db)
        db.execute(
            f"INSERT INTO {EVENTS} VALUES (6000, ?, 1, ?, ?)", (stream_id("case:X"), topic, state)
        )

    assert codes_after(attack) == {"place_altered"}


def test_an_event_told_earlier_than_it_was_is_found(codes_after: Callable[..., set[str]]) -> None:
    found = codes_after(lambda db: told_earlier(db, Place(INSIDE))) - UPPER
    assert found == {"entry_altered", "time_decreased"}


@pytest.mark.parametrize(
    "columns", [{"originator_id": "00" * 16}, {"originator_version": 77}], ids=["stream", "version"]
)
def test_an_event_in_another_stream_or_version_is_found(
    codes_after: Callable[..., set[str]], columns: dict[str, Any]
) -> None:
    assert codes_after(lambda db: Place(INSIDE).put(db, **columns)) == {"place_altered"}
