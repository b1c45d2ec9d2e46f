"""立案: filing, review, closing, transfer to the procuratorate."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from domain.cases.case import (
    CaseClosed,
    CaseFiled,
    CaseSentToReview,
    CaseTransferredToProcuratorate,
)
from domain.cases.case_file import CaseFile
from domain.cases.decisions import (
    CloseCase,
    SendCaseToReview,
    TransferCaseToProcuratorate,
    check_case,
    close_case,
    file_case,
    send_case_to_review,
    transfer_case_to_procuratorate,
)
from domain.fields import field_index
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import (
    CASE,
    EVERYONE,
    FILED,
    FILED_CASE,
    LEAD,
    ORGAN,
    a_case,
    a_lead,
    a_person,
    a_unit,
    an_organ,
)

#: Each later act of a case: its command, its event, and the day both carry.
STEPS = [
    pytest.param(SendCaseToReview, CaseSentToReview, "sent_to_review_on", id="移送审理"),
    pytest.param(CloseCase, CaseClosed, "closed_on", id="结案"),
    pytest.param(
        TransferCaseToProcuratorate,
        CaseTransferredToProcuratorate,
        "transferred_on",
        id="移送检察机关",
    ),
]
Make = Callable[..., Any]


def test_a_case_is_filed() -> None:
    office = given(*EVERYONE, a_lead()).when(a_case()).then(stated(a_case(), CaseFiled))
    known = field_index(CaseFiled).names
    unknown = {name: None for name in field_index(CaseFile).names if name not in known}
    nobody = dict.fromkeys(("investigators", "reviewers", "teams", "recusals", "measures"), ())
    assert office.look(Kind.CASE, CASE) == stated(a_case(), CaseFile, **(unknown | nobody))


def test_a_case_may_be_filed_without_a_lead() -> None:
    act = a_case(lead=None)
    given(*EVERYONE).when(act).then(stated(act, CaseFiled))


@proves(file_case, 1)
def test_a_number_of_a_case_is_filed_once() -> None:
    given(*FILED_CASE).when(a_case()).refused("already_registered", field="number")


@proves(file_case, 2)
@proves(check_case, 1)
def test_filing_on_an_unknown_lead_is_refused() -> None:
    given(*EVERYONE).when(a_case()).refused("missing_reference", field="lead")


@proves(check_case, 1)
def test_filing_against_an_unknown_person_is_refused() -> None:
    history = given(an_organ(), a_lead(persons=()))
    history.when(a_case()).refused("missing_reference", field="person")


@proves(check_case, 1)
def test_filing_by_an_unknown_organ_is_refused() -> None:
    act = a_case(lead=None)
    given(a_unit(), a_person()).when(act).refused("missing_reference", field="organ")


@proves(check_case, 2)
def test_filing_with_a_rank_outside_the_six_bands_is_refused() -> None:
    act = a_case(rank="正科")
    given(*EVERYONE, a_lead()).when(act).refused("unknown_code", field="rank")


@proves(check_case, 3)
def test_filing_before_the_lead_was_received_is_refused() -> None:
    act = a_case(filed_on=date(2021, 2, 28))
    given(*EVERYONE, a_lead()).when(act).refused("impossible_date", field="filed_on")


@pytest.mark.parametrize(("command", "event", "day"), STEPS)
def test_a_filed_case_takes_its_next_step(command: Make, event: Make, day: str) -> None:
    act = command(number=CASE, **{day: FILED})
    happened = event(number=CASE, organ=ORGAN, **{day: FILED})
    office = given(*FILED_CASE).when(act).then(happened)
    assert getattr(office.look(Kind.CASE, CASE), day) == FILED


@proves(send_case_to_review, 1)
@proves(close_case, 1)
@proves(transfer_case_to_procuratorate, 1)
@pytest.mark.parametrize(("command", "event", "day"), STEPS)
def test_a_step_of_an_unknown_case_is_refused(command: Make, event: Make, day: str) -> None:
    act = command(number="AJ9999", **{day: FILED})
    given(*FILED_CASE).when(act).refused("missing_reference", field="number")


@proves(send_case_to_review, 1)
@proves(close_case, 1)
@proves(transfer_case_to_procuratorate, 1)
@pytest.mark.parametrize(("command", "event", "day"), STEPS)
def test_a_step_is_taken_once(command: Make, event: Make, day: str) -> None:
    first = command(number=CASE, **{day: FILED})
    again = command(number=CASE, **{day: date(2021, 9, 9)})
    given(*FILED_CASE, first).when(again).refused("already_registered", field=day)


@proves(send_case_to_review, 2)
@proves(close_case, 2)
@proves(transfer_case_to_procuratorate, 2)
@proves(check_case, 4)
@pytest.mark.parametrize(("command", "event", "day"), STEPS)
def test_a_step_before_the_filing_is_refused(command: Make, event: Make, day: str) -> None:
    act = command(number=CASE, **{day: date(2021, 3, 31)})
    given(*FILED_CASE).when(act).refused("impossible_date", field=day)


def test_the_steps_of_a_case_come_in_any_order_and_leave_each_other_alone() -> None:
    steps = (
        TransferCaseToProcuratorate(number=CASE, transferred_on=date(2021, 8, 1)),
        CloseCase(number=CASE, closed_on=date(2021, 7, 1)),
        SendCaseToReview(number=CASE, sent_to_review_on=date(2021, 5, 1)),
    )
    case = given(*FILED_CASE, *steps).office.look(Kind.CASE, CASE)
    days = (case.sent_to_review_on, case.closed_on, case.transferred_on)
    assert days == (date(2021, 5, 1), date(2021, 7, 1), date(2021, 8, 1))
    assert case.lead == LEAD
