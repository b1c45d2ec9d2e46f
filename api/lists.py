"""Lists of a read model: one page as of any moment, by keyset, as JSON or CSV, or all as lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection

from api.admission import Caller, restrict, seen_tables
from api.columns import Columns, Paging
from api.cursors import Place, read_cursor, write_cursor
from api.moments import moment_of, outdated
from api.problems import Problem
from api.service import Service
from projections.cuts import Cut
from projections.figures import Clause
from projections.store import fetched

#: Rows read at a time for an export.
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its rows as told, the moment, and the cursor of the next page."""

    rows: list[dict[str, Any]]
    position: int
    next: str | None


@dataclass(frozen=True, slots=True)
class _Order:
    """What rows are sorted by: columns, ascending or all descending; the key comes last."""

    columns: tuple[str, ...]
    falling: bool

    @property
    def clause(self) -> str:
        way = "DESC" if self.falling else "ASC"
        return ", ".join(f"{_sorted(name, self.columns)} {way}" for name in self.columns)

    def after(self, clause: Clause, key: Sequence[Any]) -> None:
        names = ", ".join(_sorted(name, self.columns) for name in self.columns)
        marks = ", ".join("?" * len(self.columns))
        clause.add(f"({names}) {'<' if self.falling else '>'} ({marks})", *key)

    def key(self, row: Sequence[Any], names: Sequence[str]) -> tuple[Any, ...]:
        key = tuple(row[names.index(name)] for name in self.columns)
        return tuple("" if each is None else each for each in key)


def _sorted(name: str, columns: tuple[str, ...]) -> str:
    """A column to sort by; what is unknown comes first, as an empty text."""
    return f'"{name}"' if name == columns[-1] else f"COALESCE(\"{name}\", '')"


def _order(columns: Columns, sort: str | None) -> _Order:
    falling = sort is not None and sort.startswith("-")
    name = sort.lstrip("-") if sort is not None else columns.key
    return _Order(tuple(dict.fromkeys((name, columns.key))), falling)


def bound_to(name: str, caller: Caller, query: Paging) -> str:
    """What a cursor is bound to: the list, who asks, and the conditions, but not the place."""
    values = query.model_dump(mode="json", exclude={"cursor", "limit", "min_position"})
    said = {name: value for name, value in sorted(values.items()) if value is not None}
    who = (caller.role.name, caller.organ, caller.officer)
    return orjson.dumps((name, who, said)).decode()


def page_of(service: Service, caller: Caller, columns: Columns, query: Paging) -> Page:
    """The page that is asked for.

    Problem 400 for a cursor of another question, 410 where what a day's cursor reads has changed.
    """
    question = bound_to(columns.table, caller, query)
    place = read_cursor(service.secret, question, query.cursor) if query.cursor else None
    order = _order(columns, getattr(query, "sort", None))
    tables = seen_tables(caller, columns.kind)
    with moment_of(service, query, place, tables) as (connection, cut, position):
        if place is not None and outdated(service, place):
            raise Problem(410, "cursor_outdated", pointer="?cursor")
        key = place.key if place is not None else None
        clause = conditions(connection, caller, columns, query, cut)
        found = _rows(connection, columns, clause, order, key, query.limit + 1)
    read = columns.reader(personal=caller.role.personal)
    rows = [read(row) for row in found[: query.limit]]
    if len(found) <= query.limit:
        return Page(rows, position, None)
    last = order.key(found[query.limit - 1], tuple(columns.types))
    further = Place(position, query.as_of, last)
    return Page(rows, position, write_cursor(service.secret, question, further))


def conditions(
    connection: Connection, caller: Caller, columns: Columns, query: Paging, cut: Cut
) -> Clause:
    """The rows asked for that the caller sees."""
    clause = Clause()
    clause.add("1 = 1")
    columns.ask(clause, query)
    restrict(clause, caller, columns.kind, caller.scope(connection, cut))
    return clause


def _rows(
    connection: Connection,
    columns: Columns,
    clause: Clause,
    order: _Order,
    key: Sequence[Any] | None,
    limit: int,
) -> list[Any]:
    page = Clause()
    page.add(str(clause), *clause.values)
    if key is not None:
        order.after(page, key)
    names = ", ".join(f'"{name}"' for name in columns.types)
    statement = (
        f"SELECT {names} FROM {columns.table} WHERE {page} "  # noqa: S608 -- own names
        f"ORDER BY {order.clause} LIMIT ?"
    )
    return fetched(connection, statement, (*page.values, limit))


def lines_of(service: Service, caller: Caller, columns: Columns, query: Paging) -> Iterator[bytes]:
    """Every row asked for as JSON Lines, read page by page at one moment."""
    read = columns.reader(personal=caller.role.personal)
    order = _order(columns, getattr(query, "sort", None))
    key: tuple[Any, ...] | None = None
    tables = seen_tables(caller, columns.kind)
    with moment_of(service, query, None, tables) as (connection, cut, _):
        clause = conditions(connection, caller, columns, query, cut)
        while found := _rows(connection, columns, clause, order, key, _PAGE):
            yield b"".join(orjson.dumps(read(row)) + b"\n" for row in found)
            key = order.key(found[-1], tuple(columns.types))
