"""Deadlines: what is due, overdue and done, as known on any day."""

from datetime import date
from typing import Any

import pytest

from consumers.calendars import known_calendars
from domain.limits.decisions import SetLocalLimit
from domain.streams import derived_id
from domain.window.decisions import SettleMatter
from ledger.envelope import Circumstances
from projections.deadlines import Asked, Deadline, Standing, deadlines
from projections.store import reading
from tests.domain import samples as s
from tests.support.offices import Desk

ACCEPTED = date(2024, 2, 2)


def carry_out(desk: Desk, *commands: tuple[Any, date]) -> None:
    """Record commands, each registered on a day."""
    for at, (command, registered_on) in enumerate(commands):
        made = derived_id(f"{desk.ledger.head()} {at}")
        circumstances = Circumstances("tester", made, made, registered_on)
        desk.ledger.execute(command, circumstances)
    desk.runner.catch_up()


def due(desk: Desk, on: date, *, done: bool = False, organ: str | None = None) -> list[Deadline]:
    """The deadlines of the window as of a day."""
    with reading(desk.engine) as connection:
        asked = Asked(on, organ=organ, done=done, rules=("window.settlement",))
        return list(deadlines(connection, asked))


@pytest.fixture
def accepted(desk: Desk) -> Desk:
    """A matter accepted on Friday 2024-02-02: five working days end on Thursday 02-08."""
    everyone = [(command, date(2024, 1, 1)) for command in s.EVERYONE]
    calendars = [(each, date(2026, 11, 1)) for each in known_calendars()]
    matter = s.a_matter(accepted_on=ACCEPTED)
    carry_out(desk, *everyone, *calendars, (matter, ACCEPTED))
    return desk


def test_nothing_is_due_before_it_is_known(accepted: Desk) -> None:
    assert due(accepted, date(2024, 2, 1)) == []


def test_a_matter_is_due_on_its_last_day_and_overdue_after_it(accepted: Desk) -> None:
    (today,) = due(accepted, date(2024, 2, 8))
    assert (today.due_on, today.standing, today.days_left) == (
        date(2024, 2, 8),
        Standing.DUE,
        0,
    )
    assert (today.limit, today.provisional) == ("5个工作日", False)
    assert today.provision is not None
    (late,) = due(accepted, date(2024, 2, 9))
    assert (late.standing, late.days_left) == (Standing.OVERDUE, -1)


def test_what_is_done_is_listed_only_when_asked_for(accepted: Desk) -> None:
    settled = SettleMatter(number=s.MATTER, settled_on=date(2024, 2, 18), outcome="已办理")
    carry_out(accepted, (settled, date(2024, 2, 18)))
    assert due(accepted, date(2024, 3, 1)) == []
    (done,) = due(accepted, date(2024, 3, 1), done=True)
    assert (done.closed_on, done.standing) == (date(2024, 2, 18), Standing.DONE_LATE)
    (then,) = due(accepted, date(2024, 2, 17))
    assert then.standing is Standing.OVERDUE


def test_a_correction_moves_the_deadline_from_when_it_is_known(accepted: Desk) -> None:
    correction = s.a_correction(
        s.Kind.MATTER, s.MATTER, "accepted_on", was="2024-02-02", now="2024-02-01"
    )
    carry_out(accepted, (correction, date(2024, 2, 6)))
    assert [each.due_on for each in due(accepted, date(2024, 2, 5))] == [date(2024, 2, 8)]
    assert [each.due_on for each in due(accepted, date(2024, 2, 6))] == [date(2024, 2, 7)]


def test_a_deadline_in_a_year_not_yet_published_is_provisional(accepted: Desk) -> None:
    """On 2024-11-11 the notice for 2025, of 2024-11-12, was not yet published."""
    matter = s.a_matter(number="SX2", accepted_on=date(2024, 11, 11))
    late = s.a_matter(number="SX3", accepted_on=date(2024, 12, 30))
    carry_out(accepted, (matter, date(2024, 11, 11)), (late, date(2024, 12, 30)))
    by_stream = {each.stream: each for each in due(accepted, date(2024, 12, 31))}
    assert not by_stream["matter:SX3"].provisional
    assert by_stream["matter:SX3"].due_on == date(2025, 1, 7)
    assert not by_stream["matter:SX2"].provisional


def test_an_organ_that_is_not_known_has_no_deadlines_to_show(accepted: Desk) -> None:
    with pytest.raises(LookupError):
        due(accepted, date(2024, 2, 8), organ="无")


def test_a_local_limit_goes_before_the_laws(accepted: Desk) -> None:
    tighter = SetLocalLimit(
        number="BD1",
        organ=s.ORGAN,
        rule="window.settlement",
        value=3,
        unit="工作日",
        since=date(2024, 1, 1),
        provision="本地规定",
    )
    carry_out(accepted, (tighter, date(2024, 1, 2)))
    (matter,) = due(accepted, date(2024, 2, 5))
    assert matter.organ is None
    assert matter.due_on == date(2024, 2, 8), "a limit of an organ is its own matters' alone"


def test_the_same_lines_are_made_again_by_a_rebuild(accepted: Desk) -> None:
    rebuilt = accepted.runner.rebuild("terms")
    assert (rebuilt.rows > 0, rebuilt.differing) == (True, 0)
