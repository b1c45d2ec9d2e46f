"""Working-day calendars from chinesecalendar, as the acts that publish them."""

import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

from chinese_calendar import constants

from domain.calendar.decisions import PublishCalendar


def known_calendars() -> Iterator[PublishCalendar]:
    """The calendar of every year whose notice is listed and whose days the library has.

    The library's own answers for years it does not have are wrong without a word, so only years
    within its tables are taken.
    """
    text = files("domain.calendar").joinpath("notices.toml").read_text(encoding="utf-8")
    for year, notice in sorted(tomllib.loads(text)["notices"].items()):
        days_off = _of_year(constants.holidays, int(year))
        if not days_off:
            continue
        yield PublishCalendar(
            number=notice["number"],
            year=int(year),
            days_off=days_off,
            days_worked=_of_year(constants.workdays, int(year)),
            published_on=notice["published_on"],
        )


def _of_year(days: dict[date, str], year: int) -> tuple[date, ...]:
    return tuple(sorted(day for day in days if day.year == year))
