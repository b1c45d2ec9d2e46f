"""监察措施: the deadlines that measures set running, and the list of measures."""

from datetime import date
from typing import Any

import pytest

from domain.cases.decisions import CloseCase
from domain.measures.stages import LIFECYCLE, stage_of
from domain.streams import Kind, derived_id
from ledger.envelope import Circumstances
from projections.boards.board import Wanted
from projections.boards.catalogue import BOARDS
from projections.deadlines import Asked, Deadline, Standing, deadlines
from projections.store import reading
from tests.domain.harness import Office
from tests.domain.measures import samples as s
from tests.domain.samples import CASE
from tests.support.offices import Desk

REGISTERED = date(2025, 12, 31)
ON = date(2026, 1, 5)


def carry_out(desk: Desk, *commands: Any) -> None:
    """Record commands and bring the read models up."""
    for command in commands:
        made = derived_id(f"{desk.ledger.head()}")
        desk.ledger.execute(command, Circumstances("tester", made, made, REGISTERED))
    desk.runner.catch_up()


def term(desk: Desk, rule: str, number: str = s.MEASURE) -> Deadline:
    """The one term of a measure under a rule."""
    asked = Asked(ON, done=True, stream=f"measure:{number}")
    with reading(desk.engine) as connection:
        (found,) = [each for each in deadlines(connection, asked) if each.rule == rule]
    return found


def test_a_detention_is_due_in_three_months_and_later_when_extended(desk: Desk) -> None:
    carry_out(desk, *s.DETAINED)
    first = term(desk, "measure.detention")
    assert (first.due_on, first.limit) == (date(2025, 10, 1), "3个月")
    assert "第48条" in (first.provision or "")
    carry_out(desk, s.an_extension())
    assert term(desk, "measure.detention").due_on == date(2026, 1, 1)
    carry_out(desk, s.lifted())
    assert term(desk, "measure.detention").standing is Standing.DONE


def test_a_detention_counted_anew_is_due_from_then(desk: Desk) -> None:
    carry_out(desk, *s.of_level(s.PROVINCE), s.a_restart())
    assert term(desk, "measure.detention").due_on == date(2025, 12, 1)


def test_a_compelled_appearance_is_due_on_the_day_its_hours_end(desk: Desk) -> None:
    began = s.carried_out(carried_out_at=s.at(1, 13))
    carry_out(desk, *s.COMPELLED[:-1], began)
    found = term(desk, "measure.compelled_appearance.day")
    assert (found.due_on, found.title) == (date(2025, 7, 2), "强制到案期限届满")
    assert "第46条" in (found.provision or "")


def test_unit_and_family_are_to_be_told_within_a_day(desk: Desk) -> None:
    carry_out(desk, *s.CUSTODY)
    assert term(desk, "measure.notice.day").due_on == date(2025, 7, 2)
    carry_out(desk, s.a_deferral())
    assert term(desk, "measure.notice.day").standing is Standing.DONE
    waits = term(desk, "measure.notice.deferred")
    assert (waits.due_on, waits.standing) == (None, Standing.DUE)
    late = s.a_notice(notified_on=date(2025, 7, 9), notified_at=s.at(9, 9))
    carry_out(desk, late)
    assert term(desk, "measure.notice.deferred").standing is Standing.DONE


def test_a_late_notice_is_told_to_be_late(desk: Desk) -> None:
    late = s.a_notice(notified_on=date(2025, 7, 9), notified_at=s.at(9, 9))
    carry_out(desk, *s.DETAINED, late)
    assert term(desk, "measure.notice.day").standing is Standing.DONE_LATE


def test_a_person_in_custody_is_to_be_delivered_within_a_day(desk: Desk) -> None:
    carry_out(desk, *s.CUSTODY)
    assert term(desk, "measure.delivery.day").due_on == date(2025, 7, 2)
    carry_out(desk, s.a_delivery())
    assert term(desk, "measure.delivery.day").standing is Standing.DONE


def test_custody_is_decided_on_in_seven_days_and_three_more(desk: Desk) -> None:
    carry_out(desk, *s.CUSTODY)
    assert term(desk, "measure.protective_custody").due_on == date(2025, 7, 8)
    more = s.an_extension(
        decided_on=date(2025, 7, 7),
        until=date(2025, 7, 10),
        approver="主要负责人",
        approving_organ=None,
    )
    carry_out(desk, more)
    assert term(desk, "measure.protective_custody").due_on == date(2025, 7, 10)


