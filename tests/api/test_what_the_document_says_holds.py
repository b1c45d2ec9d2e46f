"""What the document of the API promises beyond its shapes, where the framework alone would not."""

import ast
from pathlib import Path

import pytest

import domain
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
