"""四种形态."""

from datetime import date

import pytest

from domain.codes.tables import code_table
from domain.dispositions.decisions import check_disposition, make_disposition
from domain.dispositions.disposition import Disposition, DispositionMade
from domain.fields import restate
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import (
    CASE,
    DISPOSITION,
    EVERYONE,
    FILED_CASE,
    LEAD,
    a_case,
    a_disposition,
    a_lead,
    an_organ,
)


def test_a_disposition_is_made() -> None:
    act = a_disposition()
    office = given(*FILED_CASE).when(act).then(stated(act, DispositionMade))
    record = restate(office.look(Kind.DISPOSITION, DISPOSITION), Disposition)
    assert record == stated(act, Disposition)


@pytest.mark.parametrize("form", sorted(code_table("form").terms))
def test_a_disposition_is_of_one_of_the_four_forms(form: str) -> None:
    act = a_disposition(form=form)
    given(*FILED_CASE).when(act).then(stated(act, DispositionMade))


def test_a_disposition_without_a_lead_is_a_fact() -> None:
    act = a_disposition(lead=None, case=None)
    given(*EVERYONE).when(act).then(stated(act, DispositionMade))


def test_a_form_that_its_measure_contradicts_is_taken_as_stated() -> None:
    act = a_disposition(form="第一种形态", measure="开除党籍")
    given(*FILED_CASE).when(act).then(stated(act, DispositionMade))


@proves(make_disposition, 1)
def test_a_number_of_a_disposition_is_used_once() -> None:
    history = given(*FILED_CASE, a_disposition())
    history.when(a_disposition()).refused("already_registered", field="number")


@proves(check_disposition, 1)
@pytest.mark.parametrize("field", ["lead", "case", "person", "organ"])
def test_a_disposition_that_names_something_unknown_is_refused(field: str) -> None:
    act = a_disposition(**{field: "无此号"})
    given(*FILED_CASE).when(act).refused("missing_reference", field=field)


@proves(check_disposition, 2)
def test_a_fifth_form_is_refused() -> None:
    act = a_disposition(form="第五种形态")
    given(*FILED_CASE).when(act).refused("unknown_code", field="form")


@proves(check_disposition, 2)
def test_a_rank_outside_the_six_bands_is_refused() -> None:
    act = a_disposition(rank="正科")
    given(*FILED_CASE).when(act).refused("unknown_code", field="rank")


@proves(check_disposition, 3)
def test_a_disposal_before_receipt_is_refused() -> None:
    act = a_disposition(case=None, decided_on=date(2021, 2, 28))
    given(*FILED_CASE).when(act).refused("before_receipt", field="decided_on")


@proves(check_disposition, 3)
def test_a_disposition_before_the_filing_is_refused() -> None:
    act = a_disposition(decided_on=date(2021, 3, 31))
    given(*FILED_CASE).when(act).refused("before_filing", field="decided_on")


def test_a_disposition_before_a_filing_without_lead_is_refused() -> None:
    act = a_disposition(lead=None, case=CASE, decided_on=date(2021, 3, 31))
    history = given(*EVERYONE, a_case(lead=None))
    history.when(act).refused("before_filing", field="decided_on")


def test_a_disposition_on_the_day_of_receipt_is_made() -> None:
    act = a_disposition(case=None, lead=LEAD, decided_on=date(2021, 3, 1))
    given(*EVERYONE, a_lead()).when(act).then(stated(act, DispositionMade))


@proves(make_disposition, 2)
def test_the_first_rule_that_fails_is_the_one_named() -> None:
    act = a_disposition(person="无此号", form="第五种形态")
    given(an_organ()).when(act).refused("missing_reference", field="lead")
