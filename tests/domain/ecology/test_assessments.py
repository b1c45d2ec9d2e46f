"""政治生态分析研判: indicators, a grade beside the year before, feedback, reply, closing."""

from datetime import date
from typing import Any

import pytest

from domain.ecology.assessment import (
    LIFECYCLE,
    EcologyAssessment,
    EcologyAssessmentClosed,
    EcologyAssessmentOpened,
    EcologyFedBack,
    EcologyGraded,
    EcologyIndicatorRecorded,
    EcologyReplied,
)
from domain.ecology.decisions import (
    close_ecology_assessment,
    comparison,
    feed_back_ecology,
    grade_ecology,
    open_ecology_assessment,
    record_ecology_indicator,
    reply_to_ecology,
)
from domain.streams import Kind
from tests.domain.ecology.samples import (
    ASSESSMENT,
    EVERYONE,
    FED_BACK,
    INDICATORS,
    OPENED,
    RECORDED,
    YEAR,
    a_closing,
    a_feedback,
    a_grade,
    a_reply,
    an_indicator,
    an_opening,
)
from tests.domain.harness import Office, given, stated
from tests.domain.proof import proves
from tests.domain.samples import ORGAN, UNIT
from tests.domain.walks import Acts, every_move_is_made

OF = {"unit": UNIT, "organ": ORGAN, "year": YEAR}
NOT_COMPARED = {"previous_grade": None, "compared": None}


def found(office: Office, number: str = ASSESSMENT) -> EcologyAssessment:
    assessment = office.look(Kind.ECOLOGY_ASSESSMENT, number)
    assert isinstance(assessment, EcologyAssessment)
    return assessment


@proves(open_ecology_assessment, 1, 2, 3, 4)
def test_a_unit_is_assessed_once_a_year() -> None:
    act = an_opening()
    office = given(*EVERYONE).when(act).then(stated(act, EcologyAssessmentOpened))
    assert LIFECYCLE.stage(found(office)) == "open"
    given(*OPENED).when(act).refused("already_registered", field="number")
    later = an_opening(YEAR + 1)
    given(*OPENED).when(later).then(stated(later, EcologyAssessmentOpened))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"number": "DW01-2021"}, "impossible_number", "number"),
        ({"number": "无/2021", "unit": "无"}, "missing_reference", "unit"),
        ({"organ": "无"}, "missing_reference", "organ"),
        (
            {"opened_on": date(2020, 12, 31), "data_until": date(2020, 12, 30)},
            "impossible_date",
            "opened_on",
        ),
        ({"data_until": date(2021, 12, 2)}, "impossible_date", "data_until"),
    ],
)
@proves(open_ecology_assessment, 1, 2, 3, 4)
def test_an_opening_that_cannot_be_is_refused(
    changes: dict[str, Any], code: str, field: str
) -> None:
    given(*EVERYONE).when(an_opening(**changes)).refused(code, field=field)


@proves(record_ecology_indicator, 1, 2, 3, 4)
def test_an_indicator_recorded_again_goes_before_the_earlier() -> None:
    again = an_indicator(value=80, recorded_on=date(YEAR, 12, 6))
    happened = stated(again, EcologyIndicatorRecorded, **OF)
    office = given(*OPENED, an_indicator()).when(again).then(happened)
    assert [each.value for each in found(office).indicators] == [80]


@pytest.mark.parametrize(
    ("act", "code", "field"),
    [
        (an_indicator("别的"), "unknown_code", "indicator"),
        (an_indicator(finding=" "), "required", "finding"),
        (an_indicator(recorded_on=date(YEAR, 11, 30)), "impossible_date", "recorded_on"),
    ],
)
@proves(record_ecology_indicator, 2, 3, 4)
def test_an_indicator_that_cannot_be_is_refused(act: Any, code: str, field: str) -> None:
    given(*OPENED).when(act).refused(code, field=field)


@proves(grade_ecology, 1, 2, 3, 4, 5)
def test_a_unit_is_graded_on_every_indicator() -> None:
    act = a_grade()
    happened = stated(act, EcologyGraded, **OF, **NOT_COMPARED)
    office = given(*RECORDED).when(act).then(happened)
    assert (LIFECYCLE.stage(found(office)), found(office).grade) == ("graded", "较好")


@proves(grade_ecology, 3)
def test_a_unit_is_not_graded_while_an_indicator_is_missing() -> None:
    some = (an_indicator(each) for each in INDICATORS[:-1])
    refusal = given(*OPENED, *some).when(a_grade()).refused("missing_indicators", field="number")
    assert INDICATORS[-1] in refusal.reason


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"grade": "优"}, "unknown_code", "grade"),
        ({"conclusion": " "}, "required", "conclusion"),
        ({"graded_on": date(YEAR, 12, 4)}, "impossible_date", "graded_on"),
    ],
)
@proves(grade_ecology, 2, 4, 5)
def test_a_grade_that_cannot_be_is_refused(changes: dict[str, Any], code: str, field: str) -> None:
    given(*RECORDED).when(a_grade(**changes)).refused(code, field=field)


