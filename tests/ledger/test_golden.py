"""What was stored once is read for ever, and written again as the same bytes."""

import os

import pytest

from domain.fields import field_index
from ledger.application import Ledger
from ledger.catalogue import STORED_NAMES, UPCASTERS
from ledger.mapper import LedgerMapper
from tests.ledger.golden_files import WRITE, golden_file, golden_names, write_missing


@pytest.fixture(scope="module")
def first_of_each(told: Ledger) -> dict[str, bytes]:
    """The stored bytes of the story's first event of each name."""
    events: dict[str, bytes] = {}
    for _, topic, state in told.store.page(0, 1000):
        events.setdefault(topic, state)
    return events


def test_every_name_ever_stored_has_its_golden_file(first_of_each: dict[str, bytes]) -> None:
    if os.environ.get(WRITE):
        write_missing(first_of_each)
    assert golden_names() == STORED_NAMES.keys() | UPCASTERS.keys()


@pytest.mark.parametrize("name", sorted(golden_names()))
def test_a_golden_file_is_read_with_todays_code(name: str, mapper: LedgerMapper) -> None:
    event = mapper.read(name, golden_file(name).read_bytes())
    assert STORED_NAMES[event.type] is type(event.data)
    assert name in UPCASTERS or event.type == name


@pytest.mark.parametrize("name", sorted(golden_names() & STORED_NAMES.keys()))
def test_a_golden_file_is_the_event_of_the_story(
    name: str, told: Ledger, mapper: LedgerMapper
) -> None:
    golden = mapper.read(name, golden_file(name).read_bytes())
    recorded = {entry.position: entry.event for entry in told.history(golden.stream)}
    assert golden in recorded.values()


@pytest.mark.parametrize("name", sorted(golden_names() & STORED_NAMES.keys()))
def test_a_golden_file_is_written_again_as_the_same_bytes(name: str, mapper: LedgerMapper) -> None:
    golden = golden_file(name).read_bytes()
    assert mapper.entry(mapper.read(name, golden)) == golden


@pytest.mark.parametrize("name", sorted(golden_names()))
def test_the_plain_reading_of_a_golden_file_says_the_same(name: str, mapper: LedgerMapper) -> None:
    golden = golden_file(name).read_bytes()
    event = mapper.read(name, golden)
    body = mapper.plain(name, golden)
    assert (body["type"], body["stream"], body["version"]) == (
        event.type,
        event.stream,
        event.version,
    )
    assert body["data"].keys() == set(field_index(type(event.data)).names)
