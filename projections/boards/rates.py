"""Board of rates: of what fell due from 1 January to the day, how much was done."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from projections.boards.board import Board, Column, Row, UnknownColumnError, Wanted
from projections.cuts import Period
from projections.rates import rates

_COLUMNS = {
    "code": "代码",
    "name": "比率",
    "unit": "单位",
    "due": "期限届满",
    "counted": "其中完成",
    "share": "百分比",
}


def _rows(connection: Connection, wanted: Wanted) -> Iterator[Row]:
    for name in wanted.values:
        if name not in _COLUMNS:
            raise UnknownColumnError(name)
    year = Period(date(wanted.on.year, 1, 1), wanted.on)
    found = [
        (
            rate.definition.code,
            rate.definition.name,
            rate.definition.unit,
            len(rate.due),
            len(rate.counted),
            None if rate.share is None else str(rate.share),
        )
        for rate in rates(connection, year, wanted.on, wanted.organs)
    ]
    places = {name: at for at, name in enumerate(_COLUMNS)}
    chosen = [
        row
        for row in sorted(found, key=lambda row: row[0])
        if all(str(row[places[name]]) == value for name, value in wanted.values.items())
        and (wanted.after is None or (row[0],) > tuple(wanted.after))
    ]
    yield from chosen[: wanted.limit]


BOARDS = (
    Board("rates", "完成率", tuple(Column(*each) for each in _COLUMNS.items()), ("code",), _rows),
)
