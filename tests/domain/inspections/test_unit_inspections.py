"""被巡察单位: from the entry to the end of the unit's rectification."""

from datetime import date
from typing import Any

import pytest

from domain.inspections.unit_decisions import (
    assess_rectification,
    report_rectification_progress,
    return_rectification_report,
    submit_rectification_plan,
    submit_rectification_report,
)
from domain.inspections.unit_inspection import (
    LIFECYCLE,
    InspectionFeedbackGiven,
    InspectionReportSubmitted,
    Progress,
    RectificationAssessed,
    RectificationPlanSubmitted,
    RectificationProgressReported,
    RectificationReportReturned,
    RectificationReportSubmitted,
    UnitInspection,
    UnitInspectionBegun,
    UnitInspectionEnded,
)
from domain.inspections.visit_decisions import (
    begin_unit_inspection,
    end_unit_inspection,
    give_inspection_feedback,
    submit_inspection_report,
)
from domain.streams import Kind
from tests.domain.harness import Office, given, stated
from tests.domain.inspections.samples import (
    ENTERED,
    EVERYONE,
    FED_BACK,
    INSPECTION,
    OTHER,
    REPORTED,
    a_departure,
    a_feedback,
    a_partial_assessment,
    a_progress,
    a_rectification_plan,
    a_rectification_report,
    a_report,
    a_returned_report,
    a_team,
    an_assessment,
    an_entry,
)
from tests.domain.proof import proves
from tests.domain.samples import ORGAN, ROUND, UNIT

OF = {"round": ROUND, "unit": UNIT, "organ": ORGAN}


def found(office: Office) -> UnitInspection:
    inspection = office.look(Kind.INSPECTION, INSPECTION)
    assert isinstance(inspection, UnitInspection)
    return inspection


def stage(office: Office) -> str:
    return LIFECYCLE.stage(found(office))


@proves(begin_unit_inspection, 1, 2, 3, 4)
def test_a_team_enters_the_unit_it_is_authorised_for() -> None:
    happened = stated(an_entry(), UnitInspectionBegun, organ=ORGAN, team="第一巡察组")
    office = given(*EVERYONE, a_team()).when(an_entry()).then(happened)
    assert stage(office) == "inspecting"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"number": "XC01-1"}, "impossible_number", "number"),
        ({"number": "XC09/DW01", "round": "XC09"}, "missing_reference", "round"),
        ({"number": "XC01/无", "unit": "无"}, "missing_reference", "unit"),
        ({"number": "XC01/DW02", "unit": OTHER}, "not_authorised", "unit"),
        ({"begun_on": date(2021, 1, 31)}, "impossible_date", "begun_on"),
    ],
)
@proves(begin_unit_inspection, 1, 2, 3, 4)
def test_an_entry_that_cannot_be_is_refused(changes: dict[str, Any], code: str, field: str) -> None:
    given(*EVERYONE, a_team()).when(an_entry(**changes)).refused(code, field=field)


@proves(begin_unit_inspection, 1)
def test_a_unit_is_entered_once_a_round() -> None:
    given(*ENTERED).when(an_entry()).refused("already_registered", field="number")


@proves(begin_unit_inspection, 4)
def test_a_unit_is_not_entered_after_the_round_ended() -> None:
    from domain.inspections.decisions import EndRound

    ended = EndRound(number=ROUND, ended_on=date(2021, 2, 4))
    history = given(*EVERYONE, a_team(), ended)
    history.when(an_entry()).refused("impossible_date", field="begun_on")


@proves(end_unit_inspection, 1, 2)
@proves(submit_inspection_report, 1, 2)
@proves(give_inspection_feedback, 1, 2, 3)
@proves(submit_rectification_plan, 1, 2, 3)
@proves(submit_rectification_report, 1, 2)
def test_an_inspection_goes_from_the_stay_to_the_report_on_rectification() -> None:
    office = given(*ENTERED).office
    for command, event in (
        (a_departure(), UnitInspectionEnded),
        (a_report(), InspectionReportSubmitted),
        (a_feedback(), InspectionFeedbackGiven),
        (a_rectification_plan(), RectificationPlanSubmitted),
        (a_rectification_report(), RectificationReportSubmitted),
    ):
        assert office.carry_out(command) == (
            (f"inspection:{INSPECTION}", stated(command, event, **OF)),
        )
    assert stage(office) == "rectification_reported"


#: Each act: where it is not allowed, where it is, and a change that makes its day impossible.
ACTS = [
    pytest.param(a_departure, FED_BACK, ENTERED, {"ended_on": date(2021, 2, 4)}, id="end"),
    pytest.param(
        a_report,
        ENTERED,
        (*ENTERED, a_departure()),
        {"reported_on": date(2021, 3, 19)},
        id="report",
    ),
    pytest.param(
        a_feedback,
        ENTERED,
        (*ENTERED, a_departure(), a_report()),
        {"fed_back_on": date(2021, 3, 31)},
        id="feedback",
    ),
    pytest.param(
        a_rectification_plan, ENTERED, FED_BACK, {"plan_submitted_on": date(2021, 4, 19)}, id="plan"
    ),
    pytest.param(
        a_progress,
        FED_BACK,
        (*FED_BACK, a_rectification_plan()),
        {"progress_on": date(2021, 5, 9)},
        id="progress",
    ),
    pytest.param(
        a_rectification_report,
        REPORTED,
        FED_BACK,
        {"rectification_reported_on": date(2021, 4, 19)},
        id="rectification report",
    ),
    pytest.param(
        a_returned_report, FED_BACK, REPORTED, {"returned_on": date(2021, 6, 14)}, id="return"
    ),
    pytest.param(
        an_assessment, FED_BACK, REPORTED, {"assessed_on": date(2021, 6, 14)}, id="assessment"
    ),
]


