"""Boards of inspections: rectification by unit, coverage of plans, leads handed over."""

from collections.abc import Iterator

from sqlalchemy import Connection

from projections.boards.board import Board, Column, Row, Wanted, clause_of, of_table
from projections.coverage import coverage, plans

_RECTIFICATION = {
    "round": "巡察轮次",
    "unit": "被巡察单位",
    "organ": "机构",
    "type": "巡察类型",
    "problems": "反馈问题",
    "rectified": "已整改",
    "signed_off": "已销号",
    "overdue": "超期未整改",
    "reopened": "退回或反弹未整改",
    "found_again": "反弹",
}

#: What had happened by the day asked about, problem by problem.
#: Of each board the columns that are not worked out for the day.
_RECTIFICATION_OWN = ("round", "unit", "organ", "type")
_COVERAGE_OWN = ("number", "organ", "name")
_LEADS_OWN = ("round", "organ")
_PROBLEMS = """
SELECT round, unit, organ, type, COUNT(*) AS problems, SUM(done) AS rectified,
    SUM(CASE WHEN done = 1 AND verification = '整改到位' AND verified_on <= ? THEN 1 ELSE 0 END)
        AS signed_off,
    SUM(CASE WHEN done = 0 AND due_on < ? THEN 1 ELSE 0 END) AS overdue,
    SUM(CASE WHEN done = 0 AND reopened_on <= ? THEN 1 ELSE 0 END) AS reopened,
    SUM(CASE WHEN recurrences > 0 AND reopened_on <= ? THEN 1 ELSE 0 END) AS found_again
FROM (
    SELECT p.round, p.unit, r.organ, r.type, p.verification, p.verified_on, p.reopened_on,
        p.recurrences, COALESCE(p.extended_due_on, p.rectify_due_on) AS due_on,
        CASE WHEN p.rectified_on <= ? THEN 1 ELSE 0 END AS done
    FROM problems p JOIN rounds r ON r.number = p.round
    WHERE p.fed_back_on <= ? AND p.registered_on <= ?) each_problem
WHERE {clause} GROUP BY round, unit, organ, type ORDER BY round, unit LIMIT ?
"""


def _rectification(connection: Connection, wanted: Wanted) -> Iterator[Row]:
    clause = clause_of(wanted, _RECTIFICATION_OWN, ("round", "unit"), "organ")
    days = (wanted.on.isoformat(),) * 7
    statement = _PROBLEMS.format(clause=clause)
    yield from connection.exec_driver_sql(statement, (*days, *clause.values, wanted.limit))


_COVERAGE = {
    "number": "计划编号",
    "organ": "机构",
    "name": "计划名称",
    "scope": "计划单位",
    "inspected": "已巡察单位",
    "left": "未巡察单位",
    "unit_times": "巡察单位次",
    "looked_back": "“回头看”单位",
    "lookback_times": "“回头看”单位次",
}


def _coverage(connection: Connection, wanted: Wanted) -> Iterator[Row]:
    clause = clause_of(wanted, _COVERAGE_OWN, ("number",), "organ")
    clause.add("approved_on <= ?", wanted.on.isoformat())
    for plan in plans(connection, clause, wanted.limit):
        found = coverage(connection, plan.units, wanted.on, first=plan.first_on, last=plan.last_on)
        counts = (len(found.scope), len(found.inspected), len(found.left), found.unit_times)
        back = (len(found.looked_back), found.lookback_times)
        yield (plan.number, plan.organ, plan.name, *counts, *back)


_LEADS = {
    "round": "巡察轮次",
    "organ": "机构",
    "leads": "移交线索（件）",
    "persons": "涉及人员（人）",
    "handled": "已处置（件）",
    "cases": "立案（件）",
    "forms": "四种形态（人次）",
    "sanctioned": "处分（人）",
}

