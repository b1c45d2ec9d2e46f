"""A set with one bad row of each kind among the good ones, and what is to be said of each."""

from collections.abc import Callable
from typing import NamedTuple

from tests.support.registers import Register, Registers, read_registers

PETITION, LEAD, CASE, SANCTION = "XF202000001", "XS202000001", "AJ201900001", "CF202000001"
HANDLING, DISPOSITION = "XS202000001+2020-06-14", "XT202000001"


class Refused(NamedTuple):
    """One refused row: where it stands, the column at fault, what it says there."""

    register: str
    row: int
    column: str
    value: str


class BadRows:
    """Adds bad rows to registers and remembers what is to be said of each."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers
        self.refused: list[Refused] = []

    def like(self, title: str, key: str, *, at: str, **cells: str) -> None:
        """A row like that of a key, but for these cells; ``at`` is the column at fault."""
        row = self._registers[title].add_like(key, **cells)
        written = self._registers[title].rows[-1]
        value = written[self._registers[title].headings.index(at)]
        self.refused.append(Refused(title, row, at, value))

    def correction(self, number: int, *, at: str, **cells: str) -> None:
        """A correction of the sample disposition's form, but for these cells."""
        usual = {
            "更正编号": f"GZ-BAD-{number}",
            "登记日期": "2021-02-20",
            "对象": "四种形态",
            "对象编号": DISPOSITION,
            "字段": "形态",
            "原值": "第二种形态",
            "新值": "第一种形态",
        }
        cells = usual | cells
        row = self._registers["更正"].add(**cells)
        self.refused.append(Refused("更正", row, at, cells[at]))


def petitions(bad: BadRows, registers: Registers) -> None:
    """What can be wrong with any row."""
    bad.like("信访举报", PETITION, at="类别", 信访编号="XF-1", 类别="表扬信")
    bad.like("信访举报", PETITION, at="收到日期", 信访编号="XF-2", 收到日期="2021-02-30")
    bad.like("信访举报", PETITION, at="收到日期", 信访编号="XF-3", 收到日期="去年")
    bad.like("信访举报", PETITION, at="机构代码", 信访编号="XF-4", 机构代码="999999-JW")
    bad.like("信访举报", PETITION, at="机构代码", 信访编号="XF-5", 机构代码="")
    bad.like("信访举报", PETITION, at="信访编号", 信访编号="")
    bad.like("信访举报", PETITION, at="重复件", 信访编号="XF-6", 重复件="也许")
    bad.like("信访举报", "XF202000002", at="信访编号")
    bad.like("信访举报", PETITION, at="登记日期", 信访编号="XF-7", 登记日期="2020-03-08")
    bad.like("信访举报", PETITION, at="登记日期", 信访编号="XF-8", 登记日期="2999-01-01")
    future = {"收到日期": "2999-01-01", "登记日期": ""}
    bad.like("信访举报", PETITION, at="收到日期", 信访编号="XF-9", **future)
    too_wide = registers["信访举报"].row(PETITION) | {"信访编号": "XF-10"}
    row = registers["信访举报"].add("错位", **too_wide)
    bad.refused.append(Refused("信访举报", row, "", ""))


def leads(bad: BadRows, _: Registers) -> None:
    """Leads and how they were handled."""
    bad.like("问题线索", LEAD, at="来源", 线索编号="XS-1", 来源="群众口述")
    bad.like("问题线索", LEAD, at="被反映人", 线索编号="XS-2", 被反映人="R000001;R999999")
    of_nothing = {"来源": "信访举报", "来源编号": "XF-404"}
    bad.like("问题线索", LEAD, at="来源编号", 线索编号="XS-3", **of_nothing)
    of_a_refused = {"来源": "信访举报", "来源编号": "XF-1"}
    bad.like("问题线索", LEAD, at="来源编号", 线索编号="XS-4", **of_a_refused)
    bad.like("线索处置", HANDLING, at="处置日期", 处置日期="2019-01-02", 办结日期="")
    bad.like("线索处置", HANDLING, at="处置方式", 处置日期="2020-06-15", 处置方式="口头处理")
    bad.like("线索处置", HANDLING, at="线索编号", 线索编号="XS-404")
    early = {"处置日期": "2020-06-16", "登记日期": "2020-06-16", "办结日期": "2020-06-15"}
    bad.like("线索处置", HANDLING, at="办结日期", **early)


