"""Importing is idempotent: the same rows again, in any order, change nothing and say so."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from consumers.registers.importer import Summary
from tests.support.commands import command
from tests.support.offices import Desk
from tests.support.registers import EXAMPLES, read_registers, write_folder

Copy = Callable[[Desk], Desk]


def changed_nothing(summary: Summary, desk: Desk, before: Desk) -> None:
    """Every row was unchanged, and the ledger stands where it stood."""
    assert summary.problems == []
    assert summary.events == 0
    assert all(tally.unchanged == tally.rows for tally in summary.tallies)
    assert desk.ledger.head() == before.ledger.head()
    assert desk.figures() == before.figures()


@pytest.mark.parametrize("example", ["fengze", "wuhua2020"])
def test_the_same_registers_again_change_nothing(
    example: str, copy_of: Copy, fengze: Desk, wuhua: Desk
) -> None:
    before = {"fengze": fengze, "wuhua2020": wuhua}[example]
    desk = copy_of(before)
    changed_nothing(desk.take_in(EXAMPLES / example), desk, before)


def test_the_same_rows_in_another_order_change_nothing(
    tmp_path: Path, copy_of: Copy, wuhua: Desk
) -> None:
    """Corrections made since are among them: the original rows still say what they said."""
    chance = Random(7)
    registers = {t: r.shuffled(chance) for t, r in read_registers("wuhua2020").items()}
    desk = copy_of(wuhua)
    changed_nothing(desk.take_in(write_folder(tmp_path / "台账", registers)), desk, wuhua)


def test_importing_again_says_that_nothing_changed(copy_of: Copy, wuhua: Desk) -> None:
    answer = command(copy_of(wuhua).file, "import", EXAMPLES / "wuhua2020")
    assert answer.code == 0
    assert "台账已含这些内容，没有变化。" in answer.err


def test_registers_exported_with_the_corrected_values_change_nothing(
    tmp_path: Path, copy_of: Copy, wuhua: Desk
) -> None:
    registers = read_registers("wuhua2020")
    for correction in registers["更正"].records():
        register = registers[correction["对象"]]
        was = register.put(correction["对象编号"], correction["字段"], correction["新值"])
        assert was == correction["原值"]
    desk = copy_of(wuhua)
    changed_nothing(desk.take_in(write_folder(tmp_path / "台账", registers)), desk, wuhua)


def test_an_old_export_without_the_later_facts_changes_nothing(
    tmp_path: Path, copy_of: Copy, wuhua: Desk
) -> None:
    registers = read_registers("wuhua2020")
    for heading in ("移送审理日期", "结案日期", "移送检察机关日期"):
        for case in registers["立案"].records():
            registers["立案"].put(case["案件编号"], heading, "")
    for handling in registers["线索处置"].records():
        key = f"{handling['线索编号']}+{handling['处置日期']}"
        registers["线索处置"].put(key, "办结日期", "")
        registers["线索处置"].put(key, "办理结果", "")
    desk = copy_of(wuhua)
    changed_nothing(desk.take_in(write_folder(tmp_path / "台账", registers)), desk, wuhua)


def test_a_corrected_later_fact_is_unchanged_in_old_and_in_new_exports(
    tmp_path: Path, copy_of: Copy, wuhua: Desk
) -> None:
    registers = read_registers("wuhua2020")
    case = next(row for row in registers["立案"].records() if row["结案日期"] >= "2020-06-02")
    number, closed_on = case["案件编号"], case["结案日期"]
    registers["更正"].rows.clear()
    registers["更正"].add(
        更正编号="GZH202200001", 登记日期="2022-01-05", 对象="立案", 对象编号=number,
        字段="结案日期", 原值=closed_on, 新值="2020-12-30",
    )  # fmt: skip
    desk = copy_of(wuhua)
    assert desk.take_in(write_folder(tmp_path / "更正", registers)).events == 2
    changed_nothing(desk.take_in(write_folder(tmp_path / "旧", registers)), desk, copy_of(desk))
    registers["立案"].put(number, "结案日期", "2020-12-30")
    changed_nothing(desk.take_in(write_folder(tmp_path / "新", registers)), desk, copy_of(desk))
