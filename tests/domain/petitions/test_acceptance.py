"""信访举报: repeats, acceptance, transfer, return, split; what is handed straight up."""

from datetime import date
from typing import Any

import pytest

from domain.fields import field_index
from domain.petitions.decisions import (
    accept_petition,
    answer_petition_transfer,
    mark_petition_repeat,
    notify_petition_acceptance,
    return_petition,
    split_petition,
    transfer_petition,
)
from domain.petitions.handed_up import HandedUpReport, ReportHandedUp, hand_up_report
from domain.petitions.lifecycle import stage
from domain.petitions.petition_file import (
    PetitionAcceptanceNotified,
    PetitionAccepted,
    PetitionMarkedRepeat,
    PetitionReturned,
    PetitionSplit,
    PetitionTransferAnswered,
    PetitionTransferred,
)
from domain.streams import Kind
from tests.domain.harness import Office, given, stated
from tests.domain.petitions import samples as p
from tests.domain.proof import proves
from tests.domain.samples import EVERYONE, ORGAN

TWO = (*p.RECEIVED_PETITION, p.a_repeat())
BY_ANOTHER = {"organ": ORGAN}


def stage_of(office: Office, number: str = p.PETITION) -> str:
    return stage(office.look(Kind.PETITION, number))


@proves(mark_petition_repeat, 1)
def test_a_repeat_is_kept_for_reference() -> None:
    event = stated(p.mark_repeat(), PetitionMarkedRepeat, organ=ORGAN)
    office = given(*TWO).when(p.mark_repeat()).then(event)
    assert stage_of(office, p.REPEAT) == "repeat"
    assert office.look(Kind.PETITION, p.REPEAT).repeat_of == p.PETITION


@proves(mark_petition_repeat, 1)
def test_what_was_turned_into_a_lead_is_no_repeat_any_more() -> None:
    first = p.a_petition(number="XS-P-00", received_on=date(2024, 2, 1))
    act = p.mark_repeat(number=p.PETITION, repeat_of="XS-P-00")
    given(*p.TURNED, first).when(act).refused("wrong_stage", field="number")
    given(*p.CONCLUDED_PETITION, first).when(act).refused("wrong_stage", field="number")


@proves(mark_petition_repeat, 2, 3)
def test_a_repeat_names_the_first_petition_received_before_it() -> None:
    history = given(*TWO)
    unknown = p.mark_repeat(repeat_of="XS-P-99")
    history.when(unknown).refused("missing_reference", field="repeat_of")
    itself = p.mark_repeat(repeat_of=p.REPEAT)
    history.when(itself).refused("nothing_changed", field="repeat_of")
    third = p.a_petition(number="XS-P-03", received_on=date(2024, 4, 1))
    of_repeat = p.mark_repeat(number="XS-P-03", repeat_of=p.REPEAT)
    marked = given(*TWO, p.mark_repeat(), third)
    marked.when(of_repeat).refused("not_applicable", field="repeat_of")
    later = p.mark_repeat(number=p.PETITION, repeat_of=p.REPEAT)
    history.when(later).refused("impossible_date", field="repeat_of")
    early = p.mark_repeat(marked_repeat_on=date(2024, 3, 19))
    history.when(early).refused("before_receipt", field="marked_repeat_on")


@proves(accept_petition, 1)
def test_an_accusation_is_accepted() -> None:
    event = stated(p.accept(), PetitionAccepted, organ=ORGAN)
    office = given(*p.RECEIVED_PETITION).when(p.accept()).then(event)
    assert stage_of(office) == "accepted"
    given(*p.ACCEPTED_PETITION).when(p.accept()).refused("wrong_stage", field="number")
    given(*EVERYONE).when(p.accept()).refused("missing_reference", field="number")


@proves(accept_petition, 1)
@pytest.mark.parametrize(
    "history",
    [(*EVERYONE, p.a_repeat(repeat=True)), (*TWO, p.mark_repeat())],
    ids=["received as a repeat", "found to be one"],
)
def test_a_repeat_is_not_accepted(history: tuple[Any, ...]) -> None:
    act = p.accept(number=p.REPEAT, accepted_on=date(2024, 4, 1))
    given(*history).when(act).refused("wrong_stage", field="number")


@proves(accept_petition, 2, 3)
def test_what_is_no_accusation_is_not_accepted_nor_anything_before_receipt() -> None:
    advice = (*EVERYONE, p.a_petition(category="批评建议"))
    given(*advice).when(p.accept()).refused("not_applicable", field="number")
    early = p.accept(accepted_on=date(2024, 2, 29))
    given(*p.RECEIVED_PETITION).when(early).refused("before_receipt", field="accepted_on")
    unknown = (*EVERYONE, p.a_petition(category=None))
    given(*unknown).when(p.accept()).then(stated(p.accept(), PetitionAccepted, organ=ORGAN))


