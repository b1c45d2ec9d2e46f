"""Counting working days by the calendars published so far, and the dates that limits end on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar.calendar import CalendarParticulars
from domain.limits.limits import WORKING_DAYS, Limit, end_of

_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """When a limit ends. Provisional (暂定): a day counted is of a year not yet published."""

    on: date
    provisional: bool


class WorkingDays:
    """The calendars of several years as one; of two for one year the later one holds."""

    def __init__(self, calendars: Iterable[CalendarParticulars]) -> None:
        latest: dict[int, CalendarParticulars] = {}
        for each in sorted(calendars, key=lambda each: (each.published_on, each.number)):
            latest[each.year] = each
        self.years = frozenset(latest)
        self._off = {day for each in latest.values() for day in each.days_off}
        self._worked = {day for each in latest.values() for day in each.days_worked}

    def is_working_day(self, day: date) -> bool:
        """Whether a day is worked, as far as is published; else by its weekday."""
        if day in self._worked:
            return True
        return day not in self._off and day.weekday() < _SATURDAY

    def after(self, start: date, count: int) -> Due:
        """The day that is so many working days after ``start``; the next one is the first."""
        day, provisional = start, False
        while count > 0:
            day += _DAY
            provisional = provisional or day.year not in self.years
            count -= self.is_working_day(day)
        return Due(day, provisional)

    def due(self, limit: Limit, start: date) -> Due:
        """The last day of a limit in working days, days or months; ValueError for hours."""
        if limit.unit == WORKING_DAYS:
            return self.after(start, limit.value)
        return Due(end_of(limit, start), provisional=False)
