"""However a clerk writes the same registers, the ledger says the same."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.support.expected import of_example
from tests.support.offices import Desk
from tests.support.registers import (
    EXAMPLES,
    Registers,
    read_registers,
    write_folder,
    write_workbook,
)

#: Each register after those that it refers to.
IN_ORDER = "机构 单位 监督对象 信访举报 问题线索 线索处置 立案 四种形态 处分 更正"


def says_the_same(desk: Desk, other: Desk, example: str) -> None:
    """Both ledgers say the same facts, and give the figures expected of the example."""
    assert desk.ledger.head() == other.ledger.head()
    assert desk.facts_told() == other.facts_told()
    for query in of_example(example):
        assert desk.figures(query.period, query.cut) == query.figures


def as_gb18030(path: Path, registers: Registers) -> Path:
    return write_folder(path / "台账", registers, "gb18030")


def as_utf8_without_mark(path: Path, registers: Registers) -> Path:
    return write_folder(path / "台账", registers, "utf-8")


def with_dates_as_people_write_them(path: Path, registers: Registers) -> Path:
    for register in registers.values():
        for at, heading in enumerate(register.headings):
            if not heading.endswith(("日期", "期限")):
                continue
            for number, row in enumerate(register.rows):
                row[at] = written(row[at], number)
    return write_folder(path / "台账", registers)


def written(day: str, number: int) -> str:
    """A date in one of the ways in which people write it."""
    if not day:
        return day
    year, month, of_month = (int(part) for part in day.split("-"))
    ways = (day, f"{year}/{month}/{of_month}", f"{year}年{month}月{of_month}日", f" {day} ")
    return ways[number % len(ways)]


def shuffled(path: Path, registers: Registers) -> Path:
    chance = Random(20211009)
    return write_folder(path / "台账", {t: r.shuffled(chance) for t, r in registers.items()})


def shuffled_in_a_workbook(path: Path, registers: Registers) -> Path:
    """Sheets, columns and rows in another order; dates as true cells and as text."""
    chance = Random(2020)
    titles = chance.sample(list(registers), len(registers))
    return write_workbook(path / "台账.xlsx", {t: registers[t].shuffled(chance) for t in titles})


@pytest.mark.parametrize(
    "way",
    [
        as_gb18030,
        as_utf8_without_mark,
        with_dates_as_people_write_them,
        shuffled,
        shuffled_in_a_workbook,
    ],
    ids=lambda way: way.__name__,
)
def test_wuhua_written_another_way_is_the_same_ledger(
    way: Callable[[Path, Registers], Path], tmp_path: Path, desk: Desk, wuhua: Desk
) -> None:
    summary = desk.take_in(way(tmp_path, read_registers("wuhua2020")))
    assert summary.problems == []
    says_the_same(desk, wuhua, "wuhua2020")


def test_fengze_partly_in_a_workbook_partly_in_files_is_the_same_ledger(
    tmp_path: Path, desk: Desk, fengze: Desk
) -> None:
    registers = read_registers("fengze")
    chance = Random(2016)
    leaves = ("四种形态", "处分", "工作建议", "纪检监察建议", "日常监督", "办不成事")
    sheets = {title: registers.pop(title).shuffled(chance) for title in leaves}
    files = {title: register.shuffled(chance) for title, register in registers.items()}
    assert desk.take_in(write_folder(tmp_path / "台账", files)).problems == []
    assert desk.take_in(write_workbook(tmp_path / "台账.xlsx", sheets)).problems == []
    says_the_same(desk, fengze, "fengze")


def test_registers_taken_in_one_by_one_are_the_same_ledger(
    tmp_path: Path, desk: Desk, wuhua: Desk
) -> None:
    """Any subset may come alone, when what it refers to is already there."""
    registers = read_registers("wuhua2020")
    for title in IN_ORDER.split():
        folder = write_folder(tmp_path / title, {title: registers[title]})
        assert desk.take_in(folder).problems == []
    says_the_same(desk, wuhua, "wuhua2020")


def test_files_that_are_no_registers_are_named_and_left_alone(tmp_path: Path, desk: Desk) -> None:
    folder = write_folder(tmp_path / "台账", {"机构": read_registers("wuhua2020")["机构"]})
    (folder / "说明.csv").write_text("这不是台账\n", encoding="utf-8")
    summary = desk.take_in(folder)
    assert summary.notices == ["不是台账，未读取：说明.csv"]
    assert (summary.events, summary.problems) == (2, [])


def test_persons_may_be_separated_by_either_semicolon(tmp_path: Path, desk: Desk) -> None:
    wanted = ("机构", "单位", "监督对象", "巡察轮次", "问题线索")
    registers = {title: read_registers("fengze")[title] for title in wanted}
    lead = next(row for row in registers["问题线索"].records() if ";" in row["被反映人"])
    several = lead["被反映人"]
    registers["问题线索"].put(lead["线索编号"], "被反映人", several.replace(";", "； "))
    assert desk.take_in(write_folder(tmp_path / "台账", registers)).problems == []
    state = desk.ledger.history(f"lead:{lead['线索编号']}")[0].event.data
    assert state.persons == tuple(several.split(";"))


def test_a_blank_line_is_no_row(tmp_path: Path, desk: Desk) -> None:
    source = (EXAMPLES / "wuhua2020" / "机构.csv").read_text(encoding="utf-8")
    folder = tmp_path / "台账"
    folder.mkdir()
    (folder / "机构.csv").write_text(source.replace("\n", "\n\n,,,,\n"), encoding="utf-8")
    summary = desk.take_in(folder)
    assert (summary.tallies[0].rows, summary.events, summary.problems) == (2, 2, [])
