"""“办不成事”反映窗口: a matter copied, assigned, pressed, settled, rated, reopened, escalated."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from domain.streams import Kind
from domain.window.decisions import accept_matter, check_matter, settle_matter
from domain.window.following import (
    assign_matter,
    copy_matter,
    escalate_matter,
    press_matter,
    rate_matter,
    reopen_matter,
)
from domain.window.lifecycle import MATTER as LIFECYCLE
from domain.window.matter import (
    MatterAssigned,
    MatterCopied,
    MatterEscalated,
    MatterFile,
    MatterPressed,
    MatterRated,
    MatterReopened,
    MatterSettled,
)
from tests.domain.harness import Office, given, stated
from tests.domain.machines import MACHINES, tried
from tests.domain.proof import proves
from tests.domain.samples import MATTER, UNIT, a_lead, a_matter
from tests.domain.window.samples import (
    ACCEPTED,
    OTHER,
    PRESSED,
    REOPENED,
    SETTLED,
    assigned,
    copied,
    escalated,
    pressed,
    rated,
    reopened,
    settled,
)

EARLY = date(2021, 5, 9)
LEAD = a_lead(number="XS-WZ-1", received_on=date(2021, 5, 25), persons=())


def matter_of(office: Office) -> MatterFile:
    matter = office.look(Kind.MATTER, MATTER)
    assert isinstance(matter, MatterFile)
    return matter


def stage_of(office: Office) -> str:
    return LIFECYCLE.stage(matter_of(office))


@proves(accept_matter, 1, 2)
@proves(check_matter, 1, 2)
def test_a_matter_is_accepted_once_of_a_known_unit_and_applicant() -> None:
    given(*ACCEPTED).when(a_matter()).refused("already_registered", field="number")
    given().when(a_matter()).refused("missing_reference", field="unit")
    unknown = a_matter(number="SX-2", applicant="社团")
    given(*ACCEPTED).when(unknown).refused("unknown_code", field="applicant")


@proves(settle_matter, 1, 2)
@proves(check_matter, 3)
def test_a_matter_is_settled_once_and_not_too_early() -> None:
    given(*SETTLED).when(settled()).refused("already_registered", field="settled_on")
    given().when(settled()).refused("missing_reference", field="number")
    early = settled(settled_on=EARLY)
    given(*ACCEPTED).when(early).refused("impossible_date", field="settled_on")
    before = settled(settled_on=date(2021, 5, 21))
    given(*REOPENED).when(before).refused("impossible_date", field="settled_on")


def test_a_matter_is_copied_to_the_commission() -> None:
    office = given(*ACCEPTED).when(copied()).then(stated(copied(), MatterCopied, unit=UNIT))
    assert stage_of(office) == "accepted"


@proves(copy_matter, 3, 4)
def test_a_matter_is_copied_once_to_an_organ_there_is() -> None:
    unknown = copied(copied_to="无")
    given(*ACCEPTED).when(unknown).refused("missing_reference", field="copied_to")
    given(*ACCEPTED, copied()).when(copied()).refused("already_registered", field="copied_on")


def test_a_matter_is_assigned_to_another_unit() -> None:
    act = assigned()
    happened = stated(
        act, MatterAssigned, accepted_on=date(2021, 5, 10), applicant="群众", former=UNIT
    )
    office = given(*ACCEPTED).when(act).then(happened)
    assert (matter_of(office).unit, stage_of(office)) == (OTHER, "assigned")


@proves(assign_matter, 3)
def test_a_matter_is_assigned_to_a_unit_there_is() -> None:
    given(*ACCEPTED).when(assigned(unit="无")).refused("missing_reference", field="unit")


@pytest.mark.parametrize("before", [ACCEPTED, (*ACCEPTED, assigned())])
def test_an_overdue_matter_is_pressed(before: Any) -> None:
    unit = matter_of(given(*before).office).unit
    happened = stated(pressed(), MatterPressed, unit=unit, pressings=1)
    office = given(*before).when(pressed()).then(happened)
    assert stage_of(office) == "pressed"
    again = pressed(pressed_on=date(2021, 5, 25), means="督办")
    office.carry_out(again)
    assert matter_of(office).pressings == 2


@proves(press_matter, 2, 3, 4)
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"means": "催办"}, "unknown_code", "means"),
        ({"pressed_on": date(2021, 5, 15)}, "not_overdue", "pressed_on"),
        ({"pressed_by": " "}, "required", "pressed_by"),
    ],
)
def test_what_is_not_overdue_is_not_pressed(changes: dict[str, Any], code: str, field: str) -> None:
    given(*ACCEPTED).when(pressed(**changes)).refused(code, field=field)


@proves(press_matter, 3)
def test_a_reopened_matter_has_its_term_anew() -> None:
    early = pressed(pressed_on=date(2021, 5, 27))
    given(*REOPENED).when(early).refused("not_overdue", field="pressed_on")
    office = given(*REOPENED, pressed(pressed_on=date(2021, 6, 1))).office
    assert matter_of(office).pressings == 1


def test_the_applicant_rates_the_settling() -> None:
    given(*SETTLED).when(rated()).then(stated(rated(), MatterRated, unit=UNIT))


@proves(rate_matter, 2, 3, 4)
def test_a_settling_is_rated_once_in_known_terms() -> None:
    early = rated(rated_on=date(2021, 5, 19))
    given(*SETTLED).when(early).refused("impossible_date", field="rated_on")
    given(*SETTLED).when(rated(satisfaction="好")).refused("unknown_code", field="satisfaction")
    twice = given(*SETTLED, rated())
    twice.when(rated()).refused("already_registered", field="satisfaction")


def test_what_is_not_settled_after_all_is_reopened_and_settled_again() -> None:
    act = reopened()
    happened = stated(
        act,
        MatterReopened,
        unit=UNIT,
        reopenings=1,
        was_settled_on=date(2021, 5, 20),
        settled_on=None,
        outcome=None,
        satisfaction=None,
        pressings=None,
    )
    office = given(*SETTLED, rated()).when(act).then(happened)
    assert (stage_of(office), matter_of(office).satisfaction) == ("reopened", None)
    again = settled(settled_on=date(2021, 5, 25))
    office = given(*REOPENED).when(again).then(stated(again, MatterSettled, unit=UNIT))
    assert stage_of(office) == "settled"


@proves(reopen_matter, 2, 3)
def test_a_reopening_has_its_reason_and_follows_the_settling() -> None:
    early = reopened(reopened_on=date(2021, 5, 19))
    given(*SETTLED).when(early).refused("impossible_date", field="reopened_on")
    given(*SETTLED).when(reopened(reason="")).refused("required", field="reason")


def test_a_matter_not_settled_when_pressed_is_escalated() -> None:
    happened = stated(escalated(), MatterEscalated, unit=UNIT)
    given(*PRESSED, LEAD).when(escalated()).then(happened)


@proves(escalate_matter, 2, 3, 4)
def test_accountability_rests_on_a_lead_and_comes_after_pressing() -> None:
    given(*PRESSED).when(escalated()).refused("missing_reference", field="accountability_lead")
    older = a_lead(number="XS-WZ-1", received_on=EARLY, persons=())
    given(*PRESSED, older).when(escalated()).refused("impossible_date", field="accountability_lead")
    early = escalated(escalated_on=date(2021, 5, 17))
    given(*PRESSED, LEAD).when(early).refused("impossible_date", field="escalated_on")
    twice = given(*PRESSED, LEAD, escalated())
    twice.when(escalated()).refused("already_registered", field="number")


@proves(assign_matter, 1)
@proves(press_matter, 1)
@proves(rate_matter, 1)
@proves(reopen_matter, 1)
@proves(escalate_matter, 1)
@pytest.mark.parametrize(
    ("before", "act"),
    [
        (PRESSED, assigned(assigned_on=date(2021, 5, 19))),
        (SETTLED, assigned()),
        (SETTLED, pressed()),
        (ACCEPTED, rated()),
        (ACCEPTED, reopened()),
        (ACCEPTED, escalated()),
    ],
)
def test_an_act_on_a_matter_at_another_stage_is_refused(before: Any, act: Any) -> None:
    given(*before, LEAD).when(act).refused("wrong_stage", field="number")


@proves(copy_matter, 1, 2)
@proves(assign_matter, 2)
def test_an_act_before_the_acceptance_is_refused() -> None:
    for act, field in (
        (copied(copied_on=EARLY), "copied_on"),
        (assigned(assigned_on=EARLY), "assigned_on"),
    ):
        given(*ACCEPTED).when(act).refused("impossible_date", field=field)
    given().when(copied(copied_to="JW01")).refused("missing_reference", field="number")


ACTS = (
    *(copied(), assigned(), assigned(unit=UNIT)),
    *(pressed(), pressed(pressed_on=date(2021, 6, 1))),
    *(settled(), settled(settled_on=date(2021, 6, 2)), settled(settled_on=None)),
    *(rated(), rated(rated_on=date(2021, 6, 3)), reopened(), reopened(reopened_on=EARLY)),
    escalated(),
)


def test_a_matter_moves_as_its_table_says_and_every_move_is_taken() -> None:
    ways: set[tuple[str, str, str]] = set()

    @settings(MACHINES, max_examples=150)
    @drawn(st.lists(st.sampled_from(ACTS), min_size=3, max_size=9))
    def holds(acts: list[Any]) -> None:
        office = Office()
        for command in (*ACCEPTED, LEAD):
            office.carry_out(command)
        ways.update(tried(LIFECYCLE, office, MATTER, acts))

    holds()
    assert {act for act, _, _ in ways} == {move.act for move in LIFECYCLE.moves}
    assert {to for _, _, to in ways} == LIFECYCLE.stages.keys()
