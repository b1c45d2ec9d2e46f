"""The story on a ledger: every stored fact, and the states it comes to at every version."""

from typing import Any

import pytest

from domain.concepts import CONCEPTS
from domain.streams import Kind, split_stream_name, stream_name
from ledger.application import Ledger
from ledger.catalogue import STORED_NAMES
from tests.domain import samples as s
from tests.domain.harness import Office, fold
from tests.ledger.story import ADDED, BEGINNINGS, CORRECTIONS, LATER

NUMBERS = {
    Kind.ORGAN: s.ORGAN,
    Kind.UNIT: s.UNIT,
    Kind.PERSON: s.PERSON,
    Kind.ARCHIVE_ITEM: s.ITEM,
    Kind.PETITION: s.PETITION,
    Kind.LEAD: s.LEAD,
    Kind.CASE: s.CASE,
    Kind.DISPOSITION: s.DISPOSITION,
    Kind.SANCTION: s.SANCTION,
    Kind.RECOMMENDATION: s.LETTER,
    Kind.ROUND: s.ROUND,
    Kind.PROBLEM: s.PROBLEM,
    Kind.WORK_SUGGESTION: s.SUGGESTION,
    Kind.CHECK: s.CHECK,
    Kind.MATTER: s.MATTER,
    Kind.CORRECTION: CORRECTIONS[0].number,
    Kind.STATEMENT: s.STATEMENT,
    Kind.LOG_KEY: s.a_key_change().number,
}
STREAMS = [stream_name(kind, number) for kind, number in NUMBERS.items()]


def all_entries(ledger: Ledger) -> list[tuple[int, dict[str, Any]]]:
    return [each for page in ledger.follow() for each in page]


def test_every_stored_fact_happens_in_the_story(told: Ledger) -> None:
    assert {entry["type"] for _, entry in all_entries(told)} == set(STORED_NAMES)


def test_the_ledger_comes_to_the_states_of_an_office_without_one(told: Ledger) -> None:
    office = Office()
    for command in (*BEGINNINGS, *LATER, *CORRECTIONS, *ADDED):
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
            assert data.before == state
        state = fold(stream, state, data)
        if hasattr(data, "after"):
            assert data.after == state
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
    assert sorted(map(len, by_command.values())) == [1] * 29 + [2] * 15
