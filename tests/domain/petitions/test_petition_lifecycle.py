"""The lifecycle of a petition, tried at random and from every situation."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.petitions.lifecycle import LIFECYCLE
from domain.streams import Kind
from tests.domain.harness import Office
from tests.domain.machines import MACHINES, tried
from tests.domain.petitions import samples as p

FIRST = date(2024, 3, 20)
#: Each act with the field of its day.
ACTS: tuple[tuple[str, Any], ...] = (
    ("marked_repeat_on", p.mark_repeat(number=p.PETITION, repeat_of="XS-P-00")),
    ("accepted_on", p.accept()),
    ("acceptance_notified_on", p.notify_acceptance()),
    ("transferred_on", p.transfer()),
    ("transfer_answered_on", p.answer()),
    ("returned_on", p.send_back()),
    ("withdrawn_on", p.withdraw()),
    ("split_on", p.split()),
    ("assigned_on", p.assign()),
    ("extended_on", p.extend()),
    ("assignment_reported_on", p.report_up()),
    ("turned_on", p.turn()),
    ("concluded_on", p.conclude()),
    ("result_notified_on", p.notify_result()),
    ("result_fed_back_on", p.feed_back()),
)


def an_office() -> Office:
    office = Office()
    first = p.a_petition(number="XS-P-00", received_on=date(2024, 2, 1))
    for command in (*p.RECEIVED_PETITION, first, p.a_lead()):
        office.carry_out(command)
    return office


def situation(office: Office) -> tuple[Any, ...]:
    """What decides which acts are allowed next."""
    petition = office.look(Kind.PETITION, p.PETITION)
    days = (petition.accepted_on, petition.assigned_on, petition.assignment_reported_on)
    return (LIFECYCLE.stage(petition), *(day is not None for day in days))


def every_way() -> set[tuple[str, str, str]]:
    """Every act from every situation that acts lead to, nearest first."""
    ways: set[tuple[str, str, str]] = set()
    seen, waiting = set(), [(an_office(), FIRST)]
    for office, day in waiting:
        for field, act in ACTS:
            after = Office(dict(office.states))
            tomorrow = day + timedelta(days=1)
            ways |= tried(LIFECYCLE, after, p.PETITION, [replace(act, **{field: tomorrow})])
            found = situation(after)
            if found not in seen:
                seen.add(found)
                waiting.append((after, tomorrow))
    return ways


def test_every_move_of_the_table_is_made_and_no_other() -> None:
    arrows = {(move.act, *arrow) for move in LIFECYCLE.moves for arrow in move.arrows}
    assert arrows - every_way() == set()


@MACHINES
@given(st.lists(st.sampled_from(ACTS), min_size=4, max_size=20))
def test_the_table_of_moves_is_what_the_decisions_allow(acts: list[tuple[str, Any]]) -> None:
    days = (FIRST + timedelta(days=at) for at in range(len(acts)))
    dated = [replace(act, **{field: day}) for day, (field, act) in zip(days, acts, strict=False)]
    tried(LIFECYCLE, an_office(), p.PETITION, dated)
