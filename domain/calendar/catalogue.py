"""工作日历: concepts, stored names and acts."""

from domain.calendar import calendar, decisions
from domain.concept import Act, Concept
from domain.streams import Kind

CONCEPTS = (
    Concept(
        kind=Kind.CALENDAR,
        plural="calendars",
        state=calendar.PublishedCalendar,
        evolve=calendar.evolve,
        begins=(calendar.CalendarPublished,),
        facts={"calendar.published.v1": calendar.CalendarPublished},
    ),
)

ACTS = (Act(decisions.PublishCalendar, decisions.publish_calendar, Kind.CALENDAR),)
