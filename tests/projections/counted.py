"""Every figure counted in the register files themselves, row by row, without a ledger."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.support.registers import Registers

Row = dict[str, str]
METHODS = {
    "talk_inquiry": "谈话函询",
    "preliminary_verification": "初步核实",
    "held": "暂存待查",
    "closed": "予以了结",
}
FORMS = {
    "first": "第一种形态",
    "second": "第二种形态",
    "third": "第三种形态",
    "fourth": "第四种形态",
}
RANKS = {
    "provincial_ministerial": "省部级",
    "department_bureau": "厅局级",
    "county_division": "县处级",
    "township_section": "乡科级",
    "general": "一般干部",
    "rural_enterprise_other": "农村、企业等其他人员",
}
LETTERS = {"discipline": "纪律检查建议", "supervision": "监察建议", "joint": "纪检监察建议"}
ROUNDS = {
    "regular": "常规",
    "special": "专项",
    "mobile": "机动",
    "cross": "交叉",
    "lookback": "回头看",
}
CATEGORIES = {"party": "党纪处分", "administrative": "政务处分"}


@dataclass(frozen=True)
class Counting:
    """Registers without corrections, a period, and the day as of which they are known."""

    registers: Registers
    first: str
    last: str
    as_of: str

    def known(self, title: str, registered: str = "登记日期") -> list[Row]:
        """Rows known by then; ``registered`` is the column that says since when."""
        if title not in self.registers:
            return []
        rows = self.registers[title].records()
        return [row for row in rows if row[registered] <= self.as_of]

    def told(self, title: str, day: str, registered: str = "登记日期") -> list[Row]:
        """Those of them whose day lies in the period."""
        rows = self.known(title, registered)
        return [row for row in rows if row[day] and self.first <= row[day] <= self.last]

    def later(self, title: str, day: str) -> int:
        """Later facts of the rows, known since their own day."""
        return len(self.told(title, day, day))


def every_figure(counting: Counting) -> dict[str, int]:
    """All figures by code."""
    parts: Iterable[Callable[[Counting], dict[str, int]]] = (
        _leads,
        _cases,
        _forms,
        _letters,
        _rounds,
        _of_inspections,
        _others,
    )
    return {code: value for part in parts for code, value in part(counting).items()}


def _split(code: str, rows: list[Row], column: str, terms: dict[str, str]) -> dict[str, int]:
    counts = [row[column] for row in rows]
    return {f"{code}.{name}": counts.count(term) for name, term in terms.items()}


def _persons(rows: list[Row]) -> int:
    return len({row["人员编号"] for row in rows})


def _named(leads: list[Row]) -> int:
    return len({number for row in leads for number in row["被反映人"].split(";") if number})


def _leads(counting: Counting) -> dict[str, int]:
    petitions = counting.told("信访举报", "收到日期")
    leads = counting.told("问题线索", "收到日期")
    handled = counting.told("线索处置", "处置日期")
    return {
        "petitions.received": len(petitions),
        "petitions.accusations": sum(row["类别"] == "检举控告" for row in petitions),
        "leads.received": len(leads),
        "leads.persons": _named(leads),
        "leads.disposed": len(handled),
        **_split("leads.disposed", handled, "处置方式", METHODS),
    }


def _cases(counting: Counting) -> dict[str, int]:
    return {
        "cases.filed": len(counting.told("立案", "立案日期")),
        "cases.closed": counting.later("立案", "结案日期"),
        "cases.transferred_to_procuratorate": counting.later("立案", "移送检察机关日期"),
    }


def _forms(counting: Counting) -> dict[str, int]:
    handled = counting.told("四种形态", "决定日期")
    sanctioned = counting.told("处分", "决定日期")
    found = {
        "forms.total": len(handled),
        "forms.persons": _persons(handled),
        **_split("forms", handled, "形态", FORMS),
        "sanctions.persons": _persons(sanctioned),
    }
    for name, term in CATEGORIES.items():
        found[f"sanctions.{name}.persons"] = _persons(
            [r for r in sanctioned if r["处分类别"] == term]
        )
    for name, term in RANKS.items():
        of_rank = [row for row in sanctioned if row["决定时职级"] == term]
        found[f"sanctions.persons.rank.{name}"] = _persons(of_rank)
    return found


def _letters(counting: Counting) -> dict[str, int]:
    letters = counting.told("纪检监察建议", "发出日期")
    return {
        "recommendations.issued": len(letters),
        **_split("recommendations.issued", letters, "类别", LETTERS),
        "recommendations.suggestions": sum(int(row["建议条数"] or 0) for row in letters),
    }


def _rounds(counting: Counting) -> dict[str, int]:
    opened = counting.told("巡察轮次", "开始日期", "开始日期")
    types = {row["轮次编号"]: row["类型"] for row in counting.known("巡察轮次", "开始日期")}
    problems = counting.told("巡察问题", "反馈日期")
    found = _split("inspections.rounds", opened, "类型", ROUNDS)
    for name, term in ROUNDS.items():
        of_type = [row for row in problems if types.get(row["轮次编号"]) == term]
        found[f"inspections.problems.{name}"] = len(of_type)
        found[f"inspections.units.{name}"] = len({row["单位代码"] for row in of_type})
    return found


def _of_inspections(counting: Counting) -> dict[str, int]:
    leads = [r for r in counting.told("问题线索", "收到日期") if r["来源"] == "巡察移交"]
    known = {r["线索编号"] for r in counting.known("问题线索") if r["来源"] == "巡察移交"}
    cases = {r["案件编号"] for r in counting.known("立案") if r["线索编号"] in known}
    handled = [r for r in counting.told("四种形态", "决定日期") if r["线索编号"] in known]
    sanctioned = [r for r in counting.told("处分", "决定日期") if r["案件编号"] in cases]
    return {
        "inspections.leads": len(leads),
        "inspections.lead_persons": _named(leads),
        "inspections.forms.persons": _persons(handled),
        "inspections.sanctions.persons": _persons(sanctioned),
    }


def _others(counting: Counting) -> dict[str, int]:
    suggestions = counting.told("工作建议", "发出日期")
    persons = counting.known("监督对象")
    managed = [row for row in persons if row["区管干部"] == "是" and row["建档日期"]]
    return {
        "inspections.work_suggestions": len(suggestions),
        "inspections.work_suggestions.receivers": len({r["接收单位代码"] for r in suggestions}),
        "supervision.checks": len(counting.told("日常监督", "监督日期")),
        "archives.managed": sum(row["建档日期"] <= counting.last for row in managed),
        "window.matters": len(counting.told("办不成事", "受理日期")),
    }