@pytest.mark.parametrize(("act", "before", "at", "early"), ACTS)
@proves(end_unit_inspection, 1)
@proves(submit_inspection_report, 1)
@proves(give_inspection_feedback, 1)
@proves(submit_rectification_plan, 1)
@proves(report_rectification_progress, 1)
@proves(submit_rectification_report, 1)
@proves(return_rectification_report, 1)
@proves(assess_rectification, 1)
def test_an_act_out_of_its_stage_is_refused(
    act: Any, before: Any, at: Any, early: dict[str, Any]
) -> None:
    given(*before).when(act()).refused("wrong_stage", field="number")
    given(*EVERYONE).when(act()).refused("missing_reference", field="number")


@pytest.mark.parametrize(("act", "before", "at", "early"), ACTS)
@proves(end_unit_inspection, 2)
@proves(submit_inspection_report, 2)
@proves(give_inspection_feedback, 2)
@proves(submit_rectification_plan, 2)
@proves(report_rectification_progress, 3)
@proves(submit_rectification_report, 2)
@proves(return_rectification_report, 2)
@proves(assess_rectification, 3)
def test_an_act_before_what_it_follows_is_refused(
    act: Any, before: Any, at: Any, early: dict[str, Any]
) -> None:
    (field,) = early
    given(*at).when(act(**early)).refused("impossible_date", field=field)


@pytest.mark.parametrize(
    ("history", "act", "field"),
    [
        ((*ENTERED, a_departure(), a_report()), a_feedback(problems=-1), "problems"),
        (FED_BACK, a_rectification_plan(measures=-1), "measures"),
        ((*FED_BACK, a_rectification_plan()), a_progress(done=-1), "done"),
        ((*FED_BACK, a_rectification_plan()), a_progress(done=3), "done"),
    ],
)
@proves(give_inspection_feedback, 3)
@proves(submit_rectification_plan, 3)
@proves(report_rectification_progress, 2)
def test_numbers_that_cannot_be_are_refused(history: Any, act: Any, field: str) -> None:
    given(*history).when(act).refused("impossible_number", field=field)


@proves(report_rectification_progress, 1, 2, 3)
def test_progress_is_kept_report_by_report() -> None:
    more = a_progress(progress_on=date(2021, 6, 10), done=2)
    happened = stated(more, RectificationProgressReported, **OF)
    office = given(*FED_BACK, a_rectification_plan(), a_progress()).when(more).then(happened)
    assert [each.done for each in found(office).progress] == [1, 2]
    assert found(office).progress[0] == Progress(progress_on=date(2021, 5, 31), done=1, total=2)
    assert stage(office) == "planned"


@proves(submit_rectification_plan, 2)
def test_a_late_plan_is_taken() -> None:
    late = a_rectification_plan(plan_submitted_on=date(2021, 12, 1))
    given(*FED_BACK).when(late).then(stated(late, RectificationPlanSubmitted, **OF))


@proves(return_rectification_report, 1, 3)
def test_a_report_is_returned_and_made_again() -> None:
    act = a_returned_report()
    happened = stated(act, RectificationReportReturned, **OF, rectification_reported_on=None)
    office = given(*REPORTED).when(act).then(happened)
    assert (stage(office), found(office).rectification_reported_on) == ("planned", None)
    again = a_rectification_report(rectification_reported_on=date(2021, 7, 4))
    assert stage(given(*REPORTED, act, again).office) == "rectification_reported"


@proves(return_rectification_report, 3)
def test_a_returned_report_is_due_later() -> None:
    act = a_returned_report(rectification_due_on=date(2021, 6, 19))
    given(*REPORTED).when(act).refused("impossible_date", field="rectification_due_on")


@proves(assess_rectification, 1, 2, 4)
def test_what_is_complete_is_settled_and_what_is_not_goes_on() -> None:
    act = an_assessment()
    reported = {"rectification_reported_on": date(2021, 6, 15)}
    office = given(*REPORTED).when(act).then(stated(act, RectificationAssessed, **OF, **reported))
    assert stage(office) == "settled"
    act = a_partial_assessment()
    gone = {"rectification_reported_on": None}
    office = given(*REPORTED).when(act).then(stated(act, RectificationAssessed, **OF, **gone))
    assert stage(office) == "unsettled"
    again = a_rectification_report(rectification_reported_on=date(2021, 7, 30))
    settled = an_assessment(assessed_on=date(2021, 8, 5))
    assert stage(given(*REPORTED, act, again, settled).office) == "settled"


@pytest.mark.parametrize(
    ("act", "code", "field"),
    [
        (an_assessment(assessment="基本到位"), "unknown_code", "assessment"),
        (an_assessment(rectification_due_on=date(2021, 8, 1)), "required", "rectification_due_on"),
        (a_partial_assessment(rectification_due_on=None), "required", "rectification_due_on"),
        (
            a_partial_assessment(rectification_due_on=date(2021, 6, 30)),
            "impossible_date",
            "rectification_due_on",
        ),
    ],
)
@proves(assess_rectification, 2, 4)
def test_an_assessment_that_cannot_be_is_refused(act: Any, code: str, field: str) -> None:
    given(*REPORTED).when(act).refused(code, field=field)
