"""Between two cut-offs exactly the figures that changed, and the facts that changed them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from projections.cuts import Cut
from reports.comparison import Comparison, compare
from tests.support.corrections import Corrections
from tests.support.expected import WUHUA
from tests.support.offices import ALL_TIME, Desk
from tests.support.registers import read_registers

Copy = Callable[[Desk], Desk]
YEAR = WUHUA[0].period
FIRST, SECOND, NOW = Cut(date(2021, 1, 10)), Cut(date(2021, 1, 31)), Cut()
CORRECTED = {"XT202000525", "XT202000550", "XT202000563", "XT202000621"}


def between(desk: Desk, left: Cut, right: Cut, organ: str | None = None) -> Comparison:
    """What changed of the year 2020."""
    return compare(desk.engine, YEAR, left, right, organ)


def summary(comparison: Comparison) -> dict[str, tuple[int, int, int]]:
    """By code: by how much the figure changed, how many facts went and came."""
    return {
        each.code: (each.right - each.left, len(each.removed), len(each.added))
        for each in comparison.changes
    }


def test_four_corrections_moved_four_dispositions_from_the_second_form_to_the_first(
    wuhua: Desk,
) -> None:
    comparison = between(wuhua, SECOND, NOW)
    assert summary(comparison) == {"forms.first": (4, 0, 4), "forms.second": (-4, 4, 0)}
    first, second = comparison.changes
    assert {fact.stream.partition(":")[2] for fact in first.added} == CORRECTED
    assert {fact.stream.partition(":")[2] for fact in second.removed} == CORRECTED
    for fact in first.added:
        assert wuhua.events[fact.position]["type"] == "disposition.corrected.v1"
    for fact in second.removed:
        assert wuhua.events[fact.position]["type"] == "disposition.made.v1"


def test_six_dispositions_were_registered_late_in_january(wuhua: Desk) -> None:
    comparison = between(wuhua, FIRST, SECOND)
    assert summary(comparison) == {
        "forms.total": (6, 0, 6),
        "forms.first": (6, 0, 6),
        "forms.persons": (6, 0, 6),
    }
    late = {
        row["处置编号"]
        for row in read_registers("wuhua2020")["四种形态"].records()
        if "2021-01-10" < row["登记日期"] <= "2021-01-31" and row["决定日期"] <= "2020-12-31"
    }
    assert len(late) == 6
    for change in comparison.changes:
        assert {fact.stream.partition(":")[2] for fact in change.added} == late


def test_exactly_the_figures_that_differ_are_listed_and_their_difference_is_that_of_their_facts(
    wuhua: Desk,
) -> None:
    half = Cut(at_position=wuhua.ledger.head() // 2)
    for left, right in ((FIRST, NOW), (half, SECOND)):
        was, now = wuhua.figures(YEAR, left), wuhua.figures(YEAR, right)
        changes = between(wuhua, left, right).changes
        assert {each.code for each in changes} == {code for code in now if was[code] != now[code]}
        for each in changes:
            assert (each.left, each.right) == (was[each.code], now[each.code])
            assert each.right - each.left == len(each.added) - len(each.removed)


def test_a_cut_beside_itself_has_no_changes_and_turned_round_they_are_reversed(
    wuhua: Desk,
) -> None:
    assert between(wuhua, SECOND, SECOND).changes == ()
    there, back = between(wuhua, SECOND, NOW).changes, between(wuhua, NOW, SECOND).changes
    assert [(c.code, c.left, c.right, len(c.added), len(c.removed)) for c in there] == [
        (c.code, c.right, c.left, len(c.removed), len(c.added)) for c in back
    ]


def test_of_one_organ_only_its_facts_have_changed(wuhua: Desk) -> None:
    dispositions = read_registers("wuhua2020")["四种形态"]
    of_group = {key for key in CORRECTED if dispositions.row(key)["机构代码"] == "441424-PZ1"}
    assert 0 < len(of_group) < 4
    changes = between(wuhua, SECOND, NOW, "441424-PZ1").changes
    assert [each.code for each in changes] == ["forms.first", "forms.second"]
    assert {fact.stream.partition(":")[2] for fact in changes[0].added} == of_group


@pytest.mark.parametrize(("now", "removed", "added"), [("5", 0, 2), ("1", 2, 0)])
def test_of_a_corrected_count_the_pieces_that_went_or_came_are_listed(
    now: str, removed: int, added: int, tmp_path: Path, copy_of: Copy, fengze: Desk
) -> None:
    desk = copy_of(fengze)
    head = desk.ledger.head()
    Corrections(desk, tmp_path).correct("纪检监察建议", "JY202100001", "建议条数", "3", now)
    comparison = compare(desk.engine, ALL_TIME, Cut(at_position=head), NOW)
    assert summary(comparison) == {"recommendations.suggestions": (added - removed, removed, added)}


def test_a_person_corrected_to_another_is_one_that_went_and_one_that_came(
    tmp_path: Path, copy_of: Copy, wuhua: Desk
) -> None:
    desk = copy_of(wuhua)
    registers = read_registers("wuhua2020")
    handled = {row["人员编号"] for row in registers["四种形态"].records()}
    person = registers["四种形态"].row("XT202000001")["人员编号"]
    other = next(
        r["人员编号"] for r in registers["监督对象"].records() if r["人员编号"] not in handled
    )
    head = desk.ledger.head()
    Corrections(desk, tmp_path).correct("四种形态", "XT202000001", "人员编号", person, other)
    comparison = compare(desk.engine, YEAR, Cut(at_position=head), NOW)
    change = next(each for each in comparison.changes if each.code == "forms.persons")
    assert [fact.counted for fact in change.removed] == [person]
    assert [fact.counted for fact in change.added] == [other]
    assert change.left == change.right
