"""A street commission's matter from the lead to the letter closed: what is due, and what counts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from consumers.calendars import known_calendars
from domain.sanctions.effect import Running
from domain.streams import Kind, stream_name
from projections.archives import ACCOUNTS, archive_of
from projections.cuts import Cut, Period
from projections.deadlines import Standing
from projections.portrait import portrait
from projections.store import reading
from tests.scenarios.community import (
    CASE,
    COMMITTEE,
    DIRECTOR,
    DISTRICT,
    FORM,
    LEAD,
    LETTER,
    SANCTION,
    STORY,
    STREET,
    day,
)
from tests.support.commands import command
from tests.support.offices import Desk, opened

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))

OPINION = ("lead.handling_opinion", stream_name(Kind.LEAD, LEAD), "", day(2, 15))
INVESTIGATION = ("case.investigation", stream_name(Kind.CASE, CASE), "", day(6, 5))
REVIEW = ("case.review", stream_name(Kind.CASE, CASE), "", day(5, 23))
ANNOUNCEMENT = ("sanction.announcement", stream_name(Kind.SANCTION, SANCTION), "", day(6, 15))
EXECUTION = ("sanction.execution_report", stream_name(Kind.SANCTION, SANCTION), "", day(11, 15))
REPLY = ("recommendation.reply", stream_name(Kind.RECOMMENDATION, LETTER), "", day(6, 21))
FIRST, SECOND = (
    ("recommendation.suggestion", stream_name(Kind.RECOMMENDATION, LETTER), which, day(6, 30))
    for which in ("1", "2")
)

#: What is due at the end of each day, worked out by hand.
DUE = {
    day(1, 14): set(),
    day(1, 15): {OPINION},
    day(1, 30): {OPINION},
    day(1, 31): set(),
    day(3, 6): set(),
    day(3, 7): {INVESTIGATION},
    day(4, 19): {INVESTIGATION},
    day(4, 20): set(),
    day(4, 23): {REVIEW},
    day(5, 9): {REVIEW},
    day(5, 10): set(),
    day(5, 15): {ANNOUNCEMENT, EXECUTION},
    day(5, 23): {ANNOUNCEMENT, EXECUTION, REPLY, FIRST, SECOND},
    day(5, 30): {EXECUTION, REPLY, FIRST, SECOND},
    day(6, 18): {EXECUTION, FIRST, SECOND},
    day(6, 26): {EXECUTION},
    day(10, 7): {EXECUTION},
    day(10, 8): set(),
}

#: The figures of 2024 that are not zero, as known at the end of a day.
RECEIVED = {"leads.received": 1, "leads.persons": 1}
VERIFIED = {
    **RECEIVED,
    "leads.disposed": 1,
    "leads.disposed.preliminary_verification": 1,
}
FILED = {**VERIFIED, "cases.filed": 1}
SANCTIONED = {
    **FILED,
    "sanctions.persons": 1,
    "sanctions.party.persons": 1,
    "sanctions.persons.rank.rural_enterprise_other": 1,
    "forms.total": 1,
    "forms.second": 1,
    "forms.persons": 1,
}
ISSUED = {
    **SANCTIONED,
    "cases.closed": 1,
    "recommendations.issued": 1,
    "recommendations.issued.supervision": 1,
    "recommendations.suggestions": 2,
}
FIGURES = {
    day(1, 14): {},
    day(1, 15): RECEIVED,
    day(1, 31): VERIFIED,
    day(3, 7): FILED,
    day(5, 14): FILED,
    day(5, 15): SANCTIONED,
    day(5, 23): ISSUED,
    day(12, 31): ISSUED,
}


@pytest.fixture(scope="module")
def community(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The whole story, each fact registered on its day."""
    file: Path = tmp_path_factory.mktemp("community") / "ledger.sqlite3"
    with opened(file) as desk:
        desk.carry_out(*((each.published_on, each) for each in known_calendars()), *STORY)
        yield desk


@pytest.mark.parametrize("on", DUE)
def test_what_is_due_on_a_day(community: Desk, on: date) -> None:
    found = {(each.rule, each.stream, each.item, each.due_on) for each in community.due(on)}
    assert found == DUE[on]


def test_everything_was_done_in_time(community: Desk) -> None:
    ended = community.due(day(12, 31), done=True)
    assert {each.standing for each in ended} == {Standing.DONE}
    assert len(ended) == len({OPINION, INVESTIGATION, REVIEW, ANNOUNCEMENT, EXECUTION}) + 3
    assert all(each.provision for each in ended)


