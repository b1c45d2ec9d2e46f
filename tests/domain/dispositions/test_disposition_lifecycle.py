"""A disposition tried at random."""

from datetime import date
from typing import Any

from hypothesis import given as over
from hypothesis import strategies as st

from domain.dispositions.disposition import LIFECYCLE
from tests.domain.dispositions.samples import (
    TALK,
    a_conclusion_of_forms,
    a_replacement,
    a_withdrawal,
)
from tests.domain.harness import Office
from tests.domain.machines import MACHINES, sequences, tried
from tests.domain.samples import FILED_CASE

DAYS = st.dates(date(2021, 4, 1), date(2022, 4, 1))
ACTS: dict[str, Any] = {
    "conclude": lambda: st.builds(a_conclusion_of_forms, decided_on=DAYS),
    "replace": lambda: st.builds(
        a_replacement, number=st.sampled_from(["CZ-A", "CZ-B"]), decided_on=DAYS
    ),
    "withdraw": lambda: st.builds(a_withdrawal, withdrawn_on=DAYS),
}


def test_the_decisions_allow_just_the_moves_of_the_table() -> None:
    ways: set[tuple[str, str, str]] = set()

    @MACHINES
    @over(sequences(ACTS))
    def machine(wanted: list[Any]) -> None:
        office = Office()
        for command in FILED_CASE:
            office.carry_out(command)
        ways.update(tried(LIFECYCLE, office, TALK, wanted))

    machine()
    expected = {(move.act, *arrow) for move in LIFECYCLE.moves for arrow in move.arrows}
    assert ways == expected
