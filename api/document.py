"""The OpenAPI 3.1 document: what the framework makes of the routes, and what it can't know."""

from typing import Any

from api.answers import ProblemModel
from api.policy import roles
from api.service import ROLE_HEADER

_BEARER = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}


def described(document: dict[str, Any]) -> dict[str, Any]:
    """The document with bearer tokens, the role header, and problems in place of the default."""
    components = document.setdefault("components", {})
    components["securitySchemes"] = _BEARER
    schemas = components.setdefault("schemas", {})
    schemas["ProblemModel"] = ProblemModel.model_json_schema()
    for path in document["paths"].values():
        for operation in path.values():
            _describe(operation)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return document


def _describe(operation: dict[str, Any]) -> None:
    need = operation.get("x-needs")
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
