"""A ledger on PostgreSQL: append in batches of 1000 beside COPY and the library; following it."""

import json
import sys
from pathlib import Path

import psycopg
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict

from bench.append import BATCH, events
from bench.inbound import compared
from bench.timing import timed
from consumers.registers.importer import Importer
from consumers.registers.sources import open_source
from ledger.application import Ledger
from ledger.audit.sequencer import LogStore, sequence
from ledger.settings import Settings
from projections.runner import Runner
from projections.store import open_engine
from tests.support.postgresql import Server, server

#: As an office runs it: every commit is on disk before it counts.
DURABLE = {"fsync": "on", "full_page_writes": "on"}


def copied(address: str, stored: list[StoredEvent]) -> None:
    rows = [
        (at, s.originator_id, s.originator_version, s.topic, s.state)
        for at, s in enumerate(stored, 1)
    ]
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            'CREATE TABLE events (position bigint PRIMARY KEY, originator_id text COLLATE "C", '
            'originator_version bigint, topic text COLLATE "C", state bytea, '
            "UNIQUE (originator_id, originator_version))"
        )
        for start in range(0, len(rows), BATCH):
            with (
                connection.transaction(),
                connection.cursor() as cursor,
                cursor.copy("COPY events FROM STDIN") as copy,
            ):
                for row in rows[start : start + BATCH]:
                    copy.write_row(row)


def library(address: str, stored: list[StoredEvent]) -> None:
    told = conninfo_to_dict(address)
    names = ("dbname", "host", "port", "user")
    datastore = PostgresDatastore(
        **{name: str(told[name]) for name in names}, password="", originator_id_type="text"
    )
    recorder = PostgresApplicationRecorder(datastore)
    recorder.create_table()
    for start in range(0, len(stored), BATCH):
        recorder.insert_events(stored[start : start + BATCH])
    datastore.close()


def appended(running: Server, count: int) -> dict[str, float]:
    facts = events(count)
    with Ledger.open(Settings(database_url=running.url(running.database()))) as ledger:
        stored = [ledger.mapper.to_stored_event(fact) for fact in facts]
        ours = timed(
            lambda: [
                ledger.recorder.insert_events(stored[at : at + BATCH])
                for at in range(0, count, BATCH)
            ]
        )
    limit = timed(lambda: copied(running.url(running.database()), stored))
    plain = timed(lambda: library(running.url(running.database()), stored))
    return {"ours": count / ours, "copy": count / limit, "library": count / plain}


def followed(running: Server, registers: Path) -> dict[str, float]:
    """Events a second that each follower takes, alone, from the first to the last."""
    settings = Settings(database_url=running.url(running.database()))
    with Ledger.open(settings) as ledger:
        Importer(ledger, open_source(registers), actor="bench", correlation_id="bench").run()
        engine = open_engine(settings)
        runner, log = Runner(ledger, engine), LogStore(ledger)
        times = {
            "pages": timed(lambda: [len(page) for page in ledger.follow()]),
            "read_models": timed(runner.catch_up),
            "log": timed(lambda: sequence(log)),
        }
        head = ledger.head()
        engine.dispose()
    return {"events": head} | {name: head / seconds for name, seconds in times.items()}


def main(registers: Path, count: int) -> None:
    with server(DURABLE) as running:
        figures = {
            "append": appended(running, count),
            "follow": followed(running, registers),
            "messages": compared(lambda _: running.url(running.database()), count // 10),
        }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
