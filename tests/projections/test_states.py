"""The state of a stream at any version is the fold of its events up to there, and no more."""

from datetime import date
from functools import reduce
from typing import Any

import pytest

from domain.concepts import concept_of
from domain.streams import Kind, split_stream_name
from ledger.envelope import Entry
from projections.tables import CURRENT, NAMES, TRACE
from reports.history import HistoryCut, history
from tests.support.offices import Desk

Streams = dict[str, list[Entry]]


def streams_of(desk: Desk) -> Streams:
    """Every stream's entries, in order."""
    read = desk.ledger.construct_mapper().read
    streams: Streams = {}
    for position, topic, state in desk.ledger.store.page(0, 10**6):
        entry = Entry(position, read(topic, state))
        streams.setdefault(entry.event.stream, []).append(entry)
    return streams


@pytest.fixture(scope="module", params=["fengze", "wuhua"])
def office(request: pytest.FixtureRequest) -> tuple[Desk, Streams]:
    """An office and all its streams."""
    desk = request.getfixturevalue(request.param)
    return desk, streams_of(desk)


def folded(stream: str, entries: list[Entry]) -> Any:
    """The state that these entries add up to."""
    evolve = concept_of(stream).evolve
    return reduce(lambda state, entry: evolve(state, entry.event.data), entries, None)


def cell(value: Any) -> Any:
    """A value as a read model keeps it."""
    match value:
        case tuple():
            return ";".join(value)
        case bool():
            return int(value)
        case date():
            return value.isoformat()
    return value


def cells(record: Any, names: list[str]) -> tuple[Any, ...]:
    """Fields of a record as a read model keeps them."""
    return tuple(cell(getattr(record, name)) for name in names)


def test_the_state_at_a_version_is_the_fold_of_the_first_events(
    office: tuple[Desk, Streams],
) -> None:
    for stream, entries in office[1].items():
        assert [entry.event.version for entry in entries] == [*range(1, len(entries) + 1)]
        for version in range(1, len(entries) + 1):
            found = history(stream, entries, HistoryCut(version=version))
            assert found.state == folded(stream, entries[:version])
            assert [event.version for event in found.events] == [*range(1, version + 1)]


def test_the_state_at_a_position_is_the_fold_of_what_was_recorded_by_then(
    office: tuple[Desk, Streams],
) -> None:
    streams = office[1]
    several = [name for name, entries in streams.items() if len(entries) > 1]
    for stream in several:
        entries = streams[stream]
        middle = entries[0].position + 1
        found = history(stream, entries, HistoryCut(position=middle))
        known = [entry for entry in entries if entry.position <= middle]
        assert found.state == folded(stream, known)
    assert several


def test_the_history_of_a_stream_is_all_its_entries(office: tuple[Desk, Streams]) -> None:
    desk, streams = office
    assert desk.events.keys() == {e.position for entries in streams.values() for e in entries}
    for stream in [*streams][::97]:
        assert desk.ledger.history(stream) == streams[stream]
        assert history(stream, streams[stream]).state == folded(stream, streams[stream])


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_every_row_of_current_state_is_the_folded_state(
    kind: Kind, office: tuple[Desk, Streams]
) -> None:
    desk, streams = office
    names = [name for name, _ in CURRENT[NAMES[kind]].columns]
    own = names[:-4]
    assert names[-4:] == [*TRACE]
    expected = []
    for stream, entries in streams.items():
        if split_stream_name(stream)[0] is kind:
            first, last = entries[0], entries[-1]
            known_on = max(cell(entry.event.registered_on) for entry in entries)
            trace = (last.event.version, last.position, cell(first.event.registered_on), known_on)
            expected.append((*cells(folded(stream, entries), own), *trace))
    with desk.engine.connect() as connection:
        found = connection.exec_driver_sql(f"SELECT * FROM {NAMES[kind]}").all()
    assert sorted(map(tuple, found), key=repr) == sorted(expected, key=repr)


def test_every_handling_of_current_state_is_in_the_folded_lead(
    office: tuple[Desk, Streams],
) -> None:
    desk, streams = office
    names = ["decided_on", "method", "approver", "concluded_on", "outcome"]
    leads = [folded(name, e) for name, e in streams.items() if name.startswith("lead:")]
    expected = [
        (lead.number, lead.organ, *cells(handling, names))
        for lead in leads
        for handling in lead.handlings
    ]
    statement = f"SELECT lead, organ, {', '.join(names)} FROM handlings"
    with desk.engine.connect() as connection:
        found = connection.exec_driver_sql(statement).all()
    assert sorted(map(tuple, found), key=repr) == sorted(expected, key=repr)
