"""The ledger's journal and the verifier's, told apart, agree on every event of the stories."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from domain.streams import derived_id
from ledger.audit.verifier.accounts import Posting
from ledger.audit.verifier.figures import Journal
from ledger.audit.verifier.postings import postings_of
from ledger.envelope import Circumstances
from projections.line import Line
from projections.lines import lines_of
from projections.store import reading
from tests.domain.dispositions.samples import a_conclusion_of_forms, a_replacement
from tests.domain.samples import a_lead
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


def test_both_know_a_posting_from_the_same_day(told: Desk) -> None:
    """One registered late and replaced in its own time is taken back when it was known at all."""
    late = Circumstances("tester", derived_id("late"), derived_id("late"), date(2022, 6, 1))
    told.ledger.execute(a_lead(), late._replace(command_id=derived_id("lead")))
    told.ledger.execute(a_conclusion_of_forms(), late)
    tell(told, a_replacement())
    theirs = Journal()
    for index, event in enumerate(told.events.values()):
        theirs.add(index, event["type"], event["registered_on"], event["data"])
    since = Counter(
        (*posted.posting, posted.since)
        for account in FIGURES
        for posted in theirs.accounts[account]
    )
    columns = ", ".join((*Line._fields, "registered_on"))
    marks = ", ".join("?" * len(FIGURES))
    with reading(told.engine) as connection:
        rows = connection.exec_driver_sql(
            f"SELECT {columns} FROM postings WHERE account IN ({marks})",
            FIGURES,
        )
        assert Counter(map(tuple, rows)) == since


def test_every_fact_that_takes_back_is_in_the_stories(told: Desk) -> None:
    assert {event["type"] for event in told.events.values()} >= MOVED
