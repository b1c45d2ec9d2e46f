"""What commands print for people: tables of text."""

import shutil
from collections.abc import Iterable, Mapping
from decimal import Decimal
from io import StringIO

from rich.console import Console
from rich.table import Table

from domain.streams import TITLES, split_stream_name
from projections.facts import CountedFact
from projections.indicators import Indicator
from reports.comparison import Comparison
from reports.numbers import bulletin as in_ten_thousands
from reports.numbers import without_zero
from reports.published import PublishedFigure
from reports.statement import Statement

#: How many facts of one change or figure are shown; JSON and CSV give them all.
SHOWN = 12


def rendered(parts: Iterable[Table | str], output: str | None, plain_width: int = 120) -> bytes:
    """Tables and lines as text; in colour, and as wide as it is, on a terminal alone."""
    terminal = Console()
    plain = output is not None or not terminal.is_terminal
    width = plain_width if plain else shutil.get_terminal_size().columns
    out = StringIO()
    console = Console(file=out, width=width, force_terminal=not plain, highlight=False)
    for part in parts:
        console.print(part)
    return out.getvalue().encode()


def statement_tables(
    statement: Statement, published: Mapping[str, PublishedFigure], *, bulletin: bool = False
) -> list[Table | str]:
    """The figures, each beside the published one where there is one, checks and provenance."""
    period, organ = statement.period, statement.organ
    whose = f"，机构 {organ} 及其下级" if organ else ""
    table = Table(title=f"{period.first} 至 {period.last} 统计表（{statement.cut}{whose}）")
    table.add_column("指标")
    table.add_column("数值", justify="right")
    table.add_column("单位")
    table.add_column("占比", justify="right")
    if published:
        table.add_column("已公布", justify="right")
        table.add_column("")
    table.add_column("代码", style="dim")
    for each in statement.figures:
        value = in_ten_thousands(each.value) if bulletin else str(each.value)
        share = _share(each.share, bulletin=bulletin)
        row = [each.name, value, each.unit, share]
        if published:
            row += _beside(each.value, published.get(each.code))
        table.add_row(*row, each.code)
    return [table, _checks(statement), _provenance(statement)]


def _share(share: Decimal | None, *, bulletin: bool) -> str:
    if share is None:
        return ""
    return f"{without_zero(share) if bulletin else share}%"


def _beside(value: int, published: PublishedFigure | None) -> list[str]:
    if published is None:
        return ["", ""]
    differs = f"[bold red]相差 {value - published.value:+d}[/bold red]"
    return [str(published), "相符" if published.agrees(value) else differs]


def _checks(statement: Statement) -> Table:
    table = Table(title="核对")
    for heading in ("规则", "结果", "说明"):
        table.add_column(heading)
    for check in statement.checks:
        result = "成立" if check.holds else "[bold red]不成立[/bold red]"
        table.add_row(check.title, result, check.detail)
    return table


def _provenance(statement: Statement) -> str:
    source = statement.provenance
    root = f"，日志根 {source.root}" if source.root else ""
    return (
        f"依据：台账位置 {source.position}{root}，"
        f"指标定义 SHA-256 {source.definition_sha256[:16]}…，"
        f"程序版本 {source.code_version}，生成于 {source.produced_at:%Y-%m-%d %H:%M:%S} UTC"
    )


def comparison_tables(comparison: Comparison) -> list[Table | str]:
    """Which figures changed, then the facts that changed each."""
    period = comparison.period
    title = f"{period.first} 至 {period.last}：{comparison.left} → {comparison.right}"
    if not comparison.changes:
        return [f"{title}：没有变化"]
    table = Table(title=title)
    table.add_column("指标")
    for heading in ("左", "右", "变化"):
        table.add_column(heading, justify="right")
    table.add_column("单位")
    table.add_column("变化的事实")
    table.add_column("代码", style="dim")
    for change in comparison.changes:
        facts = f"减 {len(change.removed)}，增 {len(change.added)}"
        delta = f"{change.right - change.left:+d}"
        values = (str(change.left), str(change.right), delta)
        table.add_row(change.name, *values, change.unit, facts, change.code)
    parts: list[Table | str] = [table]
    for change in comparison.changes:
        for sign, facts_ in (("减", change.removed), ("增", change.added)):
            if facts_:
                parts.append(_changed_facts(f"{change.name}：{sign} {len(facts_)}", facts_))
    return parts


def _changed_facts(title: str, found: tuple[CountedFact, ...]) -> Table:
    table = _fact_columns(title)
    for fact in found[:SHOWN]:
        _fact_row(table, fact)
    if len(found) > SHOWN:
        table.caption = f"另有 {len(found) - SHOWN} 条，见 --format json 或 csv"
    return table


def facts_table(indicator: Indicator, found: list[CountedFact]) -> Table:
    """Every fact behind one figure."""
    table = _fact_columns(
        f"{indicator.name}：{len(found)} {indicator.unit}（{indicator.definition}）"
    )
    for fact in found:
        _fact_row(table, fact)
    return table


def _fact_columns(title: str) -> Table:
    table = Table(title=title)
    for heading in ("事实", "计数对象", "发生", "登记", "类别", "机构", "位置"):
        table.add_column(heading)
    return table


def _fact_row(table: Table, fact: CountedFact) -> None:
    kind, number = split_stream_name(fact.stream)
    item = f" {fact.item}" if fact.item and fact.item != fact.person else ""
    ordinal = f" 第{fact.ordinal}条" if fact.ordinal > 1 else ""
    table.add_row(
        f"{TITLES[kind]} {number}{item}{ordinal}",
        fact.counted or "",
        str(fact.occurred_on),
        str(fact.registered_on),
        fact.category or fact.rank or "",
        fact.organ or "",
        "、".join(map(str, fact.positions)),
    )
