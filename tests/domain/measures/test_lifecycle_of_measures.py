"""监察措施: whatever is asked for in whatever order, the table of stages and decisions agree."""

from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from domain.measures.stages import LIFECYCLE
from tests.domain.harness import Office
from tests.domain.machines import MACHINES, tried
from tests.domain.measures import samples as s

DETENTION: dict[str, Any] = {
    "carry out": s.carried_out(),
    "extend": s.an_extension(approving_organ=s.NATION),
    "restart": s.a_restart(),
    "notice": s.a_notice(),
    "defer": s.a_deferral(),
    "deliver": s.a_delivery(),
    "ask": s.a_change_request(),
    "answer": s.an_answer(),
    "record": s.a_record(),
    "irrelevant": s.irrelevant(),
    "lift": s.lifted(),
    "change": s.changed("CS2"),
}
AFTER = ([], ["lift"], ["change"], ["ask"])
CASES: dict[str, Any] = {
    "留置": (
        s.a_detention(organ=s.PROVINCE, approver="集体研究", approving_organ=None, case="AJ-L"),
    ),
    "管护": (s.a_measure("管护", organ=s.PROVINCE, case="AJ-L"),),
    "冻结": (s.a_measure("冻结", organ=s.PROVINCE, case="AJ-L"),),
    "讯问": (s.a_measure("讯问", organ=s.PROVINCE, case="AJ-L"),),
}
EVERY = set(LIFECYCLE.stages)


def office_of(kind: str) -> Office:
    """A provincial organ's measure of a kind, approved, and one that may take its place."""
    office = Office()
    next_one = s.a_measure("责令候查", number="CS2", organ=s.PROVINCE, case="AJ-L")
    for command in (*s.of_level(s.PROVINCE)[:-2], *CASES[kind], next_one):
        office.carry_out(command)
    return office


@pytest.mark.parametrize("kind", CASES)
def test_random_orders_agree_with_the_table(kind: str) -> None:
    @MACHINES
    @generated(st.lists(st.sampled_from(sorted(DETENTION)), max_size=10))
    def holds(names: list[str]) -> None:
        wanted = [DETENTION["carry out"], *(DETENTION[name] for name in names)]
        tried(LIFECYCLE, office_of(kind), s.MEASURE, wanted)

    holds()


def test_every_way_of_the_table_is_taken() -> None:
    ways: set[tuple[str, str, str]] = set()
    for kind in CASES:
        for before in AFTER:
            for name in DETENTION:
                wanted = [DETENTION[each] for each in ("carry out", *before, name)]
                ways.update(tried(LIFECYCLE, office_of(kind), s.MEASURE, wanted))
    table = {(move.act, *way) for move in LIFECYCLE.moves for way in move.arrows}
    assert ways == table, table ^ ways
