"""线索的流转: assigned, transferred, sent out, split, merged; outcomes for each person."""

from datetime import date

from domain.leads.lead import Lead, LeadRegistered
from domain.leads.lead_file import PersonOutcome
from domain.leads.merging import merge_lead, split_lead
from domain.leads.movements import (
    ConcludedForPerson,
    LeadAbsorbed,
    LeadAssigned,
    LeadMerged,
    LeadSentOut,
    LeadSplit,
    LeadTransferAccepted,
    LeadTransferred,
    LeadWithdrawn,
)
from domain.leads.routing import (
    accept_transferred_lead,
    assign_lead,
    conclude_for_person,
    send_lead_out,
    transfer_lead,
    withdraw_lead,
)
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.leads import samples as c
from tests.domain.leads.test_disposal import stage_of
from tests.domain.proof import proves
from tests.domain.samples import EVERYONE, ORGAN, PERSON, a_correction, a_person

TRANSFERRED = LeadTransferred(
    lead=c.LEAD,
    organ=c.OTHER_ORGAN,
    transferred_on=date(2024, 3, 5),
    transferred_from=ORGAN,
    department=None,
    handler=None,
    source="监督检查发现",
    source_number=None,
    received_on=c.RECEIVED,
    persons=(PERSON,),
    category="违反中央八项规定精神",
)


@proves(assign_lead, 1, 2)
def test_a_lead_is_assigned_to_a_department_and_a_handler() -> None:
    event = stated(c.assign(), LeadAssigned, organ=ORGAN)
    office = given(*c.RECEIVED_LEAD).when(c.assign()).then(event)
    lead = office.look(Kind.LEAD, c.LEAD)
    assert (lead.department, lead.handler) == ("第二纪检监察室", "经办甲")
    early = c.assign(assigned_on=date(2024, 2, 29))
    given(*c.RECEIVED_LEAD).when(early).refused("before_receipt", field="assigned_on")
    given(*c.CLOSED).when(c.assign()).refused("wrong_stage", field="lead")
    given(*EVERYONE).when(c.assign()).refused("missing_reference", field="lead")


@proves(transfer_lead, 1)
def test_a_lead_moves_to_the_organ_it_is_transferred_to() -> None:
    office = given(*c.RECEIVED_LEAD, c.assign()).when(c.transfer()).then(TRANSFERRED)
    lead = office.look(Kind.LEAD, c.LEAD)
    assert (lead.organ, lead.department, lead.handler) == (c.OTHER_ORGAN, None, None)
    assert stage_of(office) == "transferred"
    given(*c.PROPOSED_LEAD).when(c.transfer()).refused("wrong_stage", field="lead")


@proves(transfer_lead, 1)
def test_the_receiver_may_transfer_a_lead_on() -> None:
    back = c.transfer(organ=ORGAN, transferred_on=date(2024, 3, 7))
    office = given(*c.RECEIVED_LEAD, c.transfer(), back).office
    assert office.look(Kind.LEAD, c.LEAD).organ == ORGAN
    assert stage_of(office) == "transferred"


@proves(transfer_lead, 2, 3, 4)
def test_a_lead_is_transferred_to_another_organ_before_it_is_handled() -> None:
    history = given(*c.RECEIVED_LEAD)
    history.when(c.transfer(organ="JW99")).refused("missing_reference", field="organ")
    history.when(c.transfer(organ=ORGAN)).refused("nothing_changed", field="organ")
    early = c.transfer(transferred_on=date(2024, 2, 29))
    history.when(early).refused("before_receipt", field="transferred_on")
    late = c.transfer(transferred_on=date(2024, 8, 1))
    given(*c.CLOSED, c.reopen()).when(late).refused("already_handled", field="lead")
    back = c.transfer(organ=ORGAN, transferred_on=date(2024, 3, 8))
    accepted = given(*c.RECEIVED_LEAD, c.transfer(), c.accept())
    accepted.when(back).refused("impossible_date", field="transferred_on")


