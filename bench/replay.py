"""Replay into every read model and the journal, against raw executemany of the rows it writes."""

import gc
import json
import shutil
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

import orjson
from eventsourcing.application import Application
from eventsourcing.popo import POPOTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from sqlalchemy import Engine, MetaData, event

from bench.timing import timed
from ledger.application import Ledger
from ledger.mapper import LedgerMapper
from ledger.settings import Settings
from projections.runner import PAGE, Runner, read_models
from projections.store import open_engine, writing
from projections.tables import JOURNAL, journal_table

#: Every table of the read models.
SHAPES = [shape for model in read_models().values() for shape in model.shapes]


def rows_written(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    db = sqlite3.connect(database)
    # In the order in which a replay comes to them, where their rows tell it.
    order = {shape.name: "position" if "position" in shape.names else "1" for shape in SHAPES}
    rows = {n: db.execute(f"SELECT * FROM {n} ORDER BY {at}").fetchall() for n, at in order.items()}
    db.close()
    return rows


def _create(engine: Engine) -> None:
    metadata = MetaData()
    for shape in SHAPES:
        if shape is JOURNAL:
            journal_table(metadata)
        else:
            shape.table(metadata)
    metadata.create_all(engine)


def raw(database: Path, rows: dict[str, list[tuple[Any, ...]]], page: int = PAGE) -> None:
    """The same rows into the same tables in pages of as many, nothing else."""
    engine = open_engine(Settings(database_url=f"sqlite:///{database}"))
    _create(engine)
    for name, lines in rows.items():
        for start in range(0, len(lines), page):
            statement = f"INSERT INTO {name} VALUES ({','.join('?' * len(lines[0]))})"
            with writing(engine) as connection:
                connection.exec_driver_sql(statement, lines[start : start + page])
    engine.dispose()


class Source(Application[str]):
    """The library's application in memory, the only store of its own that can be subscribed to."""

    def construct_mapper(self) -> LedgerMapper:
        return LedgerMapper()


class EveryReadModel(Projection[Any]):
    """The same read models as the library's runner drives them: an event, a transaction."""

    engine: Any = None
    models: tuple[Any, ...] = ()

    def process_event(self, domain_event: Any, tracking: Any) -> None:
        entry = orjson.loads(self.mapper.entry(domain_event))
        with writing(self.engine) as connection:
            for model in self.models:
                if entry["type"] in model.wants:
                    model.write(connection, [(tracking.notification_id, entry)])
        self.view.insert_tracking(tracking)

    mapper = LedgerMapper()


def _as_the_library_does(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA synchronous=FULL")  # SQLite's and the library's default


def by_library(database: Path, facts: list[Any]) -> float:
    """Events a second of the library's ProjectionRunner over the same events."""
    engine = open_engine(Settings(database_url=f"sqlite:///{database}"))
    event.listen(engine, "connect", _as_the_library_does)
    _create(engine)
    EveryReadModel.engine, EveryReadModel.models = engine, tuple(read_models().values())
    with ProjectionRunner(
        application_class=Source, projection_class=EveryReadModel, view_class=POPOTrackingRecorder
    ) as runner:
        start = time.perf_counter()
        runner.app.events.put(facts)
        runner.wait(len(facts), timeout=600)
        seconds = time.perf_counter() - start
    engine.dispose()
    return len(facts) / seconds


def main(folder: Path, database: Path, sample: int) -> None:
    gc.set_threshold(100_000, 50, 50)  # as the command line does
    copy = folder / "replay.sqlite3"
    shutil.copy(database, copy)
    settings = Settings(database_url=f"sqlite:///{copy}")
    engine = open_engine(settings)
    with writing(engine) as connection:
        for name in [*[shape.name for shape in SHAPES], "followers"]:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
    with Ledger.open(settings) as ledger:
        runner = Runner(ledger, engine)
        ours = timed(runner.catch_up)
        head = ledger.head()
        pages = (ledger.store.page(at, 1, None)[0] for at in range(0, head, head // sample))
        facts = _as_first([ledger.mapper.read(topic, state) for _, topic, state in pages])
    engine.dispose()
    rows = rows_written(copy)
    limit = timed(lambda: raw(folder / "raw_replay.sqlite3", rows))
    result = {
        "events": head,
        "rows": sum(map(len, rows.values())),
        "ours_s": ours,
        "raw_s": limit,
        "library_per_s": by_library(folder / "library_replay.sqlite3", facts),
    }
    print(json.dumps(result))


def _as_first(facts: list[Any]) -> list[Any]:
    """Only events that stand alone: a sample has not the earlier events of each stream."""
    return [fact for fact in facts if fact.version == 1]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