LIMITED = [
    ("责令候查", "measure.await_inquiry", date(2026, 7, 1)),
    ("禁闭", "measure.confinement", date(2025, 7, 8)),
    ("技术调查", "measure.technical", date(2025, 10, 1)),
]


@pytest.mark.parametrize(("kind", "rule", "due"), LIMITED, ids=[each[0] for each in LIMITED])
def test_a_measure_ends_when_the_law_says(desk: Desk, kind: str, rule: str, due: date) -> None:
    carry_out(desk, *s.OPEN, s.a_measure(kind), s.carried_out())
    assert term(desk, rule).due_on == due


def test_a_request_to_change_is_answered_in_three_days(desk: Desk) -> None:
    carry_out(desk, *s.DETAINED, s.a_change_request())
    assert term(desk, "measure.change_answer").due_on == date(2025, 7, 13)
    carry_out(desk, s.an_answer())
    assert term(desk, "measure.change_answer").standing is Standing.DONE


def test_irrelevant_property_is_released_in_three_days(desk: Desk) -> None:
    carry_out(desk, *s.FROZEN, s.irrelevant())
    assert term(desk, "measure.release_of_property").due_on == date(2025, 7, 23)
    carry_out(desk, s.lifted())
    assert term(desk, "measure.release_of_property").standing is Standing.DONE


AWAITING = s.a_measure("责令候查", number="CS2", approved_on=date(2025, 7, 4))
HISTORIES: dict[str, tuple[Any, ...]] = {
    "approved": s.DETAINED[:-1],
    "in_force": s.DETAINED,
    "done": (*s.OPEN, s.a_measure("讯问"), s.carried_out()),
    "lifted": (*s.DETAINED, s.lifted()),
    "changed": (*s.DETAINED, AWAITING, s.changed("CS2")),
}


@pytest.mark.parametrize("stage", LIFECYCLE.stages)
def test_the_list_shows_the_stage_that_the_state_has(desk: Desk, stage: str) -> None:
    office = Office()
    for command in HISTORIES[stage]:
        office.carry_out(command)
    assert stage_of(office.look(Kind.MEASURE, s.MEASURE)) == stage
    carry_out(desk, *HISTORIES[stage])
    title = LIFECYCLE.stages[stage]
    with reading(desk.engine) as connection:
        chosen = list(BOARDS["measures"].rows(connection, Wanted(ON, values={"stage": title})))
    assert [(row[0], row[3]) for row in chosen] == [(s.MEASURE, title)]


def test_measures_move_no_figure(desk: Desk) -> None:
    carry_out(desk, *s.OPEN)
    before = desk.figures()
    carry_out(desk, s.a_detention(), s.carried_out(), s.a_notice(), s.lifted())
    assert desk.figures() == before


def page(desk: Desk, board: str, on: date, **wanted: Any) -> list[tuple[Any, ...]]:
    """A page of a board."""
    with reading(desk.engine) as connection:
        return [tuple(row) for row in BOARDS[board].rows(connection, Wanted(on, **wanted))]


def test_the_use_of_measures_is_summed_up_by_organ(desk: Desk) -> None:
    second = (s.a_measure("讯问", number="CS2"), s.carried_out(number="CS2"))
    third = s.a_measure("讯问", number="CS3")
    carry_out(desk, *s.DETAINED, *second, third, s.an_extension())
    extended, talked = page(desk, "measures_used", date(2026, 1, 1))
    assert talked[1:] == ("讯问", 2, 1, 0, 0, 0)
    assert extended[1:] == ("留置", 1, 1, 1, 1, 0)
    (late,) = page(desk, "measures_used", date(2026, 1, 2), values={"kind": "留置"})
    assert late[-1] == 1


def test_a_measure_left_in_force_in_a_closed_case_is_shown(desk: Desk) -> None:
    carry_out(desk, *s.FROZEN)
    assert page(desk, "measures_left", ON) == []
    carry_out(desk, CloseCase(number=CASE, closed_on=date(2025, 12, 1)))
    (left,) = page(desk, "measures_left", ON)
    assert (left[0], left[-1]) == (s.MEASURE, "2025-12-01")
    carry_out(desk, s.lifted())
    assert page(desk, "measures_left", ON) == []
