"""``archive``: everything on a person; ``portrait``: what is known of a unit in a year."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.table import Table

from cli.office import emit, fail, open_office, read_day
from cli.options import As, AsOf, Format, Output
from cli.tables import rendered
from domain.streams import TITLES, split_stream_name
from projections.archives import PersonArchive, archive_of
from projections.portrait import Portrait
from projections.portrait import portrait as portrait_of
from projections.store import reading
from reports.documents import to_json


def archive(
    person: Annotated[str, typer.Argument(help="人员编号")],
    as_of: AsOf = None,
    form: As = Format.TEXT,
    output: Output = None,
) -> None:
    """Print a person's integrity archive in order. Exit 1 for one not known on the day."""
    if form is Format.CSV:
        raise fail("archive 只有 text 与 json 两种格式")
    office = open_office()
    office.catch_up()
    on = read_day(as_of, "--as-of") if as_of else office.ledger.today()
    try:
        with reading(office.engine) as connection:
            found = archive_of(connection, person, on)
    except LookupError:
        raise fail(f"台账中没有监督对象 {person}", 1) from None
    emit(
        to_json(asdict(found)) if form is Format.JSON else rendered(_archive(found), output), output
    )


def _archive(found: PersonArchive) -> Iterator[Table | str]:
    table = Table(title=f"廉政档案 {found.person}（截至 {found.on}）")
    for heading in ("日期", "事项", "类别", "内容", "机构", "记录", "位置"):
        table.add_column(heading, overflow="fold")
    for each in found.entries:
        kind, number = split_stream_name(each.stream)
        table.add_row(
            str(each.occurred_on),
            each.title,
            each.category or "",
            each.detail or "",
            each.organ or "",
            f"{TITLES[kind]} {number}",
            str(each.position),
        )
    yield table
    for effect in found.effects:
        period = f"{effect.since or ''} 至 {effect.until or ''}"
        yield f"处分 {effect.sanction}（{effect.kind}）影响期 {period}：{effect.running.value}"
    if found.review is not None:
        yield f"下次半年更新应于 {found.review.due_on} 前完成"


def portrait(
    unit: Annotated[str, typer.Argument(help="单位代码")],
    year: Annotated[int, typer.Option(help="年度", min=1949, max=9998)],
    as_of: AsOf = None,
    form: As = Format.TEXT,
    output: Output = None,
) -> None:
    """Print what is known of a unit in a year, beside the year before. Exit 1 for no such unit."""
    if form is Format.CSV:
        raise fail("portrait 只有 text 与 json 两种格式")
    office = open_office()
    office.catch_up()
    on = read_day(as_of, "--as-of") if as_of else office.ledger.today()
    try:
        with reading(office.engine) as connection:
            found = portrait_of(connection, unit, year, on)
    except LookupError:
        raise fail(f"台账中没有单位 {unit}", 1) from None
    document: Any = asdict(found)
    emit(to_json(document) if form is Format.JSON else rendered(_portrait(found), output), output)


def _portrait(found: Portrait) -> Iterator[Table | str]:
    title = f"{found.name}（{found.unit}）{found.year} 年政治生态画像（截至 {found.on}）"
    table = Table(title=title)
    table.add_column("项目")
    table.add_column(str(found.year), justify="right")
    table.add_column(str(found.year - 1), justify="right")
    table.add_column("单位")
    for each in (*found.figures, *found.stocks):
        table.add_row(each.title, str(each.value), str(each.before), each.unit)
    yield table
    yield f"在册监督对象 {found.persons} 人"
    for listed in found.lists:
        levels = "，".join(f"{level} {count}" for level, count in listed.levels)
        about = f"第 {listed.version} 版（{listed.issued_on}），{listed.items} 项"
        yield f"{listed.list}：{about}{f'（{levels}）' if levels else ''}"
    for grade in (found.grade, found.grade_before):
        if grade is not None:
            yield f"{grade.year} 年评价：{grade.grade}（{grade.graded_on}）{grade.compared or ''}"
