"""The feed: the ledger's events in order, as one kind of caller is shown them.

Only what the read models have followed is told, since they say whose a record is. A page depends
on nothing but what is asked and on events before its end: it is the same bytes for ever.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

import orjson

from api.admission import Caller
from api.problems import Problem
from api.service import Service
from api.visible_events import shown
from domain.streams import Kind
from ledger.application import Followed
from ledger.catalogue import STORED_NAMES, UPCASTERS
from ledger.masking import masked

#: How many positions one page looks at, however few of their events the caller is shown.
REACH = 10_000
#: How many events one question to the ledger gives.
_CHUNK = 500
#: After how many bytes a page ends, whatever limit is asked.
_BYTES = 2**20


class Told(NamedTuple):
    """One event as it is told: position, type, day of registering, and JSON in one line."""

    position: int
    type: str
    registered_on: str
    line: bytes


class Page(NamedTuple):
    """Events and the position to go on from: past all that was looked at."""

    events: list[Told]
    next: int


@dataclass(frozen=True, slots=True)
class View:
    """What of the ledger is told: callers with the same view are told the same bytes.

    ``names`` are the stored names to tell, None for all of them.
    """

    caller: Caller
    names: tuple[str, ...] | None


def view_of(
    service: Service, caller: Caller, types: Sequence[str] = (), kinds: Sequence[Kind] = ()
) -> View:
    """The view of a caller, narrowed to types and kinds where they are given.

    Problem 422 for a type that no event has, 403 for a kind that its role does not read.
    """
    if not known_names().issuperset(types):
        raise Problem(422, "malformed", pointer="?types")
    wanted = {*kinds, *map(_kind, types)}
    if not wanted <= caller.role.reads:
        service.deny(caller, " ".join(sorted(wanted - caller.role.reads)), "forbidden")
        raise Problem(403, "forbidden")
    alike = replace(caller, subject="", officer=caller.officer if caller.role.own else None)
    if not wanted and caller.role.reads == frozenset(Kind):
        return View(alike, None)
    read = frozenset(kinds) or caller.role.reads
    among = known_names().intersection(types) if types else known_names()
    return View(alike, tuple(sorted(name for name in among if _kind(name) in read)))


@cache
def known_names() -> frozenset[str]:
    """Every name that an event may be stored under, older shapes included."""
    return frozenset(STORED_NAMES) | frozenset(UPCASTERS)


def _kind(name: str) -> Kind:
    return Kind(name.partition(".")[0])


def page_of(
    service: Service, view: View, after: int, limit: int, until: int, most: int = _BYTES
) -> Page:
    """Up to ``limit`` events after a position, up to ``until`` (inclusive).

    ``until`` is at most where the read models are. A page ends when it has looked at REACH
    positions, and with the event that brings it to ``most`` bytes.
    """
    last = min(until, after + REACH)
    told: list[Told] = []
    size, at = 0, after
    while at < last:
        entries, at = _entries(service, view, at, limit, last)
        for position, event in entries:
            told.append(_told(view, position, event))
            size += len(told[-1].line)
            if len(told) == limit or size >= most:
                return Page(told, position)
    return Page(told, max(at, after))


def _entries(
    service: Service, view: View, after: int, limit: int, last: int
) -> tuple[Iterator[Followed], int]:
    """Some of the entries to tell, and how far they were looked at."""
    ledger, caller, names = service.office.ledger, view.caller, view.names
    if caller.organ is None and not caller.role.own:
        many = min(limit, _CHUNK)
        found = ledger.page(after, many, last, names)
        return iter(found), found[-1][0] if len(found) == many else last
    # Whose a record is may change by events that are not told: all of them are looked at.
    found = ledger.page(after, _CHUNK, last)
    seen = shown(service.office.engine, caller, found)
    wanted = seen if names is None else (each for each in seen if each[1]["type"] in names)
    return wanted, found[-1][0] if len(found) == _CHUNK else last


def _told(view: View, position: int, event: dict[str, Any]) -> Told:
    if not view.caller.role.personal:
        event = event | {"data": masked(STORED_NAMES[event["type"]], event["data"])}
    return Told(
        position,
        event["type"],
        event["registered_on"],
        orjson.dumps({"position": position, **event}),
    )


def pages_of(service: Service, view: View, after: int, until: int) -> Iterator[list[Told]]:
    """Every event after a position up to ``until``, page by page."""
    while after < until:
        told, after = page_of(service, view, after, _CHUNK, until)
        if told:
            yield told
