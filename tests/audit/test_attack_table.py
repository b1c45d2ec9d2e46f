"""Every kind of attack on the live ledger's file, beside the code by which it is found.

============================================ ==================================
 what was done                                codes
============================================ ==================================
 a byte altered                               entry_altered
 a coded value altered                        entry_altered
 two events swapped                           entry_altered, version or place
 a neighbour copied over an event             entry_altered, version and place
 an event removed                             entry_missing
 an event inserted                            entry_altered, version and place
 the tail cut, the log with it                tail_cut
 an event altered with its stored leaf        tile_altered
 a stored tile altered                        entry_altered or tile_altered
 the frontier altered                         edge_altered, root_differs
 one recorded time moved back                 entry_altered, time_decreased
 a block of recorded times moved back         entry_altered
 the checkpoint's size edited                 checkpoint_not_signed
 an older database restored                   checkpoint_missing
============================================ ==================================

The other files go through each in every variant; here are those that they leave out.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from domain.streams import Kind, stream_id
from ledger.application import utc_now
from ledger.audit.merkle import SHA256
from tests.audit.logs import (
    EVENTS,
    Attack,
    Database,
    Log,
    Place,
    Template,
    add_units,
    attacker,
    encoded,
)
from tests.domain import samples as s
from tests.ledger.office import record
from tests.support import commands
from tests.support.offices import copied

INSIDE, AT_EDGE = 2000, 5700
LONG_AGO = "2001-02-03T04:05:06.789012Z"
#: What else is found where bytes are altered: the stored levels above them.
UPPER = {"edge_altered", "tile_altered"}
Codes = Callable[..., set[str]]


def rewritten(position: int, **changes: Any) -> Attack:
    def attack(db: Database) -> None:
        body = orjson.loads(Place(position).row(db)[3])
        data = body["data"] | changes.pop("data", {})
        Place(position).put(db, state=encoded(body | changes | {"data": data}))

    return attack


def block_moved_back(db: Database) -> None:
    """The first twenty events claim a moment years before: no time decreases."""
    for position in range(1, 21):
        rewritten(position, recorded_at=LONG_AGO)(db)


def frontier_altered(db: Database) -> None:
    """The leaf of an altered event at the edge, in the edge itself."""
    rewritten(AT_EDGE, actor="别人")(db)
    leaf = SHA256.leaf(Place(AT_EDGE).row(db)[3])
    (hashes,) = db.execute("SELECT hashes FROM log_edge WHERE level = 0").fetchone()
    at = (AT_EDGE - 1) % 256 * 32
    hashes = hashes[:at] + leaf + hashes[at + 32 :]
    db.execute("UPDATE log_edge SET hashes = ? WHERE level = 0", (hashes,))


def inserted_at_the_end(db: Database) -> None:
    """An event told as a unit never seen, and pushed in behind the last but one."""
    db.execute(f"UPDATE {EVENTS} SET rowid = 5749 WHERE rowid = 5748")
    body = orjson.loads(Place(5749).row(db)[3])
    body |= {"stream": "unit:DW99999", "version": 1}
    body["data"]["code"] = "DW99999"
    row = (5748, stream_id("unit:DW99999"), 1, body["type"], encoded(body))
    db.execute(f"INSERT INTO {EVENTS} VALUES (?,?,?,?,?)", row)


def size_edited(db: Database) -> None:
    (note,) = db.execute("SELECT note FROM log_checkpoints WHERE size = 5748").fetchone()
    edited = note.replace(b"\n5748\n", b"\n5747\n")
    assert edited != note
    db.execute("UPDATE log_checkpoints SET note = ? WHERE size = 5748", (edited,))


@pytest.mark.parametrize(
    ("attack", "found"),
    [
        (rewritten(INSIDE, data={"organ": "别的机构"}), {"entry_altered"}),
        (rewritten(AT_EDGE, data={"organ": "别的机构"}), {"entry_altered"}),
        (inserted_at_the_end, {"entry_altered"}),
        (
            rewritten(5740, recorded_at=LONG_AGO),
            {"entry_altered", "time_decreased", "time_outside_bracket"},
        ),
        (block_moved_back, {"entry_altered"}),
        (size_edited, {"checkpoint_not_signed"}),
        (frontier_altered, {"root_differs"}),
    ],
)
def test_an_attack_is_found_by_its_code(
    codes_after: Codes, attack: Attack, found: set[str]
) -> None:
    assert codes_after(attack) - UPPER == found


@pytest.mark.parametrize(
    "recorded",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-13-01T00:00:00Z", ""],
)
def test_a_recorded_time_that_is_none_is_found(codes_after: Codes, recorded: str) -> None:
    found = codes_after(rewritten(INSIDE, recorded_at=recorded))
    assert {"entry_altered", "entry_unreadable"} <= found


@pytest.mark.parametrize("version", ["1", [], None, 1.5])
def test_a_version_that_is_none_is_found_in_a_stream_that_goes_on(
    log: Log, version: object
) -> None:
    """The next event of the stream is still held to the versions before it."""
    record(log.ledger, s.an_organ(), s.a_unit(), s.a_person())
    record(log.ledger, s.a_correction(Kind.UNIT, s.UNIT, "type", was="机关", now="事业单位"))
    log.sign()
    log.close()
    with attacker(log.path) as db:
        rewritten(2, version=version)(db)
    again = Log(log.path, log.keys)
    assert {"entry_altered", "version_gap"} <= again.codes()
    again.close()


def test_an_older_database_restored_lacks_the_checkpoint_that_was_signed(
    office_signed: Template, tmp_path: Path
) -> None:
    """The signer's own memory is beside the file, and is older than nothing."""
    keys = tmp_path / "keys"
    keys.mkdir()
    for path in office_signed.keys.iterdir():
        (keys / path.name).write_bytes(path.read_bytes())
    log = Log(copied(office_signed.path, tmp_path / "ledger.sqlite3"), keys, utc_now())
    backup = copied(log.path, tmp_path / "backup.sqlite3")
    add_units(log.ledger, 3)
    log.sign()
    log.close()
    (tmp_path / ".env").write_text(
        f"LEDGER_KEYS_DIR={keys}\nLEDGER_LOG_ORIGIN=example.test/log\n", "utf-8"
    )
    started = commands.start(backup, tmp_path, "log", "verify")
    answer = commands.finish(started, tmp_path)
    assert answer.code == 1
    assert "checkpoint_missing" in answer.err
    assert "5751" in answer.err
