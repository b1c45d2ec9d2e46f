"""Every route and every role: who is let in is what the checked-in tables say."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import orjson
import pytest
from httpx2 import Response

from api.policy import offered
from api.policy import roles as policy_roles
from domain.acts import ACTS
from domain.grants.roles import roles as known_roles
from domain.streams import Kind
from ledger.accesses import Action
from tests.api.matrix import may, needs, open_to, public, roles, routes_of
from tests.support.offices import opened
from tests.support.served import Served, served

#: What stands in an address.
PLACES = {
    "number": "XS-1",
    "code": "forms.first",
    "level": "0",
    "tile": "000",
    "tile:path": "000",
    "file": "docs.js",
}
#: What has to be asked, by the end of the address. Nobody is kept waiting by the stream of events:
#: one that begins where the ledger has not come to yet is refused once its caller is admitted.
ASKED = {
    "/statistics": {"from": "2020-01-01", "to": "2020-12-31"},
    "/facts": {"from": "2020-01-01", "to": "2020-12-31"},
    "/compare": {"from": "2020-01-01", "to": "2020-12-31", "left": "2020-12-31"},
    "/events/stream": {"after": "9007199254740991"},
    "/proof": {"index": "0"},
}
#: Answers to whoever is let in, on a ledger that holds next to nothing.
LET_IN = {200, 201, 400, 404, 409}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    file = tmp_path_factory.mktemp("matrix") / "ledger.sqlite3"
    with opened(file) as desk, served(desk) as office:
        yield office


@pytest.fixture(scope="module")
def document(office: Served) -> dict[str, Any]:
    made: dict[str, Any] = orjson.loads(orjson.dumps(office.app.openapi()))
    return made


def test_every_route_has_a_row_and_every_row_a_route(office: Served) -> None:
    assert routes_of(office.app) == sorted(needs())


def test_every_need_has_a_row_and_every_row_is_needed() -> None:
    needed = {need for said in needs().values() for need in said}
    assert open_to().keys() == needed


def test_every_kind_and_act_and_use_and_role_is_in_the_tables() -> None:
    uses = {use for role in policy_roles().values() for use in role.uses}
    reads = {f"read:{kind}" for kind in Kind}
    acts = {f"act:{act.name}" for act in ACTS.values() if not act.of_program}
    assert open_to().keys() == uses | reads | acts
    assert len(offered()) == len(acts)
    assert roles() == tuple(known_roles())


def test_the_document_says_what_each_route_needs(document: dict[str, Any]) -> None:
    said = {
        f"{method.upper()} {path}": tuple(operation.get("x-needs", "").split())
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    known = {route.replace(":path}", "}"): need for route, need in needs().items()}
    assert said.items() <= known.items()
    # What the document leaves out is the document itself, its page, and twins without a prefix.
    assert {route for route in known.keys() - said.keys() if known[route]} == set()


def test_nobody_is_let_in_without_a_token_but_where_it_is_said(office: Served) -> None:
    for route in needs():
        answer = ask(office, route, {})
        if route in public():
            assert answer.status_code in {200, 404}, route
        else:
            assert (answer.status_code, answer.json()["code"]) == (401, "token_missing"), route
            assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("role", roles())
def test_a_role_is_let_in_where_the_table_says_so_and_each_denial_is_recorded(
    office: Served, role: str
) -> None:
    caller = office.caller(role, officer="某人" if role == "handler" else None)
    before = len(denials(office))
    for route in needs():
        answer = ask(office, route, caller.headers)
        if may(role, route):
            is_elsewhere = role == "handler" and answer.status_code == 403
            assert is_elsewhere or answer.status_code in LET_IN, (route, answer.text)
            assert answer.status_code != 403 or answer.json()["code"] == "out_of_scope"
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), route
    forbidden = [route for route in needs() if not may(role, route)]
    assert [each for each in denials(office)[before:] if each[2] == "forbidden"] == [
        (role, route, "forbidden") for route in forbidden
    ]
    assert forbidden, "a role that may do everything"


def test_a_subject_without_a_role_is_let_in_nowhere(office: Served) -> None:
    headers = {"Authorization": f"Bearer {office.token('local-nobody')}"}
    for route in list(needs())[::25]:
        if route not in public():
            answer = ask(office, route, headers)
            assert (answer.status_code, answer.json()["code"]) == (403, "role_not_held"), route


def denials(office: Served) -> list[tuple[str, str, str]]:
    """Who was turned away from where and why, in order."""
    found, after = [], 0
    while page := office.service.accesses.page(after, 1000):
        found += [kept.access for kept in page]
        after = page[-1].number
    return [(each.role, each.target, each.reason) for each in found if each.action is Action.DENIED]


def ask(office: Served, route: str, headers: dict[str, str]) -> Response:
    """A well-formed request to a route, on a number that there may not be."""
    method, path = route.split()
    body = None
    if method == "POST":
        body = example(office, path)
        headers = headers | {"Idempotency-Key": f"key-{quote(path, safe='')}", "If-Match": '"1"'}
        if "{" not in path:
            del headers["If-Match"]
    asked = next((said for end, said in ASKED.items() if path.endswith(end)), None)
    for name, value in PLACES.items():
        path = path.replace(f"{{{name}}}", value)
    return office.client.request(method, path, params=asked, json=body, headers=headers)


def example(office: Served, path: str) -> dict[str, Any]:
    """What the document shows as the body of an act."""
    body = office.app.openapi()["paths"][path]["post"]["requestBody"]
    shown: dict[str, Any] = body["content"]["application/json"]["example"]
    return shown


def test_whoever_carries_a_record_on_reads_it() -> None:
    """Or could not know its version. What personnel sends is answered with the version to go on."""
    blind = {
        (role, act.act.name)
        for act in offered()
        for role in open_to()[f"act:{act.act.name}"]
        if act.path and role not in open_to()[f"read:{act.act.kind}"]
    }
    assert blind == {("personnel_feed", "supply_archive_item")}
