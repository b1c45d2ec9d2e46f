"""Following the ledger: every entry after a position, in order, once."""

import json
from typing import Any

import pytest

from domain.streams import Kind
from ledger.application import Ledger
from tests.domain.samples import EVERYONE, PERSON, a_correction, a_unit, an_organ
from tests.ledger.office import record


@pytest.fixture
def ten(ledger: Ledger) -> Ledger:
    record(ledger, *(an_organ(code=f"JW{number}") for number in range(10)))
    return ledger


def followed(ledger: Ledger, *after: int, **more: Any) -> list[list[int]]:
    return [[at for at, _ in page] for page in ledger.follow(*after, **more)]


def test_an_empty_ledger_has_nothing_to_follow(ledger: Ledger) -> None:
    assert list(ledger.follow()) == []
    assert ledger.head() == 0


@pytest.mark.parametrize(
    ("after", "limit", "until", "pages"),
    [
        (0, 1000, None, [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]),
        (0, 4, None, [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]]),
        (0, 5, None, [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10]]),
        (7, 4, None, [[8, 9, 10]]),
        (10, 4, None, []),
        (11, 4, None, []),
        (0, 4, 6, [[1, 2, 3, 4], [5, 6]]),
        (5, 4, 6, [[6]]),
        (6, 4, 6, []),
        (0, 4, 0, []),
        (0, 100, 99, [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]),
    ],
)
def test_pages_follow_each_other_up_to_the_head_or_until(
    ten: Ledger, after: int, limit: int, until: int | None, pages: list[list[int]]
) -> None:
    assert followed(ten, after, limit=limit, until=until) == pages


def test_what_is_recorded_while_following_is_followed_too(ten: Ledger) -> None:
    seen = []
    for page in ten.follow(limit=5):
        seen += [at for at, _ in page]
        if seen[-1] == 10:
            record(ten, a_unit())
    assert seen == list(range(1, 12))


def test_what_is_recorded_while_following_stays_out_of_a_cut(ten: Ledger) -> None:
    seen = []
    for page in ten.follow(limit=5, until=10):
        seen += [at for at, _ in page]
        record(ten, an_organ(code=f"JW-{seen[-1]}"))
    assert seen == list(range(1, 11))


def test_an_entry_followed_is_the_plain_data_of_its_event(ledger: Ledger) -> None:
    record(ledger, *EVERYONE)
    ((at, entry),) = [each for page in ledger.follow(2) for each in page]
    ((_, _, state),) = ledger.store.page(2, 1)
    assert at == 3
    assert entry == json.loads(state)
    assert (entry["stream"], entry["version"]) == (f"person:{PERSON}", 1)


def test_the_history_of_one_stream_has_only_its_events(ledger: Ledger) -> None:
    record(ledger, *EVERYONE)
    act = a_correction(Kind.PERSON, PERSON, "rank", was="乡科级", now="县处级")
    record(ledger, act, a_unit(code="DW02"))
    history = ledger.history(f"person:{PERSON}")
    assert [(entry.position, entry.event.version) for entry in history] == [(3, 1), (5, 2)]
    assert [entry.event.type for entry in history] == [
        "person.registered.v1",
        "person.corrected.v1",
    ]


def test_a_number_never_registered_has_no_history(ledger: Ledger) -> None:
    assert ledger.history("person:RY999") == []
