"""工作日历: publishing a year's calendar."""

from datetime import date

from domain.calendar.calendar import CalendarParticulars, CalendarPublished, PublishedCalendar
from domain.fields import fact, restate
from domain.refusals import refuse_if
from domain.rules import require_new

_SATURDAY = 5
_FIRST_YEAR, _LAST_YEAR = 1949, 9998


@fact
class PublishCalendar(CalendarParticulars):
    """公布工作日历."""


def publish_calendar(calendar: PublishedCalendar | None, act: PublishCalendar) -> CalendarPublished:
    """Publish the working-day calendar of a year (《全国年节及纪念日放假办法》及年度放假通知).

    1. A notice is entered once (台账规则).
    2. Its days are of the year, or of the days next to it that its holidays join (台账规则).
    3. The days worked are Saturdays or Sundays, and none is also a day off (台账规则).
    4. No day is named twice (台账规则).
    """
    require_new(calendar, act.number)
    known = _FIRST_YEAR <= act.year <= _LAST_YEAR
    refuse_if(not known, "impossible_number", "年份不成立", field="year")
    first, last = date(act.year - 1, 12, 25), date(act.year + 1, 1, 7)
    for field in ("days_off", "days_worked"):
        outside = [day for day in getattr(act, field) if not first <= day <= last]
        refuse_if(outside, "impossible_date", f"日期不属于{act.year}年度安排", field=field)
    weekdays = [day for day in act.days_worked if day.weekday() < _SATURDAY]
    both = set(act.days_worked) & set(act.days_off)
    wrong = weekdays or both
    refuse_if(
        wrong, "impossible_date", "调休上班日应为周六、周日，且不同时放假", field="days_worked"
    )
    for field in ("days_off", "days_worked"):
        days = getattr(act, field)
        refuse_if(len(set(days)) < len(days), "duplicate", "日期重复", field=field)
    return restate(act, CalendarPublished)
