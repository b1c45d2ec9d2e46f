"""日常监督 and the “办不成事” window."""

from datetime import date

import pytest

from domain.checks.check import Check, CheckConducted
from domain.checks.decisions import check_check, conduct_check
from domain.fields import restate
from domain.streams import Kind
from domain.window.decisions import SettleMatter
from domain.window.matter import Matter, MatterAccepted, MatterSettled
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import (
    CHECK,
    MATTER,
    UNIT,
    a_check,
    a_matter,
    a_unit,
    an_organ,
)

ACCEPTED = (a_unit(), a_matter())
ACCEPTED_ON = date(2021, 5, 10)


def settle(settled_on: date | None = ACCEPTED_ON, outcome: str | None = "已办理") -> SettleMatter:
    return SettleMatter(number=MATTER, settled_on=settled_on, outcome=outcome)


@proves(conduct_check, 1, 2)
def test_a_check_is_conducted() -> None:
    office = given(an_organ(), a_unit()).when(a_check()).then(stated(a_check(), CheckConducted))
    assert office.look(Kind.CHECK, CHECK) == stated(a_check(), Check)


@pytest.mark.parametrize("found", [None, 0])
@proves(check_check, 3)
def test_a_check_may_find_nothing_or_not_say(found: int | None) -> None:
    act = a_check(problems_found=found, unit=None, method=None)
    given(an_organ()).when(act).then(stated(act, CheckConducted))


@proves(conduct_check, 1)
def test_a_number_of_a_check_is_used_once() -> None:
    history = given(an_organ(), a_unit(), a_check())
    history.when(a_check()).refused("already_registered", field="number")


@pytest.mark.parametrize("field", ["organ", "unit"])
@proves(check_check, 1)
@proves(conduct_check, 2)
def test_a_check_that_names_something_unknown_is_refused(field: str) -> None:
    act = a_check(**{field: "无此号"})
    given(an_organ(), a_unit()).when(act).refused("missing_reference", field=field)


@proves(check_check, 2)
def test_an_unknown_method_of_check_is_refused() -> None:
    act = a_check(method="暗访")
    given(an_organ(), a_unit()).when(act).refused("unknown_code", field="method")


@proves(check_check, 3)
def test_a_negative_number_of_problems_is_refused() -> None:
    act = a_check(problems_found=-1)
    history = given(an_organ(), a_unit())
    history.when(act).refused("impossible_number", field="problems_found")


def test_a_matter_is_accepted() -> None:
    office = given(a_unit()).when(a_matter()).then(stated(a_matter(), MatterAccepted))
    matter = restate(office.look(Kind.MATTER, MATTER), Matter)
    assert matter == stated(a_matter(), Matter, settled_on=None, outcome=None)


def test_a_matter_may_have_no_unit_or_applicant_yet() -> None:
    act = a_matter(unit=None, applicant=None)
    given().when(act).then(stated(act, MatterAccepted))


def test_a_number_of_a_matter_is_used_once() -> None:
    given(*ACCEPTED).when(a_matter()).refused("already_registered", field="number")


def test_a_matter_of_an_unknown_unit_is_refused() -> None:
    given().when(a_matter()).refused("missing_reference", field="unit")


def test_an_unknown_kind_of_applicant_is_refused() -> None:
    given(a_unit()).when(a_matter(applicant="社团")).refused("unknown_code", field="applicant")


def test_a_matter_is_settled() -> None:
    happened = MatterSettled(number=MATTER, unit=UNIT, settled_on=ACCEPTED_ON, outcome="已办理")
    office = given(*ACCEPTED).when(settle()).then(happened)
    matter = office.look(Kind.MATTER, MATTER)
    assert (matter.settled_on, matter.outcome) == (ACCEPTED_ON, "已办理")


def test_a_matter_may_be_settled_on_a_day_nobody_knows() -> None:
    happened = MatterSettled(number=MATTER, unit=UNIT, settled_on=None, outcome="已办理")
    given(*ACCEPTED).when(settle(settled_on=None)).then(happened)


def test_settling_an_unknown_matter_is_refused() -> None:
    given(a_unit()).when(settle()).refused("missing_reference", field="number")


@pytest.mark.parametrize(
    "first",
    [settle(), settle(settled_on=None), settle(outcome=None)],
    ids=["day and outcome", "outcome only", "day only"],
)
def test_a_matter_is_settled_once(first: SettleMatter) -> None:
    given(*ACCEPTED, first).when(settle()).refused("already_registered", field="settled_on")


def test_settling_a_matter_before_it_was_accepted_is_refused() -> None:
    act = settle(settled_on=date(2021, 5, 9))
    given(*ACCEPTED).when(act).refused("impossible_date", field="settled_on")
