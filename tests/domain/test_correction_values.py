"""Values as text and back: what a correction states is what the record holds."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.cases.case import Case
from domain.checks.check import Check
from domain.corrections.values import field_type, optional, read, show
from domain.leads.lead import Handling, Lead
from domain.persons.person import Person
from domain.refusals import Refusal


@pytest.mark.parametrize(
    ("record", "field", "value", "text"),
    [
        (Case, "filed_on", date(2021, 4, 1), "2021-04-01"),
        (Case, "closed_on", None, None),
        (Case, "rank", "乡科级", "乡科级"),
        (Check, "problems_found", 0, "0"),
        (Person, "district_managed", True, "是"),
        (Person, "district_managed", False, "否"),
        (Person, "district_managed", None, None),
        (Lead, "persons", ("RY001", "RY002"), "RY001;RY002"),
        (Lead, "persons", (), None),
        (Handling, "concluded_on", date(2021, 4, 1), "2021-04-01"),
    ],
)
def test_a_value_is_shown_as_text_and_read_back(
    record: type, field: str, value: Any, text: str | None
) -> None:
    assert show(value) == text
    assert read(record, field, text) == value


@pytest.mark.parametrize(
    ("record", "field", "plain"),
    [
        (Case, "filed_on", date),
        (Case, "closed_on", date),
        (Case, "number", str),
        (Case, "rank", str),
        (Check, "problems_found", int),
        (Person, "district_managed", bool),
        (Person, "name", str),
        (Lead, "persons", tuple),
    ],
)
def test_a_field_has_one_plain_type(record: type, field: str, plain: type) -> None:
    assert field_type(record, field) is plain


@pytest.mark.parametrize(
    ("record", "field", "expected"),
    [(Case, "rank", True), (Case, "closed_on", True), (Case, "person", False), (Person, "name", 1)],
)
def test_a_field_may_be_unknown_or_not(record: type, field: str, *, expected: bool) -> None:
    assert optional(record, field) == expected


@pytest.mark.parametrize("text", ["2021-02-30", "去年", "2021/04/01"])
def test_text_that_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="impossible_value"):
        read(Case, "filed_on", text)


@pytest.mark.parametrize("text", ["三", "3.5", "NaN"])
def test_text_that_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="impossible_value"):
        read(Check, "problems_found", text)


def test_empty_parts_between_separators_are_no_persons() -> None:
    assert read(Lead, "persons", "RY001;;RY002;") == ("RY001", "RY002")


@settings(deadline=None, max_examples=50)
@given(st.dates())
def test_every_date_survives_being_shown(on: date) -> None:
    assert read(Case, "filed_on", show(on)) == on


@settings(deadline=None, max_examples=50)
@given(st.integers())
def test_every_number_survives_being_shown(number: int) -> None:
    assert read(Check, "problems_found", show(number)) == number
