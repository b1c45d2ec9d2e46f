"""Statistics over HTTP: the command line's bytes, and as many facts as each figure says."""

import re
from collections.abc import Iterator

import pytest

from projections.indicators import base_definitions
from tests.support.commands import command
from tests.support.expected import EVERY_QUERY, WUHUA, Expected
from tests.support.offices import Desk, copied, opened
from tests.support.served import Caller, Served, served

CODES = [indicator.code for indicator in base_definitions().indicators]
PRODUCED = re.compile(rb'"produced_at": "[^"]+"')


@pytest.fixture(scope="module")
def fengze_served(fengze: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    file = copied(fengze.file, tmp_path_factory.mktemp("fengze-served") / "ledger.sqlite3")
    with opened(file) as desk, served(desk) as office:
        yield office


@pytest.fixture
def asked_of(wuhua_served: Served, fengze_served: Served) -> dict[str, Caller]:
    return {
        "wuhua2020": wuhua_served.caller("approver"),
        "fengze": fengze_served.caller("approver"),
    }


def parameters(query: Expected) -> dict[str, str]:
    cut = query.cut
    asked = {"from_": query.period.first.isoformat(), "to": query.period.last.isoformat()}
    if cut.as_of is not None:
        asked["as_of"] = cut.as_of.isoformat()
    if cut.at_position is not None:
        asked["at_position"] = str(cut.at_position)
    return asked


CASES = [(query.example, query) for query in EVERY_QUERY]


@pytest.mark.parametrize(("example", "query"), CASES)
def test_every_figure_is_the_published_one_and_has_as_many_facts(
    example: str, query: Expected, asked_of: dict[str, Caller]
) -> None:
    caller, asked = asked_of[example], parameters(query)
    figures = caller.get("/statistics", **asked).json()["figures"]
    assert {each["code"]: each["value"] for each in figures} == query.figures
    for code in CODES:
        told = caller.get(f"/statistics/{code}/facts", **asked).json()
        assert (told["count"], len(told["facts"])) == (query.figures[code],) * 2, code


@pytest.mark.parametrize("query", WUHUA)
def test_a_statement_over_http_is_the_command_lines_byte_for_byte(
    query: Expected, wuhua_served: Served
) -> None:
    told = wuhua_served.caller("approver").get("/statistics", **parameters(query)).content
    file = wuhua_served.desk.file
    printed = command(file, "report", *query.options, "--format", "json").out
    assert PRODUCED.sub(b"", told) == PRODUCED.sub(b"", printed)
    assert len(PRODUCED.findall(told)) == 1


def test_facts_and_changes_over_http_are_the_command_lines(wuhua_served: Served) -> None:
    caller, file = wuhua_served.caller("approver"), wuhua_served.desk.file
    period = ("--from", "2020-01-01", "--to", "2020-12-31")
    asked = {"from_": "2020-01-01", "to": "2020-12-31"}
    cuts = ("--left", "2020-12-31", "--right", "now")
    printed = command(file, "compare", *period, *cuts, "--format", "json").json
    told = caller.get("/statistics/compare", left="2020-12-31", right="now", **asked).json()
    assert told["changes"]
    for change in told["changes"]:
        for fact in (*change["removed"], *change["added"]):
            assert fact.pop("withheld") is False
    assert told == printed


def test_a_statistician_sees_every_fact_but_nobodys_number(wuhua_served: Served) -> None:
    clear, masked = (wuhua_served.caller(role) for role in ("approver", "statistician"))
    asked = {"from_": "2020-01-01", "to": "2020-12-31"}
    persons = {each["number"] for each in clear.get("/persons", limit=1000).json()["items"]}
    for code in ("sanctions.persons", "forms.first", "leads.persons", "archives.managed"):
        known = clear.get(f"/statistics/{code}/facts", **asked).json()["facts"]
        told = masked.get(f"/statistics/{code}/facts", **asked).json()["facts"]
        assert len(told) == len(known)
        assert {each["person"] for each in known if each["person"]} <= persons
        values = {str(value) for each in told for value in each.values()}
        assert not values & persons
        assert not {value.partition(":")[2] for value in values} & persons
        # A person is the same person in every figure, and no two are one.
        pairs = {(a["person"], b["person"]) for a, b in zip(known, told, strict=True)}
        assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})


def test_an_organ_sees_its_own_figures_and_no_others(wuhua_served: Served) -> None:
    asked = {"from_": "2020-01-01", "to": "2020-12-31"}
    own = wuhua_served.caller("approver", organ="441424-PZ1")
    whole = wuhua_served.caller("approver")
    told = own.get("/statistics", **asked).json()
    assert told["organ"] == "441424-PZ1"
    expected = whole.get("/statistics", organ="441424-PZ1", **asked).json()
    assert told["figures"] == expected["figures"]
    outside = own.get("/statistics", organ="441424-JW", **asked)
    assert (outside.status_code, outside.json()["code"]) == (403, "out_of_scope")
    nowhere = whole.get("/statistics", organ="none", **asked)
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "unknown_organ")


@pytest.mark.parametrize(
    ("asked", "status", "code", "pointer"),
    [
        ({"from_": "2020-12-31", "to": "2020-01-01"}, 400, "impossible_period", "?to"),
        ({"from_": "2020-01-01"}, 422, "malformed", "?to"),
        ({"from_": "gestern", "to": "2020-01-01"}, 422, "malformed", "?from"),
        (
            {"from_": "2020-01-01", "to": "2020-12-31", "as_of": "2020-12-31", "at_position": 1},
            400,
            "two_moments",
            "?at_position",
        ),
        (
            {"from_": "2020-01-01", "to": "2020-12-31", "at_position": 10**9},
            400,
            "position_ahead",
            "?at_position",
        ),
    ],
)
def test_what_cannot_be_asked_is_told_by_the_parameter(
    wuhua_served: Served, asked: dict[str, object], status: int, code: str, pointer: str
) -> None:
    answer = wuhua_served.caller("approver").get("/statistics", **asked)
    assert answer.status_code == status
    assert (answer.json()["code"], answer.json()["pointer"]) == (code, pointer)


def test_a_figure_that_is_none_is_not_found(wuhua_served: Served) -> None:
    asked = {"from_": "2020-01-01", "to": "2020-12-31"}
    answer = wuhua_served.caller("approver").get("/statistics/none.such/facts", **asked)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_figure")


def test_the_definitions_are_those_that_a_statement_names(wuhua_served: Served) -> None:
    caller = wuhua_served.caller("auditor")
    told = caller.get("/statistics/definitions")
    statement = caller.get("/statistics", from_="2020-01-01", to="2020-12-31").json()
    assert told.json()["sha256"] == statement["provenance"]["definition_sha256"]
    assert [each["code"] for each in told.json()["figures"]] == CODES
    again = caller.get("/statistics/definitions", headers={"If-None-Match": told.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
