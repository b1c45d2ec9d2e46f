"""Boards of inspections and daily supervision, as an office reads them on a day."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.inspections.decisions import RectifyProblem
from ledger.envelope import Circumstances
from projections.boards.board import Wanted
from projections.boards.catalogue import BOARDS
from projections.coverage import coverage, coverage_of_plan
from projections.store import reading
from tests.domain import samples as s
from tests.domain.checks import samples as c
from tests.domain.inspections import samples as i
from tests.support.offices import Desk, opened

SECOND, THIRD = "WT01-002", "WT01-003"
LATER = date(2022, 6, 1)


def carry_out(desk: Desk, *commands: Any) -> None:
    """Record commands, each registered on its own day."""
    for command in commands:
        made = s.CORRECTION + str(desk.ledger.head())
        desk.ledger.execute(command, Circumstances("tester", made, made, None))
    desk.runner.catch_up()


def read(desk: Desk, board: str, on: date = LATER, **values: str) -> list[dict[str, Any]]:
    """The rows of a board."""
    chosen = BOARDS[board]
    names = [column.name for column in chosen.columns]
    with reading(desk.engine) as connection:
        rows = list(chosen.rows(connection, Wanted(on, values=values)))
    return [dict(zip(names, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def inspected(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Two regular rounds over one unit, a look-back over it, and a campaign."""
    file: Path = tmp_path_factory.mktemp("inspected") / "ledger.sqlite3"
    again = s.a_round(number="XC09", started_on=date(2021, 9, 1))
    case = s.a_case(filed_on=date(2021, 5, 1))
    with opened(file) as desk:
        carry_out(
            desk,
            *i.FED_BACK,
            s.a_person(),
            i.a_plan(),
            s.a_problem(),
            s.a_problem(number=SECOND),
            s.a_problem(number=THIRD, rectify_due_on=None),
            i.a_transfer(),
            s.a_lead(source="巡察移交", source_number=s.ROUND, received_on=date(2021, 4, 18)),
            s.a_lead(number="XS2", source="审计移送", persons=()),
            i.an_acceptance(lead=s.LEAD),
            s.a_handling(decided_on=date(2021, 4, 28)),
            case,
            s.a_disposition(),
            s.a_sanction(),
            i.rectified(),
            i.evidenced(),
            i.verified(),
            again,
            s.a_problem(number="WT09-001", round="XC09", fed_back_on=date(2021, 10, 1)),
            i.a_lookback(),
            i.found_again(),
            RectifyProblem(number=SECOND, rectified_on=date(2022, 3, 2)),
            s.a_check(),
            c.a_campaign(),
            c.a_check_problem(campaign=c.CAMPAIGN),
            c.a_check_problem(number="JDWT-02", campaign=c.CAMPAIGN, due_on=None),
            *(c.put_right(), c.verified(), c.a_sign_off()),
        )
        yield desk


def test_rectification_is_read_by_round_and_unit(inspected: Desk) -> None:
    first, second = read(inspected, "rectification")
    assert first == {
        "round": s.ROUND,
        "unit": s.UNIT,
        "organ": s.ORGAN,
        "type": "常规",
        "problems": 3,
        "rectified": 1,
        "signed_off": 0,
        "overdue": 1,
        "reopened": 1,
        "found_again": 1,
    }
    assert (second["round"], second["problems"], second["overdue"]) == ("XC09", 1, 1)


def test_rectification_on_a_day_counts_what_had_happened_by_then(inspected: Desk) -> None:
    (first,) = read(inspected, "rectification", date(2021, 7, 20))
    assert (first["problems"], first["overdue"], first["found_again"]) == (3, 0, 0)
    assert read(inspected, "rectification", date(2021, 4, 19)) == []
    (chosen,) = read(inspected, "rectification", round="XC09")
    assert chosen["round"] == "XC09"


def test_a_unit_inspected_twice_counts_once_for_coverage(inspected: Desk) -> None:
    (row,) = read(inspected, "coverage")
    assert row == {
        "number": i.PLAN,
        "organ": s.ORGAN,
        "name": "区委巡察工作规划",
        "scope": 2,
        "inspected": 1,
        "left": 1,
        "unit_times": 2,
        "looked_back": 0,
        "lookback_times": 0,
    }
    assert read(inspected, "coverage", date(2021, 1, 9)) == []


def test_a_look_back_covers_nothing_and_is_counted_apart(inspected: Desk) -> None:
    back = s.a_problem(number="WT02-001", round=i.LOOKBACK, fed_back_on=date(2022, 4, 1))
    carry_out(inspected, back)
    with reading(inspected.engine) as connection:
        found = coverage(connection, None, LATER, first=date(2022, 1, 1))
        whole = coverage_of_plan(connection, i.PLAN, LATER)
        before = coverage_of_plan(connection, i.PLAN, date(2021, 8, 1))
        with pytest.raises(LookupError):
            coverage_of_plan(connection, "无", LATER)
    assert (found.inspected, found.looked_back, found.lookback_times) == ((), (s.UNIT,), 1)
    assert found.scope == (s.UNIT, i.OTHER)
    assert (whole.inspected, whole.left, whole.unit_times) == ((s.UNIT,), (i.OTHER,), 2)
    assert (before.unit_times, before.lookback_times) == (1, 0)


def test_what_became_of_the_leads_that_a_round_handed_over(inspected: Desk) -> None:
    (row,) = read(inspected, "inspection_leads")
    assert row == {
        "round": s.ROUND,
        "organ": s.ORGAN,
        "leads": 1,
        "persons": 1,
        "handled": 1,
        "cases": 1,
        "forms": 1,
        "sanctioned": 1,
    }
    (early,) = read(inspected, "inspection_leads", date(2021, 4, 30))
    assert (early["handled"], early["cases"], early["sanctioned"]) == (1, 0, 0)


def test_inspections_and_transfers_are_lists(inspected: Desk) -> None:
    (inspection,) = read(inspected, "inspections")
    assert (inspection["team"], inspection["fed_back_on"]) == ("第一巡察组", "2021-04-20")
    (matter,) = read(inspected, "inspection_transfers", category="问题线索")
    assert (matter["lead"], matter["answered_on"]) == (s.LEAD, None)


def test_a_campaign_is_read_with_its_problems(inspected: Desk) -> None:
    (campaign,) = read(inspected, "campaigns")
    counts = ("problems", "rectified", "signed_off", "overdue", "leads")
    assert [campaign[name] for name in counts] == [2, 1, 1, 0, 0]
    assert campaign["phase"] == "调研排摸"
    (then,) = read(inspected, "campaigns", date(2021, 6, 9))
    assert [then[name] for name in counts] == [2, 0, 0, 1, 0]
    assert read(inspected, "campaigns", kind="疫情防控") == []
    found = [(row["number"], row["signed_off_on"]) for row in read(inspected, "check_problems")]
    assert found == [(c.PROBLEM, "2021-06-20"), ("JDWT-02", None)]
