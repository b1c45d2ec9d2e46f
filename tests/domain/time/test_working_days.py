"""工作日: deadlines worked out by hand around Spring Festival 2024, National Day 2025 and 2027."""

from datetime import date

import pytest

from consumers.calendars import known_calendars
from domain.calendar.calendar import CalendarPublished
from domain.calendar.decisions import PublishCalendar, publish_calendar
from domain.calendar.working_days import Due, WorkingDays
from domain.limits.limits import limit
from tests.domain.harness import given, stated
from tests.domain.proof import proves

CALENDARS = tuple(known_calendars())
DAYS = WorkingDays(CALENDARS)


def a_calendar(**changes: object) -> PublishCalendar:
    said = {
        "number": "国办发明电〔2023〕7号",
        "year": 2024,
        "days_off": (date(2024, 2, 12), date(2024, 2, 13)),
        "days_worked": (date(2024, 2, 4), date(2024, 2, 18)),
        "published_on": date(2023, 10, 25),
    }
    return PublishCalendar(**(said | changes))  # type: ignore[arg-type]  # values of the fields


#: 2024 春节: 2月10日至17日放假，2月4日、2月18日上班（国办发明电〔2023〕7号）.
#: 2025 国庆: 10月1日至8日放假，9月28日、10月11日上班（国办发明电〔2024〕12号）.
#: 2027 is not published.
BY_HAND = [
    # start, working days, due, provisional
    (date(2024, 2, 2), 1, date(2024, 2, 4), False),  # a Sunday that is worked
    (date(2024, 2, 2), 5, date(2024, 2, 8), False),  # 4 5 6 7 8
    (date(2024, 2, 2), 6, date(2024, 2, 9), False),
    (date(2024, 2, 2), 7, date(2024, 2, 18), False),  # over the festival, a Sunday worked
    (date(2024, 2, 2), 15, date(2024, 2, 28), False),  # 18 19 20 21 22 23 26 27 28
    (date(2024, 2, 8), 5, date(2024, 2, 21), False),  # 9 18 19 20 21
    (date(2024, 2, 12), 1, date(2024, 2, 18), False),  # begun within the festival
    (date(2025, 9, 26), 5, date(2025, 10, 10), False),  # 28 29 30 9 10
    (date(2025, 9, 30), 1, date(2025, 10, 9), False),
    (date(2025, 9, 30), 3, date(2025, 10, 11), False),  # 9 10 11 (a Saturday worked)
    (date(2025, 9, 30), 15, date(2025, 10, 28), False),
    (date(2025, 12, 31), 1, date(2026, 1, 4), False),  # 2026 元旦: 1月1日至3日，1月4日上班
    (date(2026, 12, 28), 3, date(2026, 12, 31), False),
    (date(2026, 12, 28), 4, date(2027, 1, 1), True),  # 2027: by weekday, provisional
    (date(2026, 12, 31), 5, date(2027, 1, 7), True),
    (date(2027, 2, 1), 15, date(2027, 2, 22), True),
]


@pytest.mark.parametrize(("start", "count", "on", "provisional"), BY_HAND)
def test_a_deadline_in_working_days(start: date, count: int, on: date, provisional: bool) -> None:
    assert DAYS.after(start, count) == Due(on, provisional)


def test_a_provisional_deadline_is_final_once_its_year_is_published() -> None:
    new_year = a_calendar(
        number="二〇二七年安排",
        year=2027,
        days_off=(date(2027, 1, 1),),
        days_worked=(),
        published_on=date(2026, 11, 1),
    )
    published = WorkingDays([*CALENDARS, new_year])
    assert published.after(date(2026, 12, 28), 4) == Due(date(2027, 1, 4), provisional=False)


def test_a_later_notice_for_a_year_takes_the_place_of_the_earlier() -> None:
    """As in 2020, when the Spring Festival was made longer."""
    changed = a_calendar(
        number="国办发明电〔2020〕1号",
        year=2024,
        days_off=(date(2024, 2, 9),),
        published_on=date(2024, 1, 1),
    )
    days = WorkingDays([changed, a_calendar()])
    assert not days.is_working_day(date(2024, 2, 9))
    assert days.is_working_day(date(2024, 2, 12))


def test_months_and_days_are_never_provisional() -> None:
    start = date(2026, 12, 31)
    assert DAYS.due(limit("lead.handling_opinion", start), start) == Due(
        date(2027, 1, 31), provisional=False
    )
    assert DAYS.due(limit("case.investigation", start), start) == Due(
        date(2027, 3, 31), provisional=False
    )
    assert DAYS.due(limit("window.settlement", start), start).provisional


def test_the_library_knows_the_days_of_every_notice_listed() -> None:
    assert [each.year for each in CALENDARS] == list(range(2020, 2027))
    for each in CALENDARS:
        given().when(each).then(stated(each, CalendarPublished))


@proves(publish_calendar, 1)
def test_a_notice_is_entered_once() -> None:
    given(a_calendar()).when(a_calendar()).refused("already_registered", field="number")


@proves(publish_calendar, 2)
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"days_off": (date(2025, 2, 1),)}, "impossible_date", "days_off"),
        ({"days_worked": (date(2023, 2, 4),)}, "impossible_date", "days_worked"),
        ({"year": 24}, "impossible_number", "year"),
    ],
)
def test_a_calendar_has_the_days_of_its_year(
    changes: dict[str, object], code: str, field: str
) -> None:
    given().when(a_calendar(**changes)).refused(code, field=field)


def test_a_holiday_may_reach_into_the_year_before() -> None:
    act = a_calendar(days_off=(date(2023, 12, 30), date(2024, 1, 1)))
    given().when(act).then(stated(act, CalendarPublished))


@proves(publish_calendar, 3)
@pytest.mark.parametrize("day", [date(2024, 2, 5), date(2024, 2, 18)])
def test_a_day_worked_is_of_a_weekend_and_not_off(day: date) -> None:
    act = a_calendar(days_worked=(day,), days_off=(date(2024, 2, 18),))
    given().when(act).refused("impossible_date", field="days_worked")


@proves(publish_calendar, 4)
def test_no_day_is_named_twice() -> None:
    act = a_calendar(days_off=(date(2024, 2, 12), date(2024, 2, 12)))
    given().when(act).refused("duplicate", field="days_off")
