"""Joint work by organ: what each led and what it helped with; a matter counts for its leader."""

from collections.abc import Iterator

from sqlalchemy import Connection

from projections.boards.board import Board, Column, Row, Wanted, clause_of

LEADS, HELPS = "主办", "协办"

#: One row for each organ in each joint work; ``helpers`` is split at its separator. The empty text
#: that it begins with is of a column, so that it is compared as columns are.
_TAKING_PART = f"""
WITH RECURSIVE split(number, organ, rest) AS (
    SELECT number, substr(number, 1, 0), helpers || ';' FROM joint_works
    UNION ALL
    SELECT number, substr(rest, 1, instr(rest, ';') - 1), substr(rest, instr(rest, ';') + 1)
    FROM split WHERE rest <> ''),
part(number, organ, role) AS (
    SELECT number, organ, '{LEADS}' FROM joint_works
    UNION ALL
    SELECT number, organ, '{HELPS}' FROM split WHERE organ <> ''),
taken AS (
    SELECT p.organ, p.role, j.number, j."case", j.lead, j."check", j.organ AS leader,
        j.agreed_on, j.ended_on
    FROM part p JOIN joint_works j ON j.number = p.number)
"""  # noqa: S608 -- own names

_COLUMNS = {
    "organ": "机构",
    "number": "联合办案编号",
    "role": "主办或协办",
    "case": "案件编号",
    "lead": "线索编号",
    "check": "监督编号",
    "leader": "主办单位",
    "agreed_on": "议定日期",
    "ended_on": "结束日期",
}
_COUNTS = {"organ": "机构", "led": "主办", "helped": "协办", "running": "进行中"}


def _rows(connection: Connection, wanted: Wanted) -> Iterator[Row]:
    clause = clause_of(wanted, tuple(_COLUMNS), ("organ", "number"), "organ")
    chosen = ", ".join(f'"{each}"' for each in _COLUMNS)
    statement = (
        f"{_TAKING_PART} SELECT {chosen} FROM taken WHERE {clause} "  # noqa: S608 -- own names
        "ORDER BY organ, number LIMIT ?"
    )
    yield from connection.exec_driver_sql(statement, (*clause.values, wanted.limit))


def _counts(connection: Connection, wanted: Wanted) -> Iterator[Row]:
    """Distinct matters that an organ led and helped with; several agreements on one count once."""
    clause = clause_of(wanted, tuple(_COUNTS), ("organ",), "organ")
    matter = "COALESCE('case:' || \"case\", 'lead:' || lead, 'check:' || \"check\")"
    statement = f"""{_TAKING_PART}, counted AS (
        SELECT organ,
            COUNT(DISTINCT CASE WHEN role = '{LEADS}' THEN {matter} END) AS led,
            COUNT(DISTINCT CASE WHEN role = '{HELPS}' THEN {matter} END) AS helped,
            COUNT(DISTINCT CASE WHEN ended_on IS NULL THEN {matter} END) AS running
        FROM taken GROUP BY organ)
        SELECT organ, led, helped, running FROM counted
        WHERE {clause} ORDER BY organ LIMIT ?"""  # noqa: S608 -- own names
    yield from connection.exec_driver_sql(statement, (*clause.values, wanted.limit))


BOARDS = (
    Board(
        "joint_work",
        "联合办案台账",
        tuple(Column(*each) for each in _COLUMNS.items()),
        ("organ", "number"),
        _rows,
    ),
    Board(
        "joint_work_by_organ",
        "各单位联合办案情况",
        tuple(Column(*each) for each in _COUNTS.items()),
        ("organ",),
        _counts,
    ),
)