#: Leads that rounds handed over, and what became of them: joined by the streams they hang on.
_TRANSFERRED = """
WITH held AS (
    SELECT account, stream, related, person, organ FROM postings
    WHERE account IN ('leads.received', 'leads.persons', 'leads.disposed', 'cases.filed', 'forms',
        'sanctions') AND registered_on <= ? AND occurred_on <= ?
        AND (account NOT IN ('leads.received', 'leads.persons') OR category = '巡察移交')
    GROUP BY account, stream, item, related, person, organ HAVING SUM(quantity) > 0),
led AS (SELECT stream, related AS round FROM held
    WHERE account = 'leads.received' AND related IS NOT NULL),
filed AS (SELECT h.stream, led.round FROM held h JOIN led ON h.related = led.stream
    WHERE h.account = 'cases.filed'),
above AS (SELECT stream, round FROM led UNION SELECT stream, round FROM filed),
counted AS (
    SELECT h.account, h.stream, h.person, a.round FROM held h JOIN above a ON h.related = a.stream
    WHERE h.account IN ('leads.disposed', 'forms', 'sanctions')
    UNION SELECT 'leads.persons', h.stream, h.person, h.related FROM held h
    WHERE h.account = 'leads.persons' AND h.related IS NOT NULL)
SELECT round, organ, leads, persons, handled, cases, forms, sanctioned FROM (
    SELECT SUBSTR(led.round, 7) AS round, MAX(r.organ) AS organ, COUNT(*) AS leads,
        (SELECT COUNT(DISTINCT person) FROM counted c
            WHERE c.round = led.round AND c.account = 'leads.persons') AS persons,
        (SELECT COUNT(DISTINCT stream) FROM counted c
            WHERE c.round = led.round AND c.account = 'leads.disposed') AS handled,
        (SELECT COUNT(*) FROM filed f WHERE f.round = led.round) AS cases,
        (SELECT COUNT(*) FROM counted c
            WHERE c.round = led.round AND c.account = 'forms') AS forms,
        (SELECT COUNT(DISTINCT person) FROM counted c
            WHERE c.round = led.round AND c.account = 'sanctions') AS sanctioned
    FROM led JOIN rounds r ON r.number = SUBSTR(led.round, 7)
    GROUP BY led.round) each_round
WHERE {clause} ORDER BY round LIMIT ?
"""


def _transferred(connection: Connection, wanted: Wanted) -> Iterator[Row]:
    clause = clause_of(wanted, _LEADS_OWN, ("round",), "organ")
    days = (wanted.on.isoformat(),) * 2
    statement = _TRANSFERRED.format(clause=clause)
    yield from connection.exec_driver_sql(statement, (*days, *clause.values, wanted.limit))


def _columns(titles: dict[str, str]) -> tuple[Column, ...]:
    return tuple(Column(name, title) for name, title in titles.items())


BOARDS = (
    Board(
        "rectification",
        "巡察整改台账",
        _columns(_RECTIFICATION),
        ("round", "unit"),
        _rectification,
        frozenset(_RECTIFICATION).difference(_RECTIFICATION_OWN),
    ),
    Board(
        "coverage",
        "巡察覆盖",
        _columns(_COVERAGE),
        ("number",),
        _coverage,
        frozenset(_COVERAGE).difference(_COVERAGE_OWN),
    ),
    Board(
        "inspection_leads",
        "巡察移交线索办理",
        _columns(_LEADS),
        ("round",),
        _transferred,
        frozenset(_LEADS).difference(_LEADS_OWN),
    ),
    of_table(
        "inspections",
        "被巡察单位台账",
        "inspections",
        {
            "number": "编号",
            "round": "巡察轮次",
            "unit": "单位",
            "organ": "机构",
            "team": "巡察组",
            "begun_on": "进驻",
            "fed_back_on": "反馈",
            "plan_submitted_on": "整改方案",
            "rectification_reported_on": "整改报告",
            "rectification_due_on": "再报期限",
            "assessment": "整改评估",
        },
    ),
    of_table(
        "inspection_transfers",
        "巡察移交台账",
        "inspection_transfers",
        {
            "number": "移交编号",
            "round": "巡察轮次",
            "unit": "单位",
            "organ": "机构",
            "category": "事项类别",
            "receiver": "接收单位",
            "transferred_on": "移交日期",
            "accepted_on": "接收日期",
            "lead": "线索编号",
            "answered_on": "反馈日期",
            "outcome": "办理情况",
        },
    ),
)
