"""A register list from nothing: 300,000 leads into their tables, then pages and deadlines of it."""

import gc
import json
import sqlite3
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from bench.timing import timed
from domain.leads.decisions import RegisterLead
from domain.organs.decisions import RegisterOrgan
from domain.streams import derived_id
from ledger.application import Ledger
from ledger.envelope import Circumstances
from ledger.settings import Settings
from projections.boards.board import Wanted
from projections.boards.catalogue import BOARDS
from projections.cuts import Cut
from projections.deadlines import TABLES as DUE_FROM
from projections.deadlines import Asked, deadlines
from projections.moments import reading_at
from projections.runner import Runner, read_models
from projections.store import open_engine, reading
from projections.terms import Terms

PAGES, PAGE, CHUNK = 200, 50, 5000
#: What the list of leads is read from.
TABLES = ("leads", "handlings", *DUE_FROM)
FIRST_DAY = date(2020, 1, 1)


def leads(count: int) -> Iterator[tuple[Any, date]]:
    """An organ, and leads spread over five years, each with the day it was registered."""
    organ = {"name": "区纪委监委", "type": "纪委监委", "parent": None, "region": "350503"}
    yield RegisterOrgan(code="JW01", **organ), FIRST_DAY
    for number in range(count):
        day = FIRST_DAY + timedelta(days=number % 1800)
        lead = RegisterLead(
            number=f"XS{number:07d}",
            source="监督检查发现",
            source_number=None,
            received_on=day,
            organ="JW01",
            department=f"第{number % 9 + 1}室",
            persons=(),
            category="违反工作纪律",
            summary=None,
        )
        yield lead, day


def record(ledger: Ledger, count: int) -> None:
    acts = list(leads(count))
    for start in range(0, len(acts), CHUNK):
        with ledger.transaction() as transaction:
            for at, (act, day) in enumerate(acts[start : start + CHUNK], start):
                made = derived_id(f"bench {at}")
                transaction.record(act, Circumstances("bench", made, made, day))


def read_wholly(database: Path, count: int) -> float:
    """Seconds to read the bare rows of the same list with sqlite3, as a limit."""
    db = sqlite3.connect(database)
    try:
        return timed(lambda: len(db.execute("SELECT * FROM leads").fetchall()) == count)
    finally:
        db.close()


def page_times(engine: Engine, cut: Cut, on: date, count: int) -> list[float]:
    """Seconds of each of many pages at a cut, opened one by one as by requests."""
    times, after = [], None
    board = BOARDS["leads"]
    for at in range(PAGES):
        key = f"XS{at * (count // PAGES):07d}" if at % 2 else after
        wanted = Wanted(on, after=(key,) if isinstance(key, str) else key, limit=PAGE)
        start = time.perf_counter()
        with reading_at(engine, cut, TABLES) as connection:
            rows = list(board.rows(connection, wanted))
        times.append(time.perf_counter() - start)
        after = board.key_of(rows[-1]) if rows else None
    return times


def main(folder: Path, count: int) -> None:
    gc.set_threshold(100_000, 50, 50)  # as the command line does
    database = folder / "lists.sqlite3"
    settings = Settings(database_url=f"sqlite:///{database}")
    engine = open_engine(settings)
    with Ledger.open(settings) as ledger:
        record(ledger, count)
        models = read_models()
        lists = [models[name] for name in ("leads", "handlings", "organs")]
        times_of = [models[name] for name in ("calendars", "local_limits")]
        listed = timed(lambda: Runner(ledger, engine, lists).catch_up())
        terms = timed(lambda: Runner(ledger, engine, [*times_of, Terms()]).catch_up())
    on = FIRST_DAY + timedelta(days=1800)
    times = page_times(engine, Cut(), on, count)
    day = FIRST_DAY + timedelta(days=900)
    then = page_times(engine, Cut(as_of=day), day, count)
    held = page_times(engine, Cut(at_position=count // 2), on, count)
    with reading(engine) as connection:
        due = timed(lambda: sum(1 for _ in deadlines(connection, Asked(on))))
    engine.dispose()
    result = {
        "rows": count,
        "listed_s": listed,
        "terms_s": terms,
        "bare_s": read_wholly(database, count),
        "page_ms": statistics.median(times) * 1000,
        "slowest_ms": max(times) * 1000,
        "as_of_ms": statistics.median(then) * 1000,
        "slowest_as_of_ms": max(then) * 1000,
        "at_position_ms": statistics.median(held) * 1000,
        "slowest_at_position_ms": max(held) * 1000,
        "deadlines_s": due,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
