"""What a lead's course does to the journal and to the list of leads as they stand."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from domain.streams import Kind, split_stream_name
from ledger.audit.verifier.postings import postings_of
from projections.cuts import Cut, Period
from projections.lines import lines_of
from projections.store import reading
from projections.tables import CURRENT, NAMES
from tests.domain.harness import Office
from tests.domain.leads import samples as c
from tests.domain.petitions import samples as p
from tests.domain.samples import EVERYONE, ORGAN, a_correction
from tests.ledger.story import COURSES
from tests.projections.sanctions.told import tell
from tests.projections.test_states import cells
from tests.support.offices import Desk

Y2024 = Period(date(2024, 1, 1), date(2024, 12, 31))
KINDS = (Kind.PETITION, Kind.HANDED_UP_REPORT, Kind.LEAD)
STORIES = ("petitions", "leads")


@pytest.fixture
def told(desk: Desk) -> Desk:
    tell(desk, *EVERYONE)
    for story in STORIES:
        tell(desk, *COURSES[story])
    return desk


def received(desk: Desk, organ: str, cut: Cut | None = None) -> tuple[int, int]:
    figures = desk.figures(Y2024, cut, organ)
    return figures["leads.received"], figures["leads.persons"]


def test_a_transferred_lead_is_counted_once_with_the_organ_that_has_it(desk: Desk) -> None:
    tell(desk, *c.RECEIVED_LEAD)
    assert received(desk, ORGAN) == (1, 1)
    tell(desk, c.transfer())
    assert received(desk, ORGAN) == (0, 0)
    assert received(desk, c.OTHER_ORGAN) == (1, 1)
    before = Cut(as_of=date(2024, 3, 4))
    assert received(desk, ORGAN, before) == (1, 1), "as was known then"
    tell(desk, c.accept(), c.propose(), c.approve())
    assert desk.figures(Y2024, None, c.OTHER_ORGAN)["leads.disposed"] == 1
    assert desk.figures(Y2024)["leads.received"] == 1


def test_the_transferring_organ_counts_the_transfer(desk: Desk) -> None:
    tell(desk, *c.RECEIVED_LEAD, c.transfer())
    with reading(desk.engine) as connection:
        found = connection.exec_driver_sql(
            "SELECT organ, occurred_on FROM postings WHERE account = 'leads.transferred'"
        ).all()
    assert [tuple(row) for row in found] == [(ORGAN, "2024-03-05")]


def test_the_parts_of_a_lead_and_what_was_merged_are_counted_as_received(desk: Desk) -> None:
    tell(desk, *c.RECEIVED_LEAD, c.split(), c.merge())
    assert received(desk, ORGAN) == (2, 1)


def test_what_was_registered_by_mistake_counts_no_more_from_when_it_is_known(desk: Desk) -> None:
    tell(desk, *c.RECEIVED_LEAD, p.a_petition())
    assert desk.figures(Y2024)["petitions.accusations"] == 1
    tell(desk, c.withdraw(), p.withdraw())
    assert received(desk, ORGAN) == (0, 0)
    assert desk.figures(Y2024)["petitions.received"] == 0
    before = Cut(as_of=date(2024, 3, 2))
    assert received(desk, ORGAN, before) == (1, 1)
    assert desk.figures(Y2024, before)["petitions.received"] == 1


def test_a_correction_after_a_transfer_moves_what_the_new_organ_counts(desk: Desk) -> None:
    tell(desk, *c.RECEIVED_LEAD, c.transfer(), c.accept())
    correction = a_correction(Kind.LEAD, c.LEAD, "received_on", was="2024-03-01", now="2023-12-31")
    tell(desk, correction)
    assert received(desk, c.OTHER_ORGAN) == (0, 0)
    assert received(desk, ORGAN) == (0, 0)
    everything = desk.figures()
    assert (everything["leads.received"], everything["leads.persons"]) == (1, 1)


def summed(make: Callable[[str, Any], Iterator[Any]], desk: Desk) -> Counter[tuple[Any, ...]]:
    sums: Counter[tuple[Any, ...]] = Counter()
    for event in desk.events.values():
        for each in make(event["type"], event["data"]):
            if each.account not in {"leads.concluded", "leads.transferred"}:
                sums[tuple(each._replace(quantity=0))] += each.quantity
    return sums


def test_both_tellings_of_the_journal_agree(told: Desk) -> None:
    ours = summed(lines_of, told)
    assert ours == summed(postings_of, told)
    assert min(ours.values()) >= 0
    assert 0 in ours.values(), "nothing was taken back"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.value)
def test_every_row_as_it_stands_is_the_folded_state(kind: Kind, told: Desk) -> None:
    office = Office()
    for command in (*EVERYONE, *(each for story in STORIES for each in COURSES[story])):
        office.carry_out(command)
    names = [name for name, _ in CURRENT[NAMES[kind]].columns][:-4]
    expected = [
        cells(state, names)
        for stream, state in office.states.items()
        if split_stream_name(stream)[0] is kind
    ]
    columns = ", ".join(f'"{name}"' for name in names)
    with reading(told.engine) as connection:
        found = connection.exec_driver_sql(f"SELECT {columns} FROM {NAMES[kind]}").all()
    assert expected
    assert sorted(map(tuple, found), key=repr) == sorted(expected, key=repr)
