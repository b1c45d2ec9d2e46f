"""A board: named columns, a query for one page of rows, and where the next page begins."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection

from projections.figures import Clause

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows of a board: of organs, with these values, after a key.

    They are those of the connection's moment; ``on`` is the day by which deadlines are judged.
    ``organs`` are codes (None: all); ``values`` are columns with the value they must have;
    ``after`` the key of the last row of the page before; ``limit`` how many rows at most.
    """

    on: date
    organs: Sequence[str] | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    after: Sequence[str] | None = None
    limit: int = 100


class UnknownColumnError(LookupError):
    """The board has no such column to ask by."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name and official title."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Board:
    """One board; ``rows`` gives those that are wanted, in the order of ``key``.

    Columns ``told_only`` are worked out for the rows found, and so cannot be asked by.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Connection, Wanted], Iterator[Row]]
    told_only: frozenset[str] = frozenset()

    @property
    def asked_by(self) -> tuple[Column, ...]:
        """The columns that it can be asked by."""
        return tuple(column for column in self.columns if column.name not in self.told_only)

    def key_of(self, row: Row) -> tuple[str, ...]:
        """What tells a row apart, for the page after it."""
        names = [column.name for column in self.columns]
        return tuple(str(row[names.index(name)]) for name in self.key)


def clause_of(wanted: Wanted, columns: Sequence[str], key: Sequence[str], organ: str) -> Clause:
    """The conditions that a page asks for, over columns of one table.

    UnknownColumnError for a value asked of another column.
    """
    clause = Clause()
    clause.add("1 = 1")
    if wanted.organs is not None:
        clause.one_of(organ, wanted.organs)
    for name, value in wanted.values.items():
        if name not in columns:
            raise UnknownColumnError(name)
        # Compared as text, which a value is given as, whatever the column holds.
        clause.add(f'"{name}" = ?' if name in key else f'CAST("{name}" AS TEXT) = ?', value)
    if wanted.after is not None:
        names = ", ".join(f'"{name}"' for name in key)
        marks = ", ".join("?" * len(key))
        clause.add(f"({names}) > ({marks})", *wanted.after)
    return clause


def of_table(
    name: str, title: str, table: str, columns: Mapping[str, str], *, organ: str = "organ"
) -> Board:
    """A board that is a table of the read models, its first column the key; column -> title."""
    names = tuple(columns)
    key = names[:1]

    def rows(connection: Connection, wanted: Wanted) -> Iterator[Row]:
        clause = clause_of(wanted, names, key, organ)
        chosen = ", ".join(f'"{each}"' for each in names)
        statement = (
            f"SELECT {chosen} FROM {table} WHERE {clause} "  # noqa: S608 -- own names
            f'ORDER BY "{key[0]}" LIMIT ?'
        )
        yield from connection.exec_driver_sql(statement, (*clause.values, wanted.limit))

    return Board(name, title, tuple(Column(*each) for each in columns.items()), key, rows)
