"""A correction moves every figure that hangs on the corrected record, wherever it is counted."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from projections.cuts import Cut, Period
from tests.support.corrections import Corrections
from tests.support.offices import Desk
from tests.support.registers import Registers, read_registers

Copy = Callable[[Desk], Desk]
BEFORE = Cut(as_of=date(2022, 2, 28))


def year_of(year: int) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def moved(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """By how much each figure has moved, those that have not left out."""
    return {code: after[code] - before[code] for code in after if after[code] != before[code]}


def of_inspections(registers: Registers) -> dict[str, int]:
    """What the registers themselves say of leads that inspections handed over."""
    leads = {r["线索编号"]: r for r in registers["问题线索"].records() if r["来源"] == "巡察移交"}
    cases = {r["案件编号"] for r in registers["立案"].records() if r["线索编号"] in leads}
    handled = {r["人员编号"] for r in registers["四种形态"].records() if r["线索编号"] in leads}
    sanctioned = {r["人员编号"] for r in registers["处分"].records() if r["案件编号"] in cases}
    named = {number for r in leads.values() for number in r["被反映人"].split(";")}
    return {
        "inspections.leads": len(leads),
        "inspections.lead_persons": len(named),
        "inspections.forms.persons": len(handled),
        "inspections.sanctions.persons": len(sanctioned),
    }


def sanctioned_lead(registers: Registers) -> str:
    """A lead handed over by an inspection that ended in a sanction."""
    sanctioned = {row["案件编号"] for row in registers["处分"].records()}
    sources = {row["线索编号"]: row["来源"] for row in registers["问题线索"].records()}
    for case in registers["立案"].records():
        if case["案件编号"] in sanctioned and sources[case["线索编号"]] == "巡察移交":
            return case["线索编号"]
    raise AssertionError("no such lead")


def test_the_source_of_a_lead_moves_the_persons_handled_and_sanctioned_on_it(
    tmp_path: Path, copy_of: Copy, fengze: Desk
) -> None:
    registers = read_registers("fengze")
    lead = sanctioned_lead(registers)
    desk = copy_of(fengze)
    before = desk.figures()
    assert of_inspections(registers).items() <= before.items()
    corrections = Corrections(desk, tmp_path)
    corrections.correct("问题线索", lead, "来源", "巡察移交", "上级交办")
    registers["问题线索"].put(lead, "来源", "上级交办")
    after = desk.figures()
    assert of_inspections(registers).items() <= after.items()
    assert moved(before, after).keys() == of_inspections(registers).keys()
    assert desk.figures(cut=BEFORE) == before
    corrections.correct("问题线索", lead, "来源", "上级交办", "巡察移交")
    assert desk.figures() == before


def test_the_lead_of_a_case_moves_the_persons_sanctioned_in_it(
    tmp_path: Path, copy_of: Copy, fengze: Desk
) -> None:
    registers = read_registers("fengze")
    lead = sanctioned_lead(registers)
    case = next(row for row in registers["立案"].records() if row["线索编号"] == lead)
    desk = copy_of(fengze)
    before = desk.figures()
    Corrections(desk, tmp_path).correct("立案", case["案件编号"], "线索编号", lead, "")
    assert moved(before, desk.figures()) == {"inspections.sanctions.persons": -1}


def test_a_disposition_that_names_its_case_alone_is_on_the_lead_of_that_case(
    tmp_path: Path, copy_of: Copy, fengze: Desk
) -> None:
    registers = read_registers("fengze")
    lead = sanctioned_lead(registers)
    disposition = next(
        row
        for row in registers["四种形态"].records()
        if row["线索编号"] == lead and row["案件编号"]
    )
    desk = copy_of(fengze)
    before = desk.figures()
    Corrections(desk, tmp_path).correct("四种形态", disposition["处置编号"], "线索编号", lead, "")
    assert moved(before, desk.figures()) == {}


def test_the_type_of_a_round_moves_its_problems_and_units(
    tmp_path: Path, copy_of: Copy, fengze: Desk
) -> None:
    desk = copy_of(fengze)
    before = desk.figures()
    problems = [
        r for r in read_registers("fengze")["巡察问题"].records() if r["轮次编号"] == "LX201601"
    ]
    Corrections(desk, tmp_path).correct("巡察轮次", "LX201601", "类型", "常规", "机动")
    change = moved(before, desk.figures())
    assert change["inspections.rounds.mobile"] == -change["inspections.rounds.regular"] == 1
    assert change["inspections.problems.mobile"] == len(problems)
    assert change["inspections.problems.regular"] == -len(problems)
    assert change["inspections.units.mobile"] == len({row["单位代码"] for row in problems})
    assert all(check.holds for check in desk.statement().checks)


def test_the_suggestions_of_a_letter_are_counted_anew(
    tmp_path: Path, copy_of: Copy, fengze: Desk
) -> None:
    desk = copy_of(fengze)
    before = desk.figures()
    corrections = Corrections(desk, tmp_path)
    corrections.correct("纪检监察建议", "JY202100001", "建议条数", "3", "5")
    assert moved(before, desk.figures()) == {"recommendations.suggestions": 2}
    corrections.correct("纪检监察建议", "JY202100001", "建议条数", "5", "")
    assert moved(before, desk.figures()) == {"recommendations.suggestions": -3}


def test_a_corrected_day_moves_a_fact_to_another_period(
    tmp_path: Path, copy_of: Copy, wuhua: Desk
) -> None:
    desk = copy_of(wuhua)
    before = {year: desk.figures(year_of(year)) for year in (2019, 2020)}
    Corrections(desk, tmp_path).correct(
        "立案", "AJ201900001", "立案日期", "2019-09-19", "2020-01-02"
    )
    assert moved(before[2019], desk.figures(year_of(2019))) == {"cases.filed": -1}
    assert moved(before[2020], desk.figures(year_of(2020))) == {"cases.filed": 1}
    assert all(check.holds for check in desk.statement(year_of(2020)).checks)


def test_a_corrected_handling_moves_between_methods_alone(
    tmp_path: Path, copy_of: Copy, wuhua: Desk
) -> None:
    desk = copy_of(wuhua)
    before = desk.figures()
    key = "XS202000001+2020-06-14"
    Corrections(desk, tmp_path).correct("线索处置", key, "处置方式", "初步核实", "予以了结")
    assert moved(before, desk.figures()) == {
        "leads.disposed.preliminary_verification": -1,
        "leads.disposed.closed": 1,
    }


def test_a_corrected_rank_moves_one_person_between_ranks(
    tmp_path: Path, copy_of: Copy, wuhua: Desk
) -> None:
    desk = copy_of(wuhua)
    before = desk.figures()
    Corrections(desk, tmp_path).correct("处分", "CF202000001", "决定时职级", "乡科级", "县处级")
    assert moved(before, desk.figures()) == {
        "sanctions.persons.rank.township_section": -1,
        "sanctions.persons.rank.county_division": 1,
    }
    assert all(check.holds for check in desk.statement().checks)
