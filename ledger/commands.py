"""Commands from the outside: an act by its name, its values as JSON, read strictly by type."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from domain.acts import BY_NAME
from domain.concept import Act
from domain.fields import remembered


class UnknownActError(LookupError):
    """No act of the domain has that name."""


class MalformedCommandError(ValueError):
    """The values are not those of the act; ``faults`` are (field, what is wrong with it)."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{field} {fault}" for field, fault in faults))
        self.faults = faults


def act_named(name: str) -> Act:
    """The act with a name; UnknownActError where there is none, or the program alone does it."""
    act = BY_NAME.get(name)
    if act is None or act.of_program:
        raise UnknownActError(name)
    return act


@remembered
def _adapter(command: type) -> TypeAdapter[Any]:
    return TypeAdapter(command)


def read_command(act: Act, body: bytes) -> Any:
    """The command that a JSON object states; a value that may be unknown may be left out.

    Dates are ISO 8601 text. MalformedCommandError, which never repeats a value, for anything else.
    """
    from domain.corrections.values import optional
    from domain.fields import field_index

    try:
        said = _whole(TypeAdapter(dict[str, Any]).validate_json(body))
        unknown = {
            name: None for name in field_index(act.command).names if optional(act.command, name)
        }
        full = TypeAdapter(dict[str, Any]).dump_json(unknown | said)
        return _adapter(act.command).validate_json(full, strict=True)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        raise MalformedCommandError(
            [(".".join(map(str, each["loc"])), each["type"]) for each in faults]
        ) from None


def _whole(value: Any) -> Any:
    """The value with every number that is whole as an integer: JSON has 5.0 and 5 as one."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: _whole(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_whole(each) for each in value]
    return value


def schema_of(act: Act) -> dict[str, Any]:
    """The JSON Schema (2020-12) of an act's values."""
    schema: dict[str, Any] = _adapter(act.command).json_schema()
    return schema
