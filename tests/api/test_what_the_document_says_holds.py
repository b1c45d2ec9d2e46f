"""What the document of the API promises beyond its shapes, where the framework alone would not."""

import ast
from pathlib import Path

import pytest

import domain
from api.feed import known_names
from api.problems import titles
from projections.boards.board import Wanted
from projections.boards.catalogue import BOARDS
from projections.store import reading
from tests.support.served import Served


@pytest.mark.parametrize(
    "path", ["/units/DW-none/ecology", "/persons/RY-none/archive", "/cases/AJ-none/file"]
)
def test_what_is_not_on_the_ledger_is_not_found(wuhua_served: Served, path: str) -> None:
    answer = wuhua_served.caller("case_supervision").get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("query", [{"as_of": "0"}, {"received_on_from": "1577836800"}])
def test_a_number_is_no_day(wuhua_served: Served, query: dict[str, str]) -> None:
    answer = wuhua_served.caller("case_supervision").get("/leads", **query)
    assert (answer.status_code, answer.json()["pointer"]) == (422, f"?{next(iter(query))}")


#: Integers among the parameters of every way of asking, with what they need beside them.
_INTEGERS = [
    ("case_supervision", "/leads", "limit", {}),
    ("case_supervision", "/leads/WHXS2020-0001", "at_version", {}),
    ("case_supervision", "/boards/campaigns", "limit", {}),
    ("case_supervision", "/deadlines", "at_position", {}),
    ("case_supervision", "/units/WHDW01/ecology", "min_position", {}),
    ("case_supervision", "/statistics", "at_position", {"from": "2020-01-01", "to": "2020-12-31"}),
    ("auditor", "/events", "after", {}),
    ("auditor", "/events/stream", "after", {}),
    ("auditor", "/events.jsonl", "until", {}),
    ("auditor", "/log/proof", "first", {}),
    ("audit_administrator", "/accesses", "after", {}),
]


@pytest.mark.parametrize("said", ["1_0", "1.0", " 10", "+10", "010", "1e1", "１0", ""])
@pytest.mark.parametrize(("role", "path", "name", "more"), _INTEGERS)
def test_a_whole_number_in_a_query_is_digits(
    wuhua_served: Served, role: str, path: str, name: str, more: dict[str, str], said: str
) -> None:
    answer = wuhua_served.caller(role).get(path, **more, **{name: said})
    assert (answer.status_code, answer.json()["pointer"]) == (422, f"?{name}")


@pytest.mark.parametrize("said", ["1", "yes", "on", "True", "t", " true", ""])
def test_truth_in_a_query_is_true_or_false(wuhua_served: Served, said: str) -> None:
    caller = wuhua_served.caller("case_supervision")
    assert caller.get("/persons", district_managed="true").status_code == 200
    answer = caller.get("/persons", district_managed=said)
    assert (answer.status_code, answer.json()["pointer"]) == (422, "?district_managed")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/dispositions/conclusion", "POST"),
        ("/dispositions/CZ-1", "GET"),
        ("/dispositions", "GET, POST"),
    ],
)
def test_an_address_that_stands_by_itself_is_none_of_a_record(
    wuhua_served: Served, path: str, allowed: str
) -> None:
    answer = wuhua_served.client.options(f"/api/v1{path}")
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


@pytest.mark.parametrize(
    ("year", "status"), [("2026.0", 201), ("2.026e3", 201), ("2026.5", 422), ('"2026"', 422)]
)
def test_a_whole_number_in_a_body_is_one_however_json_writes_it(
    office: Served, year: str, status: int
) -> None:
    body = (
        f'{{"number": "2026", "year": {year}, "days_off": ["2026-01-01"], "days_worked": [],'
        ' "published_on": "2025-11-04"}'
    )
    caller = office.caller("system_administrator")
    headers = caller.headers | {"Idempotency-Key": f"year-{year.strip(chr(34))}"}
    answer = office.client.post("/api/v1/calendars", content=body, headers=headers)
    assert answer.status_code == status, answer.text
    if status == 201:
        assert office.desk.ledger.history("calendar:2026")[0].event.data.year == 2026


def _types_told(office: Served, path: str) -> list[str]:
    document = office.app.openapi()
    (operation,) = document["paths"][f"/api/v1{path}"].values()
    for each in operation["parameters"]:
        name = each.get("$ref", "").rpartition("/")[2]
        parameter = document["components"]["parameters"][name] if name else each
        if parameter["name"] == "types":
            told: list[str] = parameter["schema"]["items"]["enum"]
            return told
    raise LookupError(path)


@pytest.mark.parametrize("path", ["/events", "/events/stream", "/events.jsonl"])
def test_the_feed_takes_the_types_that_its_document_names_and_no_other(
    wuhua_served: Served, path: str
) -> None:
    caller, told = wuhua_served.caller("auditor"), _types_told(wuhua_served, path)
    assert set(told) == known_names()
    for at in range(0, len(told), 100):
        assert caller.get("/events", types=told[at : at + 100]).status_code == 200
    answer = caller.get(path, {"Last-Event-ID": "1"}, types=["lead.registered.v1", "0"])
    assert (answer.status_code, answer.json()["pointer"]) == (422, "?types")


def test_a_wrong_method_is_told_every_right_one(wuhua_served: Served) -> None:
    answer = wuhua_served.client.delete("/api/v1/leads")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


def test_a_board_is_asked_by_what_its_document_offers(wuhua_served: Served) -> None:
    desk = wuhua_served.desk
    with reading(desk.engine) as connection:
        for board in BOARDS.values():
            for column in board.asked_by:
                wanted = Wanted(desk.ledger.today(), values={column.name: "no such"})
                list(board.rows(connection, wanted))


def test_a_column_worked_out_for_a_board_is_not_asked_by(wuhua_served: Served) -> None:
    caller = wuhua_served.caller("case_supervision")
    answer = caller.get("/boards/campaigns", overdue="1")
    assert answer.status_code == 422


def _codes_of_refusals() -> set[str]:
    """Every code that the law of the domain refuses by, as its source names it."""
    found = set()
    for file in Path(domain.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", "")
                at = {"Refusal": 0, "refuse_if": 1}.get(name, len(node.args))
                given = node.args[at : at + 1] + [k.value for k in node.keywords if k.arg == "code"]
                found |= {each.value for each in given if isinstance(each, ast.Constant)}
    return found


def test_whatever_the_law_refuses_by_has_a_title() -> None:
    codes = _codes_of_refusals()
    assert len(codes) > 50
    assert codes <= titles().keys()
