"""更正 refused: the six rules of ``correct_record``, in their order."""

from dataclasses import replace
from datetime import date

import pytest

from domain.cases.decisions import CloseCase
from domain.corrections.decisions import correct_record
from domain.leads.decisions import check_lead
from domain.streams import Kind
from tests.domain.harness import given
from tests.domain.proof import proves
from tests.domain.samples import (
    CASE,
    CHECK,
    CORRECTION,
    EVERYONE,
    FILED_CASE,
    LEAD,
    LETTER,
    MATTER,
    ORGAN,
    PERSON,
    a_check,
    a_conclusion,
    a_correction,
    a_handling,
    a_lead,
    a_letter,
    a_matter,
    a_unit,
    an_organ,
    correct_case,
    correct_handling,
    correct_lead,
)


@proves(correct_record, 1)
def test_rule_1_a_number_of_a_correction_is_used_once() -> None:
    first = correct_case("rank", "乡科级", "县处级")
    again = correct_case("rank", "县处级", "乡科级")
    given(*FILED_CASE, first).when(again).refused("already_registered", field="number")


@proves(correct_record, 2)
def test_rule_2_correcting_an_unknown_record_is_refused() -> None:
    act = a_correction(Kind.CASE, "AJ9999", "rank", was="乡科级", now="县处级")
    given(*FILED_CASE).when(act).refused("missing_reference", field="target")


@proves(correct_record, 2)
def test_rule_2_correcting_a_handling_of_a_day_without_one_is_refused() -> None:
    act = correct_handling("method", "谈话函询", "予以了结", item=date(2021, 3, 16))
    history = given(*EVERYONE, a_lead(), a_handling())
    history.when(act).refused("missing_reference", field="target")


@proves(correct_record, 2)
def test_rule_2_a_correction_is_never_corrected() -> None:
    first = correct_case("rank", "乡科级", "县处级")
    act = a_correction(Kind.CORRECTION, CORRECTION, "now", number="GZ2", was="县处级", now="乡科级")
    given(*FILED_CASE, first).when(act).refused("missing_reference", field="target")


def test_rule_2_correcting_a_record_of_no_kind_is_refused() -> None:
    act = replace(correct_case("rank", "乡科级", "县处级"), kind="会议记录")
    given(*FILED_CASE).when(act).refused("missing_reference", field="target")


@proves(correct_record, 3)
@pytest.mark.parametrize(
    ("kind", "number", "key"),
    [(Kind.ORGAN, ORGAN, "code"), (Kind.CASE, CASE, "number"), (Kind.LEAD, LEAD, "handlings")],
)
def test_rule_3_the_number_of_a_record_is_not_correctable(
    kind: Kind, number: str, key: str
) -> None:
    act = a_correction(kind, number, key, was=number, now="新编号")
    given(*FILED_CASE).when(act).refused("not_correctable", field="field")


def test_rule_3_the_day_that_names_a_handling_is_not_correctable() -> None:
    act = correct_handling("decided_on", "2021-03-15", "2021-03-16")
    history = given(*EVERYONE, a_lead(), a_handling())
    history.when(act).refused("not_correctable", field="field")


@pytest.mark.parametrize("field", ["天气", "occurred_on", "evolve", "__class__", ""])
def test_rule_3_what_the_record_does_not_say_is_not_correctable(field: str) -> None:
    act = correct_case(field, None, "1")
    given(*FILED_CASE).when(act).refused("not_correctable", field="field")


@proves(correct_record, 4)
@pytest.mark.parametrize("was", ["县处级", None, ""])
def test_rule_4_a_stale_original_value_is_refused(was: str | None) -> None:
    act = correct_case("rank", was, "一般干部")
    given(*FILED_CASE).when(act).refused("stale_correction", field="was")


def test_rule_4_of_two_corrections_from_one_value_the_second_is_stale() -> None:
    first = correct_case("rank", "乡科级", "县处级")
    second = correct_case("rank", "乡科级", "一般干部", number="GZ2")
    given(*FILED_CASE, first).when(second).refused("stale_correction", field="was")


