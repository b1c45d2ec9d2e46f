"""The published messages say what the contracts say, and what was published once still holds."""

import orjson
import pytest
import yaml
from jsonschema_rs import Draft7Validator

from consumers.contracts.contract import Contract
from consumers.contracts.registry import CONTRACTS
from tests.docs.additive import breaches
from tests.docs.messages import FOLDER, asyncapi_text, page, schema_of, schema_text

each_contract = pytest.mark.parametrize("contract", CONTRACTS, ids=lambda each: each.name)


@each_contract
def test_a_contract_takes_all_that_its_published_schema_takes(contract: Contract) -> None:
    published = orjson.loads((FOLDER / f"{contract.name}.json").read_bytes())
    assert breaches(published, schema_of(contract)) == []


@each_contract
def test_the_published_schema_is_the_contract(contract: Contract) -> None:
    text = (FOLDER / f"{contract.name}.json").read_text(encoding="utf-8")
    assert text == schema_text(contract), "make docs"


@each_contract
def test_the_schema_takes_its_example_and_knows_each_field(contract: Contract) -> None:
    schema = schema_of(contract)
    validator = Draft7Validator(schema, validate_formats=True)
    (example,) = schema["examples"]
    validator.validate(example)
    assert example.keys() == schema["properties"].keys(), "an example shows every field"
    assert all("description" in said for said in schema["properties"].values())
    for name in schema["required"]:
        assert not validator.is_valid({key: example[key] for key in example if key != name})
    assert not validator.is_valid(example | {"more": 1})


def test_no_published_contract_is_gone() -> None:
    published = {path.stem for path in FOLDER.glob("*.json")}
    assert published == {each.name for each in CONTRACTS}


def test_the_documents_for_machines_and_people_are_the_registry() -> None:
    assert (FOLDER / "asyncapi.yaml").read_text(encoding="utf-8") == asyncapi_text(), "make docs"
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == page(), "make docs"


def test_every_reference_of_the_asyncapi_document_leads_somewhere() -> None:
    document = yaml.safe_load(asyncapi_text())
    messages = document["components"]["messages"]
    for channel in document["channels"].values():
        for name, said in channel["messages"].items():
            assert said == {"$ref": f"#/components/messages/{name}"}
            assert name in messages
    for operation in document["operations"].values():
        assert operation["channel"]["$ref"].rpartition("/")[2] in document["channels"]
    for message in messages.values():
        assert (FOLDER / message["payload"]["$ref"]).is_file()
        Draft7Validator(message["headers"]).validate(message["examples"][0]["headers"])
    assert sum(len(each["messages"]) for each in document["channels"].values()) == len(messages)


TEXT = {"type": "string", "maxLength": 5, "pattern": "^a"}
TERMS = {"type": "string", "enum": ["甲", "乙"]}
OPTIONAL = {"anyOf": [TEXT, {"type": "null"}], "default": None}
OLD = {
    "type": "object",
    "additionalProperties": False,
    "required": ["number"],
    "properties": {
        "number": TEXT,
        "kind": TERMS,
        "remark": OPTIONAL,
        "count": {"type": "integer", "minimum": 0},
        "persons": {"type": "array", "items": TEXT, "maxItems": 3},
    },
}


def changed(name: str, said: object) -> dict[str, object]:
    """The old schema with another field."""
    return OLD | {"properties": OLD["properties"] | {name: said}}  # type: ignore[operator]  # a dict


@pytest.mark.parametrize(
    "new",
    [
        OLD,
        changed("more", OPTIONAL),
        changed("number", TEXT | {"maxLength": 9, "description": "编号"}),
        changed("number", {"anyOf": [TEXT, {"type": "integer"}]}),
        changed("number", {"type": "string"}),
        changed("kind", TERMS | {"enum": ["甲", "乙", "丙"]}),
        changed("persons", {"type": "array", "items": {"type": "string"}, "maxItems": 4}),
        OLD | {"required": []},
        OLD | {"additionalProperties": True},
    ],
)
def test_a_schema_may_grow(new: dict[str, object]) -> None:
    assert breaches(OLD, new) == []


@pytest.mark.parametrize(
    ("new", "where"),
    [
        (
            OLD | {"properties": {k: v for k, v in OLD["properties"].items() if k != "kind"}},
            "/kind",
        ),
        (OLD | {"required": ["number", "kind"]}, "/kind"),
        (changed("number", TEXT | {"maxLength": 4}), "/number"),
        (changed("number", TEXT | {"minLength": 1}), "/number"),
        (changed("number", TEXT | {"pattern": "^b"}), "/number"),
        (changed("number", {"type": "integer"}), "/number"),
        (changed("kind", TERMS | {"enum": ["甲"]}), "/kind"),
        (changed("kind", {"type": "string", "const": "甲"}), "/kind"),
        (changed("number", TEXT | {"enum": ["a"]}), "/number"),
        (changed("remark", TEXT | {"default": None}), "/remark"),
        (changed("remark", OPTIONAL | {"default": "a"}), "/remark"),
        (changed("count", {"type": "integer", "minimum": 1}), "/count"),
        (changed("persons", {"type": "array", "items": TERMS, "maxItems": 3}), "/persons[]"),
        (changed("persons", {"type": "array", "items": TEXT, "maxItems": 2}), "/persons"),
    ],
)
def test_a_schema_may_not_take_less_or_mean_something_else(
    new: dict[str, object], where: str
) -> None:
    found = breaches(OLD, new)
    assert found
    assert all(each.startswith(f"{where}:") for each in found), found


def test_unknown_fields_once_taken_are_taken_still() -> None:
    assert breaches(OLD | {"additionalProperties": True}, OLD) == [
        ": unknown fields are refused now"
    ]


def test_a_keyword_that_nothing_judges_is_not_passed_over() -> None:
    with pytest.raises(LookupError, match="multipleOf"):
        breaches(OLD, changed("count", {"type": "integer", "multipleOf": 2}))
