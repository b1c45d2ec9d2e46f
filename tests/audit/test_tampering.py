"""Whoever can write to the file is found out: every way to alter a signed ledger, by its code.

The ledger is that of an imported example office, signed, then some units longer and signed again.
Each attack is on a copy of its own, with the triggers taken away.
"""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from domain.streams import stream_id
from ledger.audit.merkle import SHA256
from ledger.audit.sequencer import sequence
from tests.audit.logs import EVENTS, Log, Template, add_units, attacker, bare, flipped
from tests.support.offices import Desk, copied

Database = sqlite3.Connection
Attack = Callable[[Database], None]

#: A position in a full tile, one in the partial tile at the edge (5,728 events: 22 tiles and 96).
INSIDE = 2000
BEFORE_LAST = 5700

#: What else is found where the altered entry is in a full tile: the levels above it follow.
UPPER = {"edge_altered", "tile_altered"}


@dataclass(frozen=True)
class Place:
    """An event that is attacked."""

    position: int

    def row(self, db: Database) -> tuple[Any, ...]:
        """Its stream's id, version, stored name and bytes."""
        columns = "originator_id, originator_version, topic, state"
        query = f"SELECT {columns} FROM {EVENTS} WHERE rowid = ?"
        return tuple(db.execute(query, (self.position,)).fetchone())

    def put(self, db: Database, **columns: Any) -> None:
        """Write over some of its columns."""
        for name, value in columns.items():
            change = f"UPDATE {EVENTS} SET {name} = ? WHERE rowid = ?"
            assert db.execute(change, (value, self.position)).rowcount == 1


@pytest.fixture(scope="module")
def signed(wuhua: Desk, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The example office signed, then some units more, signed again."""
    folder = tmp_path_factory.mktemp("signed")
    log = Log(copied(wuhua.file, folder / "ledger.sqlite3"), folder / "keys")
    log.sign()
    add_units(log.ledger, 20)
    log.sign()
    log.close()
    return Template(bare(log.path, folder / "bare.sqlite3"), log.keys)


@pytest.fixture
def codes_after(signed: Template, tmp_path: Path) -> Iterator[Callable[..., set[str]]]:
    """The codes that are found after an attack on a copy."""
    log = signed.copy(tmp_path / "copy.sqlite3")

    def codes(*attacks: Attack) -> set[str]:
        for each in attacks:
            with attacker(log.path) as db:
                each(db)
        return log.codes()

    yield codes
    log.close()


def swap(db: Database, one: int, other: int) -> None:
    """Put two events in each other's place."""
    for was, now in ((one, -1), (other, one), (-1, other)):
        db.execute(f"UPDATE {EVENTS} SET rowid = ? WHERE rowid = ?", (now, was))


def encoded(body: dict[str, Any]) -> bytes:
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)


def told_earlier(db: Database, place: Place) -> None:
    """Move the recorded time back, in the bytes that the ledger itself would have written."""
    *_, state = place.row(db)
    body = orjson.loads(state)
    assert encoded(body) == state
    body["recorded_at"] = "2001-02-03T04:05:06.789012Z"
    place.put(db, state=encoded(body))