@proves(accept_transferred_lead, 1, 2)
def test_a_transferred_lead_is_accepted_and_waits_for_its_disposal() -> None:
    event = stated(c.accept(), LeadTransferAccepted, organ=c.OTHER_ORGAN)
    office = given(*c.RECEIVED_LEAD, c.transfer()).when(c.accept()).then(event)
    assert stage_of(office) == "received"
    given(*c.RECEIVED_LEAD).when(c.accept()).refused("wrong_stage", field="lead")
    early = c.accept(transfer_accepted_on=date(2024, 3, 4))
    moved = given(*c.RECEIVED_LEAD, c.transfer())
    moved.when(early).refused("impossible_date", field="transfer_accepted_on")


def test_the_organ_of_a_transferred_lead_is_corrected_from_what_it_is_now() -> None:
    act = a_correction(Kind.LEAD, c.LEAD, "organ", was=c.OTHER_ORGAN, now=ORGAN)
    office = given(*c.RECEIVED_LEAD, c.transfer(), c.accept(), act).office
    lead = office.look(Kind.LEAD, c.LEAD)
    assert (lead.organ, lead.transferred_on) == (ORGAN, date(2024, 3, 5))


@proves(send_lead_out, 1, 2)
def test_a_lead_leaves_the_ledger() -> None:
    event = stated(c.send_out(), LeadSentOut, organ=ORGAN)
    office = given(*c.RECEIVED_LEAD).when(c.send_out()).then(event)
    assert stage_of(office) == "sent_out"
    given(*c.TALKING).when(c.send_out()).refused("wrong_stage", field="lead")
    early = c.send_out(sent_out_on=date(2024, 2, 29))
    given(*c.RECEIVED_LEAD).when(early).refused("before_receipt", field="sent_out_on")


@proves(split_lead, 1)
def test_a_lead_is_split_into_leads_of_the_same_source_and_receipt() -> None:
    part = stated(
        c.a_part(),
        LeadRegistered,
        source="监督检查发现",
        source_number=None,
        received_on=c.RECEIVED,
        organ=ORGAN,
        department=None,
    )
    split = LeadSplit(lead=c.LEAD, organ=ORGAN, split_on=date(2024, 3, 4), split_into=(c.SECOND,))
    office = given(*c.RECEIVED_LEAD).when(c.split()).then(split, part)
    assert office.look(Kind.LEAD, c.SECOND).persons == (PERSON,)
    third = c.split(c.a_part(number="XS-L-03"))
    office = given(*c.RECEIVED_LEAD, c.split(), third).office
    assert office.look(Kind.LEAD, c.LEAD).split_into == (c.SECOND, "XS-L-03")
    given(*c.CLOSED).when(c.split()).refused("wrong_stage", field="lead")


@proves(split_lead, 2, 3, 4)
def test_the_parts_of_a_lead_are_new_and_name_whom_the_ledger_knows() -> None:
    history = given(*c.RECEIVED_LEAD)
    nothing = c.split().__class__(lead=c.LEAD, split_on=date(2024, 3, 4), parts=())
    history.when(nothing).refused("required", field="parts")
    twice = c.split(c.a_part(), c.a_part())
    history.when(twice).refused("already_registered", field="parts")
    known = c.split(c.a_part(number=c.LEAD))
    history.when(known).refused("already_registered", field="parts")
    stranger = c.split(c.a_part(persons=(PERSON, "RY999")))
    history.when(stranger).refused("missing_reference", field="parts")
    early = c.split(split_on=date(2024, 2, 29))
    history.when(early).refused("before_receipt", field="split_on")


TWO = (*c.RECEIVED_LEAD, c.a_lead(number=c.SECOND, received_on=date(2024, 3, 12)))


@proves(merge_lead, 1)
def test_a_repeat_is_merged_into_the_lead_that_goes_on() -> None:
    absorbed = LeadAbsorbed(
        lead=c.LEAD, organ=ORGAN, absorbed_on=date(2024, 3, 20), absorbed=(c.SECOND,)
    )
    office = (
        given(*TWO, c.propose(), c.approve())
        .when(c.merge())
        .then(stated(c.merge(), LeadMerged, organ=ORGAN), absorbed)
    )
    assert stage_of(office, c.SECOND) == "merged"
    assert stage_of(office) == "talk_inquiry"
    again = c.merge(merged_on=date(2024, 3, 21))
    given(*TWO, c.merge()).when(again).refused("wrong_stage", field="lead")


