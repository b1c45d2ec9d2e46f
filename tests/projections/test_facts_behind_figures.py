"""A figure is the number of its facts, and every fact leads to its event on the ledger."""

import pytest

from projections.cuts import Cut
from projections.facts import CountedFact, facts
from projections.figures import Question, figure
from projections.identities import count_facts
from projections.indicators import base_definitions
from projections.store import reading
from reports.statement import ask
from tests.support.expected import EVERY_QUERY, FENGZE, WUHUA, Expected
from tests.support.offices import ALL_TIME, Desk

INDICATORS = base_definitions().indicators


def leads_to_its_event(desk: Desk, fact: CountedFact) -> bool:
    """Whether the fact's position holds an event of the fact's stream, and so do all others."""
    event = desk.events[fact.position]
    return (
        event["stream"] == fact.stream
        and fact.position in fact.positions
        and all(at in desk.events for at in fact.positions)
        and str(event["registered_on"]) == str(fact.registered_on)
    )


@pytest.mark.parametrize("query", EVERY_QUERY, ids=str)
def test_as_many_facts_as_the_figure_says_each_leading_to_its_event(
    query: Expected, fengze: Desk, wuhua: Desk
) -> None:
    desk = {"fengze": fengze, "wuhua2020": wuhua}[query.example]
    question = Question(query.period, query.cut)
    with reading(desk.engine) as connection:
        for indicator in INDICATORS:
            found = facts(connection, indicator, question)
            assert len(found) == query.figures[indicator.code], indicator.code
            assert len({fact.key for fact in found}) == len(found), indicator.code
            assert all(leads_to_its_event(desk, fact) for fact in found), indicator.code


@pytest.mark.parametrize("query", [FENGZE[1], WUHUA[0]], ids=str)
def test_every_fact_lies_in_the_period_and_was_known_at_the_cut(
    query: Expected, fengze: Desk, wuhua: Desk
) -> None:
    desk = {"fengze": fengze, "wuhua2020": wuhua}[query.example]
    head = desk.ledger.head()
    with reading(desk.engine) as connection:
        for position in (head // 3, head - 20, head):
            question = Question(query.period, Cut(at_position=position))
            for indicator in INDICATORS:
                found = facts(connection, indicator, question)
                assert len(found) == figure(connection, indicator, question), indicator.code
                assert all(max(fact.positions) <= position for fact in found)
                assert all(fact.occurred_on <= str(query.period.last) for fact in found)
                if indicator.period == "within":
                    assert all(fact.occurred_on >= str(query.period.first) for fact in found)


@pytest.mark.parametrize(
    ("example", "organ"), [("fengze", "350503-JW"), ("fengze", "350503-DH"), ("wuhua", "441424-JW")]
)
def test_of_one_organ_too_a_figure_is_the_number_of_its_facts(
    example: str, organ: str, fengze: Desk, wuhua: Desk
) -> None:
    desk = {"fengze": fengze, "wuhua": wuhua}[example]
    with reading(desk.engine) as connection:
        question = ask(connection, ALL_TIME, Cut(), organ)
        for indicator in INDICATORS:
            value = figure(connection, indicator, question)
            assert len(facts(connection, indicator, question)) == value, indicator.code
            assert count_facts(connection, indicator, question) == value, indicator.code
