"""Between which checkpoints an entry was recorded, and what was registered late (补录)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ledger.audit.verifier.walk import Brackets, Walk, canonical, event_of
from tests.audit.scenes import examined

#: Noon on the first day, an hour and a day in seconds.
NOON, HOUR, DAY = 1_700_000_000, 3600, 86_400
SKEW = 300


def entry(at: float, version: int = 1, **changes: Any) -> bytes:
    recorded = datetime.fromtimestamp(at, UTC)
    body = {
        "stream": "unit:A",
        "type": "unit.registered.v1",
        "version": version,
        "recorded_at": recorded.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "occurred_on": "2023-11-14",
        "registered_on": "2023-11-14",
        "actor": "经办人",
        "command_id": "c",
        "data": {},
    }
    return canonical(body | changes)


def walked(entries: Iterable[bytes], *timed: tuple[int, float, float], late_days: int = 31) -> Walk:
    """``timed`` are checkpoints: size, signed at the earliest, cosigned at."""
    walk = Walk(Brackets(list(timed), SKEW), late_days, counting=False)
    walk.take(0, list(entries))
    return walk


def found(walk: Walk) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.leaf) for finding in walk.findings]


#: Two checkpoints, of one entry and of two, cosigned at noon of one day and of the next.
FIRST, SECOND = (1, NOON - HOUR, NOON), (2, NOON + DAY - HOUR, NOON + DAY)


@pytest.mark.parametrize(
    "at",
    [NOON - HOUR, NOON, NOON + HOUR, NOON + DAY, NOON - HOUR - SKEW, NOON + DAY + SKEW],
)
def test_an_entry_recorded_between_two_checkpoints_is_in_order(at: float) -> None:
    assert found(walked([entry(NOON - 2 * HOUR), entry(at, 2)], FIRST, SECOND)) == []


@pytest.mark.parametrize("at", [NOON - HOUR - SKEW - 1, NOON + DAY + SKEW + 1])
def test_an_entry_recorded_outside_is_an_error(at: float) -> None:
    walk = walked([entry(NOON - 2 * HOUR), entry(at, 2)], FIRST, SECOND)
    assert found(walk) == [("time_outside_bracket", 1)]
    assert "检查点" in walk.findings[0].detail


def test_behind_the_last_checkpoint_there_is_no_end() -> None:
    entries = [entry(NOON, version) for version in (1, 2)]
    assert found(walked([*entries, entry(NOON + 900 * DAY, 3)], FIRST, SECOND)) == []


def test_without_a_time_nothing_is_said() -> None:
    assert found(walked([entry(NOON), entry(NOON + DAY, 2)])) == []


def test_a_later_checkpoint_signed_earlier_narrows_what_lies_before_it() -> None:
    """An entry was there at every cosigning of a tree that holds it."""
    late = (2, NOON - 9 * HOUR, NOON - 9 * HOUR)
    assert found(walked([entry(NOON)], (1, NOON, NOON), late)) == [("time_outside_bracket", 0)]


def test_a_time_before_that_of_the_entry_before_is_an_error() -> None:
    entries = [entry(NOON), entry(NOON - 0.000001, 2), entry(NOON, 3)]
    assert found(walked(entries)) == [("time_decreased", 1)]


def test_two_entries_may_share_a_moment() -> None:
    assert found(walked([entry(NOON), entry(NOON, 2)])) == []


@pytest.mark.parametrize(
    ("versions", "gaps"), [((1, 2, 3), []), ((1, 3), [1]), ((1, 1), [1]), ((2,), [0])]
)
def test_the_versions_of_a_stream_have_no_gaps(versions: tuple[int, ...], gaps: list[int]) -> None:
    walk = walked([entry(NOON, version) for version in versions])
    assert found(walk) == [("version_gap", leaf) for leaf in gaps]


# -- registered late -----------------------------------------------------------------------


def test_what_was_registered_or_recorded_late_is_listed_and_no_error() -> None:
    entries = [
        entry(NOON, 1),
        entry(NOON, 2, occurred_on="2023-10-14"),
        entry(NOON, 3, occurred_on="2023-10-13"),
        entry(NOON, 4, occurred_on="2023-10-01", registered_on="2023-10-15"),
        entry(NOON, 5, occurred_on="2023-10-01", registered_on="2023-10-14"),
        entry(NOON, 6, occurred_on="0001-01-01", registered_on="0001-01-01"),
    ]
    walk = walked(entries)
    assert found(walk) == []
    assert [late.leaf for late in walk.late] == [2, 4]
    assert walk.late[0] == (2, "unit:A", "2023-10-13", "2023-11-14", "2023-11-15")


def test_how_late_is_late_is_the_auditor_s_to_say() -> None:
    entries = [entry(NOON, 1, occurred_on="2023-11-10")]
    assert [len(walked(entries, late_days=days).late) for days in (2, 3, 4, 5)] == [1, 1, 0, 0]


def test_the_story_told_later_is_listed(good: Path, two_of_three: bytes) -> None:
    """It happened in 2021, and was registered and recorded in January 2026."""
    report = examined(good, two_of_three)
    assert report.findings == []
    late = {each.stream for each in report.late}
    assert {"case:AJ2021-001", "lead:XS2021-001"} <= late
    assert not any(stream.startswith("unit:") for stream in late)


# -- what is an event at all ---------------------------------------------------------------


def test_an_entry_is_read_as_it_was_written() -> None:
    body = event_of(entry(NOON))
    assert body is not None
    assert body["stream"] == "unit:A"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"a":1' * 50_000,
        entry(NOON) + b"\n",
        entry(NOON).replace(b'":', b'": ', 1),
        entry(NOON).replace(b'{"actor', b'{"a":1,"actor', 1).replace(b'"a":1,', b'"z":1,'),
        entry(NOON).replace(b'"version":1', b'"version":1,"version":1'),
        entry(NOON, data={"x": float("1")}).replace(b"1.0", b"NaN"),
        entry(NOON, data={"x": "\\"}).replace(b'"\\\\"', b'"\\ud800"'),
        entry(NOON, data=[]),
        entry(NOON, data=None),
        entry(NOON, version="1"),
        entry(NOON, stream=None),
        entry(NOON, type=7),
        entry(NOON, recorded_at="2023-11-14T00:00:00"),
        entry(NOON, recorded_at="yesterday"),
        entry(NOON, recorded_at="0001-01-01T00:00:00+14:00"),
        entry(NOON, recorded_at="9999-12-31T23:59:59Z"),
        entry(NOON, occurred_on="20231114"),
        entry(NOON, occurred_on="2023-W46-2"),
        entry(NOON, registered_on="2023-02-30"),
        entry(NOON, registered_on=""),
    ],
)
def test_what_is_no_event_is_said_and_passed_over(data: bytes) -> None:
    assert event_of(data) is None
    assert found(walked([data, entry(NOON)])) == [("entry_unreadable", 0)]


def test_content_of_another_type_is_said_and_not_counted() -> None:
    kinds = ["unit", "lead", "case", "petition", "recommendation"]
    names = [f"{kind}.corrected.v1" for kind in kinds] + ["lead.registered.v1", "case.filed.v1"]
    shapes: list[dict[str, Any]] = [{}, {"before": 7, "after": []}, {"number": []}]
    entries = [
        entry(NOON, number, type=name, data=data)
        for number, (name, data) in enumerate(((n, d) for n in names for d in shapes), 1)
    ]
    walk = Walk(Brackets([], SKEW), 31, counting=True)
    walk.take(0, entries)
    assert found(walk) == [("entry_unreadable", leaf) for leaf in range(len(entries))]
    assert walk.journal is not None
    assert not any(walk.journal.accounts.values())


def test_a_type_of_a_later_ledger_is_named() -> None:
    walk = Walk(Brackets([], SKEW), 31, counting=True)
    walk.take(0, [entry(NOON, 1, type="pledge.made.v1"), entry(NOON, 2, type="lead.moved.v1")])
    assert (walk.findings, walk.unknown) == ([], {"pledge.made.v1", "lead.moved.v1"})
