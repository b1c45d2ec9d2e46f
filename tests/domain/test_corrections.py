"""更正: one field of one record is corrected by a new fact that carries what was and what is."""

from dataclasses import replace
from datetime import date
from typing import Any

from domain.acts import BY_NAME
from domain.cases.case import CaseCorrected
from domain.cases.decisions import CloseCase
from domain.checks.check import CheckCorrected
from domain.concepts import CONCEPTS
from domain.corrections.correction import Correction, CorrectionRegistered
from domain.corrections.values import field_type
from domain.fields import restate
from domain.leads.lead import LeadCorrected, handling_of
from domain.persons.person import PersonCorrected
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.histories import REGISTER_ACTS
from tests.domain.samples import (
    CASE,
    CHECK,
    CORRECTION,
    EVERYONE,
    FILED_CASE,
    LEAD,
    PERSON,
    a_case,
    a_check,
    a_conclusion,
    a_correction,
    a_handling,
    a_lead,
    a_person,
    a_unit,
    an_organ,
    correct_case,
    correct_handling,
    correct_lead,
)


def happened(act: Any, event: Any, before: Any, *, item: dict[str, Any], **now: Any) -> Any:
    """The two facts of a correction: its own, and the record's with before and after."""
    record = restate(before, field_type(event, "before"))
    changed = event(
        correction=CORRECTION,
        field=act.field,
        basis="经复核原始材料",
        before=record,
        after=replace(record, **now),
        **item,
    )
    return stated(act, CorrectionRegistered), changed


def test_a_term_is_corrected() -> None:
    history = given(*FILED_CASE)
    before = history.office.look(Kind.CASE, CASE)
    act = correct_case("rank", "乡科级", "县处级")
    office = history.when(act).then(*happened(act, CaseCorrected, before, item={}, rank="县处级"))
    assert office.look(Kind.CASE, CASE).rank == "县处级"
    assert office.look(Kind.CORRECTION, CORRECTION) == stated(act, Correction)


def test_a_reference_is_corrected() -> None:
    history = given(*FILED_CASE, a_person(number="RY002"))
    before = history.office.look(Kind.CASE, CASE)
    act = correct_case("person", PERSON, "RY002")
    history.when(act).then(*happened(act, CaseCorrected, before, item={}, person="RY002"))


def test_a_date_is_corrected() -> None:
    history = given(*FILED_CASE)
    before = history.office.look(Kind.CASE, CASE)
    act = correct_case("filed_on", "2021-04-01", "2021-04-02")
    office = history.when(act).then(
        *happened(act, CaseCorrected, before, item={}, filed_on=date(2021, 4, 2))
    )
    assert office.look(Kind.CASE, CASE).filed_on == date(2021, 4, 2)


def test_a_number_is_corrected() -> None:
    history = given(an_organ(), a_unit(), a_check())
    before = history.office.look(Kind.CHECK, CHECK)
    act = a_correction(Kind.CHECK, CHECK, "problems_found", was="2", now="3")
    history.when(act).then(*happened(act, CheckCorrected, before, item={}, problems_found=3))


def test_a_yes_or_no_is_corrected() -> None:
    history = given(*EVERYONE)
    before = history.office.look(Kind.PERSON, PERSON)
    act = a_correction(Kind.PERSON, PERSON, "district_managed", was="是", now="否")
    history.when(act).then(*happened(act, PersonCorrected, before, item={}, district_managed=False))


def test_several_persons_are_corrected_at_once() -> None:
    history = given(*EVERYONE, a_person(number="RY002"), a_lead())
    before = history.office.look(Kind.LEAD, LEAD)
    act = correct_lead("persons", PERSON, f"{PERSON};RY002")
    events = happened(act, LeadCorrected, before, item={"item": None}, persons=(PERSON, "RY002"))
    history.when(act).then(*events)


def test_a_known_value_is_corrected_to_unknown_and_back() -> None:
    away = correct_case("rank", "乡科级", None)
    back = correct_case("rank", None, "一般干部", number="GZ2")
    office = given(*FILED_CASE, away, back).office
    assert office.look(Kind.CASE, CASE).rank == "一般干部"


def test_a_day_told_by_a_later_fact_is_corrected() -> None:
    closed = CloseCase(number=CASE, closed_on=date(2021, 7, 1))
    act = correct_case("closed_on", "2021-07-01", "2021-07-02")
    office = given(*FILED_CASE, closed, act).office
    assert office.look(Kind.CASE, CASE).closed_on == date(2021, 7, 2)


def test_a_handling_is_corrected_by_its_day() -> None:
    later = a_handling(decided_on=date(2021, 4, 2))
    history = given(*EVERYONE, a_lead(), a_handling(), later)
    before = history.office.look(Kind.LEAD, LEAD)
    act = correct_handling("method", "谈话函询", "予以了结")
    first, second = before.handlings
    corrected = (replace(first, method="予以了结"), second)
    item = {"item": date(2021, 3, 15)}
    events = happened(act, LeadCorrected, before, item=item, handlings=corrected)
    office = history.when(act).then(*events)
    handling = handling_of(office.look(Kind.LEAD, LEAD), date(2021, 3, 15))
    assert handling is not None
    assert handling.method == "予以了结"


def test_a_conclusion_of_a_handling_is_corrected() -> None:
    history = given(*EVERYONE, a_lead(), a_handling(), a_conclusion())
    act = correct_handling("concluded_on", "2021-03-30", "2021-03-31")
    before = history.office.look(Kind.LEAD, LEAD)
    corrected = (replace(before.handlings[0], concluded_on=date(2021, 3, 31)),)
    item = {"item": date(2021, 3, 15)}
    history.when(act).then(*happened(act, LeadCorrected, before, item=item, handlings=corrected))


def test_an_act_after_a_correction_stands_on_the_corrected_record() -> None:
    act = CloseCase(number=CASE, closed_on=date(2021, 4, 5))
    later = correct_case("filed_on", "2021-04-01", "2021-04-06")
    given(*FILED_CASE, later).when(act).refused("impossible_date", field="closed_on")


def test_every_kind_that_registers_tell_of_can_be_corrected() -> None:
    told = {BY_NAME[name].kind for name in REGISTER_ACTS}
    assert {kind for kind in told if CONCEPTS[kind].corrected is None} == set()
    assert set(CONCEPTS) == set(Kind)


def test_a_case_without_lead_gets_its_lead_by_correction() -> None:
    act = correct_case("lead", None, LEAD)
    office = given(*EVERYONE, a_lead(), a_case(lead=None), act).office
    assert office.look(Kind.CASE, CASE).lead == LEAD
