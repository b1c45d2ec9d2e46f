"""A correction posts the reverse of what was and what is: the sum is always what is."""

from collections import Counter
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.canonical import plain
from ledger.catalogue import STORED_NAMES
from projections.line import Line
from projections.lines import ADDS, RECORDS, REVERSES, lines_of
from projections.store import reading
from projections.uncounted import WITHOUT_LINES
from tests.domain.histories import COMMANDS, carried_out
from tests.support.offices import Desk

NAMES = {cls: name for name, cls in STORED_NAMES.items()}
MANY = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
Sums = Counter[Line]


def as_stored(record: Any) -> dict[str, Any]:
    """A fact or state as followers read it."""
    data = orjson.loads(orjson.dumps(plain(record)))
    assert isinstance(data, dict)
    return data


def summed(lines: Any) -> Sums:
    """Lines added up: what cancels out is gone."""
    sums: Sums = Counter()
    for line in lines:
        sums[line._replace(quantity=0)] += line.quantity
    return Counter({line: quantity for line, quantity in sums.items() if quantity})


def lines_of_record(stream: str, record: Any) -> list[Line]:
    """All lines of a record as it stands."""
    of_kind = RECORDS.get(f"{stream.partition(':')[0]}.corrected.v1")
    return [] if of_kind is None else list(of_kind(record))


def test_every_stored_name_adds_lines_or_corrects_a_record_or_says_why_not() -> None:
    groups = (ADDS, RECORDS, REVERSES, WITHOUT_LINES)
    assert STORED_NAMES.keys() == {name for group in groups for name in group}
    assert len(STORED_NAMES) == sum(map(len, groups))
    assert all(len(reason) > 10 for reason in WITHOUT_LINES.values())


def test_every_correcting_fact_corrects_a_record() -> None:
    assert {name for name in STORED_NAMES if name.endswith(".corrected.v1")} == RECORDS.keys()


@pytest.mark.parametrize("name", WITHOUT_LINES)
def test_a_fact_without_lines_has_none(name: str) -> None:
    assert list(lines_of(name, {})) == []


@MANY
@given(st.lists(COMMANDS, min_size=10, max_size=40))
def test_what_was_and_the_lines_of_its_correction_add_up_to_what_is(commands: list[Any]) -> None:
    for stream, event in carried_out(commands).events:
        if hasattr(event, "before"):
            data = as_stored(event)
            was, now = (lines_of_record(stream, data[name]) for name in ("before", "after"))
            changed = list(lines_of(NAMES[type(event)], data))
            assert summed(was + changed) == summed(now)
            assert all(line.quantity for line in changed)


@MANY
@given(st.lists(COMMANDS, min_size=10, max_size=40))
def test_the_lines_of_all_events_of_a_stream_add_up_to_its_record(commands: list[Any]) -> None:
    office = carried_out(commands)
    posted: dict[str, list[Line]] = {name: [] for name in office.states}
    for stream, event in office.events:
        posted[stream] += lines_of(NAMES[type(event)], as_stored(event))
    for stream, state in office.states.items():
        assert summed(posted[stream]) == summed(lines_of_record(stream, as_stored(state)))


@pytest.mark.parametrize("example", ["fengze", "wuhua"])
def test_the_journal_of_an_example_adds_up_to_its_records(
    example: str, fengze: Desk, wuhua: Desk
) -> None:
    desk = {"fengze": fengze, "wuhua": wuhua}[example]
    with reading(desk.engine) as connection:
        columns = ", ".join(Line._fields)
        rows = connection.exec_driver_sql(f"SELECT {columns} FROM postings").all()
    events = (lines_of(event["type"], event["data"]) for event in desk.events.values())
    assert summed(Line(*row) for row in rows) == summed(line for each in events for line in each)
