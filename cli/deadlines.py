"""``deadlines``: what is due, overdue or provisional as of a day or at a position."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from cli.office import emit, fail, open_office, read_day, read_moment
from cli.options import As, AsOf, AtPosition, Format, Organ, Output
from cli.tables import rendered
from domain.streams import TITLES, split_stream_name
from projections.deadlines import SAID, TABLES, Asked, Deadline, Standing, by_standing
from projections.deadlines import deadlines as deadlines_of
from projections.moments import reading_at
from reports.documents import table_csv, to_json

#: How a standing that asks for attention is shown.
_STYLES = {Standing.OVERDUE: "bold red", Standing.DONE_LATE: "yellow"}


def deadlines(
    as_of: AsOf = None,
    at_position: AtPosition = None,
    organ: Organ = None,
    handler: Annotated[str | None, typer.Option(help="承办人或承办部门")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="D", help="只看该日起开始计算的（此前的台账未载后续行为）")
    ] = None,
    done: Annotated[bool, typer.Option("--all", help="含已办结的")] = False,
    form: As = Format.TEXT,
    output: Output = None,
) -> None:
    """Print every deadline as known on a day or held at a position, with its rule and provision."""
    office = open_office()
    office.catch_up()
    cut, on = read_moment(office, as_of, at_position)
    try:
        with reading_at(office.engine, cut, TABLES) as connection:
            found = list(deadlines_of(connection, Asked(on, organ, done)))
    except LookupError:
        raise fail(f"没有机构 {organ}") from None
    first = read_day(since, "--since") if since else date.min
    chosen = [
        each
        for each in found
        if each.opened_on >= first and (handler is None or each.handler == handler)
    ]
    chosen.sort(key=lambda each: (each.due_on is None, each.due_on, each.stream, each.item))
    rows = [asdict(each) for each in chosen]
    if form is Format.JSON:
        said = {"as_of": on, "at_position": at_position, "organ": organ, "deadlines": rows}
        emit(to_json(said), output)
    elif form is Format.CSV:
        emit(table_csv(Deadline.__slots__, (row.values() for row in rows)), output)
    else:
        emit(rendered(_tables(chosen, str(on)), output), output)


def _tables(found: Iterable[Deadline], on: str) -> Iterable[Table | str]:
    listed = list(found)
    table = Table(title=f"期限（截至 {on}）")
    for heading in ("到期", "状态", "事项", "对象", "机构", "承办", "起算", "时限", "依据"):
        table.add_column(heading, overflow="fold")
    for each in listed:
        kind, number = split_stream_name(each.stream)
        due = "—" if each.due_on is None else str(each.due_on)
        table.add_row(
            f"{due}{' 暂定' if each.provisional else ''}",
            Text(SAID[each.standing], style=_STYLES.get(each.standing, "")),
            each.title,
            f"{TITLES[kind]} {number}{' ' + each.item if each.item else ''}",
            each.organ or "",
            each.handler or "",
            str(each.opened_on),
            each.limit or "约定",
            each.provision or "",
        )
    counts = by_standing(listed)
    provisional = sum(each.provisional for each in listed)
    said = f"未到期 {counts[Standing.DUE]}，超期 {counts[Standing.OVERDUE]}，暂定 {provisional}"
    return [table, said]
