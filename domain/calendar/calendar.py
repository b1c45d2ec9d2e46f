"""工作日历: one year's days off and days worked instead (调休), as a notice published them."""

from datetime import date
from typing import ClassVar

from domain.fields import fact, restate


@fact
class CalendarParticulars:
    """What a notice says: ``number`` is the notice's, as in 国办发明电〔2023〕7号.

    ``days_off`` are the days without work, weekends among them or not; ``days_worked`` the
    Saturdays and Sundays worked instead. Every other day is one by its weekday.
    """

    number: str
    year: int
    days_off: tuple[date, ...]
    days_worked: tuple[date, ...]
    published_on: date


@fact
class PublishedCalendar(CalendarParticulars):
    """工作日历 as it stands; a later notice for the year takes its place."""


@fact
class CalendarPublished(CalendarParticulars):
    """公布工作日历."""

    OCCURRED: ClassVar = "published_on"


def evolve(calendar: PublishedCalendar | None, event: CalendarPublished) -> PublishedCalendar:
    """The calendar after its only event."""
    return restate(event, PublishedCalendar)
