"""Case register: every case with the stage it has come to, its officers and what follows it."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection

from domain.cases.case_file import LIFECYCLE
from projections.boards.board import Board, Column, Row, Wanted, clause_of, of_table

#: The stage of a case in the columns of its current state, as ``stage_of`` reads it off a state.
STAGE = """CASE
    WHEN withdrawn_on IS NOT NULL THEN 'withdrawn'
    WHEN COALESCE(supplements, 0) > COALESCE(supplements_completed, 0) THEN 'supplement'
    WHEN transferred_on IS NOT NULL THEN 'transferred'
    WHEN closed_on IS NOT NULL THEN 'closed'
    WHEN review_concluded_on IS NOT NULL THEN 'reviewed'
    WHEN COALESCE("returns", 0) > COALESCE(resends, 0) THEN 'returned'
    WHEN COALESCE(acceptances, 0) > COALESCE(resends, 0) THEN 'review'
    WHEN sent_to_review_on IS NOT NULL THEN 'sent'
    ELSE 'investigation' END"""

_COLUMNS = {
    "number": "案件编号",
    "organ": "机构",
    "stage": "阶段",
    "lead": "线索编号",
    "person": "人员编号",
    "rank": "立案时职级",
    "filed_on": "立案日期",
    "investigators": "审查调查人员",
    "investigation_until": "审查调查延长至",
    "report_on": "审查调查报告",
    "sent_to_review_on": "移送审理",
    "reviewers": "审理人员",
    "accepted_on": "受理审理",
    "review_until": "审理延长至",
    "returns": "退回次数",
    "review_concluded_on": "审结",
    "waiver": "免予、不予处分",
    "supplements": "补充调查次数",
    "withdrawn_on": "撤案",
    "transferred_on": "移送检察机关",
    "closed_on": "结案",
}
_TITLES = {title: stage for stage, title in LIFECYCLE.stages.items()}


def _rows(connection: Connection, wanted: Wanted) -> Iterator[Row]:
    stage = wanted.values.get("stage")
    if stage is not None:
        wanted = replace(wanted, values={**wanted.values, "stage": _TITLES.get(stage, stage)})
    clause = clause_of(wanted, tuple(_COLUMNS), ("number",), "organ")
    chosen = ", ".join(f'"{each}"' for each in _COLUMNS)
    statement = (
        f"SELECT {chosen} FROM (SELECT *, {STAGE} AS stage FROM cases) AS c "  # noqa: S608 -- own
        f'WHERE {clause} ORDER BY "number" LIMIT ?'
    )
    at = list(_COLUMNS).index("stage")
    for row in connection.exec_driver_sql(statement, (*clause.values, wanted.limit)):
        yield (*row[:at], LIFECYCLE.stages[row[at]], *row[at + 1 :])


BOARDS = (
    Board(
        "case_register",
        "案件台账",
        tuple(Column(*each) for each in _COLUMNS.items()),
        ("number",),
        _rows,
    ),
    of_table(
        "case_filings",
        "立案呈批台账",
        "case_filings",
        {
            "number": "呈批编号",
            "organ": "机构",
            "lead": "线索编号",
            "person": "人员编号",
            "department": "承办部门",
            "requested_on": "呈请日期",
            "approved_on": "批准日期",
            "refused_on": "不予批准日期",
            "case": "案件编号",
        },
    ),
)
