"""巡察移交 and 工作建议: what an inspection hands to others, and their answers."""

from datetime import date
from typing import Any

import pytest

from domain.inspections import transfer
from domain.inspections.suggestion_decisions import (
    evaluate_work_suggestion,
    reply_to_work_suggestion,
)
from domain.inspections.transfer_decisions import (
    accept_inspection_transfer,
    answer_inspection_transfer,
    transfer_inspection_matter,
)
from domain.inspections.work_suggestion import (
    LIFECYCLE,
    WorkSuggestionEvaluated,
    WorkSuggestionReplied,
)
from domain.streams import Kind
from tests.domain.harness import Office, given, stated
from tests.domain.inspections.samples import (
    EVERYONE,
    LOOKBACK,
    PARTIAL,
    TRANSFER,
    a_lookback,
    a_reply,
    a_transfer,
    an_acceptance,
    an_answer,
    an_evaluation,
)
from tests.domain.proof import proves
from tests.domain.samples import (
    LEAD,
    ORGAN,
    ROUND,
    SUGGESTION,
    a_lead,
    a_person,
    a_work_suggestion,
)

OF = {"round": ROUND, "organ": ORGAN}
FROM_ROUND = {"source": "巡察移交", "source_number": ROUND}
HANDED_OVER = (*EVERYONE, a_person(), a_lead(**FROM_ROUND), a_transfer())
ISSUED = (*EVERYONE, a_work_suggestion())


@proves(transfer_inspection_matter, 1, 2, 3, 4, 5, 6)
def test_a_matter_is_handed_over_accepted_and_answered() -> None:
    made = stated(a_transfer(), transfer.InspectionMatterTransferred, organ=ORGAN)
    given(*EVERYONE).when(a_transfer()).then(made)
    accepted = an_acceptance(lead=LEAD)
    happened = stated(accepted, transfer.InspectionTransferAccepted, **OF)
    office = given(*HANDED_OVER).when(accepted).then(happened)
    assert transfer.LIFECYCLE.stage(office.look(Kind.INSPECTION_TRANSFER, TRANSFER)) == "accepted"
    answered = stated(an_answer(), transfer.InspectionTransferAnswered, **OF)
    office = given(*HANDED_OVER, accepted).when(an_answer()).then(answered)
    found = office.look(Kind.INSPECTION_TRANSFER, TRANSFER)
    assert (found.lead, found.outcome) == (LEAD, "已立案")
    assert transfer.LIFECYCLE.stage(found) == "answered"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"round": "无"}, "missing_reference", "round"),
        ({"unit": "无"}, "missing_reference", "unit"),
        ({"category": "其它"}, "unknown_code", "category"),
        ({"category": "选人用人"}, "wrong_destination", "destination"),
        ({"destination": "组织部门"}, "wrong_destination", "destination"),
        ({"transferred_on": date(2021, 1, 31)}, "impossible_date", "transferred_on"),
        ({"persons": -1}, "impossible_number", "persons"),
    ],
)
@proves(transfer_inspection_matter, 2, 3, 4, 5, 6)
def test_a_transfer_that_cannot_be_is_refused(
    changes: dict[str, Any], code: str, field: str
) -> None:
    given(*EVERYONE).when(a_transfer(**changes)).refused(code, field=field)


@proves(transfer_inspection_matter, 1)
def test_a_number_of_a_transfer_is_used_once() -> None:
    given(*HANDED_OVER).when(a_transfer()).refused("already_registered", field="number")


@proves(transfer_inspection_matter, 4)
@pytest.mark.parametrize(("category", "destination"), transfer.DESTINATIONS.items())
def test_each_kind_of_matter_goes_to_its_own_body(category: str, destination: str) -> None:
    act = a_transfer(category=category, destination=destination)
    made = stated(act, transfer.InspectionMatterTransferred, organ=ORGAN)
    given(*EVERYONE).when(act).then(made)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ({"source": "审计移送", "source_number": None}, "other_round"),
        ({"source": "巡察移交", "source_number": LOOKBACK}, "other_round"),
    ],
)
@proves(accept_inspection_transfer, 2)
def test_a_lead_from_elsewhere_is_not_what_was_handed_over(
    source: dict[str, Any], code: str
) -> None:
    lead = a_lead(received_on=date(2022, 4, 1), **source)
    history = given(*EVERYONE, a_lookback(), a_person(), lead, a_transfer())
    history.when(an_acceptance(lead=LEAD)).refused(code, field="lead")


