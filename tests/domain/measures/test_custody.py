"""监察措施: notice, delivery, requests to change, filing for record, release, change."""

from datetime import date
from typing import Any

import pytest

from domain.cases.course import CaseMeasureNoted
from domain.measures.custody import (
    answer_measure_change,
    defer_measure_notice,
    deliver_person,
    file_measure_for_record,
    give_measure_notice,
    request_measure_change,
)
from domain.measures.ending import change_measure, find_property_irrelevant, lift_measure
from domain.measures.measure import (
    MeasureChangeAnswered,
    MeasureChanged,
    MeasureChangeRequested,
    MeasureFiledForRecord,
    MeasureLifted,
    MeasureNoticeDeferred,
    MeasureNoticeGiven,
    PersonDelivered,
    PropertyFoundIrrelevant,
)
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.measures.samples import (
    COMPELLED,
    CUSTODY,
    DAY,
    DETAINED,
    FROZEN,
    MEASURE,
    OPEN,
    PROVINCE,
    a_change_request,
    a_deferral,
    a_delivery,
    a_detention,
    a_measure,
    a_notice,
    a_record,
    an_answer,
    at,
    carried_out,
    changed,
    irrelevant,
    lifted,
    of_level,
)
from tests.domain.proof import proves
from tests.domain.samples import CASE, ORGAN, PERSON, a_person

JUNE = date(2025, 6, 30)
APPROVED = (*OPEN, a_detention())


@proves(give_measure_notice, 1)
@proves(defer_measure_notice, 1)
@proves(deliver_person, 1)
@proves(request_measure_change, 1)
@proves(answer_measure_change, 1)
@proves(file_measure_for_record, 1)
@proves(find_property_irrelevant, 1)
@proves(lift_measure, 1)
@proves(change_measure, 1)
@pytest.mark.parametrize(
    "act",
    [
        a_notice(),
        a_deferral(),
        a_delivery(),
        a_change_request(),
        an_answer(),
        a_record(),
        irrelevant(),
        lifted(),
        changed("CS2"),
    ],
    ids=lambda act: type(act).__name__,
)
def test_nothing_follows_a_measure_not_carried_out(act: Any) -> None:
    given(*APPROVED).when(act).refused("wrong_stage", field="number")
    given(*OPEN).when(act).refused("missing_reference", field="number")


@proves(give_measure_notice, 2)
@proves(defer_measure_notice, 2)
@proves(deliver_person, 2)
@proves(request_measure_change, 2)
@proves(file_measure_for_record, 2)
@pytest.mark.parametrize(
    "act",
    [a_notice(), a_deferral(), a_delivery(), a_change_request(), a_record()],
    ids=lambda act: type(act).__name__,
)
def test_what_is_due_after_custody_is_not_due_after_freezing(act: Any) -> None:
    given(*FROZEN).when(act).refused("not_needed", field="number")


def test_unit_and_family_are_told() -> None:
    told = stated(a_notice(), MeasureNoticeGiven, organ=ORGAN)
    given(*DETAINED).when(a_notice()).then(told)


def test_a_late_notice_is_still_given() -> None:
    late = a_notice(notified_on=date(2025, 7, 9), notified_at=at(9, 9))
    given(*DETAINED).when(late).then(stated(late, MeasureNoticeGiven, organ=ORGAN))
    after = (*DETAINED, lifted())
    given(*after).when(late).then(stated(late, MeasureNoticeGiven, organ=ORGAN))


@proves(give_measure_notice, 3)
@proves(defer_measure_notice, 4)
def test_a_notice_is_given_once_and_not_deferred_after() -> None:
    history = given(*DETAINED, a_notice())
    history.when(a_notice()).refused("already_registered", field="notified_on")
    history.when(a_deferral()).refused("already_registered", field="deferred_on")


@proves(give_measure_notice, 4)
@proves(deliver_person, 4)
def test_nobody_is_told_or_delivered_before_the_measure() -> None:
    early = a_notice(notified_on=DAY, notified_at=at(1, 9, 29))
    given(*DETAINED).when(early).refused("impossible_date", field="notified_at")
    other = a_notice(notified_on=DAY)
    given(*DETAINED).when(other).refused("impossible_date", field="notified_at")
    sooner = a_delivery(delivered_at=at(1, 9, 29))
    given(*CUSTODY).when(sooner).refused("impossible_date", field="delivered_at")


