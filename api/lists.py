"""Lists of a read model: one page as of any moment, by keyset, as JSON or CSV, or all as lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection

from api.admission import Caller, restrict, seen_tables
from api.columns import Columns, Paging
from api.cursors import Place, read_cursor, write_cursor
from api.moments import cut_of, moment_of, outdated
from api.problems import Problem
from api.service import Service
from projections.cuts import Cut
from projections.figures import Clause
from projections.moments import reached_query, reading_at
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
    cut = place.cut if place is not None else cut_of(service, query)
    tables = seen_tables(caller, columns.kind)
    # One statement is one view by itself; several need a transaction.
    alone = cut == Cut() and caller.organ is None
    engine = service.office.engine
    with engine.connect() if alone else reading_at(engine, cut, tables) as connection:
        if place is not None and outdated(service, place):
            raise Problem(410, "cursor_outdated", pointer="?cursor")
        clause = conditions(connection, caller, columns, query, cut)
        if place is not None:
            order.after(clause, place.key)
        told = columns.told(personal=caller.role.personal)
        statement = _page_statement(columns.table, told, order, clause, tables)
        values = (*clause.values, query.limit + 1, query.limit, query.limit, query.limit - 1)
        [(items, more, last, reached)] = fetched(connection, statement, values)
    position = place.position if place is not None else min(cut.at_position or reached, reached)
    further = None
    if more:
        key = tuple(orjson.loads(last))
        further = write_cursor(service.secret, question, Place(position, query.as_of, key))
    return ReadyPage(items, position, further)


def _page_statement(
    table: str, told: str, order: _Order, clause: Clause, tables: Iterable[str]
) -> str:
    """One row: the page as JSON, whether there is more, its last row's key, and the position."""
    found = f"SELECT * FROM {table} WHERE {clause} ORDER BY {order.clause} LIMIT ?"  # noqa: S608 -- own
    return (
        f"WITH found AS MATERIALIZED ({found}) SELECT "  # noqa: S608 -- own names
        f"(SELECT CAST(json_group_array({told}) AS BLOB) FROM (SELECT * FROM found LIMIT ?)), "
        "(SELECT COUNT(*) > ? FROM found), "
        f"(SELECT json_array({order.names}) FROM found LIMIT 1 OFFSET ?), "
        f"({reached_query(tables)})"
    )


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
