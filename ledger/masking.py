"""Personal data told only to those who may see it; others get a mark in its place."""

from typing import Any, get_args, get_type_hints

from domain.fields import field_index, remembered

MASK = "〔已隐去〕"


@remembered
def records_within(cls: type) -> dict[str, type]:
    """The type of the records that each field holds, by the names of such fields."""
    hints = get_type_hints(cls)
    found: dict[str, type] = {}
    for name in field_index(cls).records:
        hint = hints[name]
        inner = (
            hint,
            *get_args(hint),
            *(deep for each in get_args(hint) for deep in get_args(each)),
        )
        found[name] = next(each for each in inner if hasattr(each, "__dataclass_fields__"))
    return found


@remembered
def personal_names(cls: type) -> frozenset[str]:
    """Dotted names of the personal fields of a type and of the records within it."""
    inner = {
        f"{name}.{each}"
        for name, held in records_within(cls).items()
        for each in personal_names(held)
    }
    return frozenset(field_index(cls).personal) | inner


def masked(cls: type, data: dict[str, Any]) -> dict[str, Any]:
    """A record as plain data with the mark in place of every personal value that is known."""
    told = dict(data)
    for name in field_index(cls).personal:
        if told.get(name) is not None:
            told[name] = [MASK] if isinstance(told[name], list | tuple) else MASK
    for name, held in records_within(cls).items():
        told[name] = _masked_within(held, told.get(name))
    return told


def _masked_within(cls: type, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_masked_within(cls, each) for each in value]
    return masked(cls, value) if isinstance(value, dict) else value
