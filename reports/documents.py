"""Statements, comparisons and facts as JSON and CSV."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from io import StringIO
from typing import Any

import orjson

from projections.cuts import Cut
from projections.facts import CountedFact
from reports.comparison import Comparison
from reports.statement import Statement

_OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE


def to_json(document: Any) -> bytes:
    """A document as JSON, two spaces a level, UTF-8."""
    return orjson.dumps(document, option=_OPTIONS)


def table_csv(names: Sequence[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """Rows under a heading as CSV (RFC 4180), UTF-8 with a byte-order mark."""
    return _csv([names, *map(list, rows)])


def statement_document(statement: Statement) -> dict[str, Any]:
    """The statement as ``report --format json`` and the API give it."""
    figures = []
    for each in statement.figures:
        entry = {"code": each.code, "name": each.name, "unit": each.unit, "value": each.value}
        if each.share is not None:
            entry["share"] = float(each.share)
        figures.append(entry)
    return {
        "period": {"from": statement.period.first, "to": statement.period.last},
        "as_of": statement.cut.as_of,
        "organ": statement.organ,
        "figures": figures,
        "checks": [
            {"rule": check.rule, "holds": check.holds, "detail": check.detail}
            for check in statement.checks
        ],
        "provenance": asdict(statement.provenance),
    }


def cut_document(cut: Cut) -> dict[str, Any]:
    """A cut-off."""
    return {"as_of": cut.as_of, "at_position": cut.at_position}


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """What changed between two cut-offs."""
    return {
        "period": {"from": comparison.period.first, "to": comparison.period.last},
        "left": cut_document(comparison.left),
        "right": cut_document(comparison.right),
        "organ": comparison.organ,
        "changes": [asdict(change) for change in comparison.changes],
    }


def statement_csv(statement: Statement) -> bytes:
    """The figures as a CSV that spreadsheets open (UTF-8 with BOM), checks below them."""
    rows: list[Sequence[Any]] = [("代码", "指标", "单位", "数值", "占比(%)")]
    rows += [(f.code, f.name, f.unit, f.value, f.share) for f in statement.figures]
    rows += [(), ("检查", "规则", "是否成立", "说明")]
    rows += [
        (check.rule, check.title, "成立" if check.holds else "不成立", check.detail)
        for check in statement.checks
    ]
    return _csv(rows)


def facts_csv(facts: Iterable[CountedFact]) -> bytes:
    """Facts as a CSV that spreadsheets open."""
    headings = (
        "计数对象",
        "事实",
        "分项",
        "序",
        "发生日期",
        "登记日期",
        "位置",
        "机构",
        "类别",
        "职级",
    )
    rows: list[Sequence[Any]] = [headings]
    rows += [
        (
            fact.counted,
            fact.stream,
            fact.item,
            fact.ordinal,
            fact.occurred_on,
            fact.registered_on,
            fact.position,
            fact.organ,
            fact.category,
            fact.rank,
        )
        for fact in facts
    ]
    return _csv(rows)


def comparison_csv(comparison: Comparison) -> bytes:
    """Changed figures as a CSV, one row for each fact that changed one."""
    rows: list[Sequence[Any]] = [
        (
            "代码",
            "指标",
            "单位",
            str(comparison.left),
            str(comparison.right),
            "变化",
            "事实",
            "位置",
        )
    ]
    for change in comparison.changes:
        head = (change.code, change.name, change.unit, change.left, change.right)
        for sign, changed in (("减", change.removed), ("增", change.added)):
            rows += [(*head, sign, fact.counted or fact.stream, fact.position) for fact in changed]
    return _csv(rows)


def _csv(rows: Iterable[Sequence[Any]]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out).writerows([_shown(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _shown(cell: Any) -> Any:
    """A cell; text that a spreadsheet would take for a formula is marked as text."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@"):
        return f"'{cell}"
    return "" if cell is None else cell
