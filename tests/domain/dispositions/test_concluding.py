"""作出、替代和撤销四种形态处置."""

from datetime import date
from typing import Any

import pytest

from domain.dispositions.decisions import (
    conclude_disposition,
    replace_disposition,
    withdraw_disposition,
)
from domain.dispositions.disposition import (
    Disposition,
    DispositionConcluded,
    DispositionMade,
    DispositionReplaced,
    DispositionWithdrawn,
)
from domain.streams import Kind
from tests.domain.dispositions.samples import (
    TALK,
    TALKED,
    a_conclusion_of_forms,
    a_measure_form,
    a_replacement,
    a_withdrawal,
)
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import (
    CASE,
    DISPOSITION,
    FILED_CASE,
    LEAD,
    a_correction,
    a_disposition,
    a_lead,
    a_person,
)

HISTORY = (*FILED_CASE, a_person(number="RY002", name="李小明"), a_lead(number="XS2021-002"))


def made(act: Any, form: str, measure: str) -> DispositionMade:
    return stated(act, DispositionMade, form=form, measure=measure)


@proves(conclude_disposition, 4)
def test_the_form_of_a_handling_follows_from_its_measures() -> None:
    act = a_conclusion_of_forms()
    concluded = stated(act, DispositionConcluded)
    office = given(*HISTORY).when(act).then(made(act, "第一种形态", "诫勉（谈话）"), concluded)
    state = office.look(Kind.DISPOSITION, TALK)
    assert (state.measures, state.applied_by) == (("提醒谈话", "诫勉"), "纪检监察机关")


@proves(conclude_disposition, 8)
def test_a_measure_takes_the_form_that_the_office_has_set() -> None:
    act = a_conclusion_of_forms(measures=("降职",))
    given(*HISTORY).when(act).refused("unknown_code", field="measures")
    office = given(*HISTORY, a_measure_form()).when(act)
    office.then(made(act, "第三种形态", "降职"), stated(act, DispositionConcluded))
    early = a_measure_form(since=date(2021, 4, 11))
    given(*HISTORY, early).when(act).refused("unknown_code", field="measures")


def test_a_form_set_later_goes_before_the_one_set_first() -> None:
    act = a_conclusion_of_forms(measures=("免职",))
    first = a_measure_form(measure="免职", since=date(2021, 1, 1))
    second = a_measure_form(measure="免职", since=date(2021, 4, 1), form="第四种形态")
    happened = given(*HISTORY, second, first).when(act).happened
    assert happened[0][1].form == "第四种形态"


@proves(conclude_disposition, 8)
def test_a_handling_without_a_measure_is_refused() -> None:
    act = a_conclusion_of_forms(measures=())
    given(*HISTORY).when(act).refused("required", field="measures")


@proves(conclude_disposition, 1)
def test_a_number_is_concluded_once() -> None:
    history = given(*HISTORY, a_conclusion_of_forms())
    history.when(a_conclusion_of_forms()).refused("already_registered", field="number")


@proves(conclude_disposition, 2)
@pytest.mark.parametrize("field", ["lead", "case", "person", "organ"])
def test_what_is_not_registered_is_refused(field: str) -> None:
    act = a_conclusion_of_forms(**{field: "无此号"})
    given(*HISTORY).when(act).refused("missing_reference", field=field)


@proves(conclude_disposition, 3)
@pytest.mark.parametrize(("field", "value"), [("applied_by", "街道"), ("rank", "正科")])
def test_a_term_in_no_table_is_refused(field: str, value: str) -> None:
    act = a_conclusion_of_forms(**{field: value})
    given(*HISTORY).when(act).refused("unknown_code", field=field)


@proves(conclude_disposition, 4)
def test_what_a_party_committee_did_is_not_the_commissions() -> None:
    act = a_conclusion_of_forms(applied_by="党委（党组）")
    given(*HISTORY).when(act).refused("other_body", field="applied_by")


@proves(conclude_disposition, 5)
def test_a_talk_without_a_lead_never_counts() -> None:
    act = a_conclusion_of_forms(lead=None)
    given(*HISTORY).when(act).refused("without_lead", field="lead")


