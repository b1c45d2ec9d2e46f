"""``board``: the work as it stands or stood, one list at a time."""

from typing import Annotated, Any

import typer
from rich.table import Table

from cli.office import console, emit, fail, open_office, read_moment
from cli.options import As, AsOf, AtPosition, Format, Organ, Output
from cli.tables import rendered
from projections.boards.board import Board, UnknownColumnError, Wanted
from projections.boards.catalogue import BOARDS
from projections.cuts import Cut
from projections.figures import scope_of
from projections.moments import reading_at
from reports.documents import table_csv, to_json

#: Boards have many columns; where the text goes to no terminal there is room for them.
_WIDTH = 200
_LISTED = "、".join(f"{name}（{board.title}）" for name, board in BOARDS.items())


def board(
    name: Annotated[str, typer.Argument(help=_LISTED)],
    where: Annotated[
        list[str] | None, typer.Option(metavar="COLUMN=VALUE", help="只看该列为该值的，可多次")
    ] = None,
    organ: Organ = None,
    as_of: AsOf = None,
    at_position: AtPosition = None,
    after: Annotated[
        list[str] | None, typer.Option(metavar="KEY", help="上一页最后一行的键，逐列给出")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="最多几行")] = 100,
    form: As = Format.TEXT,
    output: Output = None,
) -> None:
    """Print a page of a board. Exit 2 for a board or column there is not."""
    chosen = BOARDS.get(name)
    if chosen is None:
        raise fail(f"没有“{name}”这一台账；{_LISTED}")
    office = open_office()
    office.catch_up()
    cut, on = read_moment(office, as_of, at_position)
    pairs = [each.partition("=") for each in where or ()]
    values = {column: value for column, _, value in pairs}
    with reading_at(office.engine, cut) as connection:
        organs = None
        if organ is not None:
            organs = scope_of(connection, organ, Cut(as_of=on)).organs
            if not organs:
                raise fail(f"没有机构 {organ}")
        try:
            rows = list(chosen.rows(connection, Wanted(on, organs, values, after or None, limit)))
        except UnknownColumnError as error:
            raise fail(f"{name} 没有“{error}”一列") from None
    emit(_document(chosen, [tuple(row) for row in rows], form, output), output)
    if len(rows) == limit:
        keys = " ".join(f"--after {key}" for key in chosen.key_of(rows[-1]))
        console.print(f"还有更多：{keys}")


def _document(board: Board, rows: list[tuple[Any, ...]], form: Format, output: str | None) -> bytes:
    names = [column.name for column in board.columns]
    if form is Format.JSON:
        said = [dict(zip(names, row, strict=True)) for row in rows]
        return to_json({"board": board.name, "rows": said})
    if form is Format.CSV:
        return table_csv(names, rows)
    if not rows:
        return rendered([f"{board.title} 0 行"], output)
    table = Table(title=f"{board.title} {len(rows)} 行")
    # A column that is empty on this page takes no room on it; JSON and CSV have them all.
    told = [at for at in range(len(names)) if any(row[at] for row in rows)]
    for at in told:
        table.add_column(board.columns[at].title, overflow="fold")
    for row in rows:
        table.add_row(*("" if row[at] is None else str(row[at]) for at in told))
    return rendered([table], output, _WIDTH)