def test_rule_4_an_original_value_that_is_no_value_is_named_as_the_fault() -> None:
    act = a_correction(Kind.CHECK, CHECK, "problems_found", was="两个", now="3")
    history = given(an_organ(), a_unit(), a_check())
    history.when(act).refused("impossible_value", field="was")


@proves(correct_record, 5)
def test_rule_5_a_correction_that_changes_nothing_is_refused() -> None:
    act = correct_case("rank", "乡科级", "乡科级")
    given(*FILED_CASE).when(act).refused("nothing_changed", field="now")


@proves(correct_record, 5)
@pytest.mark.parametrize("now", [None, ""])
def test_rule_5_a_value_the_record_needs_cannot_become_unknown(now: str | None) -> None:
    act = correct_case("person", PERSON, now)
    given(*FILED_CASE).when(act).refused("required", field="now")


@pytest.mark.parametrize(
    ("kind", "number", "field", "was", "now"),
    [
        pytest.param(Kind.CASE, CASE, "filed_on", "2021-04-01", "2021-02-30", id="no such day"),
        pytest.param(Kind.RECOMMENDATION, LETTER, "suggestions", "3", "三", id="no number"),
        pytest.param(Kind.PERSON, PERSON, "district_managed", "是", "也许", id="neither"),
    ],
)
def test_rule_5_a_new_value_that_is_none_is_refused(
    kind: Kind, number: str, field: str, was: str, now: str
) -> None:
    act = a_correction(kind, number, field, was=was, now=now)
    given(*FILED_CASE, a_letter()).when(act).refused("impossible_value", field="now")


@proves(correct_record, 6)
def test_rule_6_a_correction_to_an_unknown_term_is_refused() -> None:
    act = correct_case("rank", "乡科级", "正科")
    given(*FILED_CASE).when(act).refused("unknown_code", field="now")


@proves(correct_record, 6)
def test_rule_6_a_correction_to_an_unknown_person_is_refused() -> None:
    act = correct_case("person", PERSON, "RY999")
    given(*FILED_CASE).when(act).refused("missing_reference", field="now")


def test_rule_6_a_correction_to_a_day_before_receipt_is_refused() -> None:
    act = correct_case("filed_on", "2021-04-01", "2021-02-28")
    given(*FILED_CASE).when(act).refused("impossible_date", field="now")


def test_rule_6_a_correction_that_contradicts_another_field_names_that_field() -> None:
    closed = CloseCase(number=CASE, closed_on=date(2021, 7, 1))
    act = correct_case("filed_on", "2021-04-01", "2021-07-02")
    given(*FILED_CASE, closed).when(act).refused("impossible_date", field="closed_on")


@proves(check_lead, 6)
def test_rule_6_a_receipt_after_its_handling_is_refused() -> None:
    act = correct_lead("received_on", "2021-03-01", "2021-03-16")
    history = given(*EVERYONE, a_lead(), a_handling())
    history.when(act).refused("before_receipt", field="decided_on")


@proves(check_lead, 6)
def test_rule_6_a_conclusion_before_its_handling_is_refused() -> None:
    act = correct_handling("concluded_on", "2021-03-30", "2021-03-14")
    history = given(*EVERYONE, a_lead(), a_handling(), a_conclusion())
    history.when(act).refused("impossible_date", field="now")


@proves(check_lead, 5)
def test_rule_6_a_method_of_handling_in_no_table_is_refused() -> None:
    act = correct_handling("method", "谈话函询", "拟立案")
    history = given(*EVERYONE, a_lead(), a_handling())
    history.when(act).refused("unknown_code", field="now")


def test_rule_6_a_settlement_before_the_acceptance_is_refused() -> None:
    act = a_correction(Kind.MATTER, MATTER, "settled_on", was=None, now="2021-05-09")
    given(a_unit(), a_matter()).when(act).refused("impossible_date", field="now")
