"""Cursors of pages: opaque, signed, and pinned to the moment that their first page was read at."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from api.problems import Problem
from api.secret import Secret
from projections.cuts import Cut

_PURPOSE = "cursor"
_TAG = 16


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the moment it was read at, and what its last row is sorted by.

    ``position`` is how far the read models had followed when the first page was read.
    """

    position: int
    as_of: date | None
    key: tuple[Any, ...]

    @property
    def cut(self) -> Cut:
        """The moment of every page."""
        return Cut(as_of=self.as_of) if self.as_of else Cut(at_position=self.position)


def write_cursor(secret: Secret, asked: str, place: Place) -> str:
    """The cursor of a place in the answer to what was asked."""
    body = orjson.dumps((place.position, place.as_of, place.key))
    tag = secret.tag(_PURPOSE, asked.encode() + b"\0" + body)
    return urlsafe_b64encode(tag + body).decode().rstrip("=")


def read_cursor(secret: Secret, asked: str, cursor: str) -> Place:
    """The place of a cursor; Problem 400 unless this server made it for what is asked now."""
    try:
        data = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except ValueError:
        raise Problem(400, "cursor_invalid", pointer="?cursor") from None
    tag, body = data[:_TAG], data[_TAG:]
    if not secret.is_tag(_PURPOSE, asked.encode() + b"\0" + body, tag):
        raise Problem(400, "cursor_invalid", pointer="?cursor")
    position, as_of, key = orjson.loads(body)
    return Place(position, date.fromisoformat(as_of) if as_of else None, tuple(key))