@proves(conclude_disposition, 6)
def test_a_person_whom_neither_lead_nor_case_names_is_refused() -> None:
    act = a_conclusion_of_forms(person="RY002")
    given(*HISTORY).when(act).refused("not_named", field="person")
    act = a_conclusion_of_forms(person="RY002", lead=None, case=CASE)
    given(*HISTORY).when(act).refused("not_named", field="person")


@proves(conclude_disposition, 7)
def test_a_handling_ends_after_it_began() -> None:
    act = a_conclusion_of_forms(decided_on=date(2021, 2, 28))
    given(*HISTORY).when(act).refused("before_receipt", field="decided_on")
    act = a_conclusion_of_forms(lead=None, case=CASE, decided_on=date(2021, 3, 31))
    given(*HISTORY).when(act).refused("before_filing", field="decided_on")


@proves(replace_disposition, 3)
def test_the_new_result_of_a_handling_takes_the_place_of_the_old() -> None:
    act = a_replacement()
    before = made(a_conclusion_of_forms(), "第一种形态", "诫勉（谈话）")
    replaced = DispositionReplaced(
        number=TALK,
        organ=before.organ,
        replaced_on=act.decided_on,
        replaced_by=act.number,
        basis=act.basis,
        before=stated(before, Disposition),
    )
    new = (made(act, "第二种形态", "党内警告"), stated(act, DispositionConcluded))
    given(*HISTORY, a_conclusion_of_forms()).when(act).then(replaced, *new)


def test_a_result_that_only_a_register_told_is_replaced_too() -> None:
    act = a_replacement(replaces=DISPOSITION, lead=LEAD, case=CASE)
    assert given(*HISTORY, a_disposition()).when(act).refusal is None


@proves(replace_disposition, 3)
@pytest.mark.parametrize("changes", [{"lead": "XS2021-002"}, {"lead": None, "case": CASE}])
def test_what_another_lead_comes_to_counts_beside_it(changes: dict[str, Any]) -> None:
    act = a_replacement(**changes)
    given(*HISTORY, a_conclusion_of_forms()).when(act).refused("another_handling", field="replaces")


@proves(replace_disposition, 2)
def test_a_result_is_replaced_once() -> None:
    given(*HISTORY).when(a_replacement()).refused("missing_reference", field="replaces")
    history = given(*HISTORY, a_conclusion_of_forms(), a_replacement())
    again = a_replacement(number="CZ2022-103")
    history.when(again).refused("wrong_stage", field="replaces")


@proves(replace_disposition, 1, 4)
def test_the_new_result_has_a_number_of_its_own_and_comes_later() -> None:
    history = (*HISTORY, a_conclusion_of_forms())
    given(*history).when(a_replacement(number=TALK)).refused("already_registered", field="number")
    early = a_replacement(decided_on=date(2021, 4, 9))
    given(*history).when(early).refused("impossible_date", field="decided_on")


@proves(replace_disposition, 5)
def test_the_new_result_is_held_to_the_same_rules() -> None:
    history = given(*HISTORY, a_conclusion_of_forms())
    history.when(a_replacement(measures=())).refused("required", field="measures")


@proves(withdraw_disposition, 1, 2)
def test_a_disposition_is_withdrawn_once_and_not_before_it_was_made() -> None:
    act = a_withdrawal()
    given(*HISTORY).when(act).refused("missing_reference", field="number")
    history = (*HISTORY, a_conclusion_of_forms())
    early = a_withdrawal(withdrawn_on=date(2021, 4, 9))
    given(*history).when(early).refused("impossible_date", field="withdrawn_on")
    before = made(a_conclusion_of_forms(), "第一种形态", "诫勉（谈话）")
    event = stated(
        act, DispositionWithdrawn, organ=before.organ, before=stated(before, Disposition)
    )
    given(*history).when(act).then(event)
    given(*history, act).when(act).refused("wrong_stage", field="number")


@pytest.mark.parametrize("ended", [a_withdrawal(), a_replacement()])
def test_what_no_longer_counts_is_not_corrected(ended: Any) -> None:
    correction = a_correction(
        Kind.DISPOSITION, TALK, "decided_on", was=TALKED.isoformat(), now="2021-04-11"
    )
    given(*HISTORY, a_conclusion_of_forms(), ended).when(correction).refused(
        "not_correctable", field="target"
    )
    assert given(*HISTORY, a_conclusion_of_forms()).when(correction).refusal is None
