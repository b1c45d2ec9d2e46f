"""其他机关处置 and 措施形态."""

from datetime import date

import pytest

from domain.dispositions.measure_form import MeasureFormSet
from domain.dispositions.other_decisions import (
    record_other_disposition,
    set_measure_form,
    strike_other_disposition,
)
from domain.dispositions.other_disposition import (
    OtherDispositionRecorded,
    OtherDispositionStruck,
)
from tests.domain.dispositions.samples import a_measure_form, a_strike, another_bodys
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import EVERYONE, ORGAN


@proves(record_other_disposition, 1)
def test_what_another_body_did_is_recorded_with_that_body_once() -> None:
    act = another_bodys()
    given(*EVERYONE).when(act).then(stated(act, OtherDispositionRecorded))
    given(*EVERYONE, act).when(act).refused("already_registered", field="number")


@proves(record_other_disposition, 2)
@pytest.mark.parametrize("field", ["organ", "person", "lead"])
def test_it_names_what_is_registered(field: str) -> None:
    act = another_bodys(**{field: "无此号"})
    given(*EVERYONE).when(act).refused("missing_reference", field=field)


@proves(record_other_disposition, 3)
def test_the_commissions_own_is_no_other_bodys() -> None:
    act = another_bodys(applied_by="纪检监察机关")
    given(*EVERYONE).when(act).refused("own_disposition", field="applied_by")
    act = another_bodys(applied_by="街道")
    given(*EVERYONE).when(act).refused("unknown_code", field="applied_by")


@proves(record_other_disposition, 4)
def test_another_body_gave_at_least_one_measure() -> None:
    given(*EVERYONE).when(another_bodys(measures=())).refused("required", field="measures")


@proves(strike_other_disposition, 1, 2)
def test_it_is_struck_out_once_and_not_before_it_was_given() -> None:
    act = a_strike()
    given(*EVERYONE).when(act).refused("missing_reference", field="number")
    history = (*EVERYONE, another_bodys())
    given(*history).when(act).then(stated(act, OtherDispositionStruck, organ=ORGAN))
    given(*history, act).when(act).refused("already_registered", field="struck_on")
    early = a_strike(struck_on=date(2021, 4, 9))
    given(*history).when(early).refused("impossible_date", field="struck_on")


@proves(set_measure_form, 1, 2)
def test_a_form_is_set_for_a_measure_by_its_own_name() -> None:
    act = a_measure_form()
    given().when(act).then(stated(act, MeasureFormSet))
    given().when(a_measure_form(form="第五种形态")).refused("unknown_code", field="form")
    given().when(a_measure_form(measure="诫勉")).refused("unknown_code", field="measure")


@proves(set_measure_form, 3, 4)
def test_one_form_begins_on_a_day_and_says_on_what_provision() -> None:
    history = given(a_measure_form())
    history.when(a_measure_form(form="第二种形态")).refused("already_registered", field="since")
    history.when(a_measure_form(since=date(2022, 1, 1), provision=" ")).refused(
        "required", field="provision"
    )
