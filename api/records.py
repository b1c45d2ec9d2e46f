"""One record: its state and its history as of any moment, read from the ledger itself."""

from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from typing import Any

from api.admission import Caller, is_handled, is_within
from api.columns import Moment
from api.masking import masked_change
from api.moments import cut_of
from api.problems import Problem
from api.service import Service
from domain.concepts import CONCEPTS
from domain.lifecycles import LIFECYCLES
from domain.streams import Kind, split_stream_name, stream_name
from ledger.canonical import plain
from ledger.masking import masked, personal_names
from projections.cuts import Cut
from projections.moments import reading_at
from reports.history import History, HistoryCut, history

_LIFECYCLES = {each.kind: each for each in LIFECYCLES}
Look = Callable[[str], Any]


def looking(service: Service, cut: Cut) -> Look:
    """What gives the state of a stream at a cut, each read once."""

    @cache
    def look(stream: str) -> Any:
        known = HistoryCut(as_of=cut.as_of, position=cut.at_position)
        return history(stream, service.office.ledger.history(stream), known).state

    return look


def record(
    service: Service, caller: Caller, kind: Kind, number: str, moment: Moment, version: int | None
) -> History:
    """The history of a record up to a moment or a version.

    Problem 404 where there is none then, or it is none of the caller's: both look alike.
    """
    cut = cut_of(service, moment)
    stream = stream_name(kind, number)
    known = HistoryCut(version, cut.as_of, cut.at_position)
    found = history(stream, service.office.ledger.history(stream), known)
    if found.state is None:
        raise Problem(404, "not_found")
    require_seen(service, caller, stream, found.state, cut)
    if holds_personal(kind):
        service.viewed(caller, stream)
    return found


def holds_personal(kind: Kind) -> bool:
    """Whether a kind's records hold personal data."""
    return bool(personal_names(CONCEPTS[kind].state))


def require_seen(service: Service, caller: Caller, stream: str, state: Any, cut: Cut) -> None:
    """Refuse a record outside the caller's organs, or in other hands, as if there were none."""
    kind, _ = split_stream_name(stream)
    look = looking(service, cut)
    scope = None
    if caller.organ is not None:
        with reading_at(service.office.engine, cut, ("postings",)) as connection:
            scope = caller.scope(connection, cut)
    if is_within(scope, kind, state, look) and is_handled(caller, kind, state, look):
        return
    service.deny(caller, stream, "out_of_scope")
    raise Problem(404, "not_found")


def record_document(found: History, caller: Caller) -> dict[str, Any]:
    """A record as JSON: its stream, version, stage where it has one, and state."""
    kind, number = split_stream_name(found.stream)
    lifecycle = _LIFECYCLES.get(kind)
    last = found.events[-1]
    return {
        "stream": found.stream,
        "number": number,
        "version": last.version,
        "position": last.position,
        "stage": lifecycle.stages[lifecycle.stage(found.state)] if lifecycle else None,
        "state": _state(found, caller),
    }


def history_document(found: History, caller: Caller) -> dict[str, Any]:
    """A record's events in order, and the state they add up to."""
    cls = CONCEPTS[split_stream_name(found.stream)[0]].state
    events = []
    for each in found.events:
        changes = each.changes
        if not caller.role.personal:
            changes = tuple(masked_change(cls, change) for change in changes)
        events.append(asdict(each) | {"changes": [asdict(change) for change in changes]})
    return {"stream": found.stream, "events": events, "state": _state(found, caller)}


def _state(found: History, caller: Caller) -> dict[str, Any]:
    state = plain(found.state)
    return state if caller.role.personal else masked(type(found.state), state)
