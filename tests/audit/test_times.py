"""Each checkpoint states when it was signed: a heartbeat, and a bracket around the events."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import orjson
import pytest

from ledger.audit.keyring import WillNotSignError
from ledger.audit.notes import read_note
from ledger.audit.sequencer import LogStore
from ledger.audit.signer import STATE_FILE, SignedState
from tests.audit.asked import Desk, desk_for, policy_of, request
from tests.audit.logs import EVENTS, ORIGIN, Log, add_units, attack, attacker, encoded
from tests.audit.witnesses import Witness

DAY = 86_400


def test_each_checkpoint_is_signed_plain_and_with_the_time(log: Log) -> None:
    note = log.publish()
    signatures = read_note(note.data).signatures
    assert [each.id for each in signatures] == [log.verifier.id, log.verifier.timed().id]
    assert note.at == log.read()[0].logged_at == int(log.clock.now.timestamp())


def test_nothing_new_is_signed_again_with_a_new_time(log: Log) -> None:
    add_units(log.ledger, 5)
    first = log.publish()
    log.clock.move(hours=1)
    second = log.publish()
    assert (second.size, second.at) == (5, first.at + 3600)
    assert log.store.notes() == [first, second]
    assert read_note(first.data).text == read_note(second.data).text
    assert log.codes() == set()


def test_a_time_is_never_before_the_last(log: Log) -> None:
    first = log.publish()
    log.clock.move(seconds=-200)
    add_units(log.ledger, 1)
    assert log.publish().at == first.at
    log.clock.move(seconds=-200)
    with pytest.raises(WillNotSignError) as refused:
        log.publish()
    assert refused.value.code == "clock_behind"
    assert log.codes() == set()


def test_a_database_of_a_first_version_is_opened_and_signed_on(log: Log) -> None:
    add_units(log.ledger, 5)
    log.publish()
    plain = read_note(log.notes()[0])
    untimed = f"{plain.text}\n{plain.signatures[0]}\n".encode()
    with attacker(log.path) as db:
        db.execute("DROP TABLE log_checkpoints")
        columns = "size INTEGER PRIMARY KEY, note BLOB NOT NULL"
        db.execute(f"CREATE TABLE log_checkpoints ({columns})")
        db.execute("INSERT INTO log_checkpoints VALUES (5, ?)", (untimed,))
    with closing(sqlite3.connect(log.keys / STATE_FILE)) as db:
        db.execute("ALTER TABLE signed DROP COLUMN at")
        db.commit()
    assert LogStore(log.ledger).notes() == [(5, 0, untimed)]
    assert SignedState(log.keys, ORIGIN).last() == (5, log.store.tree().root(), 0)
    assert log.codes() == set()
    add_units(log.ledger, 5)
    log.publish()
    assert [(note.size, note.at > 0) for note in log.store.notes()] == [(5, False), (10, True)]
    assert log.codes() == set()


def recorded_later(log: Log, position: int, seconds: int) -> None:
    """Have an attacker tell that an event, and all after it, were recorded at another time."""
    with attacker(log.path) as db:
        query = f"SELECT rowid, state FROM {EVENTS} WHERE rowid >= ?"
        for row, state in db.execute(query, (position,)).fetchall():
            body = orjson.loads(state)
            was = str(body["recorded_at"])
            body["recorded_at"] = moved(was, seconds)
            change = f"UPDATE {EVENTS} SET state = ? WHERE rowid = ?"
            db.execute(change, (encoded(body), row))


def moved(instant: str, seconds: int) -> str:
    told = datetime.fromisoformat(instant) + timedelta(seconds=seconds)
    return told.isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(
    ("seconds", "found"), [(0, False), (250, False), (350, True), (-250, False), (-350, True)]
)
def test_an_event_recorded_outside_its_checkpoints_is_found(
    log: Log, seconds: int, found: bool
) -> None:
    """The operator backdates before anything is signed, so that the tree itself is in order."""
    add_units(log.ledger, 3)
    log.clock.move(hours=1)
    log.publish()
    add_units(log.ledger, 3)
    recorded_later(log, 4, seconds)
    log.publish()
    assert log.codes() == ({"time_outside_bracket"} if found else set())


@pytest.fixture
def desk(log: Log) -> Desk:
    add_units(log.ledger, 10)
    return desk_for(log)


def test_the_times_of_witnesses_bracket_and_not_those_of_the_log(log: Log, desk: Desk) -> None:
    """A log whose clock lies gets a cosignature that says otherwise."""
    policy = policy_of(log, {desk: ""}, 1)
    witness = Witness(desk.name, desk.witness.signer.private)
    note = log.publish()
    log.store.extend(note, witness.cosigned(note.data, note.at + 10))
    assert log.codes(policy) == set()
    late = witness.cosigned(note.data, note.at - 301)
    attack(log.path, f"UPDATE log_checkpoints SET note = x'{late.hex()}'")
    assert log.codes(policy) == {"checkpoint_time", "time_outside_bracket"}


def test_events_told_before_a_cosigned_checkpoint_and_not_in_it_are_found(
    log: Log, desk: Desk
) -> None:
    policy = policy_of(log, {desk: ""}, 1)
    witness = Witness(desk.name, desk.witness.signer.private)
    note = log.publish()
    log.store.extend(note, witness.cosigned(note.data, note.at + 5))
    log.clock.move(days=30)
    add_units(log.ledger, 3)
    recorded_later(log, 12, -30 * DAY)
    note = log.publish()
    log.store.extend(note, witness.cosigned(note.data, note.at + 5))
    assert "time_outside_bracket" not in log.codes(policy)
    recorded_later(log, 12, -1 * DAY)
    assert "time_outside_bracket" in log.codes(policy)


def test_a_checkpoint_signed_before_an_earlier_one_is_found(log: Log) -> None:
    """The signer's memory was lost, and its clock set back."""
    add_units(log.ledger, 3)
    log.clock.move(days=1)
    log.publish()
    add_units(log.ledger, 3)
    (log.keys / STATE_FILE).unlink()
    log.clock.move(hours=-1)
    log.publish()
    assert log.codes() == {"checkpoint_time_decreased", "time_outside_bracket"}


