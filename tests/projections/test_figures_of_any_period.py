"""Whatever the period and the day as of which it is known, a figure is what the registers say."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.cuts import Cut, Period
from projections.figures import Question, figure
from projections.indicators import base_definitions
from projections.store import reading
from tests.projections.counted import Counting, every_figure
from tests.support.expected import EVERY_QUERY, Expected
from tests.support.offices import Desk
from tests.support.registers import read_registers

REGISTERS = {name: read_registers(name) for name in ("fengze", "wuhua2020")}
#: Half of the days lie where most facts do, so that first and last days matter.
DAYS = st.dates(date(2016, 6, 1), date(2022, 1, 31)) | st.dates(date(2020, 3, 1), date(2020, 5, 31))
NOT_CORRECTED = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
#: From this day on, four dispositions of Wuhua are known to be of another form.
CORRECTED = date(2021, 2, 6)


def computed(desk: Desk, period: Period, cut: Cut) -> dict[str, int]:
    """Every figure, by the ledger."""
    question = Question(period, cut)
    with reading(desk.engine) as connection:
        indicators = base_definitions().indicators
        return {each.code: figure(connection, each, question) for each in indicators}


def in_registers(example: str, period: Period, as_of: date) -> dict[str, int]:
    """Every figure, by the rows of the registers."""
    days = (str(period.first), str(period.last), str(as_of))
    return every_figure(Counting(REGISTERS[example], *days))


@NOT_CORRECTED
@given(days=st.lists(DAYS, min_size=2, max_size=2).map(sorted), as_of=DAYS)
def test_of_any_period_as_of_any_day_fengze_is_what_its_registers_say(
    days: list[date], as_of: date, fengze: Desk
) -> None:
    period = Period(*days)
    assert computed(fengze, period, Cut(as_of)) == in_registers("fengze", period, as_of)


@NOT_CORRECTED
@given(
    days=st.lists(DAYS, min_size=2, max_size=2).map(sorted),
    as_of=DAYS.filter(lambda day: day < CORRECTED),
)
def test_of_any_period_as_of_any_day_before_its_corrections_wuhua_is_what_its_registers_say(
    days: list[date], as_of: date, wuhua: Desk
) -> None:
    period = Period(*days)
    assert computed(wuhua, period, Cut(as_of)) == in_registers("wuhua2020", period, as_of)


@pytest.mark.parametrize("query", EVERY_QUERY, ids=str)
def test_the_expected_figures_are_what_the_registers_say(query: Expected) -> None:
    """But for the four dispositions that were corrected."""
    counted = in_registers(query.example, query.period, query.cut.as_of or date(9999, 1, 1))
    differing = {code for code, value in query.figures.items() if counted[code] != value}
    assert counted.keys() == query.figures.keys()
    assert differing <= ({"forms.first", "forms.second"} if query.example == "wuhua2020" else set())


@pytest.mark.parametrize("example", ["fengze", "wuhua"])
def test_every_check_holds_as_of_any_day(example: str, fengze: Desk, wuhua: Desk) -> None:
    desk = {"fengze": fengze, "wuhua": wuhua}[example]
    days = sorted({event["registered_on"] for event in desk.events.values()})
    for day in (days[len(days) * part // 8] for part in range(1, 8)):
        statement = desk.statement(
            Period(date(2020, 1, 1), date(2020, 12, 31)), Cut(as_of=date.fromisoformat(day))
        )
        assert [check for check in statement.checks if not check.holds] == [], day
