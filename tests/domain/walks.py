"""Random walks through a lifecycle: each day some of its acts are asked for, in some order."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from domain.lifecycle import Lifecycle
from tests.domain.harness import given
from tests.domain.machines import MACHINES, tried

#: Acts by a name of their own: each makes the command of a day, with a result where it has one.
Acts = Mapping[str, Callable[[date, str], Any]]

FIRST = date(2022, 4, 1)
RESULTS = ("整改到位", "部分到位", "未到位")


def every_move_is_made(
    lifecycle: Lifecycle,
    number: str,
    before: tuple[Any, ...],
    acts: Acts,
    *,
    results: tuple[str, ...] = RESULTS,
    ends: frozenset[str] = frozenset(),
) -> None:
    """Walk until the moves made are exactly those of the table.

    ``ends`` are acts after which little happens: they are asked for only from some day on.

    AssertionError where the decisions and the table disagree, or a move was never made.
    """
    taken: set[tuple[str, str, str]] = set()
    some = st.lists(st.sampled_from(sorted(acts)), min_size=1, unique=True)
    day = st.tuples(some, st.sampled_from(results))

    @settings(MACHINES, max_examples=100)
    @drawn(st.lists(day, min_size=6, max_size=16), st.integers(0, 12))
    def walk(days: list[tuple[list[str], str]], ending: int) -> None:
        office = given(*before).office
        wanted = [
            acts[name](FIRST + timedelta(at), result)
            for at, (names, result) in enumerate(days)
            for name in names
            if name not in ends or at >= ending
        ]
        taken.update(tried(lifecycle, office, number, wanted))

    walk()
    moves = {(move.act, *arrow) for move in lifecycle.moves for arrow in move.arrows}
    assert taken == moves, moves - taken
