"""谈话函询: inquiries, replies, talks, the report, and the ways it ends."""

from datetime import date

import pytest

from domain.leads.lead_file import Inquiry, Talk
from domain.leads.steps import (
    InquiryReplied,
    InquirySent,
    LeadClosedAfterTalk,
    TalkInquiryConcluded,
    TalkInquiryReported,
    TalkRecorded,
)
from domain.leads.talks import (
    close_lead_after_talk,
    conclude_talk_inquiry,
    receive_inquiry_reply,
    record_talk,
    report_talk_inquiry,
    send_inquiry,
)
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.leads import samples as c
from tests.domain.leads.test_disposal import concluded, handled, stage_of
from tests.domain.proof import proves
from tests.domain.samples import ORGAN, PERSON, a_person

OTHER = a_person(number="RY002", name="李小红", unit=None)


@proves(send_inquiry, 1)
def test_an_inquiry_is_sent_and_replied_to() -> None:
    office = given(*c.TALKING).when(c.inquire()).then(stated(c.inquire(), InquirySent, organ=ORGAN))
    office = (
        given(*c.TALKING, c.inquire())
        .when(c.reply())
        .then(stated(c.reply(), InquiryReplied, organ=ORGAN))
    )
    assert office.look(Kind.LEAD, c.LEAD).inquiries == (
        Inquiry(person=PERSON, delivered_on=date(2024, 3, 18), replied_on=date(2024, 3, 28)),
    )


@proves(send_inquiry, 1, 2, 3)
def test_an_inquiry_goes_to_one_whom_the_lead_names_while_it_is_talked_about() -> None:
    given(*c.VERIFYING).when(c.inquire()).refused("wrong_stage", field="lead")
    stranger = c.inquire(person="RY002")
    given(OTHER, *c.TALKING).when(stranger).refused("not_named", field="person")
    early = c.inquire(delivered_on=date(2024, 3, 14))
    given(*c.TALKING).when(early).refused("impossible_date", field="delivered_on")
    again = c.inquire(delivered_on=date(2024, 3, 20))
    given(*c.TALKING, c.inquire()).when(again).refused("already_registered", field="person")
    given(*c.TALKING, c.inquire(), c.reply()).when(again).then(
        stated(again, InquirySent, organ=ORGAN)
    )


@proves(receive_inquiry_reply, 1, 2)
def test_a_reply_answers_an_inquiry() -> None:
    given(*c.TALKING).when(c.reply()).refused("missing_reference", field="person")
    once = (*c.TALKING, c.inquire(), c.reply())
    given(*once).when(c.reply()).refused("missing_reference", field="person")
    given(*c.HELD).when(c.reply()).refused("wrong_stage", field="lead")


@proves(receive_inquiry_reply, 3)
@pytest.mark.parametrize("signed", [None, ""])
def test_a_reply_is_countersigned_by_the_head_of_the_party_organisation(signed: str | None) -> None:
    history = given(*c.TALKING, c.inquire())
    act = c.reply(countersigned_by=signed)
    refusal = history.when(act).refused("not_countersigned", field="countersigned_by")
    assert refusal.provision == "《监督执纪工作规则》第29条"


@proves(receive_inquiry_reply, 4)
def test_a_reply_does_not_come_before_the_inquiry() -> None:
    act = c.reply(replied_on=date(2024, 3, 17))
    given(*c.TALKING, c.inquire()).when(act).refused("impossible_date", field="replied_on")


@proves(record_talk, 1, 2)
def test_a_talk_is_recorded() -> None:
    office = given(*c.TALKING).when(c.talk()).then(stated(c.talk(), TalkRecorded, organ=ORGAN))
    assert office.look(Kind.LEAD, c.LEAD).talks == (Talk(person=PERSON, talked_on=c.TALKED),)
    given(*c.RECEIVED_LEAD).when(c.talk()).refused("wrong_stage", field="lead")
    given(*c.TALKING).when(c.talk(person="RY002")).refused("not_named", field="person")
    early = c.talk(talked_on=date(2024, 3, 14))
    given(*c.TALKING).when(early).refused("impossible_date", field="talked_on")


@proves(report_talk_inquiry, 1)
def test_a_talk_is_reported() -> None:
    act = c.report_talk()
    event = stated(act, TalkInquiryReported, organ=ORGAN, reported_handling=c.DECIDED)
    office = given(*c.TALKING, c.talk()).when(act).then(event)
    assert stage_of(office) == "talk_reported"
    given(*c.TALK_REPORTED).when(act).refused("wrong_stage", field="lead")


