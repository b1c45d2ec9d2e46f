"""One line of the journal: a signed posting, as in double-entry bookkeeping.

Nothing is rubbed out: a correction posts the reverse of what was and what is now. A line names
the streams it hangs on (``related``) and copies nothing of them.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

Data = dict[str, Any]

#: The occurred date of what was always so.
ALWAYS = "0001-01-01"


class Line(NamedTuple):
    """One posting without its place and sign.

    ``stream`` and ``item`` name the fact; ``related`` a stream it hangs on; ``category``,
    ``rank`` and ``detail`` are its dimensions, as terms of the code tables; ``occurred_on`` is
    an ISO 8601 date; ``quantity`` is how many units the fact counts for.
    """

    account: str
    occurred_on: str
    stream: str
    item: str = ""
    organ: str | None = None
    person: str | None = None
    unit: str | None = None
    related: str | None = None
    category: str | None = None
    rank: str | None = None
    detail: str | None = None
    quantity: int = 1


def reverse(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines that take back what others added."""
    for line in lines:
        yield line._replace(quantity=-line.quantity)


def named(kind: str, number: str | None) -> str | None:
    """The name of a stream, where there is a number."""
    return f"{kind}:{number}" if number else None
