"""问题线索: registration."""

from datetime import date

import pytest

from domain.fields import restate
from domain.leads.decisions import check_lead, register_lead
from domain.leads.lead import Lead, LeadRegistered
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import (
    EVERYONE,
    LEAD,
    PERSON,
    PETITION,
    ROUND,
    STARTED,
    a_lead,
    a_person,
    a_petition,
    a_round,
    a_unit,
    an_organ,
)


@proves(register_lead, 2)
def test_a_lead_is_registered() -> None:
    office = given(*EVERYONE).when(a_lead()).then(stated(a_lead(), LeadRegistered))
    recorded = restate(office.look(Kind.LEAD, LEAD), Lead)
    assert recorded == stated(a_lead(), Lead, handlings=())


def test_a_lead_may_name_nobody_or_several_persons() -> None:
    nobody = a_lead(persons=())
    given(*EVERYONE).when(nobody).then(stated(nobody, LeadRegistered))
    both = a_lead(persons=(PERSON, "RY002"))
    given(*EVERYONE, a_person(number="RY002")).when(both).then(stated(both, LeadRegistered))


@proves(register_lead, 1)
def test_a_number_of_a_lead_is_registered_once() -> None:
    given(*EVERYONE, a_lead()).when(a_lead()).refused("already_registered", field="number")


@proves(check_lead, 1)
def test_a_source_outside_the_table_is_refused() -> None:
    given(*EVERYONE).when(a_lead(source="道听途说")).refused("unknown_code", field="source")


@proves(check_lead, 2)
def test_a_lead_of_an_unknown_organ_is_refused() -> None:
    given(a_unit(), a_person()).when(a_lead()).refused("missing_reference", field="organ")


@proves(check_lead, 2)
def test_a_lead_on_an_unknown_person_is_refused() -> None:
    act = a_lead(persons=(PERSON, "RY999"))
    given(*EVERYONE).when(act).refused("missing_reference", field="persons")


@pytest.mark.parametrize(
    ("source", "number", "came_from"),
    [("信访举报", PETITION, a_petition()), ("巡察移交", ROUND, a_round())],
)
def test_a_lead_names_the_petition_or_round_it_came_from(
    source: str, number: str, came_from: object
) -> None:
    act = a_lead(source=source, source_number=number)
    given(*EVERYONE, came_from).when(act).then(stated(act, LeadRegistered))


@proves(check_lead, 3)
@pytest.mark.parametrize("source", ["信访举报", "巡察移交"])
def test_a_lead_from_an_unknown_petition_or_round_is_refused(source: str) -> None:
    act = a_lead(source=source, source_number="无此号")
    given(*EVERYONE).when(act).refused("missing_reference", field="source_number")


@proves(check_lead, 3)
def test_a_petition_is_no_round() -> None:
    act = a_lead(source="巡察移交", source_number=PETITION)
    history = given(*EVERYONE, a_petition())
    history.when(act).refused("missing_reference", field="source_number")


def test_a_lead_from_a_petition_whose_number_is_unknown_is_registered() -> None:
    act = a_lead(source="信访举报", source_number=None)
    given(*EVERYONE).when(act).then(stated(act, LeadRegistered))


def test_the_document_number_of_another_body_refers_to_nothing_here() -> None:
    act = a_lead(source="审计移送", source_number="审移〔2021〕3号")
    given(*EVERYONE).when(act).then(stated(act, LeadRegistered))


@proves(check_lead, 4)
def test_a_lead_received_before_its_petition_is_refused() -> None:
    act = a_lead(source="信访举报", source_number=PETITION, received_on=date(2021, 2, 19))
    history = given(*EVERYONE, a_petition(received_on=date(2021, 2, 20)))
    history.when(act).refused("impossible_date", field="received_on")


@proves(check_lead, 4)
def test_a_lead_received_before_its_round_began_is_refused() -> None:
    act = a_lead(source="巡察移交", source_number=ROUND, received_on=date(2021, 1, 31))
    history = given(*EVERYONE, a_round(started_on=STARTED))
    history.when(act).refused("impossible_date", field="received_on")


def test_a_lead_may_be_received_on_the_day_of_its_petition() -> None:
    act = a_lead(source="信访举报", source_number=PETITION, received_on=date(2021, 2, 20))
    history = given(an_organ(), a_unit(), a_person(), a_petition(received_on=date(2021, 2, 20)))
    history.when(act).then(stated(act, LeadRegistered))
