"""Every board by name."""

from collections.abc import Iterator, Mapping

from projections.boards import (
    archives,
    cases,
    dispositions,
    ecology,
    grants,
    inspections,
    joint_work,
    leads,
    letters,
    measures,
    rates,
    registers,
    sanctions,
    supervision,
)
from projections.boards.board import Board


def _all() -> Iterator[Board]:
    yield from registers.BOARDS
    yield from inspections.BOARDS
    yield from supervision.BOARDS
    yield from ecology.BOARDS
    yield from cases.BOARDS
    yield from dispositions.BOARDS
    yield from sanctions.BOARDS
    yield from measures.BOARDS
    yield from leads.BOARDS
    yield from joint_work.BOARDS
    yield from letters.BOARDS
    yield from archives.BOARDS
    yield from grants.BOARDS
    yield from rates.BOARDS


BOARDS: Mapping[str, Board] = {board.name: board for board in _all()}