@proves(report_talk_inquiry, 2, 3)
def test_there_is_something_to_report_and_it_is_over() -> None:
    history = given(*c.TALKING, c.inquire())
    history.when(c.report_talk()).refused("nothing_to_report", field="reported_on")
    early = c.report_talk(reported_on=date(2024, 3, 27))
    answered = given(*c.TALKING, c.inquire(), c.reply())
    answered.when(early).refused("impossible_date", field="reported_on")
    event = stated(c.report_talk(), TalkInquiryReported, organ=ORGAN, reported_handling=c.DECIDED)
    answered.when(c.report_talk()).then(event)


def test_a_talk_of_an_earlier_handling_is_nothing_to_report_again() -> None:
    again = (*c.TALK_REPORTED, c.conclude_talk(result="再次谈话函询"))
    act = c.report_talk(reported_on=date(2024, 5, 1))
    given(*again).when(act).refused("nothing_to_report", field="reported_on")


@proves(close_lead_after_talk, 1, 4)
def test_a_lead_is_closed_because_the_person_is_believed() -> None:
    act = c.believe()
    office = (
        given(*c.TALK_REPORTED)
        .when(act)
        .then(
            stated(act, LeadClosedAfterTalk, organ=ORGAN),
            concluded(outcome="采信了结"),
        )
    )
    assert stage_of(office) == "closed"
    given(*c.TALKING).when(act).refused("wrong_stage", field="lead")


@proves(close_lead_after_talk, 2, 3)
def test_a_closing_after_talk_is_approved_and_in_order() -> None:
    history = given(*c.TALK_REPORTED)
    head = c.believe(approver_role="承办部门负责人")
    history.when(head).refused("not_authorised", field="approver_role")
    early = c.believe(closed_on=date(2024, 3, 14))
    history.when(early).refused("impossible_date", field="closed_on")
    due = c.believe(feedback_due_on=date(2024, 4, 14))
    history.when(due).refused("impossible_date", field="feedback_due_on")


@proves(conclude_talk_inquiry, 1, 4)
@pytest.mark.parametrize("result", ["谈话提醒", "批评教育", "责令检查", "诫勉"])
def test_a_talk_ends_with_the_first_form(result: str) -> None:
    act = c.conclude_talk(result=result)
    office = (
        given(*c.TALK_REPORTED)
        .when(act)
        .then(
            stated(act, TalkInquiryConcluded, organ=ORGAN, decided_on=c.DECIDED),
            concluded(outcome=result),
        )
    )
    assert stage_of(office) == "concluded"


@proves(conclude_talk_inquiry, 1, 2, 4)
def test_a_result_is_decided_on_a_report_and_is_one_there_is() -> None:
    given(*c.TALKING).when(c.conclude_talk()).refused("wrong_stage", field="lead")
    filed = c.conclude_talk(result="拟立案审查调查")
    given(*c.TALK_REPORTED).when(filed).refused("unknown_code", field="result")
    early = c.conclude_talk(concluded_on=date(2024, 3, 14))
    given(*c.TALK_REPORTED).when(early).refused("impossible_date", field="concluded_on")


@proves(conclude_talk_inquiry, 3)
def test_the_first_form_is_approved_by_the_principal() -> None:
    deputy = c.conclude_talk(approver_role=c.DEPUTY)
    refusal = given(*c.TALK_REPORTED).when(deputy).refused("not_authorised", field="approver_role")
    assert refusal.provision == "《监督执纪工作规则》（2018）第30条"
    further = c.conclude_talk(approver_role=c.DEPUTY, result="转初步核实")
    assert stage_of(given(*c.TALK_REPORTED, further).office) == "verification"


@proves(conclude_talk_inquiry, 5)
@pytest.mark.parametrize(
    ("result", "method", "reached"),
    [
        ("再次谈话函询", "谈话函询", "talk_inquiry"),
        ("转初步核实", "初步核实", "verification"),
    ],
)
def test_a_talk_leads_to_a_further_handling_of_the_same_lead(
    result: str, method: str, reached: str
) -> None:
    act = c.conclude_talk(result=result)
    office = (
        given(*c.TALK_REPORTED)
        .when(act)
        .then(
            stated(act, TalkInquiryConcluded, organ=ORGAN, decided_on=c.DECIDED),
            concluded(outcome=result),
            handled(method=method, decided_on=c.CONCLUDED),
        )
    )
    assert stage_of(office) == reached
    same_day = c.conclude_talk(result=result, concluded_on=c.DECIDED)
    given(*c.TALK_REPORTED).when(same_day).refused("already_registered", field="decided_on")
