"""A year's working days are published, and an organ sets a limit tighter than the law."""

from datetime import date

from domain.calendar.decisions import PublishCalendar
from domain.limits.decisions import RepealLocalLimit, SetLocalLimit
from tests.domain.samples import ORGAN

COURSE = (
    PublishCalendar(
        number="国办发明电〔2023〕7号",
        year=2024,
        days_off=(date(2024, 2, 12), date(2024, 2, 13)),
        days_worked=(date(2024, 2, 4), date(2024, 2, 18)),
        published_on=date(2023, 10, 25),
    ),
    SetLocalLimit(
        number="BD2020-01",
        organ=ORGAN,
        rule="lead.handling_opinion",
        value=15,
        unit="日",
        since=date(2020, 12, 4),
        provision="本机关关于线索处置时限的通知",
    ),
    RepealLocalLimit(number="BD2020-01", repealed_on=date(2024, 1, 1)),
)
