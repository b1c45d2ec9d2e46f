"""The published facts are as their schemas say, and what was published once is told still."""

from typing import Any

import orjson
import pytest
import yaml
from jsonschema_rs import Draft7Validator

from consumers.outbound.messages import message_of
from domain.concepts import STORED_NAMES
from ledger.application import Ledger
from ledger.mapper import LedgerMapper
from ledger.masking import personal_names
from tests.docs.additive import withdrawn
from tests.docs.outbound import FOLDER, asyncapi_text, page, schema_of, schema_text
from tests.outbound.facts import every_fact

each_fact = pytest.mark.parametrize("name", STORED_NAMES)


@each_fact
def test_a_fact_says_all_that_its_published_schema_says(name: str) -> None:
    published = orjson.loads((FOLDER / f"{name}.json").read_bytes())
    assert withdrawn(published, schema_of(name)) == []


@each_fact
def test_the_published_schema_is_the_fact(name: str) -> None:
    assert (FOLDER / f"{name}.json").read_text("utf-8") == schema_text(name), "make docs"


def test_no_published_fact_is_gone() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == STORED_NAMES.keys()


def test_what_is_told_of_every_fact_is_as_its_schema_says(told: Ledger) -> None:
    facts = [*next(told.follow(limit=100_000)), *every_fact(LedgerMapper())]
    validators = {name: Draft7Validator(schema_of(name)) for name in STORED_NAMES}
    for followed in facts:
        data = orjson.loads(message_of("/x", followed).value or b"")
        validators[followed[1]["type"]].validate(data)


def test_no_schema_takes_what_is_personal() -> None:
    for followed in every_fact(LedgerMapper()):
        name = followed[1]["type"]
        taken = Draft7Validator(schema_of(name)).is_valid(followed[1]["data"])
        assert taken == (not personal_names(STORED_NAMES[name])), name


def test_the_documents_for_machines_and_people_are_the_concepts() -> None:
    assert (FOLDER / "asyncapi.yaml").read_text("utf-8") == asyncapi_text(), "make docs"
    assert (FOLDER / "README.md").read_text("utf-8") == page(), "make docs"


def test_every_reference_of_the_asyncapi_document_leads_somewhere(told: Ledger) -> None:
    document = yaml.safe_load(asyncapi_text())
    known = document["components"]["messages"]
    for channel in document["channels"].values():
        for name, said in channel["messages"].items():
            assert said == {"$ref": f"#/components/messages/{name}"}
            assert name in known
    for operation in document["operations"].values():
        assert operation["channel"]["$ref"].rpartition("/")[2] in document["channels"]
    for message in known.values():
        assert (FOLDER / message["payload"]["$ref"]).is_file()
        assert message["traits"] == [{"$ref": "#/components/messageTraits/fact"}]
    headers = Draft7Validator(document["components"]["messageTraits"]["fact"]["headers"])
    for followed in next(told.follow(limit=100_000)):
        sent = message_of("/x", followed)
        assert sent.topic in {each["address"] for each in document["channels"].values()}
        headers.validate({name: value.decode() for name, value in sent.headers})


TEXT: dict[str, Any] = {"type": "string"}
KNOWN = {"anyOf": [TEXT, {"type": "null"}]}
OLD: dict[str, Any] = {
    "type": "object",
    "additionalProperties": True,
    "required": ["number", "summary", "before"],
    "properties": {
        "number": TEXT,
        "summary": KNOWN,
        "before": {"type": "object", "required": ["number"], "properties": {"number": TEXT}},
    },
}


def changed(name: str, said: Any) -> dict[str, Any]:
    """The old schema with another field, always told."""
    required = [*OLD["required"], name] if name not in OLD["required"] else OLD["required"]
    return OLD | {"properties": OLD["properties"] | {name: said}, "required": required}


@pytest.mark.parametrize(
    "new",
    [
        OLD,
        changed("more", TEXT),
        changed("summary", TEXT),
        changed("number", TEXT | {"minLength": 1, "description": "编号"}),
        changed(
            "before",
            {
                "type": "object",
                "required": ["number", "more"],
                "properties": {"number": TEXT, "more": TEXT},
            },
        ),
    ],
)
def test_a_fact_may_say_more(new: dict[str, Any]) -> None:
    assert withdrawn(OLD, new) == []


@pytest.mark.parametrize(
    ("new", "where"),
    [
        (OLD | {"required": ["summary", "before"]}, "/number"),
        (changed("number", KNOWN), "/number"),
        (changed("number", {"type": "integer"}), "/number"),
        (changed("summary", {"anyOf": [TEXT, {"type": "integer"}]}), "/summary"),
        (changed("before", {"type": "object", "required": [], "properties": {}}), "/before/number"),
    ],
)
def test_a_fact_may_not_say_less_or_something_else(new: dict[str, Any], where: str) -> None:
    found = withdrawn(OLD, new)
    assert found
    assert all(each.startswith(f"{where}:") for each in found), found
