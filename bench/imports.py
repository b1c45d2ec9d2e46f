"""Registers to stored and projected events; the limit is csv and executemany of the same rows."""

import csv
import gc
import json
import sqlite3
import sys
from pathlib import Path
from uuid import uuid4

from bench.timing import peak_mib, timed
from consumers.registers.importer import Importer, Summary
from consumers.registers.sources import open_source
from ledger.application import Ledger
from ledger.settings import Settings
from projections.runner import Runner
from projections.store import open_engine


def raw(folder: Path, database: Path) -> None:
    db = sqlite3.connect(database, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            width = len(next(rows))
            columns = ",".join(f"c{n}" for n in range(width))
            db.execute(f'CREATE TABLE "{path.stem}" ({columns})')
            db.execute("BEGIN")
            db.executemany(f'INSERT INTO "{path.stem}" VALUES ({",".join("?" * width)})', rows)
            db.execute("COMMIT")
    db.close()


def main(folder: Path, registers: Path) -> None:
    gc.set_threshold(100_000, 50, 50)
    settings = Settings(database_url=f"sqlite:///{folder / 'import.sqlite3'}")
    summaries: list[Summary] = []
    with Ledger.open(settings) as ledger:
        source = open_source(registers)
        importer = Importer(ledger, source, actor="bench", correlation_id=str(uuid4()))
        stored = timed(lambda: summaries.append(importer.run()))
        runner = Runner(ledger, open_engine(settings))
        projected = timed(runner.catch_up)
    limit = timed(lambda: raw(registers, folder / "raw_import.sqlite3"))
    rows = sum(tally.rows for tally in summaries[0].tallies)
    found = {
        "rows": rows,
        "events": summaries[0].events,
        "refused": len(summaries[0].problems),
        "stored_s": stored,
        "projected_s": projected,
        "raw_s": limit,
        "peak_mib": peak_mib(),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
