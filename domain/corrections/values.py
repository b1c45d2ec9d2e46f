"""Values of a field as text, and back: how a correction states what was and what is."""

from datetime import date
from typing import Any, get_args, get_type_hints

from domain.fields import remembered
from domain.refusals import Refusal

YES, NO = "是", "否"


@remembered
def field_type(record: type, field: str) -> type:
    """The plain type of a field: str, date, int, bool or tuple."""
    hint = get_type_hints(record)[field]
    if getattr(hint, "__origin__", None) is tuple:
        return tuple
    plain = [each for each in get_args(hint) or (hint,) if each is not type(None)]
    return plain[0] if isinstance(plain[0], type) else str


@remembered
def optional(record: type, field: str) -> bool:
    """Whether the field may be unknown."""
    return type(None) in get_args(get_type_hints(record)[field])


def show(value: Any) -> str | None:
    """A value as text: ISO 8601 dates, 是/否, several numbers joined by ``;``."""
    match value:
        case None:
            return None
        case bool():
            return YES if value else NO
        case tuple():
            return ";".join(value) or None
        case date():
            return value.isoformat()
    return str(value)


def read(record: type, field: str, text: str | None) -> Any:
    """The value that ``text`` states for a field; refuses text that is none."""
    plain = field_type(record, field)
    if not text:
        return () if plain is tuple else None
    try:
        if plain is date:
            return date.fromisoformat(text)
        if plain is int:
            return int(text)
    except ValueError:
        raise Refusal("impossible_value", f"“{text}”不是该字段的值", field="now") from None
    if plain is bool:
        return text == YES
    if plain is tuple:
        return tuple(part for part in text.split(";") if part)
    return text
