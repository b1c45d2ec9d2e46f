"""巡察计划 and 巡察轮次: the scope of a term, the teams of a round, the hearing of its report."""

from datetime import date
from typing import Any

import pytest

from domain.inspections.decisions import EndRound
from domain.inspections.plan import InspectionPlan, InspectionPlanAmended, InspectionPlanApproved
from domain.inspections.plan_decisions import amend_inspection_plan, approve_inspection_plan
from domain.inspections.round import (
    LIFECYCLE,
    InspectionTeamAuthorised,
    RoundReportHeard,
    team_of,
)
from domain.inspections.round_decisions import authorise_inspection_team, hear_round_report
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.inspections.samples import (
    EVERYONE,
    OTHER,
    PLAN,
    THIRD,
    a_hearing,
    a_plan,
    a_team,
    an_adjustment,
)
from tests.domain.proof import proves
from tests.domain.samples import ORGAN, ROUND, UNIT, a_unit, an_organ

ENDED = (*EVERYONE, EndRound(number=ROUND, ended_on=date(2021, 4, 1)))
PLANNED = (*EVERYONE, a_unit(code=THIRD, name="区民政局"), a_plan())


@proves(approve_inspection_plan, 1, 2, 3, 4)
def test_a_plan_is_approved_with_the_units_in_its_scope() -> None:
    office = given(*EVERYONE).when(a_plan()).then(stated(a_plan(), InspectionPlanApproved))
    plan = office.look(Kind.INSPECTION_PLAN, PLAN)
    assert plan == stated(a_plan(), InspectionPlan, amended_on=None)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"organ": "无"}, "missing_reference", "organ"),
        ({"units": (UNIT, "无")}, "missing_reference", "units"),
        ({"units": ()}, "required", "units"),
        ({"units": (UNIT, UNIT)}, "already_registered", "units"),
        ({"last_on": date(2020, 12, 31)}, "impossible_date", "last_on"),
    ],
)
@proves(approve_inspection_plan, 2, 3, 4)
def test_a_plan_that_cannot_be_is_refused(changes: dict[str, Any], code: str, field: str) -> None:
    given(*EVERYONE).when(a_plan(**changes)).refused(code, field=field)


@proves(approve_inspection_plan, 1)
def test_a_number_of_a_plan_is_used_once() -> None:
    given(*PLANNED).when(a_plan()).refused("already_registered", field="number")


@proves(amend_inspection_plan, 1, 2, 3, 4)
def test_a_plan_is_adjusted_by_the_units_added_and_removed() -> None:
    act = an_adjustment()
    happened = stated(act, InspectionPlanAmended, organ=ORGAN, units=(UNIT, THIRD))
    office = given(*PLANNED).when(act).then(happened)
    plan = office.look(Kind.INSPECTION_PLAN, PLAN)
    assert (plan.units, plan.amended_on) == ((UNIT, THIRD), date(2022, 1, 10))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"number": "无"}, "missing_reference", "number"),
        ({"amended_on": date(2021, 1, 9)}, "impossible_date", "amended_on"),
        ({"added": ("无",)}, "missing_reference", "added"),
        ({"added": (), "removed": ()}, "nothing_changed", "added"),
        ({"added": (UNIT,)}, "already_registered", "added"),
        ({"added": (THIRD, THIRD)}, "already_registered", "added"),
        ({"removed": (THIRD,)}, "missing_reference", "removed"),
        ({"reason": " "}, "required", "reason"),
    ],
)
@proves(amend_inspection_plan, 1, 2, 3, 4)
def test_an_adjustment_that_cannot_be_is_refused(
    changes: dict[str, Any], code: str, field: str
) -> None:
    given(*PLANNED).when(an_adjustment(**changes)).refused(code, field=field)


@proves(amend_inspection_plan, 1)
def test_a_plan_is_not_adjusted_before_its_last_adjustment() -> None:
    second = an_adjustment(amended_on=date(2022, 1, 9), added=(OTHER,), removed=())
    history = given(*PLANNED, an_adjustment())
    history.when(second).refused("impossible_date", field="amended_on")


@proves(authorise_inspection_team, 1, 2, 3, 4)
def test_teams_are_authorised_each_for_its_units() -> None:
    second = a_team(team="第二巡察组", units=(OTHER,))
    happened = stated(second, InspectionTeamAuthorised, organ=ORGAN)
    office = given(*EVERYONE, a_team()).when(second).then(happened)
    round_ = office.look(Kind.ROUND, ROUND)
    found = team_of(round_, OTHER)
    assert found is not None
    assert (found.team, LIFECYCLE.stage(round_)) == ("第二巡察组", "open")
    assert team_of(round_, THIRD) is None


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"number": "无", "team": "第二巡察组"}, "missing_reference", "number"),
        ({"team": "第二巡察组", "units": ("无",)}, "missing_reference", "units"),
        ({"team": "第二巡察组", "units": ()}, "required", "units"),
        ({"units": (OTHER,)}, "already_registered", "team"),
        ({"team": "第二巡察组"}, "already_registered", "units"),
        ({"team": "第二巡察组", "units": (OTHER, OTHER)}, "already_registered", "units"),
    ],
)
@proves(authorise_inspection_team, 1, 2, 3, 4)
def test_a_team_that_cannot_be_is_refused(changes: dict[str, Any], code: str, field: str) -> None:
    given(*EVERYONE, a_team()).when(a_team(**changes)).refused(code, field=field)


@proves(authorise_inspection_team, 1)
def test_no_team_is_authorised_for_a_round_that_ended() -> None:
    given(*ENDED).when(a_team()).refused("wrong_stage", field="number")


@proves(hear_round_report, 1, 2)
def test_the_report_of_a_round_is_heard() -> None:
    happened = stated(a_hearing(), RoundReportHeard, organ=ORGAN)
    office = given(*ENDED).when(a_hearing()).then(happened)
    assert LIFECYCLE.stage(office.look(Kind.ROUND, ROUND)) == "heard"


@proves(hear_round_report, 1)
def test_the_report_of_a_round_is_heard_once_after_it_ended() -> None:
    given(*EVERYONE).when(a_hearing()).refused("wrong_stage", field="number")
    given(*ENDED, a_hearing()).when(a_hearing()).refused("wrong_stage", field="number")
    given(an_organ()).when(a_hearing()).refused("missing_reference", field="number")


@proves(hear_round_report, 2)
def test_a_report_is_not_heard_before_the_round_ended() -> None:
    act = a_hearing(heard_on=date(2021, 3, 31))
    given(*ENDED).when(act).refused("impossible_date", field="heard_on")
