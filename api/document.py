"""The OpenAPI 3.1 document: what the framework makes of the routes, and what it can't know."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import orjson

from api.answers import ProblemModel
from api.policy import roles
from api.service import ROLE_HEADER
from domain.streams import TITLES

Document = dict[str, Any]

DESCRIPTION = """监督台账的事实、指标与证明。

- **身份**：`Authorization: Bearer …`；持有多个角色时以 `Ledger-Role` 指明一个。
- **行为**：每一项法定行为一个地址。`Idempotency-Key` 必填，同一键只登记一次；
  已有的记录须以 `If-Match` 给出所读的版本。不合规定的行为不予登记（409），附代码与条文。
- **时点**：`as_of` 问某日终了时所知，`at_position` 问台账在某位置时所载，二者只用一个。
- **翻页**：`cursor` 取自上一页的 `next` 或 `Link`。
- **出错**：RFC 9457 `application/problem+json`，`code` 稳定，不回显所给的内容。
"""
_BEARER = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
_LICENCE = {"name": "Apache 2.0", "identifier": "Apache-2.0"}
_NAMED = re.compile(r"[^A-Za-z0-9._-]+")


def described(document: Document) -> Document:
    """The document with tokens, roles and problems; what is said often is said once."""
    document["info"] |= {"description": DESCRIPTION, "license": _LICENCE}
    document["servers"] = [{"url": "/", "description": "本服务"}]
    components = document.setdefault("components", {})
    components["securitySchemes"] = _BEARER
    schemas = components.setdefault("schemas", {})
    schemas["ProblemModel"] = ProblemModel.model_json_schema()
    for operation in _operations(document):
        _describe(operation)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    _move_definitions(document)
    _drop_noise(document)
    _share(document)
    document["tags"] = _tags(document)
    return document


def _operations(document: Document) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from path.values()


def _describe(operation: dict[str, Any]) -> None:
    need = operation.get("x-needs")
    for response in operation["responses"].values():
        if response.get("description") == "Successful Response":
            response["description"] = "成功"
    default = operation["responses"].get("422", {}).get("content", {})
    if "application/json" in default:
        del default["application/json"]
        if not default:
            del operation["responses"]["422"]
    if need is None:
        return
    operation["security"] = [{"bearer": []}]
    operation.setdefault("parameters", []).append(
        {
            "name": ROLE_HEADER,
            "in": "header",
            "required": False,
            "schema": {"type": "string", "enum": list(roles())},
            "description": "以哪一角色行事；只持有一个角色时可不填",
        }
    )


def _tags(document: Document) -> list[dict[str, str]]:
    """Every tag: what is about many kinds first, then the kinds in the order of the registers."""
    said = dict.fromkeys(tag for each in _operations(document) for tag in each.get("tags", ()))
    kinds = {title: kind for kind, title in TITLES.items()}
    many = [{"name": name} for name in said if name not in kinds]
    return many + [
        {"name": title, "description": f"`{kind.value}`：列表、记录、历史与其行为"}
        for title, kind in kinds.items()
        if title in said
    ]


def _move_definitions(document: Document) -> None:
    """Definitions within a body go where the document's references look for them."""
    schemas = document["components"]["schemas"]
    for operation in _operations(document):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            for name, schema in content["schema"].pop("$defs", {}).items():
                if schemas.setdefault(name, schema) != schema:
                    raise LookupError(f"two definitions of {name}")
    for part in _objects(document):
        name = part.get("$ref")
        if isinstance(name, str) and name.startswith("#/$defs/"):
            part["$ref"] = name.replace("#/$defs/", "#/components/schemas/")


def _drop_noise(document: Document) -> None:
    """Leave out titles that only repeat a name, and what holds anyway."""
    for part in _objects(document):
        for name, schema in (part.get("properties") or {}).items():
            if isinstance(schema, dict) and schema.get("title") == _titled(name):
                del schema["title"]
        schema = part.get("schema")
        if "in" in part and isinstance(schema, dict):
            if part.get("required") is False:
                del part["required"]
            if schema.get("title") == _titled(part["name"]):
                del schema["title"]
            if schema.get("description") == part.get("description"):
                schema.pop("description", None)


def _titled(name: str) -> str:
    return name.replace("_", " ").title()


def _objects(part: Any) -> Iterator[dict[str, Any]]:
    """Every object within a document, the outer ones first."""
    if isinstance(part, dict):
        yield part
        for each in part.values():
            yield from _objects(each)
    elif isinstance(part, list):
        for each in part:
            yield from _objects(each)


def _share(document: Document) -> None:
    """Parameters and responses that several operations have go into the components."""
    shared = _Shared(document)
    for operation in _operations(document):
        parameters = operation.get("parameters", [])
        operation["parameters"] = [
            shared.ref("parameters", each["name"], each) for each in parameters
        ]
        if not parameters:
            del operation["parameters"]
        responses = operation["responses"]
        for status, each in responses.items():
            responses[status] = shared.ref("responses", status, each)


class _Shared:
    """The components of one document; what occurs once stays where it is."""

    def __init__(self, document: Document) -> None:
        self._components = document["components"]
        self._names: dict[bytes, str] = {}
        self._numbers: Counter[str] = Counter()
        self._seen = Counter(
            _bytes(each)
            for operation in _operations(document)
            for each in (*operation.get("parameters", ()), *operation["responses"].values())
        )

    def ref(self, kind: str, name: str, value: dict[str, Any]) -> dict[str, Any]:
        """A reference to a component that says the same."""
        said = _bytes(value)
        if self._seen[said] == 1:
            return value
        found = self._names.get(said)
        if found is None:
            name = _NAMED.sub("_", name)
            self._numbers[name] += 1
            number = self._numbers[name]
            found = self._names[said] = name if number == 1 else f"{name}_{number}"
            self._components.setdefault(kind, {})[found] = value
        return {"$ref": f"#/components/{kind}/{found}"}


def _bytes(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
