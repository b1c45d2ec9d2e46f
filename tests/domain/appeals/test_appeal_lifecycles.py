"""Appeals and complaints tried at random."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from domain.appeals import appeal, complaint
from domain.lifecycle import Lifecycle
from domain.sanctions import organisational
from tests.domain.appeals import samples as a
from tests.domain.harness import Office
from tests.domain.machines import MACHINES, sequences, tried
from tests.domain.sanctions.samples import a_suspension, an_end_of_measure

DAYS = st.dates(date(2021, 6, 1), date(2021, 12, 31))


def dated(make: Any, field: str, **more: Any) -> Any:
    return lambda: st.builds(make, **{field: DAYS}, **more)


MADE = {
    "appeal": (
        appeal.LIFECYCLE,
        a.APPEAL,
        {
            "accept": lambda: st.just(a.an_appeal()),
            "assign": dated(a.an_assignment, "assigned_on"),
            "uphold": dated(a.a_ruling, "decided_on"),
            "change": dated(a.a_change_ruled, "decided_on"),
            "revoke": dated(a.a_ruling, "decided_on", outcome=st.just("撤销")),
            "withdraw": dated(a.a_withdrawal, "withdrawn_on"),
        },
    ),
    "complaint": (
        complaint.LIFECYCLE,
        a.COMPLAINT,
        {
            "accept": lambda: st.just(a.a_complaint()),
            "decide": dated(a.an_answer, "decided_on"),
            "ask": lambda: DAYS.map(
                lambda day: a.a_review_asked(received_on=day, review_applied_on=day)
            ),
            "answer": dated(a.a_review_answered, "reviewed_on"),
        },
    ),
    "organisational measure": (
        organisational.LIFECYCLE,
        a_suspension().number,
        {
            "impose": lambda: st.just(a_suspension()),
            "end": dated(an_end_of_measure, "ended_on"),
        },
    ),
}


@pytest.mark.parametrize(("lifecycle", "number", "acts"), MADE.values(), ids=MADE)
def test_the_decisions_allow_just_the_moves_of_the_table(
    lifecycle: Lifecycle, number: str, acts: dict[str, Any]
) -> None:
    ways: set[tuple[str, str, str]] = set()

    opening = next(iter(acts.values()))

    @MACHINES
    @over(opening(), sequences(acts, most=14))
    def machine(first: Any, wanted: Sequence[Any]) -> None:
        office = Office()
        for command in a.SANCTIONED:
            office.carry_out(command)
        ways.update(tried(lifecycle, office, number, [first, *wanted]))

    machine()
    for move in lifecycle.moves:
        assert ways & {(move.act, *arrow) for arrow in move.arrows}, move
