"""The ledger's journal and the verifier's, told apart, agree on every event of the stories."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ledger.audit.verifier.accounts import Posting
from ledger.audit.verifier.postings import postings_of
from projections.line import Line
from projections.lines import lines_of
from tests.ledger.story import COURSES
from tests.projections.sanctions.told import everyone, tell
from tests.support.offices import Desk

STORIES = ("forms", "sanctions", "appeals")
#: Stored names whose figures these stories move.
MOVED = {
    "disposition.replaced.v1",
    "disposition.withdrawn.v1",
    "sanction.changed.v1",
    "sanction.revoked.v1",
}
FIGURES = ("forms", "sanctions", "cases.filed", "leads.received")


def summed(make: Callable[[str, Any], Iterator[Any]], desk: Desk) -> Counter[tuple[Any, ...]]:
    sums: Counter[tuple[Any, ...]] = Counter()
    for event in desk.events.values():
        for each in make(event["type"], event["data"]):
            if each.account in FIGURES:
                sums[tuple(each._replace(quantity=0))] += each.quantity
    return sums


@pytest.fixture
def told(desk: Desk) -> Desk:
    tell(desk, *everyone())
    for story in STORIES:
        tell(desk, *COURSES[story])
    return desk


def test_both_tellings_of_the_journal_agree(told: Desk) -> None:
    assert Line._fields == Posting._fields
    ours, theirs = summed(lines_of, told), summed(postings_of, told)
    assert ours == theirs
    assert min(ours.values()) >= 0
    assert 0 in ours.values(), "nothing was taken back"


def test_every_fact_that_takes_back_is_in_the_stories(told: Desk) -> None:
    assert {event["type"] for event in told.events.values()} >= MOVED