@proves(merge_lead, 2, 3, 4)
def test_a_lead_is_merged_into_another_open_one_of_the_same_organ() -> None:
    history = given(*TWO)
    history.when(c.merge(merged_into=c.SECOND)).refused("nothing_changed", field="merged_into")
    history.when(c.merge(merged_into="XS-L-99")).refused("missing_reference", field="merged_into")
    elsewhere = given(*TWO, c.transfer(), c.accept())
    elsewhere.when(c.merge()).refused("not_applicable", field="merged_into")
    ended = given(*TWO, c.UNCHECKED, c.approve())
    ended.when(c.merge()).refused("wrong_stage", field="merged_into")
    early = c.merge(merged_on=date(2024, 3, 11))
    history.when(early).refused("before_receipt", field="merged_on")


SECOND_PERSON = "RY002"
NAMING_TWO = (
    *EVERYONE,
    a_person(number=SECOND_PERSON),
    c.a_lead(persons=(PERSON, SECOND_PERSON)),
    c.propose(),
    c.approve(),
    c.talk(),
    c.report_talk(),
)


@proves(conclude_for_person, 1, 2, 3)
def test_each_person_of_a_lead_has_an_outcome_of_its_own() -> None:
    first, second = c.for_person(), c.for_person(person=SECOND_PERSON, person_outcome="了结")
    event = stated(second, ConcludedForPerson, organ=ORGAN)
    office = given(*NAMING_TWO, first).when(second).then(event)
    assert [each.person_outcome for each in office.look(Kind.LEAD, c.LEAD).outcomes] == [
        "第一种形态处理",
        "了结",
    ]
    assert office.look(Kind.LEAD, c.LEAD).outcomes[1] == stated(second, PersonOutcome)
    given(*NAMING_TWO, c.conclude_talk()).when(first).then(
        stated(first, ConcludedForPerson, organ=ORGAN)
    )


@proves(conclude_for_person, 1, 2, 3, 4)
def test_an_outcome_is_told_once_of_one_whom_the_lead_names_after_the_handling() -> None:
    given(*c.TALKING).when(c.for_person()).refused("wrong_stage", field="lead")
    history = given(*NAMING_TWO, c.for_person())
    history.when(c.for_person()).refused("already_registered", field="person")
    stranger = c.for_person(person="RY003")
    history.when(stranger).refused("not_named", field="person")
    unknown = c.for_person(person=SECOND_PERSON, person_outcome="表扬")
    history.when(unknown).refused("unknown_code", field="person_outcome")
    early = c.for_person(person=SECOND_PERSON, person_concluded_on=date(2024, 3, 14))
    history.when(early).refused("impossible_date", field="person_concluded_on")


@proves(withdraw_lead, 1)
def test_a_lead_registered_by_mistake_is_withdrawn_and_no_longer_corrected() -> None:
    act = c.withdraw()
    before = stated(c.a_lead(), Lead, handlings=())
    event = stated(act, LeadWithdrawn, organ=ORGAN, before=before)
    office = given(*c.RECEIVED_LEAD).when(act).then(event)
    assert stage_of(office) == "withdrawn"
    again = a_correction(Kind.LEAD, c.LEAD, "category", was="违反中央八项规定精神", now=None)
    given(*c.RECEIVED_LEAD, act).when(again).refused("not_correctable", field="target")
    given(*c.RECEIVED_LEAD, act).when(act).refused("wrong_stage", field="lead")
    given(*c.TALKING).when(act).refused("wrong_stage", field="lead")


@proves(withdraw_lead, 2, 3, 4)
def test_what_was_done_on_a_lead_stays_done() -> None:
    late = c.withdraw(withdrawn_on=date(2024, 8, 1))
    given(*c.CLOSED, c.reopen()).when(late).refused("already_handled", field="lead")
    given(*c.RECEIVED_LEAD, c.split()).when(late).refused("already_handled", field="lead")
    given(*TWO, c.merge()).when(late).refused("already_handled", field="lead")
    history = given(*c.RECEIVED_LEAD)
    history.when(c.withdraw(basis=" ")).refused("required", field="basis")
    early = c.withdraw(withdrawn_on=date(2024, 2, 29))
    history.when(early).refused("before_receipt", field="withdrawn_on")
