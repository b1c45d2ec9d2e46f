"""Measures as a list: which are in force, until when, and what is still owed to the person."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection

from domain.measures.kinds import measure_kinds
from domain.measures.stages import LIFECYCLE
from projections.boards.board import Board, Column, Row, Wanted, clause_of

_LASTING = ", ".join(f"'{kind.name}'" for kind in measure_kinds().values() if kind.lasting)

#: The stage of a measure in the columns of its current state, as ``stage_of`` reads it.
STAGE = f"""CASE
    WHEN changed_on IS NOT NULL THEN 'changed'
    WHEN lifted_on IS NOT NULL THEN 'lifted'
    WHEN carried_out_on IS NULL THEN 'approved'
    WHEN kind IN ({_LASTING}) THEN 'in_force'
    ELSE 'done' END"""

_COLUMNS = {
    "number": "措施编号",
    "kind": "措施",
    "organ": "机构",
    "stage": "状态",
    "case": "案件编号",
    "lead": "线索编号",
    "person": "人员编号",
    "approver": "批准",
    "approving_organ": "批准机关",
    "approved_on": "批准日期",
    "carried_out_on": "执行日期",
    "carried_out_at": "执行时刻",
    "until": "期限至",
    "until_at": "时刻至",
    "extensions": "延长次数",
    "notified_at": "通知时刻",
    "obstacle": "暂不通知事由",
    "delivered_at": "送留置场所",
    "recorded_on": "备案",
    "irrelevant_on": "查明无关",
    "lifted_on": "解除",
    "changed_on": "变更",
    "successor": "变更后措施",
}
_TITLES = {title: stage for stage, title in LIFECYCLE.stages.items()}


def _rows(connection: Connection, wanted: Wanted) -> Iterator[Row]:
    stage = wanted.values.get("stage")
    if stage is not None:
        wanted = replace(wanted, values={**wanted.values, "stage": _TITLES.get(stage, stage)})
    clause = clause_of(wanted, tuple(_COLUMNS), ("number",), "organ")
    chosen = ", ".join(f'"{each}"' for each in _COLUMNS)
    statement = (
        f"SELECT {chosen} FROM (SELECT *, {STAGE} AS stage FROM measures) AS m "  # noqa: S608 -- own
        f'WHERE {clause} ORDER BY "number" LIMIT ?'
    )
    at = list(_COLUMNS).index("stage")
    for row in connection.exec_driver_sql(statement, (*clause.values, wanted.limit)):
        yield (*row[:at], LIFECYCLE.stages[row[at]], *row[at + 1 :])


_USE = {
    "organ": "机构",
    "kind": "措施",
    "approved": "批准",
    "carried_out": "执行",
    "extended": "延长过",
    "in_force": "执行中",
    "past_term": "超过期限未解除",
}


def _use(connection: Connection, wanted: Wanted) -> Iterator[Row]:
    """How often each organ used each measure, and how many are past their term on the day."""
    clause = clause_of(wanted, tuple(_USE), ("organ", "kind"), "organ")
    statement = f"""WITH used AS (
        SELECT organ, kind, COUNT(*) AS approved, COUNT(carried_out_on) AS carried_out,
            COUNT(*) FILTER (WHERE extensions > 0) AS extended,
            COUNT(*) FILTER (WHERE stage = 'in_force') AS in_force,
            COUNT(*) FILTER (WHERE stage = 'in_force' AND until < ?) AS past_term
        FROM (SELECT *, {STAGE} AS stage FROM measures) AS m GROUP BY organ, kind)
        SELECT organ, kind, approved, carried_out, extended, in_force, past_term FROM used
        WHERE {clause} ORDER BY organ, kind LIMIT ?"""  # noqa: S608 -- own names
    day = wanted.on.isoformat()
    yield from connection.exec_driver_sql(statement, (day, *clause.values, wanted.limit))


_LEFT = {
    "number": "措施编号",
    "kind": "措施",
    "organ": "机构",
    "case": "案件编号",
    "person": "人员编号",
    "carried_out_on": "执行日期",
    "ended_on": "案件办结日期",
}


def _left(connection: Connection, wanted: Wanted) -> Iterator[Row]:
    """Measures still in force although their case is closed or withdrawn."""
    clause = clause_of(wanted, tuple(_LEFT), ("number",), "organ")
    statement = f"""WITH left_over AS (
        SELECT m.number, m.kind, m.organ, m."case", m.person, m.carried_out_on,
            COALESCE(c.withdrawn_on, c.closed_on) AS ended_on
        FROM (SELECT *, {STAGE} AS stage FROM measures) m JOIN cases c ON c.number = m."case"
        WHERE m.stage = 'in_force' AND COALESCE(c.withdrawn_on, c.closed_on) IS NOT NULL)
        SELECT number, kind, organ, "case", person, carried_out_on, ended_on FROM left_over
        WHERE {clause} ORDER BY number LIMIT ?"""  # noqa: S608 -- own names
    yield from connection.exec_driver_sql(statement, (*clause.values, wanted.limit))


BOARDS = (
    Board(
        "measures",
        "措施使用台账",
        tuple(Column(*each) for each in _COLUMNS.items()),
        ("number",),
        _rows,
    ),
    Board(
        "measures_used",
        "措施使用情况汇总",
        tuple(Column(*each) for each in _USE.items()),
        ("organ", "kind"),
        _use,
    ),
    Board(
        "measures_left",
        "案件办结仍未解除的措施",
        tuple(Column(*each) for each in _LEFT.items()),
        ("number",),
        _left,
    ),
)
