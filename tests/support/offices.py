"""Offices for tests: a ledger in one file with its read models, empty or with an example set."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson
import pytest

from consumers.registers.importer import Importer, Summary
from consumers.registers.sources import open_source
from domain.streams import derived_id
from ledger.envelope import Circumstances
from ledger.settings import Settings
from projections.cuts import Cut, Period
from projections.deadlines import Asked, Deadline, deadlines
from projections.office import Office
from projections.store import reading
from reports.statement import Statement, make_statement
from tests.support.databases import ON_SERVER, copied, url
from tests.support.registers import EXAMPLES

ALL_TIME = Period(date(1, 1, 1), date(9999, 12, 31))
TEMPLATE = "ledger.sqlite3"


@dataclass(frozen=True)
class Desk(Office):
    """An office as tests use it: registers in, figures and facts out."""

    file: Path

    @classmethod
    def at(cls, file: Path) -> "Desk":
        """The office whose ledger is in a file, created if it is not there."""
        settings = Settings(database_url=url(file), keys_dir=file.parent / f"{file.stem}-keys")
        return cls(settings, file)

    def take_in(self, source: Path, *, strict: bool = False, dry_run: bool = False) -> Summary:
        """Import registers and bring the read models up to the head."""
        importer = Importer(
            self.ledger,
            open_source(source),
            actor="tester",
            correlation_id="00000000-0000-4000-8000-000000000000",
            strict=strict,
            dry_run=dry_run,
        )
        summary = importer.run()
        self.runner.catch_up()
        return summary

    def carry_out(self, *commands: tuple[date, Any]) -> None:
        """Record commands, each on the day it was registered, and follow."""
        for registered_on, command in commands:
            made = derived_id(f"{self.ledger.head()} {registered_on} {type(command).__name__}")
            circumstances = Circumstances("tester", made, made, registered_on)
            self.ledger.execute(command, circumstances)
        self.runner.catch_up()

    def due(self, on: date, *, done: bool = False, organ: str | None = None) -> list[Deadline]:
        """The deadlines as known on a day."""
        with reading(self.engine) as connection:
            return list(deadlines(connection, Asked(on, organ=organ, done=done)))

    def statement(
        self, period: Period = ALL_TIME, cut: Cut | None = None, organ: str | None = None
    ) -> Statement:
        """The statement of a period."""
        return make_statement(self.engine, period, cut, organ)

    def figures(
        self, period: Period = ALL_TIME, cut: Cut | None = None, organ: str | None = None
    ) -> dict[str, int]:
        """Every figure by code."""
        return {each.code: each.value for each in self.statement(period, cut, organ).figures}

    @cached_property
    def events(self) -> dict[int, dict[str, Any]]:
        """Every event as plain data by its position, as this ledger held them at first asking."""
        return {at: event for page in self.ledger.follow() for at, event in page}

    def facts_told(self) -> list[bytes]:
        """What the ledger says, whatever the order in which it was told and by whom."""
        told = ("stream", "type", "occurred_on", "registered_on", "data")
        pages = self.ledger.follow()
        return sorted(
            orjson.dumps([event[name] for name in told], option=orjson.OPT_SORT_KEYS)
            for page in pages
            for _, event in page
        )


@contextmanager
def opened(file: Path) -> Iterator[Desk]:
    """An office open for as long as it is needed."""
    desk = Desk.at(file)
    try:
        yield desk
    finally:
        desk.close()


def _template(example: str, factory: pytest.TempPathFactory) -> Path:
    """The file of an example set, imported once for all workers of a run."""
    base = factory.getbasetemp()
    # Workers share a file; a server is each one's own.
    shared = "PYTEST_XDIST_WORKER" in os.environ and not ON_SERVER
    folder = (base.parent if shared else base) / f"of-{example}"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / TEMPLATE).exists():
            with opened(folder / "new.sqlite3") as desk:
                summary = desk.take_in(EXAMPLES / example)
            assert not summary.problems, summary.problems
            copied(folder / "new.sqlite3", folder / "copy.sqlite3").rename(folder / TEMPLATE)
    return folder / TEMPLATE


def _example(name: str, factory: pytest.TempPathFactory) -> Iterator[Desk]:
    file = copied(_template(name, factory), factory.mktemp(name) / TEMPLATE)
    with opened(file) as desk:
        yield desk


@pytest.fixture(scope="session")
def wuhua(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """五华县2020年, imported and projected; not to be changed."""
    yield from _example("wuhua2020", tmp_path_factory)


@pytest.fixture(scope="session")
def fengze(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """丰泽区 2016-2021, imported and projected; not to be changed."""
    yield from _example("fengze", tmp_path_factory)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An office with an empty ledger."""
    with opened(tmp_path / "empty.sqlite3") as empty:
        yield empty


@pytest.fixture
def copy_of(tmp_path: Path) -> Iterator[Callable[[Desk], Desk]]:
    """Copies of an office that a test may change."""
    made: list[Desk] = []

    def copy(source: Desk) -> Desk:
        made.append(Desk.at(copied(source.file, tmp_path / f"copy-{len(made)}.sqlite3")))
        return made[-1]

    yield copy
    for each in made:
        each.close()