def test_a_notice_that_would_hinder_the_investigation_waits() -> None:
    told = stated(a_deferral(), MeasureNoticeDeferred, organ=ORGAN)
    office = given(*DETAINED).when(a_deferral()).then(told)
    assert office.look(Kind.MEASURE, MEASURE).obstacle == "串供"
    given(*DETAINED, a_deferral()).when(a_notice()).then(
        stated(a_notice(), MeasureNoticeGiven, organ=ORGAN)
    )


@proves(defer_measure_notice, 3)
def test_a_notice_waits_only_for_an_obstacle_of_the_law() -> None:
    act = a_deferral(obstacle="工作忙")
    given(*DETAINED).when(act).refused("unknown_code", field="obstacle")


@proves(defer_measure_notice, 5)
def test_a_notice_is_not_deferred_before_the_measure() -> None:
    act = a_deferral(deferred_on=JUNE)
    given(*DETAINED).when(act).refused("impossible_date", field="deferred_on")


@proves(deliver_person, 3)
def test_a_person_in_custody_is_delivered_once() -> None:
    told = stated(a_delivery(), PersonDelivered, organ=ORGAN)
    given(*CUSTODY).when(a_delivery()).then(told)
    history = given(*CUSTODY, a_delivery())
    history.when(a_delivery()).refused("already_registered", field="delivered_on")


def test_a_request_to_change_is_answered_with_reasons() -> None:
    more = {"person": PERSON, "organ": ORGAN, "change_requests": 1}
    asked = stated(a_change_request(), MeasureChangeRequested, **more)
    given(*DETAINED).when(a_change_request()).then(asked)
    told = stated(an_answer(), MeasureChangeAnswered, organ=ORGAN, change_answers=1)
    given(*DETAINED, a_change_request()).when(an_answer()).then(told)
    again = a_change_request(change_requested_on=date(2025, 8, 1))
    office = given(*DETAINED, a_change_request(), an_answer(), again).office
    assert office.look(Kind.MEASURE, MEASURE).change_requests == 2


@proves(request_measure_change, 3)
def test_a_request_waits_for_the_answer_to_the_last() -> None:
    history = given(*DETAINED, a_change_request())
    history.when(a_change_request()).refused("already_registered", field="change_requested_on")


@proves(request_measure_change, 4)
def test_a_change_is_not_asked_for_before_the_measure() -> None:
    act = a_change_request(change_requested_on=JUNE)
    given(*DETAINED).when(act).refused("impossible_date", field="change_requested_on")


@proves(answer_measure_change, 2)
def test_what_nobody_asked_is_not_answered() -> None:
    given(*DETAINED).when(an_answer()).refused("missing_reference", field="number")


@proves(answer_measure_change, 3)
def test_a_refusal_to_change_gives_its_reasons() -> None:
    for reason in (None, " "):
        history = given(*DETAINED, a_change_request())
        history.when(an_answer(reason=reason)).refused("required", field="reason")
    yes = an_answer(granted=True, reason=None)
    told = stated(yes, MeasureChangeAnswered, organ=ORGAN, change_answers=1)
    given(*DETAINED, a_change_request()).when(yes).then(told)


@proves(answer_measure_change, 4)
def test_a_request_is_not_answered_before_it_was_made() -> None:
    act = an_answer(answered_on=date(2025, 7, 9))
    given(*DETAINED, a_change_request()).when(act).refused("impossible_date", field="answered_on")


@proves(file_measure_for_record, 2)
@proves(file_measure_for_record, 3)
def test_a_province_files_a_detention_with_the_nation_once() -> None:
    told = stated(a_record(), MeasureFiledForRecord, organ=PROVINCE)
    given(*of_level(PROVINCE)).when(a_record()).then(told)
    history = given(*of_level(PROVINCE), a_record())
    history.when(a_record()).refused("already_registered", field="recorded_on")
    given(*DETAINED).when(a_record()).refused("not_needed", field="number")


@proves(file_measure_for_record, 4)
def test_a_detention_is_not_filed_before_it_began() -> None:
    act = a_record(recorded_on=JUNE)
    given(*of_level(PROVINCE)).when(act).refused("impossible_date", field="recorded_on")


# -- the end of a measure ----------------------------------------------------------------------


