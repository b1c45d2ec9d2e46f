"""Checkpoints altered in the file, and values there that are nothing a log would write."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.audit.keyring import WillNotSignError
from tests.audit.logs import (
    EVENTS,
    LOG_TABLES,
    Log,
    Template,
    add_units,
    alter,
    attack,
    attacker,
    bare,
)
from tests.support.databases import on_a_file
from tests.support.offices import copied


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A log signed at 10 and at 300 entries."""
    folder = tmp_path_factory.mktemp("signed")
    log = Log(folder / "ledger.sqlite3", folder / "keys")
    for count in (10, 290):
        add_units(log.ledger, count)
        log.sign()
    log.close()
    return Template(bare(log.path, folder / "bare.sqlite3"), log.keys)


@pytest.fixture
def signed(template: Template, tmp_path: Path) -> Iterator[Log]:
    """A copy of it."""
    log = template.copy(tmp_path / "signed.sqlite3")
    yield log
    log.close()


def rewrite(log: Log, old: str, new: str) -> None:
    """Write something else in the newest checkpoint."""
    with attacker(log.path) as db:
        (note,) = db.execute("SELECT note FROM log_checkpoints WHERE size = 300").fetchone()
        assert old.encode() in note
        altered = note.replace(old.encode(), new.encode())
        db.execute("UPDATE log_checkpoints SET note = ? WHERE size = 300", (altered,))


def test_untouched_checkpoints_give_no_finding(signed: Log) -> None:
    assert signed.codes() == set()


@pytest.mark.parametrize("size", ["299", "301", "0300", "10"])
def test_a_checkpoint_of_an_altered_size_is_found(signed: Log, size: str) -> None:
    rewrite(signed, "\n300\n", f"\n{size}\n")
    assert signed.codes() == {"checkpoint_not_signed"}


def test_a_checkpoint_of_an_altered_origin_is_found(signed: Log) -> None:
    rewrite(signed, "example.test", "example.best")
    assert signed.codes() == {"checkpoint_not_signed"}


@pytest.mark.parametrize("at", [0, -8, -30, -60, -2])
def test_a_checkpoint_altered_anywhere_is_found(signed: Log, at: int) -> None:
    (note,) = signed.notes()[1:]
    alter(signed.path, "log_checkpoints", "note", "size = 300", at % len(note))
    assert signed.codes() == {"checkpoint_not_signed"}


def test_a_checkpoint_signed_by_another_key_of_the_same_name_is_found(
    signed: Log, tmp_path: Path
) -> None:
    other = Log(copied(signed.path, tmp_path / "other.sqlite3"), tmp_path / "other-keys")
    other.sign()
    forged = other.notes()[1]
    other.close()
    with attacker(signed.path) as db:
        db.execute("UPDATE log_checkpoints SET note = ? WHERE size = 300", (forged,))
    assert signed.codes() == {"checkpoint_not_signed"}


def test_a_ledger_rolled_back_with_its_checkpoints_is_found_at_the_next_signature(
    log: Log, tmp_path: Path
) -> None:
    """Without the signer's own memory nothing in the file would tell."""
    add_units(log.ledger, 10)
    log.sign()
    earlier = copied(log.path, tmp_path / "earlier.sqlite3")
    add_units(log.ledger, 10)
    log.sign()
    rolled_back = Log(earlier, log.keys)
    with pytest.raises(WillNotSignError) as refused:
        rolled_back.sign()
    assert refused.value.code == "older_than_signed"
    rolled_back.close()


#: A server keeps no number in a column of bytes.
NUMBERS = ("5", "-1", "2.5")
NOT_WRITTEN = ["'text'", *(pytest.param(n, marks=on_a_file) for n in NUMBERS), "x'ff'", "x''"]


@pytest.mark.parametrize("value", NOT_WRITTEN)
@pytest.mark.parametrize(
    "column",
    [
        f"{EVENTS} SET state",
        f"{EVENTS} SET topic",
        "log_tiles SET hashes",
        "log_edge SET hashes",
        "log_checkpoints SET note",
    ],
)
def test_whatever_is_written_in_a_column_gives_findings(
    signed: Log, column: str, value: str
) -> None:
    attack(signed.path, f"UPDATE {column} = {value}")
    assert signed.codes()


@pytest.mark.parametrize("table", LOG_TABLES[:4])
def test_a_table_of_the_log_emptied_gives_findings(signed: Log, table: str) -> None:
    attack(signed.path, f"DELETE FROM {table}")
    assert signed.codes()


@pytest.mark.parametrize(
    "state",
    [
        "[]",
        "{}",
        "null",
        '"text"',
        '{"stream":[],"version":1,"recorded_at":"2026-01-05T01:30:00Z","type":"x"}',
        '{"stream":7,"version":1,"recorded_at":"2026-01-05T01:30:00Z","type":"x"}',
        '{"stream":"unit:A","version":[],"recorded_at":"2026-01-05T01:30:00Z","type":"x"}',
        '{"stream":"unit:A","version":1,"recorded_at":"2026-01-05T01:30:00","type":"x"}',
        '{"stream":"unit:A","version":1,"recorded_at":7,"type":"x"}',
        '{"stream":"unit:A","version":1,"recorded_at":"2026-01-05T01:30:00Z","type":{}}',
    ],
)
def test_whatever_an_event_is_made_to_say_gives_findings(signed: Log, state: str) -> None:
    with attacker(signed.path) as db:
        db.execute(f"UPDATE {EVENTS} SET state = ? WHERE rowid = 7", (state.encode(),))
    assert "entry_altered" in signed.codes()
