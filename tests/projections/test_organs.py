"""The figures of one organ are those of its own facts and of the organs below it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from projections.cuts import Cut
from reports.statement import UnknownOrganError
from tests.support.corrections import Corrections
from tests.support.expected import EVERY_QUERY, WUHUA, Expected
from tests.support.offices import Desk
from tests.support.registers import read_registers, write_folder

Copy = Callable[[Desk], Desk]
COMMISSION, GROUP = "441424-JW", "441424-PZ1"
BEFORE = Cut(as_of=date(2022, 2, 28))


def counted(example: str, organ: str) -> dict[str, int]:
    """Some figures of one organ alone, counted in the registers themselves."""
    registers = read_registers(example)

    def of(title: str) -> list[dict[str, str]]:
        rows = registers[title].records() if title in registers else ()
        return [row for row in rows if row["机构代码"] == organ]

    leads = {row["线索编号"] for row in of("问题线索")}
    handled = [row for row in registers["线索处置"].records() if row["线索编号"] in leads]
    return {
        "petitions.received": len(of("信访举报")),
        "leads.received": len(leads),
        "leads.disposed": len(handled),
        "cases.filed": len(of("立案")),
        "cases.closed": sum(bool(row["结案日期"]) for row in of("立案")),
        "forms.persons": len({row["人员编号"] for row in of("四种形态")}),
        "sanctions.persons": len({row["人员编号"] for row in of("处分")}),
        "recommendations.issued": len(of("纪检监察建议")),
        "supervision.checks": len(of("日常监督")),
    }


@pytest.mark.parametrize(
    ("example", "organ"), [("wuhua2020", GROUP), ("fengze", "350503-DH"), ("fengze", "350503-PZ1")]
)
def test_an_organ_with_none_below_it_has_its_own_facts_alone(
    example: str, organ: str, fengze: Desk, wuhua: Desk
) -> None:
    desk = {"fengze": fengze, "wuhua2020": wuhua}[example]
    figures = desk.figures(organ=organ)
    expected = counted(example, organ)
    assert {code: figures[code] for code in expected} == expected
    assert sum(expected.values()) > 0
    of_the_commission = (
        "inspections.rounds.regular",
        "inspections.problems.regular",
        "inspections.work_suggestions",
        "archives.managed",
        "window.matters",
    )
    assert {figures[code] for code in of_the_commission} == {0}


@pytest.mark.parametrize("query", EVERY_QUERY, ids=str)
def test_the_commission_with_all_organs_below_it_is_the_whole(
    query: Expected, fengze: Desk, wuhua: Desk
) -> None:
    desk, organ = {"fengze": (fengze, "350503-JW"), "wuhua2020": (wuhua, COMMISSION)}[query.example]
    assert desk.figures(query.period, query.cut, organ) == query.figures


@pytest.mark.parametrize("organ", [COMMISSION, GROUP])
def test_the_checks_hold_for_one_organ_too(organ: str, wuhua: Desk) -> None:
    for query in WUHUA:
        statement = wuhua.statement(query.period, query.cut, organ)
        assert [check for check in statement.checks if not check.holds] == []


def test_the_organ_of_a_case_moves_it_and_its_closing_to_the_other_organ(
    tmp_path: Path, copy_of: Copy, wuhua: Desk
) -> None:
    desk = copy_of(wuhua)
    group, commission = desk.figures(organ=GROUP), desk.figures(organ=COMMISSION)
    Corrections(desk, tmp_path).correct("立案", "AJ201900001", "机构代码", GROUP, COMMISSION)
    after = desk.figures(organ=GROUP)
    assert {code: after[code] - group[code] for code in after if after[code] != group[code]} == {
        "cases.filed": -1,
        "cases.closed": -1,
    }
    assert desk.figures(organ=COMMISSION) == commission
    assert desk.figures(organ=GROUP, cut=BEFORE) == group


def test_the_organ_of_a_lead_takes_its_handlings_along(
    tmp_path: Path, copy_of: Copy, wuhua: Desk
) -> None:
    registers = read_registers("wuhua2020")
    handled = {row["线索编号"] for row in registers["线索处置"].records()}
    lead = next(
        row["线索编号"]
        for row in registers["问题线索"].records()
        if row["机构代码"] == GROUP and row["线索编号"] in handled
    )
    desk = copy_of(wuhua)
    before = desk.figures(organ=GROUP)
    Corrections(desk, tmp_path).correct("问题线索", lead, "机构代码", GROUP, COMMISSION)
    after = desk.figures(organ=GROUP)
    for code in ("leads.received", "leads.persons", "leads.disposed"):
        assert after[code] == before[code] - 1, code


def test_an_organ_put_under_another_leaves_the_one_above_it(
    tmp_path: Path, copy_of: Copy, wuhua: Desk
) -> None:
    desk = copy_of(wuhua)
    before = desk.figures(organ=COMMISSION)
    Corrections(desk, tmp_path).correct("机构", GROUP, "上级机构代码", COMMISSION, "4414-JW")
    own = counted("wuhua2020", COMMISSION)
    after = desk.figures(organ=COMMISSION)
    assert {code: after[code] for code in own} == own
    assert desk.figures(organ=COMMISSION, cut=BEFORE) == before


def test_organs_below_organs_below_it_count_too(tmp_path: Path, copy_of: Copy, wuhua: Desk) -> None:
    registers = read_registers("wuhua2020")
    organs, petitions = registers["机构"], registers["信访举报"]
    for code, above in (("PZ1-1", GROUP), ("PZ1-1-1", "PZ1-1")):
        organs.add_like(GROUP, 机构代码=code, 上级机构代码=above)
        petitions.add_like("XF202000001", 信访编号=f"XF-{code}", 机构代码=code)
    desk = copy_of(wuhua)
    before = desk.figures(organ=GROUP)["petitions.received"]
    desk.take_in(write_folder(tmp_path / "台账", {"机构": organs, "信访举报": petitions}))
    assert desk.figures(organ=GROUP)["petitions.received"] == before + 2
    assert desk.figures(organ="PZ1-1")["petitions.received"] == 2
    assert desk.figures(organ="PZ1-1-1")["petitions.received"] == 1


def test_an_organ_not_on_the_ledger_has_no_figures(wuhua: Desk) -> None:
    for organ in ("999999-JW", "", "organ:441424-JW"):
        with pytest.raises(UnknownOrganError):
            wuhua.figures(organ=organ)
    with pytest.raises(UnknownOrganError):
        wuhua.figures(organ=COMMISSION, cut=Cut(at_position=0))
