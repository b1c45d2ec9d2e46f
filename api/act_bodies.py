"""The body of an act as its document tells it: schema, what each field means, and an example."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from api.commands import KEY
from api.policy import Offered
from domain.codes.tables import code_tables
from domain.concept import Act
from domain.corrections.values import optional
from domain.fields import field_index
from domain.streams import TITLES, Kind
from ledger.commands import schema_of

DAY, INSTANT = "2026-03-02", "2026-03-02T09:30:00+08:00"
_SHOWN = 12


def request_of(each: Offered) -> dict[str, Any]:
    """The body and headers of an act, as its document tells them."""
    schema = schema_of(each.act)
    values = schema["properties"]
    example = example_of(each.act)
    left_out = {name for name in values if optional(each.act.command, name)}
    if not each.first:
        values.pop(each.act.key)
        example.pop(each.act.key)
        left_out.add(each.act.key)
    schema["required"] = [name for name in schema["required"] if name not in left_out]
    for name, said in _meanings(each.act).items():
        if name in values:
            values[name]["description"] = said
    # Of a record that there is not yet no version was seen.
    seen = {"examples": ['"1"']} if not each.first else {}
    match = {
        "name": "If-Match",
        "in": "header",
        "required": not each.first,
        "schema": {"type": "string", "pattern": '^"[0-9]{1,15}"$'} | seen,
        "description": "所读版本的 ETag；已有的记录必填",
    }
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "schema": {"type": "string", "pattern": f"^{KEY}$"},
        "description": "同一键只登记一次",
    }
    content = {"application/json": {"schema": schema, "example": example}}
    return {"requestBody": {"required": True, "content": content}, "parameters": [key, match]}


def example_of(act: Act) -> dict[str, Any]:
    """Values of an act that its types allow; whether the law does depends on the record."""
    schema = schema_of(act)
    known = _known(act.command)
    known[act.key] = _number(act.kind)
    return _object(schema, schema.get("$defs", {}), known)


def _meanings(act: Act) -> dict[str, str]:
    """What fields hold beyond their type: numbers, terms, personal data."""
    index = field_index(act.command)
    said = {name: f"{TITLES[kind]}的编号" for name, kind in index.references}
    for name, table in index.codes:
        terms = list(code_tables()[table].terms)
        more = "等" if len(terms) > _SHOWN else ""
        said[name] = f"{code_tables()[table].title}：{'、'.join(terms[:_SHOWN])}{more}"
    for name in index.personal:
        said[name] = f"{said[name]}（个人信息）" if name in said else "个人信息"
    return said


def _known(command: type) -> dict[str, Any]:
    """Values by the marks of the fields."""
    index = field_index(command)
    known: dict[str, Any] = {name: _number(kind) for name, kind in index.references}
    for name, table in index.codes:
        terms = code_tables()[table].terms.values()
        known[name] = next(each.value for each in terms if each.until is None)
    return known


def _object(
    schema: Mapping[str, Any], others: Mapping[str, Any], known: Mapping[str, Any]
) -> dict[str, Any]:
    values = schema["properties"].items()
    return {name: _value(name, said, others, known) for name, said in values}


def _value(
    name: str, said: Mapping[str, Any], others: Mapping[str, Any], known: Mapping[str, Any]
) -> Any:
    if "anyOf" in said:
        said = next(each for each in said["anyOf"] if each.get("type") != "null")
    if "$ref" in said:
        return _object(others[said["$ref"].rpartition("/")[2]], others, known)
    kind = said.get("type")
    if kind == "array":
        return [_value(name, said["items"], others, known)]
    if kind == "integer":
        return 2026 if name == "year" else 1
    if kind == "boolean":
        return True
    if kind != "string":
        raise LookupError(f"no example of {name}: {said}")
    return _text(name, said.get("format"), known)


def _text(name: str, form: str | None, known: Mapping[str, Any]) -> str:
    if form == "date":
        return DAY
    if form == "date-time" or name.endswith("_at"):
        return INSTANT
    return str(known[name]) if name in known else _examples()["texts"].get(name, "示例")


def _number(kind: Kind) -> str:
    return _examples()["numbers"].get(kind.value, f"{kind.value}-001")


@cache
def _examples() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files("api") / "examples.toml").read_text(encoding="utf-8"))
