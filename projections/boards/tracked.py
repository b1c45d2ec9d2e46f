"""Boards that follow matters up: stage, next deadline and whether it is overdue on a day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection
from sqlalchemy import Row as Found

from domain.lifecycle import Lifecycle
from domain.streams import stream_name
from projections.boards.board import Board, Column, Row, UnknownColumnError, Wanted, clause_of
from projections.deadlines import Asked, Deadline, Standing, deadlines

#: What every such board adds to the columns of its table.
COMPUTED = {
    "stage": "阶段",
    "next_due_on": "最近期限",
    "due_of": "期限事项",
    "days_left": "剩余天数",
    "overdue": "逾期",
}
#: An organ's matters where the table names only a unit: those of the commission's region.
OF_REGION = (
    "(SELECT code FROM units WHERE region IN (SELECT region FROM organs "
    "WHERE type = '纪委监委' AND code IN ({marks})))"
)


@dataclass(frozen=True, slots=True)
class Tracked:
    """A table of current state followed up; ``organ`` or ``unit`` says whose a row is.

    ``columns`` are the table's, the first its key; ``rules`` the terms that count; ``where`` a
    condition that every row meets.
    """

    table: str
    lifecycle: Lifecycle
    columns: Mapping[str, str]
    rules: tuple[str, ...]
    organ: str | None = None
    unit: str | None = None
    where: str = "1 = 1"

    def board(self, name: str, title: str) -> Board:
        """The board."""
        columns = {**self.columns, **COMPUTED}
        key = (next(iter(self.columns)),)
        return Board(name, title, tuple(Column(*each) for each in columns.items()), key, self._rows)

    def _rows(self, connection: Connection, wanted: Wanted) -> Iterator[Row]:
        unknown = wanted.values.keys() - self.columns.keys() - COMPUTED.keys()
        if unknown:
            raise UnknownColumnError(min(unknown))
        computed = {n: value for n, value in wanted.values.items() if n in COMPUTED}
        own = {n: value for n, value in wanted.values.items() if n not in COMPUTED}
        page, left = replace(wanted, values=own), wanted.limit
        while left > 0:
            found = self._found(connection, page)
            for row in self._completed(connection, found, wanted):
                said = dict(zip((*self.columns, *COMPUTED), row, strict=True))
                if left > 0 and all(str(said[n]) == value for n, value in computed.items()):
                    left -= 1
                    yield row
            if len(found) < page.limit:
                return
            page = replace(page, after=(str(getattr(found[-1], next(iter(self.columns)))),))

    def _found(self, connection: Connection, page: Wanted) -> list[Found[Any]]:
        key = next(iter(self.columns))
        asked = page if self.organ is not None else replace(page, organs=None)
        clause = clause_of(asked, tuple(self.columns), (key,), self.organ or "")
        clause.add("registered_on <= ?", page.on.isoformat())
        if self.organ is None and page.organs is not None:
            marks = ",".join("?" * len(page.organs))
            clause.add(f"{self.unit} IN {OF_REGION.format(marks=marks)}", *page.organs)
        statement = (
            f"SELECT * FROM {self.table} WHERE {clause} AND {self.where} "  # noqa: S608 -- own names
            f'ORDER BY "{key}" LIMIT ?'
        )
        rows = connection.exec_driver_sql(statement, (*clause.values, page.limit))
        return list(rows)

    def _completed(
        self, connection: Connection, found: Iterable[Found[Any]], wanted: Wanted
    ) -> Iterator[tuple[Any, ...]]:
        rows = list(found)
        key, kind = next(iter(self.columns)), self.lifecycle.kind
        streams = tuple(stream_name(kind, getattr(row, key)) for row in rows)
        due: dict[str, list[Deadline]] = defaultdict(list)
        for each in deadlines(connection, Asked(wanted.on, rules=self.rules, streams=streams)):
            due[each.stream].append(each)
        for row, stream in zip(rows, streams, strict=True):
            own = (getattr(row, name) for name in self.columns)
            stage = self.lifecycle.stages[self.lifecycle.stage(row)]
            yield (*own, stage, *_next(due[stream]))


def _next(due: list[Deadline]) -> tuple[str | None, str | None, int | None, str]:
    """The deadline that comes first, whose it is, the days left, and whether any is overdue."""
    dated = [each for each in due if each.due_on is not None]
    if not dated:
        return None, None, None, "否"
    first = min(dated, key=lambda each: (str(each.due_on), each.rule, each.item))
    overdue = any(each.standing is Standing.OVERDUE for each in due)
    what = f"{first.title}（第{first.item}条）" if first.item else first.title
    return str(first.due_on), what, first.days_left, "是" if overdue else "否"
