"""Every board by name."""

from collections.abc import Iterator, Mapping

from projections.boards import (
    archives,
    cases,
    dispositions,
    letters,
    measures,
    registers,
    sanctions,
)
from projections.boards.board import Board


def _all() -> Iterator[Board]:
    yield from registers.BOARDS
    yield from cases.BOARDS
    yield from dispositions.BOARDS
    yield from sanctions.BOARDS
    yield from measures.BOARDS
    yield from letters.BOARDS
    yield from archives.BOARDS


BOARDS: Mapping[str, Board] = {board.name: board for board in _all()}
