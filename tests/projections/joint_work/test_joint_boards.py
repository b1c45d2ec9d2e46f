"""联合办案: what each organ led and helped with; a matter counts once, for the one that leads."""

from datetime import date
from typing import Any

from domain.streams import derived_id
from ledger.envelope import Circumstances
from projections.boards.board import Wanted
from projections.boards.catalogue import BOARDS
from projections.store import reading
from tests.domain.joint_work import samples as s
from tests.domain.samples import CASE, ORGAN, a_sanction
from tests.support.offices import Desk

ON = date(2022, 1, 1)


def carry_out(desk: Desk, *commands: Any) -> None:
    """Record commands and bring the read models up."""
    for command in commands:
        made = derived_id(f"{desk.ledger.head()}")
        desk.ledger.execute(command, Circumstances("tester", made, made, date(2021, 12, 31)))
    desk.runner.catch_up()


def rows(desk: Desk, board: str, **wanted: Any) -> list[tuple[Any, ...]]:
    """A page of a board."""
    with reading(desk.engine) as connection:
        return [tuple(row) for row in BOARDS[board].rows(connection, Wanted(ON, **wanted))]


JOINT_WORK = (*s.AGREED, s.another_helper(), s.joint_work(number="LH2", helpers=(s.STREET,)))


def test_each_organ_sees_what_it_led_and_what_it_helped_with(desk: Desk) -> None:
    carry_out(desk, *JOINT_WORK)
    found = [(row[0], row[1], row[2], row[3]) for row in rows(desk, "joint_work")]
    assert found == [
        (s.STREET, "LH2", "协办", CASE),
        (s.STREET, s.JOINT, "协办", CASE),
        (ORGAN, "LH2", "主办", CASE),
        (ORGAN, s.JOINT, "主办", CASE),
        (s.GROUP, s.JOINT, "协办", CASE),
    ]
    helped = rows(desk, "joint_work", values={"role": "协办"}, after=(s.STREET, "LH2"), limit=1)
    assert [row[:2] for row in helped] == [(s.STREET, s.JOINT)]


def test_a_matter_counts_once_for_each_organ(desk: Desk) -> None:
    carry_out(desk, *JOINT_WORK, s.its_end())
    assert rows(desk, "joint_work_by_organ") == [
        (s.STREET, 0, 1, 1),
        (ORGAN, 1, 0, 1),
        (s.GROUP, 0, 1, 0),
    ]
    assert rows(desk, "joint_work_by_organ", organs=[s.GROUP]) == [(s.GROUP, 0, 1, 0)]


def test_the_figures_count_a_joint_case_once_for_the_organ_that_decides(desk: Desk) -> None:
    carry_out(desk, *s.EVERYBODY, a_sanction())
    alone = desk.figures()
    carry_out(desk, s.joint_work(), s.another_helper())
    assert desk.figures() == alone
    assert (alone["cases.filed"], alone["sanctions.persons"]) == (1, 1)
    leader, helper = desk.figures(organ=ORGAN), desk.figures(organ=s.GROUP)
    assert (leader["cases.filed"], leader["sanctions.persons"]) == (1, 1)
    assert (helper["cases.filed"], helper["sanctions.persons"]) == (0, 0)