@proves(notify_petition_acceptance, 1)
def test_a_named_reporter_is_told_of_the_acceptance() -> None:
    act = p.notify_acceptance()
    event = stated(act, PetitionAcceptanceNotified, organ=ORGAN)
    given(*p.ACCEPTED_PETITION).when(act).then(event)
    given(*p.TURNED).when(act).then(event)
    given(*p.RECEIVED_PETITION).when(act).refused("wrong_stage", field="number")
    unaccepted = (*p.RECEIVED_PETITION, p.a_lead(), p.turn())
    given(*unaccepted).when(act).refused("not_accepted", field="number")


@proves(notify_petition_acceptance, 2, 3)
def test_nobody_is_told_who_did_not_sign_nor_twice_nor_too_early() -> None:
    act = p.notify_acceptance()
    anonymous = (*EVERYONE, p.a_petition(signature="匿名"), p.accept())
    refusal = given(*anonymous).when(act).refused("not_named", field="number")
    assert refusal.provision == "《纪检监察机关处理检举控告工作规则》（2020）第26条"
    history = given(*p.ACCEPTED_PETITION)
    early = p.notify_acceptance(acceptance_notified_on=date(2024, 3, 4))
    history.when(early).refused("impossible_date", field="acceptance_notified_on")
    told = given(*p.ACCEPTED_PETITION, act)
    told.when(act).refused("already_registered", field="acceptance_notified_on")


@proves(transfer_petition, 1, 2)
def test_a_petition_is_transferred_to_the_organ_that_may_handle_it() -> None:
    event = stated(p.transfer(), PetitionTransferred, organ=ORGAN)
    office = given(*p.RECEIVED_PETITION).when(p.transfer()).then(event)
    assert stage_of(office) == "transferred"
    given(*p.TURNED).when(p.transfer()).refused("wrong_stage", field="number")
    early = p.transfer(transferred_on=date(2024, 2, 29))
    given(*p.RECEIVED_PETITION).when(early).refused("before_receipt", field="transferred_on")


@proves(answer_petition_transfer, 1, 2, 3)
def test_the_receiver_answers_a_transfer_once() -> None:
    event = stated(p.answer(), PetitionTransferAnswered, organ=ORGAN)
    moved = given(*p.RECEIVED_PETITION, p.transfer())
    early = p.answer(transfer_answered_on=date(2024, 3, 5))
    moved.when(early).refused("impossible_date", field="transfer_answered_on")
    unknown = p.answer(transfer_answer="不知道")
    moved.when(unknown).refused("unknown_code", field="transfer_answer")
    moved.when(p.answer()).then(event)
    moved.when(p.answer()).refused("already_registered", field="transfer_answered_on")
    given(*p.RECEIVED_PETITION).when(p.answer()).refused("wrong_stage", field="number")


@proves(return_petition, 1, 2)
def test_what_no_supervision_organ_may_handle_is_returned() -> None:
    event = stated(p.send_back(), PetitionReturned, organ=ORGAN)
    office = given(*p.RECEIVED_PETITION).when(p.send_back()).then(event)
    assert stage_of(office) == "returned"
    given(*p.ACCEPTED_PETITION).when(p.send_back()).refused("wrong_stage", field="number")
    early = p.send_back(returned_on=date(2024, 2, 29))
    given(*p.RECEIVED_PETITION).when(early).refused("before_receipt", field="returned_on")


@proves(split_petition, 1, 2)
def test_a_mixed_report_is_split_and_the_own_part_goes_on() -> None:
    event = stated(p.split(), PetitionSplit, organ=ORGAN)
    office = given(*p.RECEIVED_PETITION).when(p.split()).then(event)
    assert stage_of(office) == "received"
    assert stage_of(given(*p.RECEIVED_PETITION, p.split(), p.accept()).office) == "accepted"
    again = given(*p.RECEIVED_PETITION, p.split())
    again.when(p.split()).refused("already_registered", field="split_on")
    early = p.split(split_on=date(2024, 2, 29))
    given(*p.RECEIVED_PETITION).when(early).refused("before_receipt", field="split_on")
    given(*p.CONCLUDED_PETITION).when(p.split()).refused("wrong_stage", field="number")


@proves(hand_up_report, 1, 2, 3)
def test_a_report_is_handed_straight_up_without_being_entered() -> None:
    history = given(*EVERYONE)
    office = history.when(p.hand_up()).then(stated(p.hand_up(), ReportHandedUp))
    assert office.look(Kind.PETITION, p.HANDED_UP) is None
    assert office.look(Kind.HANDED_UP_REPORT, p.HANDED_UP) == stated(p.hand_up(), HandedUpReport)
    history.when(p.hand_up()).refused("already_registered", field="number")
    elsewhere = p.hand_up(number="XS-P-U2", organ="JW99")
    history.when(elsewhere).refused("missing_reference", field="organ")
    early = p.hand_up(number="XS-P-U2", handed_up_on=date(2024, 2, 29))
    history.when(early).refused("impossible_date", field="handed_up_on")


def test_nothing_of_what_a_report_says_can_be_kept_of_one_handed_up() -> None:
    index = field_index(ReportHandedUp)
    assert index.names == ("number", "organ", "received_on", "handed_up_on", "receiving_organ")
    assert index.personal == ()
