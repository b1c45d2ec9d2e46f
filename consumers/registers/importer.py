"""Importing registers: the same rows again change nothing; a bad row is reported, not guessed.

Registers are read in the order in which they refer to each other, in chunks of rows, each chunk
one transaction: memory does not grow with the rows, and a killed import is simply run again.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import NamedTuple, TypeVar

from consumers.registers.columns import Register
from consumers.registers.intake import Intake, Outcome
from consumers.registers.layout import BY_TITLE
from consumers.registers.problems import Problem
from consumers.registers.rows import RegisterRow, RowReader
from consumers.registers.sources import Sheet, Source
from domain.codes.tables import form_of_measure
from domain.streams import Kind
from ledger.application import Ledger
from ledger.transaction import LedgerTransaction

CHUNK = 5000
Progress = Callable[[int], None]
Item = TypeVar("Item")


def no_progress(_: int) -> None:
    """Tell nobody."""


class _RolledBackError(Exception):
    """Leaves the one transaction of a dry run, or of a strict import with a refused row."""


@dataclass(slots=True)
class Tally:
    """What became of one register's rows, in rows (行)."""

    register: str
    rows: int = 0
    added: int = 0
    completed: int = 0
    unchanged: int = 0
    refused: int = 0
    events: int = 0


@dataclass(slots=True)
class Summary:
    """What became of an import; ``kept`` is False where everything was rolled back."""

    tallies: list[Tally] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    kept: bool = True

    @property
    def events(self) -> int:
        """Events recorded."""
        return sum(tally.events for tally in self.tallies)


class Waiting(NamedTuple):
    """A row that the ledger refused and that is looked at again when all others are in."""

    register: Register
    tally: Tally
    row: RegisterRow
    problem: Problem


