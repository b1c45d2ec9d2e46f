"""At any cut every table of current state says what the histories of the streams fold to."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.cuts import Cut
from projections.moments import reached, reading_at
from tests.projections.moments.told import Streams, folded, shown, streams_of
from tests.support.offices import Desk

Office = tuple[Desk, Streams]


@pytest.fixture(scope="module", params=["fengze", "wuhua"])
def office(request: pytest.FixtureRequest) -> Office:
    """An office and all its streams."""
    desk = request.getfixturevalue(request.param)
    return desk, streams_of(desk)


@pytest.mark.parametrize(
    "day",
    [date(1, 1, 1), date(2018, 6, 30), date(2020, 3, 1), date(2020, 12, 31), date.max],
    ids=str,
)
def test_as_of_a_day_a_table_says_what_was_known_then(office: Office, day: date) -> None:
    desk, streams = office
    assert shown(desk, Cut(as_of=day)) == folded(streams, Cut(as_of=day))


@pytest.mark.parametrize("parts", [0, 1, 3, 7, 8, 9])
def test_at_a_position_a_table_says_what_was_recorded_by_then(office: Office, parts: int) -> None:
    desk, streams = office
    cut = Cut(at_position=desk.ledger.head() * parts // 8)
    assert shown(desk, cut) == folded(streams, cut)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(part=st.floats(0, 1), day=st.dates(date(2016, 1, 1), date(2021, 12, 31)))
def test_and_so_at_any_other(office: Office, part: float, day: date) -> None:
    desk, streams = office
    for cut in (Cut(as_of=day), Cut(at_position=round(desk.ledger.head() * part))):
        assert shown(desk, cut) == folded(streams, cut)


def test_at_the_head_everything_is_as_it_stands(office: Office) -> None:
    desk, _ = office
    with reading_at(desk.engine, Cut()) as connection:
        assert reached(connection) == desk.ledger.head()
    assert shown(desk, Cut(at_position=desk.ledger.head())) == shown(desk, Cut())
