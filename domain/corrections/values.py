"""Values of a field as text, and back: how a correction states what was and what is."""

from collections.abc import Callable
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
            return ";".join(map(str, value)) or None
        case date():
            return value.isoformat()
    return str(value)


def read(record: type, field: str, text: str | None, side: str = "now") -> Any:
    """The value that ``text`` states for a field; refuses text that is none, naming ``side``."""
    plain = field_type(record, field)
    if not text:
        return () if plain is tuple else None
    try:
        return _READERS.get(plain, str)(text)
    except ValueError:
        raise Refusal("impossible_value", f"“{text}”不是该字段的值", field=side) from None


def _read_bool(text: str) -> bool:
    if text not in {YES, NO}:
        raise ValueError(text)
    return text == YES


def _read_numbers(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


_READERS: dict[type, Callable[[str], Any]] = {
    date: date.fromisoformat,
    int: int,
    bool: _read_bool,
    tuple: _read_numbers,
}
