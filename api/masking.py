"""Personal data told only to those who may see it; others get a mark in its place."""

from dataclasses import replace
from typing import Any, get_args, get_type_hints

from domain.fields import field_index, remembered
from reports.history import FieldChange

MASK = "〔已隐去〕"


@remembered
def _within(cls: type) -> dict[str, type]:
    """The type of the records that each field holds."""
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
        f"{name}.{each}" for name, held in _within(cls).items() for each in personal_names(held)
    }
    return frozenset(field_index(cls).personal) | inner


def masked(cls: type, data: dict[str, Any]) -> dict[str, Any]:
    """A record as plain data with the mark in place of every personal value that is known."""
    told = dict(data)
    for name in field_index(cls).personal:
        if told.get(name) is not None:
            told[name] = [MASK] if isinstance(told[name], list | tuple) else MASK
    for name, held in _within(cls).items():
        told[name] = _masked_within(held, told.get(name))
    return told


def _masked_within(cls: type, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_masked_within(cls, each) for each in value]
    return masked(cls, value) if isinstance(value, dict) else value


def masked_change(cls: type, change: FieldChange) -> FieldChange:
    """A change of one field, named as in a history (``handlings[2020-01-01].method``)."""
    plain = ".".join(part.partition("[")[0] for part in _parts(change.field))
    if plain not in personal_names(cls):
        return change
    return replace(change, was=change.was and MASK, now=change.now and MASK)


def _parts(field: str) -> list[str]:
    """The parts of a field's name; a mark in brackets may itself hold a point."""
    parts, depth = [""], 0
    for letter in field:
        depth += (letter == "[") - (letter == "]")
        if letter == "." and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
