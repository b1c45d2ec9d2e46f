"""Canonical JSON: sorted ASCII keys, UTF-8, no floats, integers below 2**53; made by orjson."""

from dataclasses import is_dataclass
from datetime import date
from hashlib import sha256
from operator import attrgetter
from typing import Any

import orjson

from domain.fields import field_index, remembered

OPTIONS = orjson.OPT_STRICT_INTEGER | orjson.OPT_UTC_Z

#: No stored event may be larger; an entry of the transparency log has a 16-bit length.
MAX_BYTES = 65_535


@remembered
def _reader(cls: type) -> tuple[tuple[str, ...], Any, bool]:
    index = field_index(cls)
    names = tuple(sorted(index.names))
    get = attrgetter(*names) if len(names) > 1 else lambda record: (getattr(record, names[0]),)
    return names, get, bool(index.records)


def _plain_value(value: Any) -> Any:
    if is_dataclass(value):
        return plain(value)
    if isinstance(value, tuple):
        return [_plain_value(each) for each in value]
    return value


def plain(record: Any) -> dict[str, Any]:
    """The fields of a record as a dictionary with sorted keys, records within it likewise.

    TypeError for a floating-point number: what is stored is exact.
    """
    names, get, nested = _reader(type(record))
    values = get(record)
    if nested:
        values = tuple(map(_plain_value, values))
    if float in map(type, values):
        raise TypeError("a stored fact holds no floating-point number")
    return dict(zip(names, values, strict=True))


def digest(record: Any, registered_on: date | None = None) -> bytes:
    """SHA-256 (32 bytes) of a command: its type's name and its values in the order of names.

    A register also claims when the fact was registered; that is then part of what it says.
    """
    _, get, nested = _reader(type(record))
    values = get(record)
    if nested:
        values = tuple(map(_plain_value, values))
    body = orjson.dumps((*values, registered_on), option=OPTIONS)
    return sha256(b"%s\0%s" % (type(record).__name__.encode(), body)).digest()
