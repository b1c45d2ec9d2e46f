"""Query parameters read by a model, and told in the document.

The framework reads a model's parameters one by one, at a cost that grows with every column of a
list; here only those that were given cost something.
"""

import re
from datetime import date
from functools import cache
from typing import Annotated, Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, BeforeValidator, ValidationError

from api.problems import Problem

Model = TypeVar("Model", bound=BaseModel)
#: How values are written; ``int`` alone would take 1_0, 1.0 and spaces too, ``bool`` yes and 1.
_WRITTEN = {
    "integer": re.compile(r"-?(0|[1-9][0-9]*)"),
    "boolean": re.compile("true|false"),
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value) is None:
        raise ValueError("no day")
    return value


#: A day as ISO 8601 writes it; the framework alone would take a number for seconds since 1970.
Day = Annotated[date, BeforeValidator(_day)]


def asked(request: Request, model: type[Model]) -> Model:
    """What a request asks for; Problem 422 naming the parameter that is not as it should be."""
    given = request.query_params.multi_items()
    if not given:
        nothing: Model = _nothing(model)
        return nothing
    many, forms = _many(model), _forms(model)
    values: dict[str, Any] = {}
    for name, value in given:
        form = forms.get(name)
        if form is not None and form.fullmatch(value) is None:
            raise Problem(422, "malformed", pointer=f"?{name}")
        if name in many:
            values.setdefault(name, []).append(value)
        elif name in values:
            raise Problem(422, "malformed", pointer=f"?{name}")
        else:
            values[name] = value
    return _validated(model, values)


def _validated(model: type[Model], values: dict[str, Any]) -> Model:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        where = error.errors(include_url=False, include_context=False, include_input=False)
        name = where[0]["loc"][0] if where[0]["loc"] else ""
        told = name if name in _names(model) else ""
        raise Problem(422, "malformed", pointer=f"?{told}") from None


@cache
def _nothing(model: type[Any]) -> Any:
    """What a model says where nothing is given; read, never changed."""
    return _validated(model, {})


@cache
def _many(model: type[BaseModel]) -> frozenset[str]:
    """Parameters that may be given several times."""
    return frozenset(
        each["name"] for each in parameters_of(model) if each["schema"].get("type") == "array"
    )


@cache
def _forms(model: type[BaseModel]) -> dict[str, re.Pattern[str]]:
    """How the values of those parameters are written that are no text."""
    types = {each["name"]: each["schema"].get("type") for each in parameters_of(model)}
    return {name: _WRITTEN[kind] for name, kind in types.items() if kind in _WRITTEN}


@cache
def _names(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(each["name"] for each in parameters_of(model))


@cache
def parameters_of(model: type[BaseModel]) -> list[dict[str, Any]]:
    """A model's fields as query parameters of an OpenAPI 3.1 operation."""
    schema = model.model_json_schema(mode="validation")
    required, known = schema.get("required", []), schema.get("$defs", {})
    return [
        _parameter(name, value, known, required=name in required)
        for name, value in schema["properties"].items()
    ]


def _parameter(
    name: str, value: dict[str, Any], known: dict[str, Any], *, required: bool
) -> dict[str, Any]:
    schema = dict(value)
    # A parameter that is not given is left out; there is no null in a query.
    choices = [each for each in schema.pop("anyOf", ()) if each.get("type") != "null"]
    for each in choices:
        schema |= known[each["$ref"].rpartition("/")[2]] if "$ref" in each else each
    if "$ref" in schema.get("items", ()):
        schema["items"] = known[schema["items"]["$ref"].rpartition("/")[2]]
    if schema.get("default", ...) is None:
        del schema["default"]
    schema.pop("title", None)
    parameter = {"name": name, "in": "query", "required": required, "schema": schema}
    if "description" in schema:
        parameter["description"] = schema.pop("description")
    return parameter
