"""线索处置: how a lead is handled and what came of it."""

from datetime import date

import pytest

from domain.codes.tables import code_table
from domain.leads.decisions import RULES, conclude_handling, handle_lead
from domain.leads.lead import Handling, HandlingConcluded, LeadHandled
from domain.streams import Kind
from tests.domain.harness import given
from tests.domain.proof import proves
from tests.domain.samples import (
    EVERYONE,
    LEAD,
    ORGAN,
    RECEIVED,
    a_conclusion,
    a_handling,
    a_lead,
)

HANDLED_ON = date(2021, 3, 15)
REGISTERED = (*EVERYONE, a_lead())
HANDLED = LeadHandled(
    lead=LEAD, organ=ORGAN, decided_on=HANDLED_ON, method="谈话函询", approver="书记"
)


def test_a_lead_is_handled() -> None:
    office = given(*REGISTERED).when(a_handling()).then(HANDLED)
    expected = Handling(
        decided_on=HANDLED_ON,
        method="谈话函询",
        approver="书记",
        concluded_on=None,
        outcome=None,
    )
    assert office.look(Kind.LEAD, LEAD).handlings == (expected,)


@proves(handle_lead, 2)
@pytest.mark.parametrize("method", sorted(code_table("handling_method").terms))
def test_a_lead_is_handled_by_each_of_the_four_methods(method: str) -> None:
    office = given(*REGISTERED, a_handling(method=method)).office
    assert office.look(Kind.LEAD, LEAD).handlings[0].method == method


def test_a_lead_is_handled_again_on_another_day() -> None:
    again = a_handling(decided_on=date(2021, 4, 2), method="初步核实")
    office = given(*REGISTERED, a_handling(), again).office
    methods = [each.method for each in office.look(Kind.LEAD, LEAD).handlings]
    assert methods == ["谈话函询", "初步核实"]


def test_a_lead_may_be_handled_on_the_day_it_was_received() -> None:
    office = given(*REGISTERED, a_handling(decided_on=RECEIVED)).office
    assert office.look(Kind.LEAD, LEAD).handlings[0].decided_on == RECEIVED


@proves(handle_lead, 1)
def test_handling_an_unknown_lead_is_refused() -> None:
    given(*EVERYONE).when(a_handling()).refused("missing_reference", field="lead")


@proves(handle_lead, 2)
def test_filing_is_no_longer_a_method_of_handling() -> None:
    given(*REGISTERED).when(a_handling(method="拟立案")).refused("unknown_code", field="method")


@proves(handle_lead, 3)
def test_a_second_handling_on_one_day_is_refused_with_its_provision() -> None:
    history = given(*REGISTERED, a_handling())
    refusal = history.when(a_handling(method="初步核实")).refused(
        "already_registered", field="decided_on"
    )
    assert refusal.provision == RULES


@proves(handle_lead, 4)
def test_handling_a_lead_before_it_was_received_is_refused() -> None:
    act = a_handling(decided_on=date(2021, 2, 28))
    given(*REGISTERED).when(act).refused("before_receipt", field="decided_on")


def test_a_handling_is_concluded_with_its_outcome() -> None:
    history = given(*REGISTERED, a_handling())
    office = history.when(a_conclusion()).then(
        HandlingConcluded(
            lead=LEAD,
            organ=ORGAN,
            decided_on=HANDLED_ON,
            method="谈话函询",
            concluded_on=date(2021, 3, 30),
            outcome="转初步核实",
        )
    )
    handling = office.look(Kind.LEAD, LEAD).handlings[0]
    assert (handling.concluded_on, handling.outcome) == (date(2021, 3, 30), "转初步核实")


def test_only_the_handling_of_that_day_is_concluded() -> None:
    later = a_handling(decided_on=date(2021, 4, 2), method="初步核实")
    office = given(*REGISTERED, a_handling(), later, a_conclusion()).office
    first, second = office.look(Kind.LEAD, LEAD).handlings
    assert (first.outcome, second.outcome) == ("转初步核实", None)


def test_a_handling_may_be_concluded_on_a_day_nobody_knows() -> None:
    office = given(*REGISTERED, a_handling(), a_conclusion(concluded_on=None)).office
    assert office.look(Kind.LEAD, LEAD).handlings[0].outcome == "转初步核实"


@proves(conclude_handling, 1)
def test_concluding_on_an_unknown_lead_is_refused() -> None:
    given(*EVERYONE).when(a_conclusion()).refused("missing_reference", field="decided_on")


@proves(conclude_handling, 1)
def test_concluding_a_handling_of_a_day_without_one_is_refused() -> None:
    act = a_conclusion(decided_on=date(2021, 3, 16))
    history = given(*REGISTERED, a_handling())
    history.when(act).refused("missing_reference", field="decided_on")


@proves(conclude_handling, 2)
@pytest.mark.parametrize(
    "first",
    [a_conclusion(), a_conclusion(concluded_on=None), a_conclusion(outcome=None)],
    ids=["day and outcome", "outcome only", "day only"],
)
def test_a_handling_is_concluded_once(first: object) -> None:
    history = given(*REGISTERED, a_handling(), first)
    history.when(a_conclusion()).refused("already_registered", field="concluded_on")


@proves(conclude_handling, 3)
def test_concluding_a_handling_before_it_was_decided_is_refused() -> None:
    act = a_conclusion(concluded_on=date(2021, 3, 14))
    history = given(*REGISTERED, a_handling())
    history.when(act).refused("impossible_date", field="concluded_on")
