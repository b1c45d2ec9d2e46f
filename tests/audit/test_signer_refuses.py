"""What the signer does not put its name to, and why."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.audit.keyring import WillNotSignError
from ledger.audit.sequencer import sequence
from ledger.audit.signer import SignedState
from tests.audit.logs import (
    EVENTS,
    LOG_TABLES,
    ORIGIN,
    Log,
    add_units,
    alter,
    attack,
    attacker,
    flipped,
)
from tests.support.databases import on_a_file
from tests.support.offices import copied

SIGNED, MORE = 300, 30


@pytest.fixture
def grown(log: Log) -> Log:
    """A log signed at 300 entries, with 30 more in the log that are not signed yet."""
    add_units(log.ledger, SIGNED)
    log.sign()
    add_units(log.ledger, MORE)
    sequence(log.store)
    return log


def refusal(log: Log) -> str:
    """The code with which the signer refuses; nothing is signed or published then."""
    published, last = log.notes(), SignedState(log.keys, ORIGIN).last()
    with pytest.raises(WillNotSignError) as refused:
        log.sign()
    assert str(refused.value)
    assert (log.notes(), SignedState(log.keys, ORIGIN).last()) == (published, last)
    return refused.value.code


def resequence(log: Log) -> None:
    """Have the attacker throw the log away and let it be made anew of the events there are."""
    with attacker(log.path) as db:
        for table in LOG_TABLES[:4]:
            db.execute(f"DROP TABLE {table}")
    sequence(log.store)


def alter_tile(log: Log, level: int, number: int, at: int) -> None:
    alter(log.path, "log_tiles", "hashes", f"level = {level} AND number = {number}", at)


def alter_edge(log: Log, level: int, at: int) -> None:
    alter(log.path, "log_edge", "hashes", f"level = {level}", at)


def alter_entry(log: Log, position: int) -> None:
    alter(log.path, EVENTS, "state", f"rowid = {position}", 20)


def test_the_untouched_log_is_signed(grown: Log) -> None:
    assert grown.sign().size == SIGNED + MORE


def test_an_older_copy_of_the_database_is_not_signed(log: Log, tmp_path: Path) -> None:
    add_units(log.ledger, 10)
    log.sign()
    backup = copied(log.path, tmp_path / "backup.sqlite3")
    add_units(log.ledger, 10)
    log.sign()
    restored = Log(backup, log.keys)
    assert refusal(restored) == "older_than_signed"
    restored.close()


def test_an_older_copy_that_went_another_way_is_not_signed(log: Log, tmp_path: Path) -> None:
    add_units(log.ledger, 10)
    log.sign()
    backup = copied(log.path, tmp_path / "backup.sqlite3")
    add_units(log.ledger, 10)
    log.sign()
    for more in (10, 300):
        restored = Log(copied(backup, tmp_path / f"{more}.sqlite3"), log.keys)
        add_units(restored.ledger, more, "其他")
        assert refusal(restored) == "not_consistent"
        restored.close()


@pytest.mark.parametrize("more", [0, MORE])
def test_a_history_changed_before_the_last_signature_is_not_signed(log: Log, more: int) -> None:
    add_units(log.ledger, SIGNED)
    log.sign()
    if more:
        add_units(log.ledger, more)
    alter_entry(log, 7)
    resequence(log)
    assert refusal(log) == "not_consistent"


def test_a_log_emptied_is_not_signed(grown: Log) -> None:
    attack(grown.path, f"DELETE FROM {EVENTS}", f"DELETE FROM {EVENTS}_commands")
    resequence(grown)
    assert refusal(grown) == "older_than_signed"


def test_an_altered_byte_in_the_new_tail_is_not_signed(grown: Log) -> None:
    alter_entry(grown, SIGNED + 5)
    assert refusal(grown) == "entry_altered"


#: A server keeps no number in a column of bytes.
NUMBERS = [pytest.param(number, marks=on_a_file) for number in ("5", "1.5")]


@pytest.mark.parametrize("value", ["'text'", *NUMBERS, "x''"])
def test_something_else_in_the_place_of_a_new_event_is_not_signed(grown: Log, value: str) -> None:
    attack(grown.path, f"UPDATE {EVENTS} SET state = {value} WHERE rowid = {SIGNED + 5}")
    assert refusal(grown) == "entry_altered"


@pytest.mark.parametrize("position", [SIGNED + 1, SIGNED + 5, SIGNED + MORE])
def test_an_event_gone_from_the_new_tail_is_not_signed(grown: Log, position: int) -> None:
    attack(grown.path, f"DELETE FROM {EVENTS} WHERE rowid = {position}")
    assert refusal(grown) == "entry_missing"


def test_two_new_events_in_each_others_place_are_not_signed(grown: Log) -> None:
    one, other = SIGNED + 5, SIGNED + 6
    attack(
        grown.path,
        f"UPDATE {EVENTS} SET rowid = -1 WHERE rowid = {one}",
        f"UPDATE {EVENTS} SET rowid = {one} WHERE rowid = {other}",
        f"UPDATE {EVENTS} SET rowid = {other} WHERE rowid = -1",
    )
    assert refusal(grown) == "entry_altered"


def test_an_edge_altered_among_what_was_signed_is_not_signed(grown: Log) -> None:
    alter_edge(grown, 0, 0)
    assert refusal(grown) == "not_consistent"


def test_an_edge_altered_in_the_new_tail_is_not_signed(grown: Log) -> None:
    alter_edge(grown, 0, (SIGNED - 256 + 3) * 32)
    assert refusal(grown) == "entry_altered"


def test_an_upper_edge_altered_among_what_was_signed_is_not_signed(grown: Log) -> None:
    alter_edge(grown, 1, 0)
    assert refusal(grown) == "not_consistent"


@pytest.mark.parametrize(
    "change", ["substr(hashes, 33)", f"CAST(hashes || x'{'00' * 32}' AS BLOB)", "x''"]
)
def test_an_edge_of_another_length_is_not_signed(grown: Log, change: str) -> None:
    attack(grown.path, f"UPDATE log_edge SET hashes = {change} WHERE level = 0")
    assert refusal(grown) == "edge_altered"


def test_a_log_said_to_be_shorter_or_longer_is_not_signed(grown: Log) -> None:
    for size in (SIGNED + MORE - 1, SIGNED + MORE + 1):
        attack(grown.path, f"UPDATE log_state SET size = {size}")
        assert refusal(grown) == "edge_altered"


def test_a_tile_put_over_the_edge_is_not_signed(log: Log) -> None:
    add_units(log.ledger, 20)
    sequence(log.store)
    edge = bytes(log.store.edge().levels[0])
    with attacker(log.path) as db:
        db.execute("INSERT INTO log_tiles VALUES (0, 0, ?)", (flipped(edge, 0),))
    assert refusal(log) in {"entry_altered", "tile_altered"}


@pytest.fixture
def filled(log: Log) -> Log:
    """A log signed at 10 entries, in which two tiles have become full since."""
    add_units(log.ledger, 10)
    log.sign()
    add_units(log.ledger, 590)
    sequence(log.store)
    return log


def leaf_altered(log: Log) -> None:
    alter_tile(log, 0, 1, 32 * 44)


def root_of_a_tile_altered(log: Log) -> None:
    alter_edge(log, 1, 32)


def entry_altered_with_its_leaf(log: Log) -> None:
    position = 301
    alter_entry(log, position)
    ((_, _, _, entry),) = log.store.entries(position - 1, position)
    tile, at = log.store.tile(0, 1), (position - 1) % 256 * 32
    altered = tile[:at] + log.store.hasher.leaf(entry) + tile[at + 32 :]
    with attacker(log.path) as db:
        db.execute("UPDATE log_tiles SET hashes = ? WHERE level = 0 AND number = 1", (altered,))


@pytest.mark.parametrize(
    "change", [leaf_altered, root_of_a_tile_altered, entry_altered_with_its_leaf]
)
def test_a_new_full_tile_that_does_not_hash_to_the_root_is_not_signed(
    filled: Log, change: Callable[[Log], None]
) -> None:
    change(filled)
    assert refusal(filled) in {"entry_altered", "tile_altered", "edge_altered", "not_consistent"}
