"""What a register is made of: columns, a key, a first fact and later ones."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from consumers.registers import cells
from domain.streams import Kind

REGISTERED = "登记日期"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the field it fills, how a cell is read, whether it must be."""

    heading: str
    field: str
    read: Callable[[str], Any] = cells.read_text
    required: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """A later fact of a row, told where its own date ``on`` or anything in ``also`` is known.

    Where the register has no column for that date, the first known of ``dates`` stands for it.
    """

    command: type
    on: str
    also: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Register:
    """One register: its columns, its key, its first fact and its later ones."""

    title: str
    kind: Kind
    first: type
    columns: tuple[Column, ...]
    later: tuple[Later, ...] = ()
    key: tuple[str, ...] = ("number",)

    @cached_property
    def by_heading(self) -> dict[str, Column]:
        """Columns by heading."""
        return {column.heading: column for column in self.columns}

    @cached_property
    def own_date(self) -> str | None:
        """The field of the first fact's own date."""
        days = (c.field for c in self.columns if c.read is cells.read_day and c.required)
        return next(days, None)

    @cached_property
    def headings(self) -> dict[str, str]:
        """Headings by field."""
        return {column.field: column.heading for column in self.columns}


def key(heading: str, field: str = "number") -> Column:
    """The column of an official number."""
    return Column(heading, field, required=True)


def must(heading: str, field: str) -> Column:
    """A column of text that must be filled."""
    return Column(heading, field, required=True)


def day(heading: str, field: str, *, required: bool = False) -> Column:
    """A column of dates."""
    return Column(heading, field, cells.read_day, required)


def registered() -> Column:
    """登记日期."""
    return day(REGISTERED, "registered_on")
