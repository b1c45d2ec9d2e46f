"""``report``, ``compare`` and ``facts``: figures out."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from cli.logs import NOT_WITNESSED
from cli.office import emit, fail, open_office, read_options, read_period
from cli.options import As, AsOf, AtPosition, Format, From, Organ, Output, To
from cli.publishing import publish_statement
from cli.tables import comparison_tables, facts_table, rendered, statement_tables
from projections.cuts import Cut, read_cut
from projections.facts import facts as facts_of
from projections.indicators import UnknownFigureError, base_definitions
from projections.store import reading
from reports.comparison import compare as compare_cuts
from reports.documents import (
    comparison_csv,
    comparison_document,
    cut_document,
    facts_csv,
    statement_csv,
    statement_document,
    to_json,
)
from reports.published import NotPublishedFiguresError, PublishedFigure, read_published
from reports.statement import UnknownOrganError, ask, make_statement


def report(
    first: From,
    last: To,
    as_of: AsOf = None,
    at_position: AtPosition = None,
    organ: Organ = None,
    form: As = Format.TEXT,
    output: Output = None,
    bulletin: Annotated[bool, typer.Option("--bulletin", help="按通报习惯以“万”为单位")] = False,
    published: Annotated[
        Path | None, typer.Option(help="已公布数字（JSON：代码到数值），逐项对照")
    ] = None,
    manifest: Annotated[
        bool, typer.Option("--manifest", help="公布：清单的散列登记为事件并签入检查点")
    ] = False,
) -> None:
    """Print the statement of a period, as known at a cut-off."""
    period, cut = read_period(first, last), read_options(as_of, at_position)
    if manifest and at_position is not None:
        raise fail("--manifest 公布的是台账现有的全部事实，不能与 --at-position 同用")
    office = open_office()
    office.catch_up()
    try:
        met = True
        if manifest:
            statement, met = publish_statement(office, period, cut, organ)
        else:
            root_at = office.log.root_at
            statement = make_statement(office.engine, period, cut, organ, root_at=root_at)
    except UnknownOrganError:
        raise fail(f"台账中没有机构 {organ}") from None
    match form:
        case Format.JSON:
            document = to_json(statement_document(statement))
        case Format.CSV:
            document = statement_csv(statement)
        case Format.TEXT:
            figures = beside(published)
            document = rendered(statement_tables(statement, figures, bulletin=bulletin), output)
    emit(document, output)
    if not met:
        raise typer.Exit(NOT_WITNESSED)


def beside(path: Path | None) -> dict[str, PublishedFigure]:
    """The published figures to set beside the computed ones."""
    try:
        return read_published(path) if path is not None else {}
    except NotPublishedFiguresError:
        raise fail(f"{path} 不是已公布数字的文件") from None


def compare(
    first: From,
    last: To,
    left: Annotated[str, typer.Option(metavar="CUT", help="日期、位置或 now")],
    right: Annotated[str, typer.Option(metavar="CUT", help="日期、位置或 now")] = "now",
    organ: Organ = None,
    form: As = Format.TEXT,
    output: Output = None,
) -> None:
    """Print which figures changed between two cut-offs, and the facts that changed them."""
    period, cuts = read_period(first, last), (_cut(left), _cut(right))
    office = open_office()
    office.catch_up()
    try:
        comparison = compare_cuts(office.engine, period, *cuts, organ)
    except UnknownOrganError:
        raise fail(f"台账中没有机构 {organ}") from None
    match form:
        case Format.JSON:
            document = to_json(comparison_document(comparison))
        case Format.CSV:
            document = comparison_csv(comparison)
        case Format.TEXT:
            document = rendered(comparison_tables(comparison), output)
    emit(document, output)


def _cut(text: str) -> Cut:
    try:
        return read_cut(text)
    except ValueError:
        raise fail(f"{text} 不是截止点：应为日期、位置或 now") from None


def facts(
    code: Annotated[str, typer.Argument(help="指标代码，如 forms.first")],
    first: From,
    last: To,
    as_of: AsOf = None,
    at_position: AtPosition = None,
    organ: Organ = None,
    form: As = Format.TEXT,
    output: Output = None,
) -> None:
    """Print the facts behind one figure: as many as the figure says."""
    period, cut = read_period(first, last), read_options(as_of, at_position)
    try:
        indicator = base_definitions().indicator(code)
    except UnknownFigureError:
        raise fail(f"没有指标 {code}") from None
    office = open_office()
    office.catch_up()
    with reading(office.engine) as connection:
        try:
            question = ask(connection, period, cut, organ)
        except UnknownOrganError:
            raise fail(f"台账中没有机构 {organ}") from None
        found = facts_of(connection, indicator, question)
    match form:
        case Format.JSON:
            document = to_json(_facts_document(code, cut, found))
        case Format.CSV:
            document = facts_csv(found)
        case Format.TEXT:
            tables: list[Table | str] = [facts_table(indicator, found)]
            document = rendered(tables, output)
    emit(document, output)


def _facts_document(code: str, cut: Cut, found: list[Any]) -> dict[str, Any]:
    return {"code": code, **cut_document(cut), "count": len(found), "facts": found}
