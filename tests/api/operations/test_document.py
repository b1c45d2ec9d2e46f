"""The OpenAPI document: valid, said once, with an example of every act that the program reads."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from api.act_bodies import example_of
from api.policy import Offered, offered
from ledger.commands import read_command
from tests.support.served import Served

PATH = "/api/v1/openapi.json"
#: What the document may weigh, in bytes; packed it is a fifteenth of it.
HEAVIEST, HEAVIEST_PACKED = 1_200_000, 120_000


@pytest.fixture(scope="module")
def document(wuhua_served: Served) -> dict[str, Any]:
    said: dict[str, Any] = wuhua_served.client.get(PATH).json()
    return said


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for each in part.values():
            yield from references(each)
    elif isinstance(part, list):
        for each in part:
            yield from references(each)


def found(document: dict[str, Any], reference: str) -> Any:
    """What a reference leads to; KeyError where it leads nowhere."""
    part: Any = document
    for name in reference.removeprefix("#/").split("/"):
        part = part[name]
    return part


def test_it_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert [str(fault) for fault in OPENAPI_31_VALIDATOR.iter_errors(document)] == []


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    said = set(references(document))
    assert said
    assert all(found(document, each) for each in said)


def test_it_is_not_heavier_than_it_need_be(wuhua_served: Served) -> None:
    plain = wuhua_served.client.get(PATH, headers={"Accept-Encoding": "identity"})
    packed = wuhua_served.client.get(PATH, headers={"Accept-Encoding": "gzip"})
    assert len(plain.content) < HEAVIEST
    assert int(packed.headers["content-length"]) < HEAVIEST_PACKED
    assert packed.json() == plain.json()
    assert packed.headers["etag"] != plain.headers["etag"]


def test_every_operation_has_a_title_a_place_and_a_name_of_its_own(
    document: dict[str, Any],
) -> None:
    places = {tag["name"] for tag in document["tags"]}
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(names) == len(set(names))
    for where, operation in operations(document):
        assert operation["summary"], where
        assert set(operation["tags"]) <= places, where
        assert not operation["summary"].isascii(), where


def test_it_says_what_it_is_for_and_under_which_licence(document: dict[str, Any]) -> None:
    info = document["info"]
    assert info["license"] == {"name": "Apache 2.0", "identifier": "Apache-2.0"}
    assert "Idempotency-Key" in info["description"]
    assert [each["url"] for each in document["servers"]] == ["/"]


@pytest.mark.parametrize("each", offered(), ids=lambda each: each.act.name)
def test_the_example_of_an_act_is_read_as_its_command(each: Offered) -> None:
    read_command(each.act, orjson.dumps(example_of(each.act)))


def test_the_examples_are_in_the_document(document: dict[str, Any]) -> None:
    shown = {
        operation["operationId"]: operation["requestBody"]["content"]["application/json"]
        for where, operation in operations(document)
        if where.startswith("post ")
    }
    assert shown.keys() == {each.act.name for each in offered()}
    assert shown["handle_lead"]["example"]["method"] == "谈话函询"
    for name, content in shown.items():
        assert set(content["schema"]["required"]) <= content["example"].keys(), name
