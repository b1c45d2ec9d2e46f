"""The database: durable, dense positions that are never given twice, no stray edits."""

from pathlib import Path
from typing import Any

import pytest
from eventsourcing.persistence import IntegrityError, OperationalError, StoredEvent

from domain.refusals import Refusal
from domain.streams import stream_id
from ledger.application import Ledger, environment
from ledger.mapper import UnreadableEventError
from ledger.settings import Settings
from ledger.sqlite import DurablePool
from tests.domain.samples import EVERYONE, a_person, a_unit, an_organ
from tests.ledger.office import open_ledger, record, when
from tests.support.databases import Refused, held, intruder, on_a_file, url

EVENTS, COMMANDS = "stored_events", "stored_events_commands"


def positions(ledger: Ledger) -> list[int]:
    return [at for page in ledger.follow() for at, _ in page]


def pragma(ledger: Ledger, name: str) -> list[Any]:
    """The setting of every connection that the pool gives out, one after another and at once."""
    datastore = ledger.store.datastore
    values = []
    reading, writing = (datastore.get_connection(commit=commit) for commit in (False, True))
    with reading as first, writing as second:
        for connection in (first, second):
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA {name}")
            values.append(cursor.fetchone()[0])
    return values


@on_a_file
def test_every_connection_waits_for_the_disk(ledger: Ledger) -> None:
    assert isinstance(ledger.store.datastore.pool, DurablePool)
    assert pragma(ledger, "synchronous") == [2, 2]
    assert pragma(ledger, "journal_mode") == ["wal", "wal"]


@on_a_file
def test_the_file_itself_is_in_write_ahead_mode(ledger: Ledger, path: Path) -> None:
    record(ledger, an_organ())
    with intruder(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_positions_begin_at_1_and_leave_no_gap(ledger: Ledger) -> None:
    assert ledger.head() == 0
    record(ledger, *EVERYONE)
    assert positions(ledger) == [1, 2, 3]
    assert ledger.head() == 3


def test_a_refused_act_takes_no_position(ledger: Ledger) -> None:
    record(ledger, an_organ())
    with pytest.raises(Refusal):
        record(ledger, a_person(unit="DW99"))
    record(ledger, a_unit())
    assert positions(ledger) == [1, 2]


def test_a_transaction_that_breaks_takes_no_position(ledger: Ledger) -> None:
    class PowerCutError(BaseException):
        pass

    def broken() -> None:
        with ledger.transaction() as transaction:
            transaction.execute(an_organ(), when("organ"))
            raise PowerCutError

    with pytest.raises(PowerCutError):
        broken()
    assert ledger.head() == 0
    record(ledger, a_unit())
    assert positions(ledger) == [1]


def test_the_position_of_a_deleted_last_event_is_never_given_again(path: Path) -> None:
    with open_ledger(path) as ledger:
        record(ledger, *EVERYONE)
    with intruder(path) as connection:
        connection.drop_triggers()
        connection.execute(f"DELETE FROM {EVENTS} WHERE rowid = 3")
    with open_ledger(path) as ledger:
        record(ledger, a_unit(code="DW02"))
        assert positions(ledger) == [1, 2, 4]


def test_dropped_triggers_are_back_when_the_ledger_opens(path: Path) -> None:
    with open_ledger(path) as ledger:
        record(ledger, an_organ())
    with intruder(path) as connection:
        connection.drop_triggers()
    blocked = pytest.raises(Refused, match="never edited")
    with open_ledger(path), intruder(path) as connection, blocked:
        connection.execute(f"DELETE FROM {EVENTS}")


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {EVENTS} SET state = x'7b7d' WHERE rowid = 1",
        f"UPDATE {EVENTS} SET rowid = 9 WHERE rowid = 3",
        f"DELETE FROM {EVENTS} WHERE rowid = 3",
        f"DELETE FROM {EVENTS}",
        f"UPDATE {COMMANDS} SET first_position = 1",
        f"DELETE FROM {COMMANDS}",
    ],
)
def test_a_stray_edit_is_blocked(ledger: Ledger, path: Path, statement: str) -> None:
    record(ledger, *EVERYONE)
    before = ledger.store.page(0, 10)
    blocked = pytest.raises(Refused, match="never edited")
    with intruder(path) as connection, blocked:
        connection.execute(statement)
    assert ledger.store.page(0, 10) == before


def test_two_events_at_one_version_of_a_stream_conflict(ledger: Ledger) -> None:
    record(ledger, an_organ())
    event = StoredEvent(stream_id("organ:JW01"), 1, "organ.registered.v1", b"{}")
    with pytest.raises(IntegrityError), ledger.store.writing() as writing:
        writing.append([event], [])
    assert ledger.head() == 1


def test_an_event_moved_to_another_stream_is_not_read_as_that_streams(path: Path) -> None:
    with open_ledger(path) as ledger:
        record(ledger, an_organ(), an_organ(code="JW02"))
    with intruder(path) as connection:
        connection.drop_triggers()
        moved = (stream_id("organ:JW03"), stream_id("organ:JW02"))
        connection.execute(f"UPDATE {EVENTS} SET originator_id = ? WHERE originator_id = ?", moved)
    with open_ledger(path) as ledger, pytest.raises(UnreadableEventError):
        ledger.history("organ:JW03")


def test_an_event_moved_to_another_version_is_not_read_as_that_version(path: Path) -> None:
    with open_ledger(path) as ledger:
        record(ledger, an_organ())
    with intruder(path) as connection:
        connection.drop_triggers()
        connection.execute(f"UPDATE {EVENTS} SET originator_version = 2")
    with open_ledger(path) as ledger, pytest.raises(UnreadableEventError):
        ledger.history("organ:JW01")


def test_no_act_is_decided_on_a_stream_with_a_hole(path: Path) -> None:
    """A deleted middle event would otherwise be a state that never was."""
    with open_ledger(path) as ledger:
        record(ledger, a_unit(), a_person(), a_person(number="RY002"))
        from domain.streams import Kind
        from tests.domain.samples import PERSON, a_correction

        for number, was, now in ((1, "乡科级", "县处级"), (2, "县处级", "厅局级")):
            act = a_correction(Kind.PERSON, PERSON, "rank", number=f"GZ{number}", was=was, now=now)
            record(ledger, act)
    with intruder(path) as connection:
        connection.drop_triggers()
        hole = (stream_id(f"person:{PERSON}"), 2)
        connection.execute(
            f"DELETE FROM {EVENTS} WHERE originator_id = ? AND originator_version = ?", hole
        )
    with open_ledger(path) as ledger:
        act = a_correction(Kind.PERSON, PERSON, "rank", number="GZ3", was="厅局级", now="一般干部")
        with pytest.raises((UnreadableEventError, IntegrityError)):
            record(ledger, act)


def test_a_busy_database_is_an_operational_error(path: Path) -> None:
    with open_ledger(path) as ledger:
        record(ledger, an_organ())
    settings = Settings(database_url=url(path), lock_timeout_seconds=1, _env_file=None)
    with Ledger(environment(settings)) as impatient:
        with held(path), pytest.raises(OperationalError, match="another writer"):
            record(impatient, a_unit())
        record(impatient, a_unit())
        assert impatient.head() == 2
