"""A key that exists with other content is a conflict: reported, never silently applied."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.offices import Desk
from tests.support.registers import read_registers, write_folder

Copy = Callable[[Desk], Desk]

#: Register, key, heading, another value, what the ledger has.
CHANGES = [
    ("机构", "441424-PZ1", "机构名称", "派驻第二纪检监察组", "派驻第一纪检监察组"),
    ("单位", "U0001", "单位类型", "街道", "乡镇"),
    ("监督对象", "R000001", "职级", "县处级", "乡科级"),
    ("监督对象", "R000001", "登记日期", "2016-11-02", "2016-11-01"),
    ("信访举报", "XF202000001", "重复件", "是", "否"),
    ("问题线索", "XS201900001", "收到日期", "2019-09-18", "2019-09-19"),
    ("问题线索", "XS201900001", "登记日期", "2019-09-21", "2019-09-20"),
    ("线索处置", "XS202000001+2020-06-14", "处置方式", "谈话函询", "初步核实"),
    ("线索处置", "XS202000001+2020-06-14", "办结日期", "2020-06-20", "2020-06-14"),
    ("立案", "AJ201900001", "立案时职级", "一般干部", "乡科级"),
    ("立案", "AJ201900001", "结案日期", "2020-05-16", "2020-05-15"),
    ("四种形态", "XT202000001", "形态", "第一种形态", "第二种形态"),
    ("处分", "CF202000001", "处分种类", "严重警告", "警告"),
    ("更正", "GZH202100001", "新值", "第三种形态", "第一种形态"),
]


@pytest.mark.parametrize(("title", "key", "heading", "value", "held"), CHANGES)
def test_a_changed_value_is_a_conflict_and_nothing_is_applied(
    title: str,
    key: str,
    heading: str,
    value: str,
    held: str,
    tmp_path: Path,
    copy_of: Copy,
    wuhua: Desk,
) -> None:
    register = read_registers("wuhua2020")[title]
    assert register.put(key, heading, value) == held
    desk = copy_of(wuhua)
    summary = desk.take_in(write_folder(tmp_path / "台账", {title: register}))
    assert desk.ledger.head() == wuhua.ledger.head()
    assert [(p.register, p.row, p.column, p.value, p.code) for p in summary.problems] == [
        (title, register.number_of(key), heading, value, "conflict")
    ]
    assert "《更正》" in summary.problems[0].reason
    counts = summary.tallies[0]
    assert (counts.refused, counts.unchanged) == (1, counts.rows - 1)


def test_a_conflict_names_what_the_ledger_has_unless_that_is_personal(
    tmp_path: Path, copy_of: Copy, wuhua: Desk
) -> None:
    persons = read_registers("wuhua2020")["监督对象"]
    name = persons.put("R000001", "姓名", "王小明")
    persons.put("R000002", "职务", "科长")
    desk = copy_of(wuhua)
    summary = desk.take_in(write_folder(tmp_path / "台账", {"监督对象": persons}))
    personal, plain = summary.problems
    assert name not in personal.reason
    assert "“科员”" in plain.reason


def test_a_row_with_a_conflict_tells_none_of_its_later_facts(
    tmp_path: Path, copy_of: Copy, wuhua: Desk
) -> None:
    """A row goes in wholly or not at all."""
    cases = read_registers("wuhua2020")["立案"]
    number = next(row["案件编号"] for row in cases.records() if not row["结案日期"])
    cases.put(number, "结案日期", "2021-03-01")
    cases.put(number, "立案日期", "2020-01-01")
    desk = copy_of(wuhua)
    summary = desk.take_in(write_folder(tmp_path / "台账", {"立案": cases}))
    assert [(p.column, p.code) for p in summary.problems] == [("立案日期", "conflict")]
    assert desk.ledger.head() == wuhua.ledger.head()
