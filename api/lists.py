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

    @property
    def items(self) -> bytes:
        """The rows as a JSON array."""
        return orjson.dumps(self.rows)


@dataclass(frozen=True, slots=True)
class ReadyPage:
    """One page whose rows are a JSON array already: the database makes it."""

    items: bytes
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
        marks = ", ".join("?" * len(self.columns))
        clause.add(f"({self.names}) {'<' if self.falling else '>'} ({marks})", *key)

    @property
    def names(self) -> str:
        return ", ".join(_sorted(name, self.columns) for name in self.columns)


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


def page_of(service: Service, caller: Caller, columns: Columns, query: Paging) -> ReadyPage:
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
        clause = conditions(connection, caller, columns, query, cut)
        if place is not None:
            order.after(clause, place.key)
        page = f"FROM {columns.table} WHERE {clause} ORDER BY {order.clause}"
        told = columns.told(personal=caller.role.personal)
        statement = f"SELECT CAST(json_group_array({told}) AS BLOB) FROM (SELECT * {page} LIMIT ?)"  # noqa: S608 -- own
        [(items,)] = fetched(connection, statement, (*clause.values, query.limit))
        ends = f"SELECT {order.names} {page} LIMIT 2 OFFSET ?"
        last = fetched(connection, ends, (*clause.values, query.limit - 1))
    further = None
    if len(last) > 1:
        place = Place(position, query.as_of, last[0])
        further = write_cursor(service.secret, question, place)
    return ReadyPage(items, position, further)


def rows_of(page: ReadyPage) -> list[dict[str, Any]]:
    """The rows of a page."""
    rows: list[dict[str, Any]] = orjson.loads(page.items)
    return rows


def conditions(
    connection: Connection, caller: Caller, columns: Columns, query: Paging, cut: Cut
) -> Clause:
    """The rows asked for that the caller sees."""
    clause = Clause()
    clause.add("1 = 1")
    columns.ask(clause, query)
    restrict(clause, caller, columns.kind, caller.scope(connection, cut))
    return clause


def lines_of(service: Service, caller: Caller, columns: Columns, query: Paging) -> Iterator[bytes]:
    """Every row asked for as JSON Lines, read page by page at one moment."""
    told = columns.told(personal=caller.role.personal)
    order = _order(columns, getattr(query, "sort", None))
    tables = seen_tables(caller, columns.kind)
    with moment_of(service, query, None, tables) as (connection, cut, _):
        clause = conditions(connection, caller, columns, query, cut)
        page = clause
        while True:
            statement = (
                f"SELECT {told}, {order.names} FROM {columns.table} WHERE {page} "  # noqa: S608 -- own
                f"ORDER BY {order.clause} LIMIT ?"
            )
            found = fetched(connection, statement, (*page.values, _PAGE))
            if not found:
                return
            yield b"".join(row[0].encode() + b"\n" for row in found)
            page = Clause()
            page.add(str(clause), *clause.values)
            order.after(page, found[-1][1:])
