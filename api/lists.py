"""Lists of a read model: one page as of any moment, by keyset, as JSON or CSV, or all as lines."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection

from api.admission import Caller, restrict, seen_tables
from api.answers import tag_of
from api.columns import Columns, Paging
from api.cursors import Place, read_cursor, write_cursor
from api.moments import cut_of, moment_of, outdated
from api.problems import Problem
from api.rows import Source, ToldRows, Version, telling
from api.service import Service
from projections.cuts import Cut
from projections.figures import Clause
from projections.moments import named_at, reached_query
from projections.store import fetched, of_server, reading

#: Below every number of a row.
_LEAST = -(2**53)
#: Rows read at a time for an export.
_PAGE = 1000
#: How a page's rows become one JSON array of arrays.
_IN_FILE = "json_group_array(json_array({}))"
_ON_SERVER = "COALESCE(json_agg(json_build_array({})), '[]')::text"
View = Callable[[], AbstractContextManager[Connection]]
#: What a query says of the place of its page, and of when it is told.
_UNBOUND = frozenset({"cursor", "limit", "min_position"})


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

    @property
    def tag(self) -> str:
        """The entity tag of the rows."""
        return f"W/{tag_of(self.items)}"


@dataclass(frozen=True, slots=True)
class ReadyPage:
    """One page whose rows are a JSON array already, tagged by their versions."""

    items: bytes
    tag: str
    position: int
    next: str | None


@dataclass(frozen=True, slots=True)
class _Order:
    """What rows are sorted by: columns, ascending or all descending; the key comes last."""

    columns: tuple[str, ...]
    falling: bool
    numbers: frozenset[str]

    @property
    def clause(self) -> str:
        way = "DESC" if self.falling else "ASC"
        return ", ".join(f"{self._sorted(name)} {way}" for name in self.columns)

    def after(self, clause: Clause, key: Sequence[Any]) -> None:
        marks = ", ".join("?" * len(self.columns))
        clause.add(f"({self.names}) {'<' if self.falling else '>'} ({marks})", *key)

    @property
    def names(self) -> str:
        return ", ".join(map(self._sorted, self.columns))

    @property
    def selected(self) -> str:
        """The values of a place, under the names that :attr:`aliases` has."""
        return ", ".join(f"{self._sorted(n)} AS place_{n}" for n in self.columns)

    @property
    def aliases(self) -> str:
        return ", ".join(f"place_{name}" for name in self.columns)

    def _sorted(self, name: str) -> str:
        """A column to sort by; what is unknown comes first, as empty text or the least number."""
        if name == self.columns[-1]:
            return f'"{name}"'
        least = _LEAST if name in self.numbers else "''"
        return f'COALESCE("{name}", {least})'


def _order(columns: Columns, sort: str | None) -> _Order:
    falling = sort is not None and sort.startswith("-")
    name = sort.lstrip("-") if sort is not None else columns.key
    sorted_by = tuple(dict.fromkeys((name, columns.key)))
    numbers = frozenset(each for each in sorted_by if columns.types[each] in {int, bool})
    return _Order(sorted_by, falling, numbers)


def bound_to(name: str, caller: Caller, query: Paging) -> str:
    """What a cursor is bound to: the list, who asks, and the conditions, but not the place."""
    asked = sorted(query.model_fields_set - _UNBOUND)
    said = {name: value for name in asked if (value := getattr(query, name)) is not None}
    who = (caller.role.name, caller.organ, caller.officer)
    return orjson.dumps((name, who, said)).decode()


def page_of(
    service: Service, caller: Caller, columns: Columns, query: Paging, view: View | None = None
) -> ReadyPage:
    """The page that is asked for, read in a view of the read models.

    Problem 400 for a cursor of another question, 410 where what a day's cursor reads has changed.
    """
    question = bound_to(columns.table, caller, query)
    place = read_cursor(service.secret, question, query.cursor) if query.cursor else None
    order = _order(columns, getattr(query, "sort", None))
    cut = place.cut if place is not None else cut_of(service, query)
    tables, personal = seen_tables(caller, columns.kind), caller.role.personal
    with view() if view is not None else reading(service.office.engine) as connection:
        if place is not None and outdated(service, place):
            raise Problem(410, "cursor_outdated", pointer="?cursor")
        clause = conditions(connection, caller, columns, query, cut)
        if place is not None:
            order.after(clause, place.key)
        at_cut = named_at(cut, tables)
        gather = _ON_SERVER if of_server(connection) else _IN_FILE
        statement = _page_statement(columns, order, clause, at_cut, tables, gather)
        [(found, reached, generation)] = fetched(
            connection, statement, (*clause.values, query.limit + 1)
        )
        keys = orjson.loads(found)
        source = Source(columns.table, generation, personal)
        versions = [(each[0], each[1], each[2]) for each in keys[: query.limit]]
        rows = _told(service.rows, source, connection, columns, versions, at_cut)
    position = place.position if place is not None else min(cut.at_position or reached, reached)
    further = None
    if len(keys) > query.limit:
        key = tuple(keys[query.limit - 1][3:])
        further = write_cursor(service.secret, question, Place(position, query.as_of, key))
    tag = f"W/{tag_of(orjson.dumps((columns.table, generation, personal, found)))}"
    return ReadyPage(b"[%b]" % b",".join(rows), tag, position, further)


def _page_statement(
    columns: Columns, order: _Order, clause: Clause, at_cut: str, tables: Iterable[str], gather: str
) -> str:
    """One row: version and place of each row of the page, how far and how the table was built.

    They are one value, since the driver hands over the interpreter at every row.
    """
    version = f'"{columns.key}", position, known_on'
    listed = f"SELECT {version}, {order.selected} FROM {columns.table} WHERE {clause} "  # noqa: S608 -- own
    return (
        f"{at_cut}SELECT (SELECT {gather.format(f'{version}, {order.aliases}')} "  # noqa: S608
        f"FROM ({listed} ORDER BY {order.clause} LIMIT ?) AS page), ({reached_query(tables)}), "
        f"(SELECT generation FROM followers WHERE name = '{columns.table}')"
    )


def _told(
    known: ToldRows,
    source: Source,
    connection: Connection,
    columns: Columns,
    versions: Sequence[Version],
    at_cut: str,
) -> list[bytes]:
    """Each version as JSON, those told before from memory."""
    rows = known.of(source, versions)
    told = [row for row in rows if row is not None]
    if len(told) == len(rows):
        return told
    missing = [key for (key, _, _), row in zip(versions, rows, strict=True) if row is None]
    how = telling(columns, personal=source.personal)
    marks = ",".join("?" * len(missing))
    statement = (
        f'{at_cut}SELECT "{columns.key}", position, known_on, {how.names} '  # noqa: S608 -- own
        f'FROM {columns.table} WHERE "{columns.key}" IN ({marks})'
    )
    found = fetched(connection, statement, missing)
    fresh = {(row[0], row[1], row[2]): how.json(row[3:]) for row in found}
    known.keep(source, fresh)
    return [row or fresh[version] for version, row in zip(versions, rows, strict=True)]


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
    how = telling(columns, personal=caller.role.personal)
    order = _order(columns, getattr(query, "sort", None))
    tables, width = seen_tables(caller, columns.kind), len(how.columns)
    with moment_of(service, query, None, tables) as (connection, cut, _):
        clause = conditions(connection, caller, columns, query, cut)
        page = clause
        while True:
            statement = (
                f"SELECT {how.names}, {order.names} FROM {columns.table} WHERE {page} "  # noqa: S608 -- own
                f"ORDER BY {order.clause} LIMIT ?"
            )
            found = fetched(connection, statement, (*page.values, _PAGE))
            if not found:
                return
            yield b"".join(how.json(row[:width]) + b"\n" for row in found)
            page = Clause()
            page.add(str(clause), *clause.values)
            order.after(page, found[-1][width:])
