"""单位画像: everything about one unit in a year, as known on a day, beside the year before."""

from datetime import date
from typing import Any

import pytest

from ledger.envelope import Circumstances
from projections.boards.board import Wanted
from projections.boards.catalogue import BOARDS
from projections.portrait import STOCKS, TRAITS, Grade, ListStanding, Portrait, portrait
from projections.store import reading
from tests.domain import samples as s
from tests.domain.checks import samples as c
from tests.domain.ecology import samples as e
from tests.domain.inspections import samples as i
from tests.projections.inspections.test_boards import carry_out
from tests.support.offices import Desk, opened

YEAR = e.YEAR
LATE = date(2022, 6, 30)


def seen(desk: Desk, year: int = YEAR, on: date = LATE, unit: str = s.UNIT) -> Portrait:
    """The portrait of a unit."""
    with reading(desk.engine) as connection:
        return portrait(connection, unit, year, on)


def values(found: Portrait) -> dict[str, tuple[int, int]]:
    """Each figure that is not nothing, with that of the year before."""
    every = (*found.figures, *found.stocks)
    return {each.code: (each.value, each.before) for each in every if each.value or each.before}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A unit with a case, problems, letters, lists and an assessment; another with nothing."""
    other = s.a_person(number="RY002", name="李大明", unit=i.OTHER)
    theirs = s.a_lead(number="XS2", persons=("RY002",))
    with opened(tmp_path_factory.mktemp("portrait") / "ledger.sqlite3") as desk:
        carry_out(
            desk,
            *i.EVERYONE,
            s.a_person(),
            other,
            s.a_petition(),
            s.a_lead(source="信访举报", source_number=s.PETITION),
            s.a_lead(number="XS0", received_on=date(2020, 5, 1)),
            theirs,
            s.a_case(),
            s.a_disposition(),
            s.a_sanction(),
            s.a_letter(),
            s.a_problem(),
            s.a_problem(number="WT01-002"),
            i.rectified(),
            i.evidenced(),
            i.verified(),
            i.a_lookback(),
            i.found_again(),
            s.a_work_suggestion(),
            s.a_check(),
            c.a_check_problem(),
            s.a_matter(),
            *(e.a_list(), e.an_opening()),
            *(e.an_indicator(each) for each in e.INDICATORS),
            e.a_grade(),
            e.a_list(issued_on=date(2022, 1, 10), items=(e.an_item(),)),
        )
        yield desk


def test_a_portrait_is_all_that_the_ledger_knows_of_a_unit_in_a_year(office: Desk) -> None:
    found = seen(office)
    assert (found.name, found.persons) == ("区城管局", 1)
    assert values(found) == {
        "leads": (1, 1),
        "leads.petitions": (1, 0),
        "leads.persons": (1, 1),
        "cases": (1, 0),
        "forms.second": (1, 0),
        "sanctions.persons": (1, 0),
        "problems.fed_back": (2, 0),
        "problems.rectified": (1, 0),
        "check_problems.found": (1, 0),
        "checks": (1, 0),
        "recommendations": (1, 0),
        "work_suggestions": (1, 0),
        "matters": (1, 0),
        "problems.open": (1, 0),
        "check_problems.open": (1, 0),
    }


def test_the_year_after_stands_beside_it(office: Desk) -> None:
    found = values(seen(office, YEAR + 1))
    assert found["problems.found_again"] == (1, 0)
    assert found["problems.open"] == (2, 1), "a problem found again is open again"
    assert found["cases"] == (0, 1)


def test_a_portrait_of_a_former_day_says_what_was_known_then(office: Desk) -> None:
    then = seen(office, on=date(2021, 4, 30))
    assert values(then)["problems.open"] == (2, 0)
    assert "sanctions.persons" not in values(then)
    assert (then.grade, [each.version for each in then.lists]) == (None, [1])


def test_a_fact_registered_late_is_not_in_the_portrait_before(office: Desk) -> None:
    late = s.a_problem(number="WT01-009", fed_back_on=date(2021, 12, 1))
    circumstances = Circumstances("tester", "late", "late", date(2022, 7, 1))
    office.ledger.execute(late, circumstances)
    office.runner.catch_up()
    assert values(seen(office))["problems.fed_back"] == (2, 0)
    assert values(seen(office, on=date(2022, 7, 1)))["problems.fed_back"] == (3, 0)


def test_the_lists_in_force_are_those_of_the_last_version(office: Desk) -> None:
    first = ListStanding("风险清单", 1, date(2021, 3, 1), 2, (("低", 1), ("高", 1)))
    assert seen(office).lists == (first,), "the year ends with its last version"
    second = ListStanding("风险清单", 2, date(2022, 1, 10), 1, (("高", 1),))
    assert seen(office, YEAR + 1).lists == (second,)
    carry_out(office, e.a_withdrawal())
    assert seen(office, YEAR + 1).lists == ()
    assert seen(office, YEAR + 1, date(2022, 2, 1)).lists == (second,)


def test_the_grade_of_a_unit_stands_beside_that_of_the_year_before(office: Desk) -> None:
    grade = Grade(YEAR, "较好", None, date(YEAR, 12, 15))
    assert (seen(office).grade, seen(office).grade_before) == (grade, None)
    assert (seen(office, YEAR + 1).grade, seen(office, YEAR + 1).grade_before) == (None, grade)


def test_another_unit_has_a_portrait_of_its_own(office: Desk) -> None:
    found = values(seen(office, unit=i.OTHER))
    assert found == {"leads": (1, 0), "leads.persons": (1, 0)}
    with pytest.raises(LookupError):
        seen(office, unit="无")


def test_assessments_and_lists_are_boards(office: Desk) -> None:
    with reading(office.engine) as connection:
        for name, key in (("ecology_assessments", e.ASSESSMENT), ("supervision_lists", e.LIST)):
            (row,) = BOARDS[name].rows(connection, Wanted(LATE, values={"unit": s.UNIT}))
            assert row[0] == key


def test_every_account_of_a_portrait_is_one_of_the_journal(office: Desk) -> None:
    accounts = {trait.account for trait in TRAITS} | {a for _, _, each in STOCKS for a in each}
    with reading(office.engine) as connection:
        rows = connection.exec_driver_sql("SELECT DISTINCT account FROM postings").all()
    unseen = {"check_problems.signed_off", "problems.returned"}
    assert accounts - {row.account for row in rows} == unseen, "what did not happen in this office"
