"""The log altered in the file, by itself or together with the events: found out all the same."""

from collections.abc import Callable

import orjson
import pytest

from ledger.audit.merkle import SHA256
from ledger.audit.sequencer import sequence
from tests.audit.logs import EVENTS, Database, Log, Place, Template, encoded, flipped

#: A position in a full tile, one in the partial tile at the edge.
INSIDE = 2000
BEFORE_LAST = 5700


def put_leaf(db: Database, position: int) -> None:
    """Make the log's leaf that of the event that is there now."""
    index = position - 1
    leaf = SHA256.leaf(Place(position).row(db)[3])
    query = "SELECT rowid, hashes FROM log_tiles WHERE level = 0 AND number = ?"
    found = db.execute(query, (index // 256,)).fetchone()
    table = "log_tiles" if found else "log_edge"
    row, hashes = found or db.execute("SELECT rowid, hashes FROM log_edge LIMIT 1").fetchone()
    at = index % 256 * 32
    hashes = hashes[:at] + leaf + hashes[at + 32 :]
    db.execute(f"UPDATE {table} SET hashes = ? WHERE rowid = ?", (hashes, row))


def test_a_tail_cut_off_events_and_log_alike_is_found(
    codes_after: Callable[..., set[str]], office_signed: Template
) -> None:
    """The log is made anew over what is left; the checkpoint that was published stays."""

    def cut(db: Database) -> None:
        db.execute(f"DELETE FROM {EVENTS} WHERE rowid > {BEFORE_LAST}")
        for table in ("log_state", "log_entries", "log_tiles", "log_edge"):
            db.execute(f"DELETE FROM {table}")
        db.execute("INSERT INTO log_state VALUES (1, 0, 0)")

    def remake(db: Database) -> None:
        db.commit()
        log = Log(db.path, office_signed.keys)
        assert sequence(log.store).size == BEFORE_LAST
        log.close()

    assert codes_after(cut, remake) == {"tail_cut"}


def test_a_history_remade_with_its_log_is_found(
    codes_after: Callable[..., set[str]], office_signed: Template
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
        log = Log(db.path, office_signed.keys)
        sequence(log.store)
        log.close()

    assert codes_after(alter, remake) == {"root_differs"}


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


def test_events_exchanged_together_with_their_places_in_the_log_are_found(
    codes_after: Callable[..., set[str]],
) -> None:
    """Every leaf is then still that of its entry, and every event still of its stream."""

    def attack(db: Database) -> None:
        for was, now in ((INSIDE, -1), (BEFORE_LAST, INSIDE), (-1, BEFORE_LAST)):
            db.execute(f"UPDATE {EVENTS} SET rowid = ? WHERE rowid = ?", (now, was))
            db.execute("UPDATE log_entries SET position = ? WHERE position = ?", (now, was))

    assert codes_after(attack) == {"order_changed"}
