"""A statement at a position says for ever what it said; as of a day, what was known that day."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from projections.cuts import Cut
from tests.support.commands import command
from tests.support.expected import WUHUA
from tests.support.offices import Desk, opened
from tests.support.registers import EXAMPLES, read_registers, write_folder

YEAR = WUHUA[0]


@pytest.fixture(scope="module")
def uncorrected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Wuhua before anything was corrected."""
    base = tmp_path_factory.mktemp("uncorrected")
    registers = read_registers("wuhua2020")
    del registers["更正"]
    with opened(base / "ledger.sqlite3") as desk:
        assert desk.take_in(write_folder(base / "台账", registers)).problems == []
        yield desk


def printed(desk: Desk, *options: str) -> bytes:
    """The statement of the year as JSON, but for when it was produced."""
    answer = command(desk.file, "report", *YEAR.options, "--format", "json", *options)
    assert answer.code == 0
    produced = answer.json["provenance"]["produced_at"]
    assert answer.out.count(produced.encode()) == 1
    return answer.out.replace(produced.encode(), b"")


def test_at_a_position_it_is_the_same_to_the_byte_before_and_after_a_later_import(
    copy_of: Callable[[Desk], Desk], uncorrected: Desk
) -> None:
    desk = copy_of(uncorrected)
    head = desk.ledger.head()
    now = printed(desk)
    before = [printed(desk, "--at-position", str(at)) for at in (head, head // 2, 0)]
    assert desk.take_in(EXAMPLES / "wuhua2020").events == 16
    assert [printed(desk, "--at-position", str(at)) for at in (head, head // 2, 0)] == before
    assert before[0] == now
    assert printed(desk) != now


def test_at_a_position_beyond_the_head_it_says_what_is_held_now(wuhua: Desk) -> None:
    head = wuhua.ledger.head()
    assert printed(wuhua, "--at-position", str(head + 10)) == printed(wuhua)


def test_before_the_corrections_the_figures_are_those_of_the_day_before_them(
    uncorrected: Desk, wuhua: Desk
) -> None:
    day_before = Cut(as_of=date(2021, 2, 5))
    assert uncorrected.figures(YEAR.period) == wuhua.figures(YEAR.period, day_before)


def test_what_was_known_on_a_day_is_known_to_a_later_ledger_too(
    uncorrected: Desk, wuhua: Desk
) -> None:
    for query in WUHUA[1:3]:
        assert uncorrected.figures(query.period, query.cut) == query.figures
        assert wuhua.figures(query.period, query.cut) == query.figures


def test_figures_as_of_one_day_after_another_only_change_on_days_of_registration(
    wuhua: Desk,
) -> None:
    """As of the last day on which anything was registered is now; as of the first, nothing."""
    registered = {event["registered_on"] for event in wuhua.events.values()}
    last = date.fromisoformat(max(registered))
    assert wuhua.figures(YEAR.period, Cut(as_of=last)) == YEAR.figures
    assert set(wuhua.figures(YEAR.period, Cut(as_of=date(2016, 1, 1))).values()) == {0}


def test_as_of_a_day_and_at_a_position_together_are_refused(wuhua: Desk) -> None:
    options = (*YEAR.options, "--as-of", "2021-01-10", "--at-position", "5")
    answer = command(wuhua.file, "report", *options)
    assert (answer.code, answer.out) == (2, b"")
    assert "只能用一个" in answer.err
