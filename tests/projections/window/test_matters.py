"""Matters assigned and reopened: figures by organ follow the unit, terms begin again."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from domain.organs.decisions import RegisterOrgan
from domain.streams import derived_id
from ledger.audit.verifier.postings import postings_of
from ledger.envelope import Circumstances
from projections.cuts import Cut, Period
from projections.deadlines import Asked, Standing, deadlines
from projections.lines import lines_of
from projections.store import reading
from tests.domain import samples as s
from tests.domain.window import samples as w
from tests.support.offices import Desk

YEAR = Period(date(2021, 1, 1), date(2021, 12, 31))
OTHER_ORGAN = RegisterOrgan(
    code="JW02", name="邻区纪委监委", type="纪委监委", parent=None, region="350502"
)


@pytest.fixture
def told(desk: Desk) -> Desk:
    """A matter accepted for one district's unit, assigned to another's, settled and reopened."""
    commands = (
        s.an_organ(type="纪委监委"),
        OTHER_ORGAN,
        s.a_unit(),
        s.a_unit(code=w.OTHER, region="350502"),
        s.a_matter(),
        w.assigned(),
        w.settled(),
        w.reopened(),
    )
    for at, command in enumerate(commands):
        made = derived_id(f"command {at}")
        desk.ledger.execute(command, Circumstances("tester", made, made, None))
    desk.runner.catch_up()
    return desk


def test_a_matter_counts_where_it_is_assigned_from_when_that_is_known(told: Desk) -> None:
    def matters(organ: str, as_of: date) -> int:
        return told.figures(YEAR, Cut(as_of=as_of), organ)["window.matters"]

    assert (matters("JW01", date(2021, 5, 10)), matters("JW02", date(2021, 5, 10))) == (1, 0)
    assert (matters("JW01", date(2021, 5, 11)), matters("JW02", date(2021, 5, 11))) == (0, 1)
    assert told.figures(YEAR)["window.matters"] == 1


def _sums(make: Callable[[str, Any], Iterator[Any]], desk: Desk, account: str) -> Counter[Any]:
    sums: Counter[Any] = Counter()
    for event in desk.events.values():
        for each in make(event["type"], event["data"]):
            if each.account == account:
                sums[tuple(each._replace(quantity=0))] += each.quantity
    return sums


def test_the_verifier_counts_an_assigned_matter_alike(told: Desk) -> None:
    ours = _sums(lines_of, told, "matters.accepted")
    assert ours == _sums(postings_of, told, "matters.accepted")
    assert sorted(ours.values()) == [0, 1]


def test_a_settling_undone_is_no_longer_counted_from_the_day_of_reopening(told: Desk) -> None:
    settled = _sums(lines_of, told, "matters.settled")
    assert {(key[1], count) for key, count in settled.items()} == {
        ("2021-05-20", 1),
        ("2021-05-22", -1),
    }


def test_the_term_of_a_reopened_matter_begins_again(told: Desk) -> None:
    with reading(told.engine) as connection:
        (then,) = deadlines(connection, Asked(date(2021, 5, 21), done=True))
        (now,) = deadlines(connection, Asked(date(2021, 5, 23)))
    assert (then.opened_on, then.standing) == (date(2021, 5, 10), Standing.DONE_LATE)
    assert (now.opened_on, now.due_on) == (date(2021, 5, 22), date(2021, 5, 28))
