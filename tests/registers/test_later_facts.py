"""What becomes known later of a row that is held already is one more fact, and is so reported."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from projections.cuts import Cut
from tests.support.commands import command
from tests.support.offices import Desk
from tests.support.registers import Register, Registers, read_registers, write_folder

Copy = Callable[[Desk], Desk]


@pytest.fixture
def registers() -> Registers:
    """The registers of Wuhua."""
    return read_registers("wuhua2020")


def open_case(cases: Register) -> str:
    """A case not closed when the year ended."""
    return next(row["案件编号"] for row in cases.records() if not row["结案日期"])


def test_a_closing_date_filled_in_later_is_one_new_event(
    tmp_path: Path, copy_of: Copy, wuhua: Desk, registers: Registers
) -> None:
    number = open_case(registers["立案"])
    registers["立案"].put(number, "结案日期", "2021-03-01")
    desk = copy_of(wuhua)
    summary = desk.take_in(write_folder(tmp_path / "台账", registers))
    assert summary.problems == []
    assert (summary.events, sum(each.completed for each in summary.tallies)) == (1, 1)
    entry = desk.ledger.history(f"case:{number}")[-1]
    assert entry.position == wuhua.ledger.head() + 1
    assert (entry.event.type, entry.event.data.closed_on) == ("case.closed.v1", date(2021, 3, 1))
    assert entry.event.registered_on == date(2021, 3, 1)
    moved = {
        code: value - wuhua.figures()[code]
        for code, value in desk.figures().items()
        if value != wuhua.figures()[code]
    }
    assert moved == {"cases.closed": 1}
    before = Cut(as_of=date(2021, 2, 28))
    assert desk.figures(cut=before) == wuhua.figures(cut=before)


def test_it_is_reported_as_completed(
    tmp_path: Path, copy_of: Copy, wuhua: Desk, registers: Registers
) -> None:
    registers["立案"].put(open_case(registers["立案"]), "结案日期", "2021-03-01")
    folder = write_folder(tmp_path / "台账", {"立案": registers["立案"]})
    answer = command(copy_of(wuhua).file, "import", folder)
    assert answer.code == 0
    counts = next(line for line in answer.err.splitlines() if "立案" in line)
    assert [cell.strip() for cell in counts.strip("│ \n").split("│")] == [
        "立案", "330", "0", "1", "329", "0", "1",
    ]  # fmt: skip


def test_several_later_facts_of_one_row_are_told_together(
    tmp_path: Path, copy_of: Copy, fengze: Desk
) -> None:
    registers = read_registers("fengze")
    letters = registers["纪检监察建议"]
    letter = next(row for row in letters.records() if not row["回复日期"] and not row["办结日期"])
    number = letter["建议书编号"]
    for heading, value in (
        ("回复日期", "2021-09-20"),
        ("整改评估", "整改到位"),
        ("办结日期", "2021-09-25"),
    ):
        letters.put(number, heading, value)
    desk = copy_of(fengze)
    summary = desk.take_in(write_folder(tmp_path / "台账", {letters.title: letters}))
    assert summary.problems == []
    assert (summary.events, summary.tallies[0].completed) == (3, 1)
    told = [entry.event.type for entry in desk.ledger.history(f"recommendation:{number}")]
    assert told == [
        f"recommendation.{act}.v1" for act in ("issued", "replied", "evaluated", "closed")
    ]


def test_an_outcome_alone_is_a_later_fact_of_a_handling(
    tmp_path: Path, copy_of: Copy, fengze: Desk
) -> None:
    """A handling may be concluded on a day that nobody wrote down."""
    registers = read_registers("fengze")
    handlings = registers["线索处置"]
    handling = next(row for row in handlings.records() if not row["办理结果"])
    key = f"{handling['线索编号']}+{handling['处置日期']}"
    handlings.put(key, "办理结果", "予以了结")
    desk = copy_of(fengze)
    summary = desk.take_in(write_folder(tmp_path / "台账", {handlings.title: handlings}))
    assert (summary.events, summary.problems) == (1, [])
    entry = desk.ledger.history(f"lead:{handling['线索编号']}")[-1]
    assert (entry.event.type, entry.event.data.outcome) == (
        "lead.handling_concluded.v1",
        "予以了结",
    )
    assert str(entry.event.registered_on) == handling["登记日期"]
    assert desk.figures() == fengze.figures()