def put_leaf(db: Database, position: int) -> None:
    """Make the log's leaf that of the event that is there now."""
    index = position - 1
    leaf = SHA256.leaf(Place(position).row(db)[3])
    query = "SELECT rowid, hashes FROM log_tiles WHERE level = 0 AND number = ?"
    found = db.execute(query, (index // 256,)).fetchone()
    table = "log_tiles" if found else "log_edge"
    row, hashes = found or db.execute("SELECT level, hashes FROM log_edge LIMIT 1").fetchone()
    at = index % 256 * 32
    hashes = hashes[:at] + leaf + hashes[at + 32 :]
    db.execute(f"UPDATE {table} SET hashes = ? WHERE rowid = ?", (hashes, row))


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


def test_a_tail_cut_off_events_and_log_alike_is_found(
    codes_after: Callable[..., set[str]], signed: Template
) -> None:
    """The log is made anew over what is left; the checkpoint that was published stays."""

    def cut(db: Database) -> None:
        db.execute(f"DELETE FROM {EVENTS} WHERE rowid > {BEFORE_LAST}")
        for table in ("log_state", "log_entries", "log_tiles", "log_edge"):
            db.execute(f"DELETE FROM {table}")
        db.execute("INSERT INTO log_state VALUES (1, 0, 0)")

    def remake(db: Database) -> None:
        db.commit()
        path = Path(db.execute("PRAGMA database_list").fetchone()[2])
        log = Log(path, signed.keys)
        assert sequence(log.store).size == BEFORE_LAST
        log.close()

    assert codes_after(cut, remake) == {"tail_cut"}


def test_a_history_remade_with_its_log_is_found(
    codes_after: Callable[..., set[str]], signed: Template
) -> None:
    """One event altered as the ledger itself would write it, and the log made anew over all."""

    def alter(db: Database) -> None:
        body = orjson.loads(Place(INSIDE).row(db)[3])
        body["actor"] = "别人"
        Place(INSIDE).put(db, state=encoded(body))
        for table in ("log_state", "log_entries", "log_tiles", "log_edge"):
            db.execute(f"DELETE FROM {table}")
        db.execute("INSERT INTO log_state VALUES (1, 0, 0)")

    def remake(db: Database) -> None:
        db.commit()
        path = Path(db.execute("PRAGMA database_list").fetchone()[2])
        log = Log(path, signed.keys)
        sequence(log.store)
        log.close()

    assert codes_after(alter, remake) == {"root_differs"}


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


@pytest.mark.parametrize("position", [INSIDE, BEFORE_LAST])
def test_an_event_altered_together_with_its_leaf_is_found(
    codes_after: Callable[..., set[str]], position: int
) -> None:
    def attack(db: Database) -> None:
        body = orjson.loads(Place(position).row(db)[3])
        body["actor"] = "别人"
        Place(position).put(db, state=encoded(body))
        put_leaf(db, position)

    assert codes_after(attack) & {"edge_altered", "tile_altered", "root_differs"}


@pytest.mark.parametrize("at", [0, 32 * 255])
def test_a_tile_altered_is_found(codes_after: Callable[..., set[str]], at: int) -> None:
    def attack(db: Database) -> None:
        query = "SELECT hashes FROM log_tiles WHERE level = 0 AND number = 7"
        (hashes,) = db.execute(query).fetchone()
        change = "UPDATE log_tiles SET hashes = ? WHERE level = 0 AND number = 7"
        db.execute(change, (flipped(hashes, at),))

    assert codes_after(attack) & {"tile_altered", "entry_altered"}


def test_a_tile_removed_is_found(codes_after: Callable[..., set[str]]) -> None:
    statement = "DELETE FROM log_tiles WHERE level = 0 AND number = 7"
    assert codes_after(lambda db: db.execute(statement)) == {"tile_altered"}


@pytest.mark.parametrize("level", [0, 1])
def test_an_edge_altered_is_found(codes_after: Callable[..., set[str]], level: int) -> None:
    def attack(db: Database) -> None:
        query = "SELECT hashes FROM log_edge WHERE level = ?"
        (hashes,) = db.execute(query, (level,)).fetchone()
        change = "UPDATE log_edge SET hashes = ? WHERE level = ?"
        db.execute(change, (flipped(hashes, 0), level))

    assert codes_after(attack) >= {"root_differs"}


def test_an_edge_cut_short_is_found(codes_after: Callable[..., set[str]]) -> None:
    statement = "DELETE FROM log_edge WHERE level = 1"
    assert codes_after(lambda db: db.execute(statement)) >= {"edge_altered"}


def test_a_place_taken_out_of_the_log_is_found(codes_after: Callable[..., set[str]]) -> None:
    statement = f"DELETE FROM log_entries WHERE position = {INSIDE}"
    assert codes_after(lambda db: db.execute(statement)) >= {"entries_lost"}


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
