"""``case-file``: one case with everything around it, as of a day."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.table import Table

from cli.history_tables import headings
from cli.office import emit, fail, open_office, read_day
from cli.options import As, AsOf, Format, Output
from cli.tables import rendered
from domain.corrections.values import show
from domain.fields import field_index
from domain.streams import TITLES, Kind
from ledger.canonical import plain
from projections.boards.catalogue import BOARDS
from projections.deadlines import SAID
from projections.store import reading
from reports.case_file import CaseDossier
from reports.case_file import case_file as case_file_of
from reports.documents import to_json

#: Lists whose headings name the fields that registers do not.
_BOARDS = {Kind.CASE: "case_register", Kind.MEASURE: "measures", Kind.CASE_FILING: "case_filings"}


def case_file(
    number: Annotated[str, typer.Argument(help="案件编号")],
    as_of: AsOf = None,
    form: As = Format.TEXT,
    output: Output = None,
) -> None:
    """Print a case with its lead, person, measures, outcomes, letters and deadlines.

    Exit 1 for a case that was not known on the day.
    """
    if form is Format.CSV:
        raise fail("case-file 只有 text 与 json 两种格式")
    office = open_office()
    office.catch_up()
    on = read_day(as_of, "--as-of") if as_of else office.ledger.today()
    try:
        with reading(office.engine) as connection:
            found = case_file_of(connection, office.ledger, number, on)
    except LookupError:
        raise fail(f"台账中没有案件 {number}", 1) from None
    if form is Format.JSON:
        emit(to_json(_document(found)), output)
    else:
        emit(rendered(_tables(found), output), output)


def _document(found: CaseDossier) -> dict[str, Any]:
    around = [{"stream": each.stream, **plain(each.state)} for each in found.around]
    return {
        "number": found.number,
        "as_of": found.on,
        "stage": found.stage,
        "case": plain(found.case),
        "around": around,
        "deadlines": [asdict(each) for each in found.deadlines],
        "events": [asdict(each) for each in found.events],
    }


def _titles(kind: Kind) -> dict[str, str]:
    columns = BOARDS[_BOARDS[kind]].columns if kind in _BOARDS else ()
    return {column.name: column.title for column in columns} | headings(kind)


def _known(kind: Kind, state: Any) -> Iterator[tuple[str, str]]:
    """The plain fields that are known, under their official headings where there are any."""
    index, titles = field_index(type(state)), _titles(kind)
    for name in index.names:
        value = show(getattr(state, name)) if name not in index.records else None
        if value:
            yield titles.get(name, name), value


def _tables(found: CaseDossier) -> Iterator[Table | str]:
    title = f"案件 {found.number}：{found.stage}（截至 {found.on}）"
    table = Table(title=title)
    table.add_column("栏目")
    table.add_column("内容")
    for field, value in _known(Kind.CASE, found.case):
        table.add_row(field, value)
    yield table
    around = Table(title=f"相关记录 {len(found.around)} 项")
    around.add_column("种类")
    around.add_column("内容")
    for each in found.around:
        said = "，".join(f"{field} {value}" for field, value in _known(each.kind, each.state))
        around.add_row(TITLES[each.kind], said)
    yield around
    yield _deadlines(found)


def _deadlines(found: CaseDossier) -> Table:
    table = Table(title=f"期限 {len(found.deadlines)} 项")
    for heading in ("到期", "状态", "事项", "对象", "办结", "依据"):
        table.add_column(heading)
    for each in found.deadlines:
        table.add_row(
            str(each.due_on or ""),
            SAID[each.standing],
            each.title,
            each.stream,
            str(each.closed_on or ""),
            each.provision or "",
        )
    return table
