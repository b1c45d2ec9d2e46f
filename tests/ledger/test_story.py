"""The story on a ledger: every stored fact, and the states it comes to at every version."""

from itertools import chain
from typing import Any

import pytest

from domain.concepts import CONCEPTS
from domain.fields import restate
from domain.streams import split_stream_name
from ledger.application import Ledger
from ledger.catalogue import STORED_NAMES
from tests.domain.harness import Office, fold
from tests.ledger.story import ADDED, BEGINNINGS, CORRECTIONS, COURSES, LATER


def streams_of_the_story() -> list[str]:
    office = Office()
    told_later = chain.from_iterable(COURSES.values())
    for command in (*BEGINNINGS, *LATER, *CORRECTIONS, *ADDED, *told_later):
        office.carry_out(command)
    return sorted(office.states)


STREAMS = streams_of_the_story()


def all_entries(ledger: Ledger) -> list[tuple[int, dict[str, Any]]]:
    return [each for page in ledger.follow() for each in page]


def test_every_stored_fact_happens_in_the_story(told: Ledger) -> None:
    assert {entry["type"] for _, entry in all_entries(told)} == set(STORED_NAMES)


def test_the_ledger_comes_to_the_states_of_an_office_without_one(told: Ledger) -> None:
    office = Office()
    told_later = chain.from_iterable(COURSES.values())
    for command in (*BEGINNINGS, *LATER, *CORRECTIONS, *ADDED, *told_later):
        office.carry_out(command)
    with told.transaction() as transaction:
        for stream, state in office.states.items():
            assert transaction.look(stream) == state


@pytest.mark.parametrize("stream", STREAMS)
def test_the_history_of_a_stream_is_in_the_order_of_its_versions(told: Ledger, stream: str) -> None:
    history = told.history(stream)
    assert [entry.event.version for entry in history] == list(range(1, len(history) + 1))
    positions = [entry.position for entry in history]
    assert positions == sorted(set(positions))
    assert {entry.event.stream for entry in history} == {stream}


@pytest.mark.parametrize("stream", STREAMS)
def test_the_state_at_a_version_is_the_fold_of_the_events_up_to_it(
    told: Ledger, stream: str
) -> None:
    """A correction says what was before it: that must be the fold up to there."""
    state = None
    for entry in told.history(stream):
        data = entry.event.data
        if hasattr(data, "before"):
            assert data.before == restate(state, type(data.before))
        state = fold(stream, state, data)
        if hasattr(data, "after"):
            assert data.after == restate(state, type(data.after))
    with told.transaction() as transaction:
        assert transaction.look(stream) == state
    assert isinstance(state, CONCEPTS[split_stream_name(stream)[0]].state)


def test_every_command_of_the_story_is_answered_by_its_own_positions(told: Ledger) -> None:
    by_command: dict[str, list[int]] = {}
    for position, entry in all_entries(told):
        by_command.setdefault(entry["command_id"], []).append(position)
    with told.transaction() as transaction:
        receipts = transaction.receipts(by_command)
    assert receipts.keys() == by_command.keys()
    for command, positions in by_command.items():
        receipt = receipts[command]
        assert [receipt.first_position, receipt.last_position] == [positions[0], positions[-1]]
    assert max(map(len, by_command.values())) > 1
