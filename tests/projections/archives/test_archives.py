"""Archives: who is overdue for review as of any day, and how many are on file."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from domain.streams import Kind
from ledger.audit.verifier.postings import postings_of
from projections.cuts import Period
from projections.deadlines import Asked, Standing, deadlines
from projections.lines import lines_of
from projections.store import reading
from tests.domain import samples as s
from tests.domain.archives import samples as a
from tests.projections.sanctions.told import tell
from tests.support.offices import Desk

REVIEW = "archive.half_year_review"
ORDINARY = s.a_person(number="RY003", district_managed=False)


def reviews(desk: Desk, on: date) -> dict[str, tuple[date | None, Standing]]:
    with reading(desk.engine) as connection:
        found = deadlines(connection, Asked(on, rules=(REVIEW,)))
        return {each.stream: (each.due_on, each.standing) for each in found}


@pytest.fixture
def kept(desk: Desk) -> Desk:
    return tell(desk, *a.KEPT, ORDINARY)


def test_a_review_is_due_half_a_year_after_the_archive_was_opened(kept: Desk) -> None:
    assert reviews(kept, date(2018, 12, 31)) == {}
    assert reviews(kept, date(2019, 7, 1)) == {
        "person:RY001": (date(2019, 7, 1), Standing.DUE),
    }
    assert reviews(kept, date(2019, 7, 2))["person:RY001"][1] is Standing.OVERDUE


def test_each_review_sets_the_next_one_running(kept: Desk) -> None:
    tell(kept, a.reviewed())
    assert reviews(kept, date(2021, 6, 29))["person:RY001"][1] is Standing.OVERDUE
    assert reviews(kept, date(2021, 6, 30))["person:RY001"] == (date(2021, 12, 30), Standing.DUE)


def test_a_review_that_the_register_tells_counts_as_well(kept: Desk) -> None:
    tell(kept, s.an_archive_item(occurred_on=date(2020, 1, 31)))
    assert reviews(kept, date(2020, 2, 1))["person:RY001"] == (date(2020, 7, 31), Standing.DUE)
    tell(kept, s.an_archive_item(number="DA-2", category="奖励", occurred_on=date(2020, 7, 1)))
    assert reviews(kept, date(2020, 7, 2))["person:RY001"][0] == date(2020, 7, 31)


def test_a_review_found_to_be_none_leaves_the_archive_overdue(kept: Desk) -> None:
    tell(kept, s.an_archive_item(occurred_on=date(2020, 1, 31)))
    correction = s.a_correction(Kind.ARCHIVE_ITEM, s.ITEM, "category", was="半年更新", now="奖励")
    tell(kept, correction)
    today = kept.ledger.today()
    assert reviews(kept, today)["person:RY001"] == (date(2019, 7, 1), Standing.OVERDUE)


def test_of_a_closed_archive_no_review_is_due(kept: Desk) -> None:
    tell(kept, a.reviewed(), a.closed())
    assert reviews(kept, date(2021, 10, 31)).keys() == {"person:RY001"}
    assert reviews(kept, date(2021, 11, 1)) == {}


def test_an_opinion_is_due_on_the_day_asked_for(kept: Desk) -> None:
    tell(kept, a.opinion_requested())
    asked = Asked(date(2021, 7, 16), rules=("archive.opinion",), done=True)
    with reading(kept.engine) as connection:
        (late,) = deadlines(connection, asked)
    assert (late.due_on, late.standing) == (date(2021, 7, 15), Standing.OVERDUE)
    tell(kept, a.opinion_given(given_on=date(2021, 7, 16)))
    with reading(kept.engine) as connection:
        (given,) = deadlines(connection, asked)
    assert given.standing is Standing.DONE_LATE


def on_file(desk: Desk, on: date) -> int:
    return desk.figures(Period(date(2021, 1, 1), on))["archives.managed"]


def test_a_closed_archive_is_on_file_until_the_day_it_was_closed(kept: Desk) -> None:
    tell(kept, a.reviewed(), a.closed())
    assert (on_file(kept, date(2021, 10, 31)), on_file(kept, date(2021, 11, 1))) == (1, 0)


def test_a_change_of_post_moves_no_figure(kept: Desk) -> None:
    before = kept.figures()
    tell(kept, a.post_changed())
    assert kept.figures() == before


def test_the_verifier_counts_archives_alike(kept: Desk) -> None:
    tell(kept, a.reviewed(), a.closed())

    def sums(make: Any) -> Counter[Any]:
        found: Counter[Any] = Counter()
        for event in kept.events.values():
            for each in make(event["type"], event["data"]):
                if each.account == "archives.opened":
                    found[tuple(each._replace(quantity=0))] += each.quantity
        return found

    assert sums(lines_of) == sums(postings_of)
    assert sorted(sums(lines_of).values()) == [-1, 1]
