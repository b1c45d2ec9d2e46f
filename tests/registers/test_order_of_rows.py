"""References are resolved over the whole set: no row needs to stand before another."""

from itertools import permutations
from pathlib import Path

import pytest

from tests.support.corrections import HEADINGS
from tests.support.offices import Desk
from tests.support.registers import Register, Registers, read_registers, write_folder

CHAIN = ["U9001", "U9002", "U9003"]


def a_few(*titles: str) -> Registers:
    """Some registers of Wuhua."""
    registers = read_registers("wuhua2020")
    return {title: registers[title] for title in titles}


@pytest.mark.parametrize("order", [*permutations(CHAIN)], ids=" ".join)
def test_a_unit_may_stand_before_the_unit_above_it(
    order: tuple[str, ...], tmp_path: Path, desk: Desk
) -> None:
    units = a_few("单位")["单位"]
    units.rows.clear()
    above = dict(zip(CHAIN, ["", *CHAIN], strict=False))
    for code in order:
        units.add(单位代码=code, 单位名称=f"单位{code}", 上级单位代码=above[code])
    summary = desk.take_in(write_folder(tmp_path / "台账", {"单位": units}))
    assert (summary.problems, summary.events) == ([], 3)


def test_units_above_each_other_or_above_nothing_are_refused(tmp_path: Path, desk: Desk) -> None:
    units = a_few("单位")["单位"]
    units.rows.clear()
    for code, above in (("U1", "U2"), ("U2", "U1"), ("U3", "U404"), ("U4", "U3"), ("U5", "")):
        units.add(单位代码=code, 单位名称=code, 上级单位代码=above)
    summary = desk.take_in(write_folder(tmp_path / "台账", {"单位": units}))
    said = sorted((p.row, p.column, p.value) for p in summary.problems)
    assert said == [
        (row, "上级单位代码", above)
        for row, above in ((2, "U2"), (3, "U1"), (4, "U404"), (5, "U3"))
    ]
    assert summary.events == 1


@pytest.mark.parametrize("order", [*permutations(range(4))], ids=str)
def test_corrections_of_one_value_follow_from_each_other_in_any_order(
    order: tuple[int, ...], tmp_path: Path, desk: Desk
) -> None:
    """Two of them on one day, the later one with the lower number."""
    organs = a_few("机构")["机构"]
    names = ["派驻第一纪检监察组", "甲组", "乙组", "丙组", "丁组"]
    days = ["2021-03-01", "2021-03-02", "2021-03-02", "2021-03-03"]
    numbers = ["GZ-9", "GZ-8", "GZ-7", "GZ-1"]
    rows = [
        [numbers[at], days[at], "机构", "441424-PZ1", "机构名称", names[at], names[at + 1], ""]
        for at in order
    ]
    registers = {"机构": organs, "更正": Register("更正", HEADINGS, rows)}
    summary = desk.take_in(write_folder(tmp_path / "台账", registers))
    assert summary.problems == []
    history = [entry.event.data for entry in desk.ledger.history("organ:441424-PZ1")]
    assert [fact.after.name for fact in history[1:]] == names[1:]
    assert desk.take_in(tmp_path / "台账").events == 0


def test_a_row_that_holds_since_a_correction_of_the_same_set_goes_in_with_it(
    tmp_path: Path, desk: Desk
) -> None:
    """The case was filed before the sanction, as the correction says; no second import adds it."""
    registers = a_few("机构", "单位", "监督对象", "问题线索", "立案", "处分")
    for title in ("立案", "处分"):
        del registers[title].rows[1:]
    case, sanction = registers["立案"].rows[0][0], registers["处分"].rows[0][0]
    filed_on = registers["立案"].put(case, "立案日期", "2020-05-16")
    registers["立案"].put(case, "登记日期", "2020-05-20")
    for heading in ("移送审理日期", "结案日期"):
        registers["立案"].put(case, heading, "")
    row = ["GZ-1", "2020-06-01", "立案", case, "立案日期", "2020-05-16", filed_on, "笔误"]
    registers["更正"] = Register("更正", HEADINGS, [row])
    registers["处分"].put(sanction, "登记日期", "2020-06-15")
    summary = desk.take_in(write_folder(tmp_path / "台账", registers))
    assert summary.problems == []
    assert desk.take_in(tmp_path / "台账").events == 0


def test_what_refers_to_a_refused_row_goes_in_once_that_row_is_right(
    tmp_path: Path, desk: Desk
) -> None:
    registers = a_few("机构", "单位", "监督对象", "问题线索")
    registers["问题线索"].rows[:] = registers["问题线索"].rows[:3]
    person = registers["问题线索"].rows[0][registers["问题线索"].headings.index("被反映人")]
    rank = registers["监督对象"].put(person, "职级", "正科级")
    first = desk.take_in(write_folder(tmp_path / "台账", registers))
    assert [(p.register, p.column) for p in first.problems] == [
        ("监督对象", "职级"),
        ("问题线索", "被反映人"),
    ]
    registers["监督对象"].put(person, "职级", rank)
    second = desk.take_in(write_folder(tmp_path / "台账", registers))
    assert (second.problems, second.events) == ([], 2)
