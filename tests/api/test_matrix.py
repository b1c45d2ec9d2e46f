"""Every route in every role: what is denied is 403 and recorded, what is allowed is not."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from httpx2 import Response

from api.act_bodies import example_of
from api.app import PREFIX
from domain.acts import BY_NAME
from domain.grants.roles import roles
from ledger.accesses import Action, Kept
from tests.api.matrix import (
    Route,
    addressed,
    agreed,
    allowed,
    boards,
    needed,
    needs_there_are,
    routes_of,
)
from tests.support.offices import opened
from tests.support.served import Served, served

FORBIDDEN = (403, "forbidden")
PERIOD = {"from": "2020-01-01", "to": "2020-12-31"}
PARTS = {"{number}": "N-1", "{code}": "forms.first", "{level}": "0", "{tile:path}": "000"}
PARTS |= {"{file}": "docs.js"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An office with an empty ledger, where streams end at once."""
    file = tmp_path_factory.mktemp("matrix") / "ledger.sqlite3"
    with opened(file) as desk, served(desk) as office:
        office.service.ending = True
        yield office


def ask(office: Served, route: Route, headers: dict[str, str]) -> Response:
    """A route asked with the least that is well-formed."""
    path = route.template
    for part, value in PARTS.items():
        path = path.replace(part, value)
    assert "{" not in path, route
    if route.method == "GET":
        query = PERIOD if path.startswith(f"{PREFIX}/statistics") else {}
        query = query | ({"left": "2020-12-31"} if path.endswith("/compare") else {})
        return office.client.get(path, params=query, headers=headers)
    act = BY_NAME[route.name]
    body: dict[str, Any] = example_of(act)
    if "{number}" in route.template:
        body.pop(act.key)
    told = headers | {"Idempotency-Key": f"{route.name}-{len(headers)}", "If-Match": '"1"'}
    return office.client.request(route.method, path, json=body, headers=told)


def told(answer: Response) -> tuple[int, str]:
    """The status of an answer, with the code where it is a problem."""
    problem = answer.headers.get("content-type", "").startswith("application/problem+json")
    return answer.status_code, answer.json()["code"] if problem else ""


def accesses(office: Served) -> list[Kept]:
    """All that is recorded."""
    found: list[Kept] = []
    while page := office.service.accesses.page(found[-1].number if found else 0, 1000):
        found += page
    return found


def test_every_route_has_a_row_and_every_row_a_route(office: Served) -> None:
    routes = routes_of(office.app)
    for route in routes:
        needed(route)
    titles = {route.title for route in routes}
    said = {f"GET {PREFIX}{path}" for path in (*addressed()["needs"], *boards())}
    assert said | set(addressed()["public"]["routes"]) <= titles


def test_every_need_act_and_role_has_a_place_in_the_table() -> None:
    assert agreed().keys() == needs_there_are()
    for need, row in agreed().items():
        assert row.keys() == roles().keys(), need


def test_the_document_tells_the_routes_there_are_and_what_each_needs(office: Served) -> None:
    hidden = {"/docs", "/docs/{file}", f"{PREFIX}/openapi.json", "/health", "/ready", "/metrics"}
    routes = {(r.method, r.template.replace(":path", "")): r for r in routes_of(office.app)}
    shown = {
        (method.upper(), path): operation.get("x-needs")
        for path, methods in office.app.openapi()["paths"].items()
        for method, operation in methods.items()
    }
    assert shown.keys() == {each for each in routes if each[1] not in hidden}
    for each, need in shown.items():
        wanted = needed(routes[each])
        assert (None if need is None else set(need.split())) == (wanted and set(wanted)), each


def test_without_a_token_only_what_is_public_answers(office: Served) -> None:
    before, wrong = len(accesses(office)), []
    for route in routes_of(office.app):
        status, code = told(ask(office, route, {}))
        if needed(route) is None:
            if status in {401, 403}:
                wrong.append((route.title, status, code))
        elif (status, code) != (401, "token_missing"):
            wrong.append((route.title, status, code))
    assert wrong == []
    assert len(accesses(office)) == before, "nobody is known, so nobody is recorded"


@pytest.mark.parametrize("role", roles())
def test_a_role_may_what_the_table_says_and_what_is_denied_is_recorded(
    office: Served, role: str
) -> None:
    caller = office.caller(role, officer="张三" if role == "handler" else None)
    before = len(accesses(office))
    wrong, denied = [], Counter[str]()
    for route in routes_of(office.app):
        status, code = told(ask(office, route, caller.headers))
        if not allowed(route, role):
            denied[route.title] += 1
            if (status, code) != FORBIDDEN:
                wrong.append((route.title, status, code))
        elif (status, code) == FORBIDDEN or status in {401, 500}:
            wrong.append((route.title, status, code))
    assert wrong == []
    recorded = [each.access for each in accesses(office)[before:]]
    assert {each.role for each in recorded} <= {role}
    assert len({each.subject for each in recorded}) <= 1
    said = Counter(
        e.target for e in recorded if e.action is Action.DENIED and e.reason == "forbidden"
    )
    assert said == denied