@proves(find_property_irrelevant, 2)
@proves(find_property_irrelevant, 3)
@proves(find_property_irrelevant, 4)
def test_property_that_has_nothing_to_do_with_the_case_is_found_so_once() -> None:
    told = stated(irrelevant(), PropertyFoundIrrelevant, organ=ORGAN)
    given(*FROZEN).when(irrelevant()).then(told)
    history = given(*FROZEN, irrelevant())
    history.when(irrelevant()).refused("already_registered", field="irrelevant_on")
    given(*DETAINED).when(irrelevant()).refused("not_property", field="number")
    early = irrelevant(irrelevant_on=JUNE)
    given(*FROZEN).when(early).refused("impossible_date", field="irrelevant_on")


def note(name: str, on: date, ended_at: str | None, person: str | None = PERSON) -> Any:
    return CaseMeasureNoted(
        number=CASE,
        organ=ORGAN,
        noted_on=on,
        measure=MEASURE,
        measure_kind=name,
        measured=person,
        began_at=None,
        ended_at=ended_at,
        ended=True,
    )


def test_a_measure_is_lifted_and_its_case_says_so() -> None:
    told = stated(lifted(), MeasureLifted, kind="冻结", organ=ORGAN)
    office = given(*FROZEN).when(lifted()).then(told, note("冻结", lifted().lifted_on, None, None))
    (held,) = office.look(Kind.CASE, CASE).measures
    assert (held.began_on, held.ended_on) == (DAY, date(2025, 7, 22))


@proves(lift_measure, 2)
def test_a_compelled_appearance_ends_at_an_instant() -> None:
    given(*COMPELLED).when(lifted(lifted_on=DAY)).refused("required", field="lifted_at")
    other = lifted(lifted_on=DAY, lifted_at=at(2, 9))
    given(*COMPELLED).when(other).refused("impossible_date", field="lifted_at")


@proves(lift_measure, 3)
def test_a_measure_is_not_lifted_before_it_began() -> None:
    given(*FROZEN).when(lifted(lifted_on=JUNE)).refused("impossible_date", field="lifted_on")
    early = lifted(lifted_on=DAY, lifted_at=at(1, 9))
    given(*COMPELLED).when(early).refused("impossible_date", field="lifted_at")


AWAITING = a_measure("责令候查", number="CS2", approved_on=date(2025, 7, 4))


def test_a_detention_changes_into_awaiting_inquiry() -> None:
    act = changed("CS2")
    told = stated(act, MeasureChanged, kind="留置", organ=ORGAN)
    given(*DETAINED, AWAITING).when(act).then(told, note("留置", act.changed_on, None))


@proves(change_measure, 2)
def test_what_takes_a_measures_place_is_approved_first() -> None:
    given(*DETAINED).when(changed("CS2")).refused("missing_reference", field="successor")


@proves(change_measure, 3)
def test_a_measure_changes_only_as_the_law_allows() -> None:
    custody = a_measure("管护", number="CS2", approved_on=date(2025, 7, 4))
    given(*DETAINED, custody).when(changed("CS2")).refused("not_changeable", field="successor")
    given(*FROZEN, AWAITING).when(changed("CS2")).refused("not_changeable", field="successor")


@proves(change_measure, 4)
def test_a_measure_does_not_change_into_one_that_ended() -> None:
    over = (
        carried_out(number="CS2", carried_out_on=date(2025, 7, 4), carried_out_at=None),
        lifted(number="CS2", lifted_on=date(2025, 7, 5)),
    )
    given(*DETAINED, AWAITING, *over).when(changed("CS2")).refused("wrong_stage", field="successor")


@proves(change_measure, 5)
def test_a_measure_does_not_change_into_one_of_another_person() -> None:
    other = a_measure("责令候查", number="CS2", person="RY002", approved_on=date(2025, 7, 4))
    history = given(*DETAINED, a_person(number="RY002", name="李某"), other)
    history.when(changed("CS2")).refused("other_person", field="successor")


@proves(change_measure, 6)
def test_a_compelled_appearance_changes_at_an_instant() -> None:
    history = given(*COMPELLED, a_measure("管护", number="CS2"))
    act = changed("CS2", changed_on=DAY)
    history.when(act).refused("required", field="changed_at")
    early = changed("CS2", changed_on=DAY, changed_at=at(1, 9))
    history.when(early).refused("impossible_date", field="changed_at")


@proves(change_measure, 7)
def test_a_measure_is_not_changed_before_it_or_the_other_began() -> None:
    history = given(*DETAINED, AWAITING)
    for day in (JUNE, date(2025, 7, 3)):
        history.when(changed("CS2", changed_on=day)).refused("impossible_date", field="changed_on")
