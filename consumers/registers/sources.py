"""Where registers are read from: a folder of CSV files or one XLSX workbook."""

import csv
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from zipfile import BadZipFile

from openpyxl import load_workbook

from consumers.registers.cells import text
from consumers.registers.layout import BY_TITLE, REGISTERS

Row = list[Any]

#: Characters of the longest cell that is read at all; the ledger itself takes less.
LONGEST_CELL = 16 << 20


class NoRegistersError(ValueError):
    """There is nothing to read there; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One register as found: the first row is its headings; ``rows`` is about how many follow."""

    title: str
    rows: int
    path: Path


class Source(Protocol):
    """Registers at one place."""

    ignored: list[str]

    def sheets(self) -> list[Sheet]:
        """The registers found, in the order in which they are to be read."""

    def read(self, sheet: Sheet) -> Iterator[tuple[int, Row]]:
        """Row numbers (the headings are row 1) and cells, as a spreadsheet shows them."""


def open_source(path: Path) -> Source:
    """The registers at a path; NoRegistersError where there are none."""
    if path.is_dir():
        source: Source = CsvFolder(path)
    elif path.is_file() and path.suffix.lower() == ".xlsx":
        source = Workbook(path)
    elif path.exists():
        raise NoRegistersError(f"{path} 既不是文件夹，也不是 .xlsx 工作簿")
    else:
        raise NoRegistersError(f"{path} 不存在")
    if not source.sheets():
        names = "、".join(register.title for register in REGISTERS)
        raise NoRegistersError(f"{path} 中没有可识别的台账（应为：{names}）")
    return source


def encoding_of(path: Path) -> str:
    """utf-8-sig where the whole file is UTF-8, else gb18030; NoRegistersError where neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise NoRegistersError(f"{path.name} 既不是 UTF-8 也不是 GB 18030 编码")


class CsvFolder:
    """A folder of ``<register>.csv``, UTF-8 with or without BOM or GB 18030."""

    def __init__(self, folder: Path) -> None:
        files = {file.stem: file for file in folder.iterdir() if file.suffix.lower() == ".csv"}
        self._files = {title: files[title] for title in BY_TITLE if title in files}
        self._encodings = {title: encoding_of(file) for title, file in self._files.items()}
        self.ignored = sorted(file.name for stem, file in files.items() if stem not in BY_TITLE)

    def sheets(self) -> list[Sheet]:
        """The registers found, in the order in which they are to be read."""
        return [Sheet(title, _lines(file), file) for title, file in self._files.items()]

    def read(self, sheet: Sheet) -> Iterator[tuple[int, Row]]:
        """Row numbers and cells of one register."""
        csv.field_size_limit(LONGEST_CELL)
        with sheet.path.open(encoding=self._encodings[sheet.title], newline="") as file:
            yield from enumerate(csv.reader(file), start=1)


class Workbook:
    """One XLSX workbook with a sheet for each register."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with closing(load_workbook(path, read_only=True)) as book:
                names = {name.strip(): book[name].max_row or 0 for name in book.sheetnames}
        except (BadZipFile, KeyError, ValueError):
            raise NoRegistersError(f"{path.name} 不是可读的 .xlsx 工作簿") from None
        self._rows = {title: names[title] for title in BY_TITLE if title in names}
        self.ignored = sorted(names.keys() - self._rows.keys())

    def sheets(self) -> list[Sheet]:
        """The registers found, in the order in which they are to be read."""
        return [Sheet(title, max(rows - 1, 0), self._path) for title, rows in self._rows.items()]

    def read(self, sheet: Sheet) -> Iterator[tuple[int, Row]]:
        """Row numbers and cells of one register."""
        with closing(load_workbook(self._path, read_only=True, data_only=True)) as book:
            found = next(name for name in book.sheetnames if name.strip() == sheet.title)
            for number, row in enumerate(book[found].iter_rows(values_only=True), start=1):
                yield number, [text(cell) for cell in row]


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        count = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    return max(count - 1, 0)
