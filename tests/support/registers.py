"""Register sets as a clerk rearranges them: read, changed, and written as CSV or as a workbook."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from re import fullmatch

from openpyxl import Workbook

EXAMPLES = Path(__file__).parents[2] / "examples"

#: Registers whose key takes the first two columns.
_TWO_COLUMNS = {"线索处置"}


@dataclass
class Register:
    """One register: its title, its headings, and the cells of its rows."""

    title: str
    headings: list[str]
    rows: list[list[str]]

    def add(self, *more: str, **cells: str) -> int:
        """Add a row with these cells, the rest empty; returns its row number."""
        assert cells.keys() <= set(self.headings), cells.keys() - set(self.headings)
        self.rows.append([*(cells.get(heading, "") for heading in self.headings), *more])
        return len(self.rows) + 1

    def add_like(self, key: str, **cells: str) -> int:
        """Add a row like that of a key but for these cells; returns its row number."""
        return self.add(**(self.row(key) | cells))

    def at(self, key: str) -> list[str]:
        """The cells of the row with a key (线索处置: 线索编号+处置日期)."""
        width = 2 if self.title in _TWO_COLUMNS else 1
        return next(row for row in self.rows if "+".join(row[:width]) == key)

    def row(self, key: str) -> dict[str, str]:
        """The row with a key, by heading."""
        return dict(zip(self.headings, self.at(key), strict=True))

    def put(self, key: str, heading: str, value: str) -> str:
        """Write a value in a cell; returns what it held."""
        at = self.headings.index(heading)
        row = self.at(key)
        was, row[at] = row[at], value
        return was

    def records(self) -> Iterator[dict[str, str]]:
        """Every row by heading."""
        return (dict(zip(self.headings, row, strict=True)) for row in self.rows)

    def number_of(self, key: str) -> int:
        """The row number of a key, as a spreadsheet shows it."""
        return self.rows.index(self.at(key)) + 2

    def shuffled(self, chance: Random) -> "Register":
        """The same rows, rows and columns in another order."""
        order = chance.sample(range(len(self.headings)), len(self.headings))
        rows = chance.sample(self.rows, len(self.rows))
        headings = [self.headings[at] for at in order]
        return replace(self, headings=headings, rows=[[row[at] for at in order] for row in rows])


Registers = dict[str, Register]


def read_registers(name: str) -> Registers:
    """The registers of an example set by title."""
    registers = {}
    for path in sorted((EXAMPLES / name).glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            headings, *rows = csv.reader(file)
        registers[path.stem] = Register(path.stem, headings, rows)
    return registers


def write_folder(folder: Path, registers: Registers, encoding: str = "utf-8-sig") -> Path:
    """Write registers as a folder of CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for register in registers.values():
        path = folder / f"{register.title}.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([register.headings, *register.rows])
    return folder


def write_workbook(path: Path, registers: Registers) -> Path:
    """Write registers as one workbook: dates and counts as true cells, in odd rows as text."""
    book = Workbook(write_only=True)
    for register in registers.values():
        sheet = book.create_sheet(register.title)
        sheet.append(register.headings)
        for number, row in enumerate(register.rows):
            sheet.append([cell or None if number % 2 else _true_cell(cell) for cell in row])
    book.save(path)
    book.close()
    return path


def _true_cell(cell: str) -> str | int | date | None:
    if fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return date.fromisoformat(cell)
    return int(cell) if fullmatch(r"[1-9]\d{0,3}|0", cell) else cell or None
