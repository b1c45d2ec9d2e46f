"""Stated defaults of recommendations: data that an office may change."""

from datetime import date

import pytest

from domain.codes.tables import code_table
from domain.recommendations.rules import COMPLETE, Derivation, addressees, derivation

TODAY = date(2024, 1, 1)


def test_every_category_has_its_addressees() -> None:
    kinds = code_table("addressee_kind").terms
    for category in code_table("recommendation_category").terms:
        assert addressees(category, TODAY)
        assert set(addressees(category, TODAY)) <= kinds.keys()
    assert addressees("检察建议", TODAY) == ()


def test_the_order_names_every_evaluation_and_holds_before_it_was_written_too() -> None:
    for on in (date(2016, 1, 1), TODAY):
        assert set(derivation(on).order) == code_table("rectification").terms.keys()
        assert derivation(on).order[-1] == COMPLETE


def test_an_office_may_hold_that_different_results_are_partial() -> None:
    rule = Derivation(TODAY, derivation(TODAY).order, mixed="部分到位")
    assert rule.of(["未到位", "整改到位"]) == "部分到位"
    assert rule.of(["未到位", "未到位"]) == "未到位"


def test_of_no_results_no_evaluation_follows() -> None:
    with pytest.raises(ValueError, match="evaluated"):
        derivation(TODAY).of([])