@pytest.mark.parametrize("column", ["size", "at"])
def test_a_note_moved_to_another_size_or_time_is_found(log: Log, column: str) -> None:
    add_units(log.ledger, 3)
    log.publish()
    attack(log.path, f"UPDATE log_checkpoints SET {column} = {column} + 1")
    assert log.codes() == {"checkpoint_misplaced"}


def test_a_quorum_that_no_witness_met_is_found(log: Log, desk: Desk) -> None:
    policy = policy_of(log, {desk: ""}, 1)
    note = log.publish()
    assert log.codes(policy) == {"quorum_missing"}
    answer = desk.witness.add_checkpoint(request(log, note, 0))
    log.store.extend(note, note.data + answer)
    assert log.codes(policy) == set()
    log.clock.move(hours=1)
    log.publish()
    assert log.codes(policy) == {"quorum_missing"}


def test_one_witness_that_colludes_does_not_make_a_quorum_of_two(
    log: Log, desk: Desk, tmp_path: Path
) -> None:
    """The operator rewrites history and signs it; one witness cosigns whatever it is shown."""
    honest = desk_for(log, "witness.test/honest")
    note = log.publish()
    for each in (desk, honest):
        each.witness.add_checkpoint(request(log, note, 0))
    other = Log(tmp_path / "other.sqlite3", tmp_path / "other-keys")
    other.keys.mkdir()
    for file in log.keys.glob("log.*"):
        (other.keys / file.name).write_bytes(file.read_bytes())
    add_units(other.ledger, 12, "OTHER")
    policy = policy_of(log, {desk: "", honest: ""}, 2)
    forged = other.publish()
    colluding = Witness(desk.name, desk.witness.signer.private)
    other.store.extend(forged, colluding.cosigned(forged.data, forged.at))
    for old in (0, 10, 12):
        status, _ = honest.ask("", request(other, forged, old))
        assert status in (409, 422)
    assert other.codes(policy) == {"quorum_short"}
    other.close()
