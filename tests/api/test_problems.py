"""Problems tell a stable code, its title and where the fault is: never what was sent."""

import ast
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from httpx2 import Response

from api.act_bodies import example_of
from api.policy import Offered, offered
from api.problems import titles
from domain.concept import Act
from domain.streams import Kind
from ledger.commands import schema_of
from projections.tables import NAMES
from tests.api.matrix import may, roles
from tests.support.districts import populate, retold
from tests.support.offices import opened
from tests.support.served import Caller, Served, served
from tests.support.sweep import READ

ROOT = Path(__file__).parents[2]
#: What no answer may repeat; as a key, a role or a token it is none.
MARKER = "Zq7标记"
NEW = count(1)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A ledger of one district, with a record of every kind."""
    file = tmp_path_factory.mktemp("problems") / "ledger.sqlite3"
    with opened(file) as desk:
        populate(desk)
        with served(desk) as office:
            yield office


def caller_of(office: Served, each: Offered) -> Caller:
    role = next(role for role in roles() if role in each.roles)
    return office.caller(role, officer="某人" if role == "handler" else None)


def send(office: Served, each: Offered, values: Any) -> Response:
    """Carry out an act on the district's record of its kind, on the version that is there."""
    kind, body = each.act.kind, dict(values)
    path = f"/{NAMES[kind].replace('_', '-')}"
    version = None
    if not each.first:
        number = body.pop(each.act.key)
        held = office.desk.ledger.history(f"{kind}:{number}")
        version = held[-1].event.version if held else 1
        path += f"/{quote(str(number), safe='')}/{each.path}"
    elif not set("/:") & set(number := str(body[each.act.key])):
        # A new number, so that the law of the domain looks at all the rest.
        body[each.act.key] = f"{number}-{next(NEW)}"
    if each.first and each.path:
        path += f"/{each.path}"
    return caller_of(office, each).post(path, body, version=version)


def shown(act: Act) -> dict[str, Any]:
    """What the document shows of an act, about the district's records."""
    return retold(example_of(act))


def with_marker(value: Any) -> Any:
    """Every text within a value marked; days are left to be days."""
    if isinstance(value, list):
        return [with_marker(each) for each in value]
    if isinstance(value, dict):
        return {name: with_marker(each) for name, each in value.items()}
    if isinstance(value, str) and not value[:4].isdecimal():
        return value + MARKER
    return value


def says_nothing_of_it(answer: Response) -> bool:
    """Whether a problem repeats no marked text, in its body or its headers."""
    told = answer.text + "".join(answer.headers.values())
    return MARKER not in told and "Zq7" not in told


def is_right(answer: Response, act: Act) -> bool:
    """Whether a problem points at a field of the act, if at any."""
    pointer = answer.json().get("pointer")
    names = {"", *schema_of(act)["properties"], "registered_on"}
    return pointer is None or pointer.lstrip("/").partition("/")[0] in names


@pytest.mark.parametrize("each", offered(), ids=lambda each: each.act.name)
def test_what_an_act_is_refused_for_never_repeats_what_it_said(
    office: Served, each: Offered
) -> None:
    values = shown(each.act)
    bodies = [with_marker(values)]
    bodies += [values | {name: with_marker(value)} for name, value in values.items()]
    for body in bodies:
        answer = send(office, each, body)
        assert answer.status_code < 500, answer.text
        if answer.status_code != 201:
            assert answer.headers["content-type"] == "application/problem+json"
            assert says_nothing_of_it(answer), answer.text
            assert is_right(answer, each.act), answer.text


@pytest.mark.parametrize("each", offered(), ids=lambda each: each.act.name)
def test_a_value_of_another_type_is_pointed_at_and_not_repeated(
    office: Served, each: Offered
) -> None:
    values = shown(each.act)
    for name in values:
        if not each.first and name == each.act.key:
            continue
        answer = send(office, each, values | {name: {MARKER: MARKER}})
        assert (answer.status_code, answer.json()["code"]) == (422, "malformed"), answer.text
        assert answer.json()["pointer"].split("/")[1] == name
        assert says_nothing_of_it(answer), answer.text


def test_a_question_that_is_refused_is_not_repeated(office: Served) -> None:
    document = office.app.openapi()
    for route in READ:
        path = route.partition(" ")[2].replace(":path}", "}")
        caller = office.caller(next(role for role in roles() if may(role, route)))
        named = [p.get("name", p.get("$ref", "")) for p in operation_of(document, path)]
        if path.endswith((".csv", ".jsonl")):  # asked as the list is
            named = []
        asked = [{name.rpartition("/")[2]: MARKER} for name in named] + [{MARKER: MARKER}]
        for place in ("{number}", "{code}", "{tile}"):
            path = path.replace(place, MARKER)
        for query in asked:
            answer = office.client.get(path, params=query, headers=caller.headers)
            assert answer.status_code < 500, answer.text
            assert answer.status_code == 200 or says_nothing_of_it(answer), (path, query)


def operation_of(document: dict[str, Any], path: str) -> list[dict[str, Any]]:
    parameters: list[dict[str, Any]] = document["paths"][path]["get"].get("parameters", [])
    return parameters


@pytest.mark.parametrize("name", ["Authorization", "Ledger-Role", "Idempotency-Key", "If-Match"])
def test_a_header_that_is_refused_is_not_repeated(office: Served, name: str) -> None:
    caller = office.caller("case_supervision")
    headers = caller.headers | {"Idempotency-Key": "k", name: "Zq7 标".encode()}
    answer = office.client.post("/api/v1/leads", json={}, headers=headers)
    assert 400 <= answer.status_code < 500
    assert says_nothing_of_it(answer), answer.text


# -- titles --------------------------------------------------------------------------------


def sources(*packages: str) -> Iterator[ast.AST]:
    for package in packages:
        for file in sorted((ROOT / package).rglob("*.py")):
            yield from ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def test_every_code_of_a_problem_has_a_title() -> None:
    codes = {
        node.args[1].value
        for node in sources("api")
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem"
        if len(node.args) > 1 and isinstance(node.args[1], ast.Constant)
    }
    assert len(codes) > 20
    assert codes <= titles().keys()


def test_every_title_is_of_a_code_that_can_be_told() -> None:
    said = tomllib.loads((files("api") / "titles.toml").read_text(encoding="utf-8"))
    for table, packages in (("refusals", ("domain", "ledger")), ("problems", ("api",))):
        texts = {node.value for node in sources(*packages) if isinstance(node, ast.Constant)}
        assert said[table].keys() <= texts, said[table].keys() - texts


def test_every_kind_of_record_is_acted_on() -> None:
    assert {each.act.kind for each in offered()} == set(Kind) - {Kind.STATEMENT, Kind.LOG_KEY}
