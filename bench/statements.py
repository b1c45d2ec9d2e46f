"""A year's statement over many postings, against DuckDB over the same rows in Parquet."""

import json
import sqlite3
import sys
from datetime import date
from pathlib import Path

import duckdb
from sqlalchemy import Connection, MetaData

from bench.timing import peak_mib, timed
from ledger.settings import Settings
from projections.cuts import Period
from projections.figures import Question, figure
from projections.identities import check_identities
from projections.indicators import base_definitions
from projections.store import open_engine, reading, writing
from projections.tables import JOURNAL, journal_table

YEAR = Question(Period(date(2019, 1, 1), date(2019, 12, 31)))
TEXT = ("stream", "item", "person", "unit", "related")


def multiply(source: Path, target: Path, count: int) -> int:
    """Copy a journal with new numbers until it has about ``count`` postings."""
    engine = open_engine(Settings(database_url=f"sqlite:///{target}"))
    metadata = MetaData()
    table = journal_table(metadata)
    with writing(engine) as connection:
        table.create(connection)
    engine.dispose()
    db = sqlite3.connect(target, isolation_level=None)
    db.execute("ATTACH ? AS source", (str(source),))
    have = db.execute("SELECT COUNT(*) FROM source.postings").fetchone()[0]
    columns = ", ".join(
        "position + ? * 10000000"
        if name == "position"
        else f"CASE WHEN {name} IS NULL OR {name} = '' OR account IN ('units', 'organs') "
        f"THEN {name} ELSE {name} || ? END"
        if name in TEXT
        else name
        for name in JOURNAL.names
    )
    places = [name for name in JOURNAL.names if name == "position" or name in TEXT]
    for copy in range(max(1, round(count / have))):
        values = [copy if name == "position" else f"~{copy}" for name in places]
        skip = "" if copy == 0 else "WHERE account NOT IN ('units', 'organs')"
        db.execute(
            f"INSERT INTO main.postings SELECT {columns} FROM source.postings {skip}", values
        )
    total: int = db.execute("SELECT COUNT(*) FROM main.postings").fetchone()[0]
    db.close()
    return total


class OverDuckDB:
    """The same statements, asked of DuckDB."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def exec_driver_sql(self, statement: str, values: tuple[object, ...] = ()) -> "OverDuckDB":
        self._connection.execute(statement, list(values))
        return self

    def scalar_one(self) -> int:
        row = self._connection.fetchone()
        assert row is not None
        return int(row[0])


def figures(connection: Connection) -> dict[str, int]:
    return {i.code: figure(connection, i, YEAR) for i in base_definitions().indicators}


def main(folder: Path, source: Path, count: int) -> None:
    database, parquet = folder / "journal.sqlite3", folder / "postings.parquet"
    total = multiply(source, database, count)
    engine = open_engine(Settings(database_url=f"sqlite:///{database}"))
    ours: dict[str, int] = {}
    with reading(engine) as connection:
        first = timed(lambda: ours.update(figures(connection)))
        again = timed(lambda: figures(connection))
        checks = timed(lambda: check_identities(connection, base_definitions(), YEAR, ours))
    rows = sqlite3.connect(database)
    duck = duckdb.connect()
    duck.execute("SET threads = 2")
    write_parquet(duck, rows, parquet)
    duck.execute(f"CREATE VIEW postings AS SELECT * FROM '{parquet}'")
    theirs: dict[str, int] = {}
    other = OverDuckDB(duck)
    peer = timed(lambda: theirs.update(figures(other)))  # type: ignore[arg-type]  # the same two calls
    peer_again = timed(lambda: figures(other))  # type: ignore[arg-type]  # the same two calls
    result = {
        "postings": total,
        "ours_first_s": first,
        "ours_s": again,
        "checks_s": checks,
        "duckdb_first_s": peer,
        "duckdb_s": peer_again,
        "equal": ours == theirs,
        "peak_mib": peak_mib(),
    }
    print(json.dumps(result))


def write_parquet(duck: duckdb.DuckDBPyConnection, rows: sqlite3.Connection, path: Path) -> None:
    """The journal as one Parquet file, through CSV: DuckDB reads SQLite only by an extension."""
    import csv

    plain = path.with_suffix(".csv")
    with plain.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(JOURNAL.names)
        writer.writerows(rows.execute("SELECT * FROM postings"))
    kinds = {int: "BIGINT", date: "VARCHAR", str: "VARCHAR"}
    types = ", ".join(f"'{name}': '{kinds[kind]}'" for name, kind in JOURNAL.columns)
    duck.execute(
        f"COPY (SELECT * FROM read_csv('{plain}', header=true, columns={{{types}}})) "
        f"TO '{path}' (FORMAT parquet)"
    )
    plain.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
