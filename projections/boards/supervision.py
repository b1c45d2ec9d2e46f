"""Boards of daily supervision: problems to their sign-off, campaigns and their problems."""

from collections.abc import Iterator

from sqlalchemy import Connection

from projections.boards.board import Board, Column, Row, Wanted, clause_of, of_table

_CAMPAIGNS = {
    "number": "专项编号",
    "organ": "机构",
    "kind": "类别",
    "name": "名称",
    "phase": "阶段",
    "launched_on": "启动",
    "planned_until": "计划完成",
    "concluded_on": "总结",
    "problems": "问题",
    "rectified": "已整改",
    "signed_off": "已销号",
    "overdue": "超期未整改",
    "leads": "转问题线索",
}
_OWN = ("number", "organ", "kind", "name", "phase", "launched_on", "planned_until", "concluded_on")

_STATEMENT = """
SELECT c.*, (SELECT COUNT(*) FROM each_problem p WHERE p.campaign = c.number),
    (SELECT COUNT(*) FROM each_problem p WHERE p.campaign = c.number AND p.done = 1),
    (SELECT COUNT(*) FROM each_problem p WHERE p.campaign = c.number AND p.signed_off_on <= ?),
    (SELECT COUNT(*) FROM each_problem p
        WHERE p.campaign = c.number AND p.done = 0 AND p.due_on < ?),
    (SELECT COUNT(*) FROM each_problem p WHERE p.campaign = c.number AND p.lead IS NOT NULL)
FROM (SELECT {own} FROM campaigns
    WHERE {clause} AND launched_on <= ? ORDER BY number LIMIT ?) c ORDER BY c.number
"""
_WITH = """
WITH each_problem AS (
    SELECT campaign, signed_off_on, lead, COALESCE(extended_due_on, due_on) AS due_on,
        CASE WHEN rectified_on <= ? THEN 1 ELSE 0 END AS done
    FROM check_problems WHERE campaign IS NOT NULL AND found_on <= ?)
"""


def _campaigns(connection: Connection, wanted: Wanted) -> Iterator[Row]:
    clause = clause_of(wanted, _OWN, ("number",), "organ")
    own = ", ".join(f'"{name}"' for name in _OWN)
    day = wanted.on.isoformat()
    statement = _WITH + _STATEMENT.format(own=own, clause=clause)
    values = (day, day, day, day, *clause.values, day, wanted.limit)
    yield from connection.exec_driver_sql(statement, values)


BOARDS = (
    Board(
        "campaigns",
        "专项整治台账",
        tuple(Column(name, title) for name, title in _CAMPAIGNS.items()),
        ("number",),
        _campaigns,
        frozenset(_CAMPAIGNS).difference(_OWN),
    ),
    of_table(
        "check_problems",
        "监督发现问题台账",
        "check_problems",
        {
            "number": "问题编号",
            "organ": "机构",
            "unit": "责任单位",
            "check": "监督编号",
            "campaign": "专项编号",
            "category": "类别",
            "found_on": "发现日期",
            "due_on": "整改期限",
            "extended_due_on": "延长至",
            "urgings": "督促次数",
            "rectified_on": "整改完成",
            "verification": "验收",
            "signed_off_on": "销号",
            "lead": "转线索",
        },
    ),
)