@proves(accept_inspection_transfer, 2)
def test_a_lead_that_is_not_registered_is_refused() -> None:
    act = an_acceptance(lead="无")
    given(*HANDED_OVER).when(act).refused("missing_reference", field="lead")


@proves(accept_inspection_transfer, 3)
def test_a_matter_of_appointment_becomes_no_lead() -> None:
    other = a_transfer(number="YJ2", category="选人用人", destination="组织部门")
    act = an_acceptance(number="YJ2", lead=LEAD)
    given(*HANDED_OVER, other).when(act).refused("not_a_lead", field="lead")


@proves(accept_inspection_transfer, 1, 4)
@proves(answer_inspection_transfer, 1, 2)
def test_acceptance_and_answer_come_in_their_order() -> None:
    given(*HANDED_OVER).when(an_answer()).refused("wrong_stage", field="number")
    twice = given(*HANDED_OVER, an_acceptance())
    twice.when(an_acceptance()).refused("wrong_stage", field="number")
    early = an_acceptance(accepted_on=date(2021, 4, 14))
    given(*HANDED_OVER).when(early).refused("impossible_date", field="accepted_on")
    early_answer = an_answer(answered_on=date(2021, 4, 17))
    history = given(*HANDED_OVER, an_acceptance())
    history.when(early_answer).refused("impossible_date", field="answered_on")
    for act in (an_acceptance(), an_answer()):
        given(*EVERYONE).when(act).refused("missing_reference", field="number")


def stage(office: Office) -> str:
    return LIFECYCLE.stage(office.look(Kind.WORK_SUGGESTION, SUGGESTION))


@proves(reply_to_work_suggestion, 1, 2)
@proves(evaluate_work_suggestion, 1, 2, 3)
def test_a_suggestion_is_replied_to_until_it_is_carried_out() -> None:
    none = {"round": ROUND, "evaluated_on": None, "evaluation": None}
    happened = stated(a_reply(), WorkSuggestionReplied, **none)
    office = given(*ISSUED).when(a_reply()).then(happened)
    assert stage(office) == "replied"
    wanting = an_evaluation(evaluation=PARTIAL)
    judged = stated(wanting, WorkSuggestionEvaluated, round=ROUND)
    office = given(*ISSUED, a_reply()).when(wanting).then(judged)
    assert stage(office) == "wanting"
    again = a_reply(replied_on=date(2021, 6, 20))
    done = an_evaluation(evaluated_on=date(2021, 6, 25))
    history = (*ISSUED, a_reply(), wanting, again)
    assert stage(given(*history).office) == "replied"
    assert stage(given(*history, done).office) == "evaluated"


@proves(reply_to_work_suggestion, 1, 2)
def test_a_reply_that_cannot_be_is_refused() -> None:
    given(*EVERYONE).when(a_reply()).refused("missing_reference", field="number")
    given(*ISSUED, a_reply()).when(a_reply()).refused("wrong_stage", field="number")
    early = a_reply(replied_on=date(2021, 4, 24))
    given(*ISSUED).when(early).refused("impossible_date", field="replied_on")


@proves(evaluate_work_suggestion, 1, 2, 3)
def test_an_evaluation_that_cannot_be_is_refused() -> None:
    given(*EVERYONE).when(an_evaluation()).refused("missing_reference", field="number")
    given(*ISSUED).when(an_evaluation()).refused("wrong_stage", field="number")
    replied = given(*ISSUED, a_reply())
    unknown = an_evaluation(evaluation="采纳")
    replied.when(unknown).refused("unknown_code", field="evaluation")
    early = an_evaluation(evaluated_on=date(2021, 5, 24))
    replied.when(early).refused("impossible_date", field="evaluated_on")
