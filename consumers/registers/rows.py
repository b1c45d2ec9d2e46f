"""One row of a register, read: its values, what is wrong with it, and the acts it tells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from consumers.registers.cells import BadCellError
from consumers.registers.columns import REGISTERED, Register
from consumers.registers.layout import BY_TITLE
from consumers.registers.problems import Problem
from domain.corrections.decisions import CorrectRecord
from domain.corrections.values import show
from domain.fields import field_index
from domain.streams import Kind, derived_id
from ledger.canonical import digest


class Told(NamedTuple):
    """One act that a row tells, its command id, and when the fact counts as registered."""

    command: Any
    command_id: str
    registered_on: date | None
    digest: bytes


def tell(command: Any, key: str, registered_on: date | None) -> Told:
    """An act of a row: its command id follows from the row's key, so that it happens once."""
    made = digest(command, registered_on)
    return Told(command, derived_id(f"import|{key}"), registered_on, made)


@dataclass(slots=True)
class RegisterRow:
    """One row as read; ``key`` is its key as text, empty while the row has problems."""

    number: int
    cells: Sequence[Any]
    places: dict[str, int]
    values: dict[str, Any]
    problems: list[Problem]
    key: str = ""
    told: tuple[Told, ...] = ()

    def problem(self, register: Register, column: str, reason: str, code: str) -> Problem:
        """A problem of this row at a column."""
        at = self.places.get(column, len(self.cells))
        value = str(self.cells[at] or "").strip() if at < len(self.cells) else ""
        return Problem(register.title, self.number, column, value, reason, code)


class RowReader:
    """Reads the rows of one register under its headings, in whatever order they stand."""

    def __init__(self, register: Register, headings: Sequence[str | None]) -> None:
        self.register = register
        named = [(heading or "").strip() for heading in headings]
        columns = register.by_heading
        self._places = [
            (at, columns[h], columns[h].field, columns[h].read)
            for at, h in enumerate(named)
            if h in columns
        ]
        self._headings = {column.heading: at for at, column, *_ in self._places}
        self._width = len(named)
        present = self._headings.keys()
        self.unknown = [heading for heading in named if heading and heading not in columns]
        self.missing = [
            c.heading for c in register.columns if c.required and c.heading not in present
        ]
        self.doubled = sorted({h for h in present if named.count(h) > 1})
        self._names = field_index(register.first).names
        self._later = [(each, field_index(each.command).names) for each in register.later]
        self._empty = {column.field: None for column in register.columns}
        if "persons" in self._empty:
            self._empty["persons"] = ()  # type: ignore[assignment]  # no person named is not unknown

    def read(self, number: int, cells: Sequence[Any]) -> RegisterRow:
        """Read one row; a row with problems tells no acts."""
        values = self._empty.copy()
        row = RegisterRow(number, cells, self._headings, values, [])
        width = len(cells)
        for at, column, field, read in self._places:
            cell = cells[at].strip() if at < width and cells[at] else ""
            if cell:
                try:
                    values[field] = read(cell)
                except BadCellError as error:
                    row.problems.append(self._bad(row, column.heading, str(error), "bad_cell"))
            elif column.required:
                row.problems.append(self._bad(row, column.heading, "不能为空", "required"))
        if width > self._width and any(cells[self._width :]):
            reason = f"第 {self._width} 列之后还有内容，该行可能错位"
            row.problems.append(self._bad(row, "", reason, "too_wide"))
        if not row.problems:
            row.key = "+".join([str(values[field]) for field in self.register.key])
            row.told = self._told(row)
        return row

    def _bad(self, row: RegisterRow, column: str, reason: str, code: str) -> Problem:
        return row.problem(self.register, column, reason, code)

    def _told(self, row: RegisterRow) -> tuple[Told, ...]:
        if self.register.kind is Kind.CORRECTION:
            return self._correction(row)
        values = row.values
        registered_on = values.get("registered_on")
        stem = f"{self.register.title}|{row.key}"
        first = self.register.first(**{name: values.get(name) for name in self._names})
        later = self._later_acts(values, registered_on, stem)
        return (tell(first, stem, registered_on), *later)

    def _later_acts(
        self, values: dict[str, Any], registered_on: date | None, stem: str
    ) -> Iterator[Told]:
        for later, names in self._later:
            if values.get(later.on) is None and all(values[field] is None for field in later.also):
                continue
            on = values.get(later.on) or _first_known(values, later.dates)
            command = later.command(**{name: values.get(name) for name in names} | {later.on: on})
            registered = None if on is not None else registered_on or self._own_date(values)
            act = later.command.__name__
            yield tell(command, f"{stem}|{act}", registered)

    def _own_date(self, values: dict[str, Any]) -> date | None:
        own: date | None = values[self.register.own_date] if self.register.own_date else None
        return own

    def _correction(self, row: RegisterRow) -> tuple[Told, ...]:
        values = row.values
        register = BY_TITLE.get(values["register"])
        if register is None or register.kind is Kind.CORRECTION:
            row.problems.append(self._bad(row, "对象", "不是可更正的台账", "unknown_code"))
            return ()
        column = register.by_heading.get(values["field"])
        if column is None or column.heading == REGISTERED:
            reason = "登记日期不可更正" if column else f"不是《{register.title}》台账的列"
            row.problems.append(self._bad(row, "字段", reason, "not_correctable"))
            return ()
        target, item = self._target(row, register)
        stated: dict[str, str | None] = {}
        for heading, field in (("原值", "was"), ("新值", "now")):
            try:
                cell = values[field]
                stated[field] = show(column.read(cell)) if cell is not None else None
            except BadCellError as error:
                row.problems.append(self._bad(row, heading, str(error), "bad_cell"))
        if row.problems:
            return ()
        command = CorrectRecord(
            number=values["number"],
            kind=register.kind.value,
            target=target,
            item=item,
            field=column.field,
            basis=values["basis"],
            was=stated["was"],
            now=stated["now"],
        )
        return (tell(command, f"更正|{command.number}", values["registered_on"]),)

    def _target(self, row: RegisterRow, register: Register) -> tuple[str, date | None]:
        """The number a correction is about, and for 线索处置 (线索编号+处置日期) the day."""
        target: str = row.values["target"]
        if len(register.key) == 1:
            return target, None
        number, _, day = target.rpartition("+")
        try:
            item: date = register.by_heading["处置日期"].read(day)
        except BadCellError:
            reason = "应为“线索编号+处置日期”，如 XS202000001+2020-06-14"
            row.problems.append(self._bad(row, "对象编号", reason, "bad_cell"))
            return target, None
        return number, item


def _first_known(values: dict[str, Any], fields: tuple[str, ...]) -> Any:
    return next((values[field] for field in fields if values[field] is not None), None)
