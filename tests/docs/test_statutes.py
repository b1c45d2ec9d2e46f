"""Every rule has its provision and its proof, and the documents say what the code does."""

import pytest

from domain.acts import BY_NAME
from domain.concepts import CONCEPTS
from domain.lifecycle import Lifecycle
from domain.lifecycles import LIFECYCLES
from domain.limits.limits import limits
from domain.terms import TERMS
from tests.docs.statutes import (
    DRAWINGS,
    NAMED,
    STATUTES,
    Rule,
    deciding,
    drawings,
    every_rule,
    rules_of,
    statutes,
)

RULES = every_rule()


def named(rule: Rule) -> str:
    return f"{rule.function}-{rule.number}"


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_a_rule_has_a_provision(rule: Rule) -> None:
    assert rule.provision is not None, rule.text
    assert NAMED.search(rule.provision), rule.provision


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_a_rule_is_proved_by_a_test(rule: Rule) -> None:
    assert rule.tests != []


def test_a_decision_numbers_its_rules_from_one() -> None:
    for function in deciding():
        rules = rules_of(function)
        assert [rule.number for rule in rules] == list(range(1, len(rules) + 1)), function
        assert rules, f"{function.__name__} has no rules"


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda each: each.kind.value)
def test_a_lifecycle_names_acts_and_stages_that_there_are(lifecycle: Lifecycle) -> None:
    assert {move.act for move in lifecycle.moves} | set(lifecycle.opened_by) <= BY_NAME.keys()
    named = {stage for move in lifecycle.moves for arrow in move.arrows for stage in arrow}
    assert named <= lifecycle.stages.keys()
    reached = {next(iter(lifecycle.stages))} | {
        to for move in lifecycle.moves for _, to in move.arrows
    }
    assert reached == lifecycle.stages.keys(), "a stage that no act leads to"


def test_a_term_has_a_limit_or_its_own_provision() -> None:
    for term in TERMS:
        assert term.rule in limits() or (term.title and term.provision), term.rule


def test_every_fact_that_bears_on_a_term_is_a_stored_one() -> None:
    facts = {cls for concept in CONCEPTS.values() for cls in concept.facts.values()}
    for term in TERMS:
        assert {m.fact for m in (*term.opens, *term.closes, *term.extends, *term.voids)} <= facts


def test_the_documents_say_what_the_code_does() -> None:
    assert STATUTES.read_text(encoding="utf-8") == statutes(), "make docs"
    assert DRAWINGS.read_text(encoding="utf-8") == drawings(), "make docs"