def test_how_many_days_are_left_is_said(community: Desk) -> None:
    (reply,) = (each for each in community.due(day(6, 17)) if each.rule == REPLY[0])
    assert (reply.standing, reply.days_left) == (Standing.DUE, 4)


@pytest.mark.parametrize("on", FIGURES)
def test_the_statement_of_the_year_as_known_on_a_day(community: Desk, on: date) -> None:
    figures = community.figures(YEAR, Cut(as_of=on))
    assert {code: value for code, value in figures.items() if value} == FIGURES[on]


@pytest.mark.parametrize("organ", [STREET, DISTRICT])
def test_the_street_decides_and_the_district_counts_it_once(community: Desk, organ: str) -> None:
    assert community.figures(YEAR, organ=organ) == community.figures(YEAR)


def test_every_check_holds(community: Desk) -> None:
    assert all(check.holds for check in community.statement(YEAR).checks)


#: Every fact on the director, in the order in which it occurred.
ON_FILE = (
    (day(1, 15), "leads.persons", stream_name(Kind.LEAD, LEAD)),
    (day(3, 7), "cases.filed", stream_name(Kind.CASE, CASE)),
    (day(5, 15), "sanctions", stream_name(Kind.SANCTION, SANCTION)),
    (day(5, 15), "forms", stream_name(Kind.DISPOSITION, FORM)),
)


@pytest.mark.parametrize("on", [day(1, 14), day(1, 15), day(3, 7), day(5, 14), day(5, 15)])
def test_the_archive_of_the_director_as_known_on_a_day(community: Desk, on: date) -> None:
    with reading(community.engine) as connection:
        found = archive_of(connection, DIRECTOR, on)
    told = [(each.occurred_on, each.title, each.stream) for each in found.entries]
    expected = [(when, ACCOUNTS[account], stream) for when, account, stream in ON_FILE]
    assert told == [each for each in expected if each[0] <= on]


@pytest.mark.parametrize(
    ("on", "running"),
    [
        (day(5, 15), Running.RUNNING),
        (date(2025, 5, 14), Running.RUNNING),
        (date(2025, 5, 15), Running.ENDED),
    ],
)
def test_a_party_warning_has_effect_for_a_year(community: Desk, on: date, running: Running) -> None:
    with reading(community.engine) as connection:
        (effect,) = archive_of(connection, DIRECTOR, on).effects
    assert (effect.sanction, effect.since, effect.running) == (SANCTION, day(5, 15), running)


#: What is known of the committee in 2024 at the end of a day, but for what is zero.
PORTRAIT = {
    day(1, 14): {},
    day(1, 15): {"leads": 1, "leads.persons": 1},
    day(3, 7): {"leads": 1, "leads.persons": 1, "cases": 1},
    day(5, 15): {
        "leads": 1,
        "leads.persons": 1,
        "cases": 1,
        "forms.second": 1,
        "sanctions.persons": 1,
    },
    day(5, 23): {
        "leads": 1,
        "leads.persons": 1,
        "cases": 1,
        "forms.second": 1,
        "sanctions.persons": 1,
        "recommendations": 1,
    },
}


@pytest.mark.parametrize("on", PORTRAIT)
def test_the_portrait_of_the_committee_as_known_on_a_day(community: Desk, on: date) -> None:
    with reading(community.engine) as connection:
        found = portrait(connection, COMMITTEE, 2024, on)
    assert {each.code: each.value for each in found.figures if each.value} == PORTRAIT[on]
    assert (found.persons, {each.before for each in found.figures}) == (1, {0})


def test_the_year_after_sees_the_year_before(community: Desk) -> None:
    with reading(community.engine) as connection:
        found = portrait(connection, COMMITTEE, 2025, date(2025, 6, 30))
    assert {each.code: each.before for each in found.figures if each.before} == PORTRAIT[day(5, 23)]
    assert {each.value for each in found.figures} == {0}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("archive", DIRECTOR), "党内警告"),
        (("portrait", COMMITTEE, "--year", "2024"), "某社区居委会"),
        (("case-file", CASE), "赵甲"),
    ],
)
def test_the_command_line_shows_it(community: Desk, arguments: tuple[str, ...], said: str) -> None:
    answer = command(community.file, *arguments)
    assert (answer.code, said in answer.out.decode()) == (0, True), answer
    assert command(community.file, *arguments, "--format", "json").json
    missing = (arguments[0], "无", *arguments[2:])
    assert command(community.file, *missing).code == 1
