"""Boards of the four forms: admonitions still in effect, and handlings that are counted twice."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from domain.dispositions.measures import admonished_until
from projections.boards.board import Board, Column, Row, Wanted, clause_of, of_table
from projections.figures import Clause

ADMONITIONS = {
    "number": "处置编号",
    "organ": "机构",
    "person": "人员编号",
    "lead": "线索编号",
    "decided_on": "决定日期",
}
TWICE = {
    "lead": "线索编号",
    "person": "人员编号",
    "organ": "机构",
    "first": "处置编号",
    "last": "另一处置编号",
    "times": "人次",
}
#: Made by a day, and on that day neither replaced nor withdrawn.
_STANDING = (
    "decided_on <= ? AND (replaced_on IS NULL OR replaced_on > ?) "
    "AND (withdrawn_on IS NULL OR withdrawn_on > ?)"
)


def _standing(clause: Clause, on: date) -> None:
    clause.add(_STANDING, *(on.isoformat(),) * 3)


def _admonitions(connection: Connection, wanted: Wanted) -> Iterator[Row]:
    clause = clause_of(wanted, [*ADMONITIONS], ("number",), "organ")
    _standing(clause, wanted.on)
    chosen = ", ".join(f'"{name}"' for name in ADMONITIONS)
    found = connection.exec_driver_sql(
        f"SELECT {chosen}, measure, measures FROM dispositions "  # noqa: S608 -- own names
        f"WHERE {clause} ORDER BY number",
        tuple(clause.values),
    )
    left = wanted.limit
    for *said, measure, measures in found:
        given = tuple(filter(None, (measure or "", *(measures or "").split(";"))))
        until = admonished_until(given, date.fromisoformat(said[-1]))
        if until is not None and wanted.on < until and left > 0:
            left -= 1
            yield (*said, until.isoformat())


def _twice(connection: Connection, wanted: Wanted) -> Iterator[Row]:
    clause = clause_of(wanted, ("lead", "person", "organ"), ("lead", "person"), "organ")
    _standing(clause, wanted.on)
    clause.add("lead IS NOT NULL")
    statement = (
        "SELECT lead, person, MIN(organ), MIN(number), MAX(number), COUNT(*) "  # noqa: S608 -- own
        f"FROM dispositions WHERE {clause} GROUP BY lead, person HAVING COUNT(*) > 1 "
        "ORDER BY lead, person LIMIT ?"
    )
    yield from connection.exec_driver_sql(statement, (*clause.values, wanted.limit))


BOARDS = (
    Board(
        "admonitions",
        "诫勉影响期台账",
        tuple(Column(*each) for each in (ADMONITIONS | {"until": "期满日期"}).items()),
        ("number",),
        _admonitions,
        frozenset({"until"}),
    ),
    Board(
        "dispositions_twice",
        "同一线索同一人重复计入提示",
        tuple(Column(*each) for each in TWICE.items()),
        ("lead", "person"),
        _twice,
        frozenset({"first", "last", "times"}),
    ),
    of_table(
        "other_dispositions",
        "其他机关处置台账",
        "other_dispositions",
        {
            "number": "编号",
            "organ": "机构",
            "person": "人员编号",
            "lead": "线索编号",
            "applied_by": "实施主体",
            "body": "实施单位",
            "measures": "措施",
            "decided_on": "决定日期",
            "struck_on": "注销日期",
        },
    ),
)
