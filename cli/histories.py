"""``history``: one stream's events in order, and the state then."""

from typing import Annotated, Any

import typer

from cli.history_tables import history_tables
from cli.office import emit, fail, open_office, read_day
from cli.options import As, AsOf, AtPosition, Format, Output
from cli.tables import rendered
from domain.streams import TITLES, Kind, stream_name
from reports.documents import to_json
from reports.history import History, HistoryCut
from reports.history import history as history_of

_KINDS = {**{kind.value: kind for kind in Kind}, **{title: kind for kind, title in TITLES.items()}}
_HELP = "种类：" + "、".join(f"{kind.value}（{title}）" for kind, title in TITLES.items())


def history(
    kind: Annotated[str, typer.Argument(help=_HELP)],
    number: Annotated[str, typer.Argument(help="编号或代码")],
    at_version: Annotated[int | None, typer.Option(min=1, metavar="V", help="至该版本")] = None,
    as_of: AsOf = None,
    at_position: AtPosition = None,
    form: As = Format.TEXT,
    output: Output = None,
) -> None:
    """Print one record's events in order, what each changed, and the state then."""
    if kind not in _KINDS:
        raise fail(f"没有“{kind}”这一种类；{_HELP}")
    if form is Format.CSV:
        raise fail("history 只有 text 与 json 两种格式")
    if sum(each is not None for each in (at_version, as_of, at_position)) > 1:
        raise fail("--at-version、--as-of 与 --at-position 只能用一个")
    stream = stream_name(_KINDS[kind], number)
    entries = open_office().ledger.history(stream)
    if not entries:
        raise fail(f"台账中没有{TITLES[_KINDS[kind]]} {number}", 1)
    day = read_day(as_of, "--as-of") if as_of else None
    found = history_of(stream, entries, HistoryCut(at_version, day, at_position))
    if form is Format.JSON:
        document = to_json(_document(found))
    else:
        document = rendered(history_tables(found), output)
    emit(document, output)


def _document(found: History) -> dict[str, Any]:
    return {"stream": found.stream, "events": found.events, "state": found.state}
