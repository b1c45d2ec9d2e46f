"""Append in batches of 1000: ours, the library as it is, and raw executemany of the same rows."""

import json
import sqlite3
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

from bench.timing import timed
from domain.petitions.petition import PetitionReceived
from ledger.application import Ledger
from ledger.envelope import Recorded, event_id
from ledger.settings import Settings

BATCH = 1000
DAY = date(2020, 5, 1)


def events(count: int) -> list[Recorded[Any]]:
    data = PetitionReceived(
        number="XF0000000",
        received_on=DAY,
        organ="ORG-001",
        channel="来信",
        category="检举控告",
        signature="实名",
        repeat=False,
        summary=None,
    )
    first = Recorded(
        actor="bench",
        causation_id=None,
        command_id=event_id("bench", 1),
        correlation_id=event_id("bench", 2),
        data=data,
        event_id="",
        occurred_on=DAY,
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        registered_on=DAY,
        stream="",
        type="petition.received.v1",
        version=1,
    )
    streams = [f"petition:XF{n:07d}" for n in range(count)]
    return [replace(first, stream=name, event_id=event_id(name, 1)) for name in streams]


def raw(path: Path, stored: list[StoredEvent]) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=8192"):
        db.execute(f"PRAGMA {pragma}")
    db.execute(
        "CREATE TABLE events (rowid INTEGER PRIMARY KEY AUTOINCREMENT, originator_id TEXT, "
        "originator_version INTEGER, topic TEXT, state BLOB, "
        "UNIQUE (originator_id, originator_version))"
    )
    rows = [(s.originator_id, s.originator_version, s.topic, s.state) for s in stored]
    statement = (
        "INSERT INTO events (originator_id, originator_version, topic, state) VALUES (?,?,?,?)"
    )
    for start in range(0, len(rows), BATCH):
        db.execute("BEGIN")
        db.executemany(statement, rows[start : start + BATCH])
        db.execute("COMMIT")
    db.close()


def library(path: Path, stored: list[StoredEvent]) -> None:
    datastore = SQLiteDatastore(str(path), originator_id_type="text")
    recorder = SQLiteApplicationRecorder(datastore)
    recorder.create_table()
    for start in range(0, len(stored), BATCH):
        recorder.insert_events(stored[start : start + BATCH])
    datastore.close()


def main(folder: Path, count: int) -> None:
    facts = events(count)
    with Ledger.open(Settings(database_url=f"sqlite:///{folder / 'ours.sqlite3'}")) as ledger:
        stored = [ledger.mapper.to_stored_event(fact) for fact in facts]
        bytes_only = timed(
            lambda: [
                ledger.recorder.insert_events(stored[at : at + BATCH])
                for at in range(0, count, BATCH)
            ]
        )
    with Ledger.open(Settings(database_url=f"sqlite:///{folder / 'mapped.sqlite3'}")) as ledger:
        mapped = timed(
            lambda: [ledger.events.put(facts[at : at + BATCH]) for at in range(0, count, BATCH)]
        )
    limit = timed(lambda: raw(folder / "raw.sqlite3", stored))
    plain = timed(lambda: library(folder / "library.sqlite3", stored))
    figures = {"ours": bytes_only, "ours_mapped": mapped, "raw": limit, "library": plain}
    print(json.dumps({name: count / seconds for name, seconds in figures.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
