"""统计表: publishing a statement pins what it asked and the hashes of what it said."""

from datetime import date
from typing import Any

import pytest

from domain.statements.decisions import publish_statement
from domain.statements.statement import PublishedStatement, StatementPublished
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import STATEMENT, a_statement, an_organ

TEXT = "0123456789abcdef" * 4


def test_a_statement_is_published() -> None:
    act = a_statement()
    office = given(an_organ()).when(act).then(stated(act, StatementPublished))
    assert office.look(Kind.STATEMENT, STATEMENT) == stated(act, PublishedStatement)


def test_a_statement_of_every_organ_as_known_on_a_day_is_published() -> None:
    act = a_statement(organ=None, as_of=date(2022, 1, 5), size=0)
    given().when(act).then(stated(act, StatementPublished))


def test_a_statement_of_one_day_is_published() -> None:
    act = a_statement(period_to=date(2021, 1, 1))
    given(an_organ()).when(act).then(stated(act, StatementPublished))


@proves(publish_statement, 1)
def test_a_number_of_a_statement_is_used_once() -> None:
    again = a_statement(manifest_sha256="f" * 64)
    given(an_organ(), a_statement()).when(again).refused("already_registered", field="number")


@proves(publish_statement, 2)
def test_a_statement_of_an_unknown_organ_is_refused() -> None:
    given().when(a_statement()).refused("missing_reference", field="organ")


@proves(publish_statement, 3)
def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    act = a_statement(period_to=date(2020, 12, 31))
    given(an_organ()).when(act).refused("impossible_date", field="period_to")


@proves(publish_statement, 4)
@pytest.mark.parametrize("field", ["definition_sha256", "manifest_sha256"])
@pytest.mark.parametrize(
    "said",
    ["", "d" * 63, "d" * 65, "D" * 64, "g" * 64, f"{TEXT}\n", "Ａ" * 64],
    ids=["empty", "short", "long", "upper case", "no digit", "new line", "wide"],
)
def test_what_is_no_sha256_is_refused(field: str, said: str) -> None:
    act = a_statement(**{field: said})
    given(an_organ()).when(act).refused("impossible_value", field=field)


@proves(publish_statement, 4)
def test_a_negative_size_is_refused() -> None:
    given(an_organ()).when(a_statement(size=-1)).refused("impossible_number", field="size")


@proves(publish_statement, 4)
@pytest.mark.parametrize(
    "root",
    [
        "",
        "A" * 42 + "=",
        "A" * 44,
        "A" * 43 + "=\n",
        "-" * 43 + "=",
        "A" * 42 + "B=",
    ],
    ids=["empty", "short", "long", "new line", "other alphabet", "not canonical"],
)
def test_what_is_no_root_is_refused(root: Any) -> None:
    given(an_organ()).when(a_statement(root=root)).refused("impossible_value", field="root")