@pytest.mark.parametrize(("grade", "compared"), [("好", "上升"), ("较好", "持平"), ("差", "下降")])
def test_a_grade_stands_beside_that_of_the_year_before(grade: str, compared: str) -> None:
    number = f"{UNIT}/{YEAR + 1}"
    day = date(YEAR + 1, 12, 5)
    next_year = (an_indicator(each, number=number, recorded_on=day) for each in INDICATORS)
    act = a_grade(number=number, graded_on=date(YEAR + 1, 12, 15), grade=grade)
    history = given(*RECORDED, a_grade(), an_opening(YEAR + 1), *next_year)
    office = history.when(act).office
    assert found(office, number).previous_grade == "较好"
    assert found(office, number).compared == compared


def test_nothing_is_compared_with_no_grade() -> None:
    assert comparison(None, "好") is None


@proves(feed_back_ecology, 1, 2, 3)
@proves(reply_to_ecology, 1, 2, 3)
@proves(close_ecology_assessment, 1, 2, 3)
def test_an_assessment_is_fed_back_replied_to_and_closed() -> None:
    office = given(*RECORDED, a_grade()).office
    for command, event in (
        (a_feedback(), EcologyFedBack),
        (a_reply(), EcologyReplied),
        (a_closing(), EcologyAssessmentClosed),
    ):
        ((_, happened),) = office.carry_out(command)
        assert happened == stated(command, event, **OF)
    assert LIFECYCLE.stage(found(office)) == "closed"


@proves(close_ecology_assessment, 2)
def test_what_asked_for_no_reply_is_closed_without_one() -> None:
    history = (*RECORDED, a_grade(), a_feedback(reply_due_on=None))
    given(*history).when(a_closing()).then(stated(a_closing(), EcologyAssessmentClosed, **OF))
    given(*FED_BACK).when(a_closing()).refused("awaiting_reply", field="closed_on")


GRADED = (*RECORDED, a_grade())
REPLIED = (*FED_BACK, a_reply())


@pytest.mark.parametrize(
    ("before", "act", "code", "field"),
    [
        (RECORDED, a_feedback(), "wrong_stage", "number"),
        (GRADED, a_feedback(fed_back_on=date(YEAR, 12, 14)), "impossible_date", "fed_back_on"),
        (GRADED, a_feedback(reply_due_on=date(YEAR, 12, 19)), "impossible_date", "reply_due_on"),
        (GRADED, a_reply(), "wrong_stage", "number"),
        (FED_BACK, a_reply(reply=" "), "required", "reply"),
        (FED_BACK, a_reply(replied_on=date(YEAR, 12, 19)), "impossible_date", "replied_on"),
        (GRADED, a_closing(), "wrong_stage", "number"),
        (REPLIED, a_closing(closed_on=date(YEAR + 1, 1, 14)), "impossible_date", "closed_on"),
        (GRADED, an_indicator(), "wrong_stage", "number"),
        (GRADED, a_grade(), "wrong_stage", "number"),
    ],
)
@proves(feed_back_ecology, 1, 2, 3)
@proves(reply_to_ecology, 1, 2, 3)
@proves(close_ecology_assessment, 1, 3)
@proves(record_ecology_indicator, 1)
@proves(grade_ecology, 1)
def test_what_cannot_be_is_refused(before: Any, act: Any, code: str, field: str) -> None:
    given(*before).when(act).refused(code, field=field)


@pytest.mark.parametrize("number", ["无/2021", "无"])
@proves(grade_ecology, 1)
def test_an_assessment_that_is_not_there_is_not_graded(number: str) -> None:
    given(*EVERYONE).when(a_grade(number=number)).refused("missing_reference", field="number")


ACTS: Acts = {
    "indicator": lambda day, _: an_indicator(recorded_on=day),
    "grade": lambda day, _: a_grade(graded_on=day),
    "feedback": lambda day, result: a_feedback(
        fed_back_on=day, reply_due_on=None if result == "无" else date(2023, 12, 31)
    ),
    "reply": lambda day, _: a_reply(replied_on=day),
    "close": lambda day, _: a_closing(closed_on=day),
}


def test_every_move_of_the_table_is_made_and_no_other() -> None:
    every_move_is_made(LIFECYCLE, ASSESSMENT, RECORDED, ACTS, results=("无", "有"))