class SeenKeys:
    """The keys of this run and the row of each, on disk: memory stays flat."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, row INTEGER) WITHOUT ROWID")
        self._db.execute("BEGIN")

    def first_row(self, register: Register, row: RegisterRow) -> int | None:
        """The earlier row of this run with the same key, or None where this is the first."""
        key = f"{register.title}|{row.key}"
        added = self._db.execute("INSERT OR IGNORE INTO seen VALUES (?,?)", (key, row.number))
        if added.rowcount:
            return None
        found = self._db.execute("SELECT row FROM seen WHERE key=?", (key,)).fetchone()
        return int(found[0])

    def close(self) -> None:
        """Drop them."""
        self._db.close()


class Importer:
    """Imports one source into a ledger."""

    def __init__(
        self,
        ledger: Ledger,
        source: Source,
        *,
        actor: str,
        correlation_id: str,
        strict: bool = False,
        dry_run: bool = False,
        progress: Progress = no_progress,
    ) -> None:
        self._ledger = ledger
        self._source = source
        self._intake = Intake(actor, correlation_id)
        self._strict = strict
        self._dry_run = dry_run
        self._progress = progress
        self._seen = SeenKeys()
        self._whole: LedgerTransaction | None = None
        self._waiting: list[Waiting] = []
        self.summary = Summary()

    def run(self) -> Summary:
        """Import every register found; nothing is kept of a dry run or a refused strict one."""
        self.summary.notices += [f"不是台账，未读取：{name}" for name in self._source.ignored]
        try:
            if self._strict or self._dry_run:
                self._in_one_transaction()
            else:
                self._registers()
        finally:
            self._seen.close()
        return self.summary

    def _in_one_transaction(self) -> None:
        try:
            with self._ledger.transaction() as self._whole:
                self._registers()
                self._keep_or_roll_back()
        except _RolledBackError:
            self.summary.kept = False
            for tally in self.summary.tallies if not self._dry_run else ():
                tally.added = tally.completed = tally.events = 0

    def _keep_or_roll_back(self) -> None:
        if self._dry_run or self.summary.problems:
            raise _RolledBackError

    @contextmanager
    def _transaction(self) -> Iterator[LedgerTransaction]:
        if self._whole is None:
            with self._ledger.transaction() as own:
                yield own
        else:
            yield self._whole
            self._whole.flush()

    def _registers(self) -> None:
        for sheet in self._source.sheets():
            self._register(sheet)
        self._look_again()

    def _register(self, sheet: Sheet) -> None:
        register = BY_TITLE[sheet.title]
        tally = Tally(register.title)
        self.summary.tallies.append(tally)
        rows = self._source.read(sheet)
        _, headings = next(rows, (1, []))
        reader = RowReader(register, headings)
        unusable = [f"缺少列：{name}" for name in reader.missing]
        unusable += [f"列重复：{name}" for name in reader.doubled]
        if unusable:
            for reason in unusable:
                problem = Problem(
                    register.title, 1, reason.partition("：")[2], "", reason, "headings"
                )
                self.summary.problems.append(problem)
            return
        self.summary.notices += [f"《{sheet.title}》中未用的列：{name}" for name in reader.unknown]
        read = (reader.read(number, cells) for number, cells in rows if any(cells))
        for chunk in _chunks(_in_order(register, read), CHUNK):
            self._chunk(register, tally, chunk)
            self._progress(len(chunk))

    def _chunk(self, register: Register, tally: Tally, chunk: list[RegisterRow]) -> None:
        good = []
        for row in chunk:
            tally.rows += 1
            if not row.problems and (first := self._seen.first_row(register, row)) is not None:
                heading = register.headings[register.key[0]]
                reason = f"与第 {first} 行编号重复"
                row.problems.append(row.problem(register, heading, reason, "duplicate_key"))
            if row.problems:
                self._refuse(tally, row.problems)
            else:
                good.append(row)
        if register.kind is Kind.DISPOSITION:
            self.summary.notices += _contradictions(good)
        self._take(register, tally, good)

    def _take(self, register: Register, tally: Tally, rows: list[RegisterRow]) -> None:
        with self._transaction() as transaction:
            for row, outcome in self._intake.take(transaction, register, rows):
                if outcome.problem is not None and outcome.waits:
                    self._waiting.append(Waiting(register, tally, row, outcome.problem))
                else:
                    self._count(tally, outcome)

    def _look_again(self) -> None:
        """Take what was refused once more, until no more of it can go in.

        A row may rest on one that stands below it, or on a correction of the same set.
        """
        waiting: list[Waiting] = []
        while self._waiting and len(self._waiting) != len(waiting):
            waiting, self._waiting = self._waiting, []
            for (register, tally), group in groupby(waiting, key=lambda each: each[:2]):
                for chunk in _chunks(group, CHUNK):
                    self._take(register, tally, [each.row for each in chunk])
        for each in self._waiting:
            self._refuse(each.tally, [each.problem])
        places = {sheet.title: at for at, sheet in enumerate(self._source.sheets())}
        self.summary.problems.sort(key=lambda problem: (places[problem.register], problem.row))

    def _count(self, tally: Tally, outcome: Outcome) -> None:
        tally.events += outcome.events
        if outcome.problem is not None:
            self._refuse(tally, [outcome.problem])
        elif not outcome.events:
            tally.unchanged += 1
        elif outcome.first_fact:
            tally.added += 1
        else:
            tally.completed += 1

    def _refuse(self, tally: Tally, problems: list[Problem]) -> None:
        tally.refused += 1
        self.summary.problems += problems


def _contradictions(rows: list[RegisterRow]) -> list[str]:
    """Dispositions whose measure the statistical index counts in another form than stated."""
    found = []
    for row in rows:
        measure, stated = row.values["measure"], row.values["form"]
        form = form_of_measure(measure, row.values["decided_on"]) if measure else None
        if form not in {None, stated}:
            found.append(f"《四种形态》第 {row.number} 行：{measure}属{form}，登记为{stated}")
    return found


def _in_order(register: Register, rows: Iterator[RegisterRow]) -> Iterator[RegisterRow]:
    """Rows as they stand; corrections by registration, since each starts from the one before."""
    if register.kind is not Kind.CORRECTION:
        return rows
    return iter(sorted(rows, key=_when_corrected))


def _when_corrected(row: RegisterRow) -> tuple[str, str]:
    return str(row.values["registered_on"]), str(row.values["number"])


def _chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