def cases(bad: BadRows, _: Registers) -> None:
    """Cases, dispositions and sanctions."""
    bad.like("立案", CASE, at="人员编号", 案件编号="AJ-1", 人员编号="R999999")
    bad.like("立案", CASE, at="立案日期", 案件编号="AJ-2", 立案日期="2019-01-01")
    bad.like("立案", CASE, at="结案日期", 案件编号="AJ-3", 结案日期="2019-09-18")
    bad.like("立案", CASE, at="立案时职级", 案件编号="AJ-4", 立案时职级="正处级")
    bad.like("四种形态", DISPOSITION, at="形态", 处置编号="XT-1", 形态="第五种形态")
    bad.like("四种形态", DISPOSITION, at="决定日期", 处置编号="XT-2", 决定日期="2019-01-01")
    bad.like("处分", SANCTION, at="决定日期", 处分编号="CF-1", 决定日期="2019-09-01")
    bad.like("处分", SANCTION, at="处分种类", 处分编号="CF-2", 处分种类="记大过")
    bad.like("处分", SANCTION, at="案件编号", 处分编号="CF-3", 案件编号="AJ-404")


def counts(bad: BadRows, registers: Registers) -> None:
    """Numbers that are none."""
    headings = read_registers("fengze")["日常监督"].headings
    checks = registers["日常监督"] = Register("日常监督", headings, [])
    good = {"监督日期": "2020-05-01", "机构代码": "441424-JW"}
    for number, value in enumerate(("若干", "1.5", "-3")):
        row = checks.add(**good, 监督编号=f"JD-{number}", 发现问题数=value)
        bad.refused.append(Refused("日常监督", row, "发现问题数", value))


def corrections(bad: BadRows, _: Registers) -> None:
    """Corrections that start from what is not so, or change what cannot be changed."""
    bad.correction(1, at="原值", 原值="第三种形态")
    bad.correction(2, at="对象", 对象="花名册")
    bad.correction(3, at="对象", 对象="更正", 对象编号="GZH202100001")
    bad.correction(4, at="字段", 字段="心情")
    bad.correction(5, at="字段", 字段="登记日期", 原值="2020-05-24", 新值="2020-05-25")
    bad.correction(6, at="字段", 字段="处置编号", 原值=DISPOSITION, 新值="XT-9")
    bad.correction(7, at="对象编号", 对象编号="XT-404")
    bad.correction(8, at="新值", 新值="第二种形态")
    bad.correction(9, at="新值", 新值="第五种形态")
    bad.correction(10, at="新值", 新值="")
    bad.correction(11, at="登记日期", 登记日期="2020-05-23")
    bad.correction(12, at="登记日期", 登记日期="")
    bad.correction(13, at="新值", 字段="决定日期", 原值="2020-05-15", 新值="2021-02-30")
    handling = {"对象": "线索处置", "对象编号": HANDLING, "原值": "初步核实"}
    method = {"字段": "处置方式", "新值": "谈话函询"}
    bad.correction(14, at="对象编号", **(handling | method | {"对象编号": LEAD}))
    day = {"字段": "处置日期", "原值": "2020-06-14", "新值": "2020-06-15"}
    bad.correction(15, at="字段", **(handling | day))
    elsewhere = {"对象编号": "XS202000001+2020-06-13"}
    bad.correction(16, at="对象编号", **(handling | method | elsewhere))


KINDS: tuple[Callable[[BadRows, Registers], None], ...] = (
    petitions,
    leads,
    cases,
    counts,
    corrections,
)


def with_bad_rows(registers: Registers) -> list[Refused]:
    """Add a bad row of each kind; returns what is to be refused, in any order."""
    bad = BadRows(registers)
    for add in KINDS:
        add(bad, registers)
    return bad.refused
