"""One stream's history: its events in order, what each changed, and the state then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.concepts import CONCEPTS
from domain.corrections.values import show
from domain.fields import field_index
from domain.streams import split_stream_name
from ledger.envelope import Entry


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as text; None where unknown."""

    field: str
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of a stream: where and when it is recorded, by whom, on what ground, its effect."""

    position: int
    version: int
    type: str
    occurred_on: date
    registered_on: date
    recorded_at: datetime
    actor: str
    basis: str | None
    command_id: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The events of one stream up to a cut, and the state they add up to."""

    stream: str
    events: tuple[Happened, ...]
    state: Any

    @property
    def fields(self) -> dict[str, str | None]:
        """The state's fields as text; empty where nothing was known."""
        return _flat(self.state)


@dataclass(frozen=True, slots=True)
class HistoryCut:
    """Up to a version, as known at the end of a day, or at a position; None: everything."""

    version: int | None = None
    as_of: date | None = None
    position: int | None = None

    def holds(self, entry: Entry) -> bool:
        """Whether the entry lies within the cut."""
        event = entry.event
        return (
            (self.version is None or event.version <= self.version)
            and (self.as_of is None or event.registered_on <= self.as_of)
            and (self.position is None or entry.position <= self.position)
        )


def history(stream: str, entries: Sequence[Entry], cut: HistoryCut | None = None) -> History:
    """Fold a stream's entries within a cut, noting what each changed.

    Later facts can be known before the first one is registered late; such a state begins with
    the first event that is known, and what cannot be folded without it is left out.
    """
    cut = cut or HistoryCut()
    kind, _ = split_stream_name(stream)
    concept = CONCEPTS[kind]
    state: Any = None
    events = []
    for entry in entries:
        if not cut.holds(entry) or (state is None and not _begins(entry)):
            continue
        after = concept.evolve(state, entry.event.data)
        events.append(_happened(entry, _changes(state, after)))
        state = after
    return History(stream, tuple(events), state)


def _begins(entry: Entry) -> bool:
    return entry.event.version == 1


def _happened(entry: Entry, changes: tuple[FieldChange, ...]) -> Happened:
    event = entry.event
    return Happened(
        position=entry.position,
        version=event.version,
        type=event.type,
        occurred_on=event.occurred_on,
        registered_on=event.registered_on,
        recorded_at=event.recorded_at,
        actor=event.actor,
        basis=getattr(event.data, "basis", None),
        command_id=event.command_id,
        changes=changes,
    )


def _changes(before: Any, after: Any) -> tuple[FieldChange, ...]:
    was, now = _flat(before), _flat(after)
    return tuple(
        FieldChange(name, was.get(name), now.get(name))
        for name in dict.fromkeys((*was, *now))
        if was.get(name) != now.get(name)
    )


def _flat(state: Any, prefix: str = "") -> dict[str, str | None]:
    """Fields of a state as text; a record it holds by what tells it apart, or by its place."""
    flat: dict[str, str | None] = {}
    if state is None:
        return flat
    index = field_index(type(state))
    for name in index.names:
        value = getattr(state, name)
        if name not in index.records:
            flat[prefix + name] = show(value)
        elif isinstance(value, tuple):
            for mark, held in _marked(value):
                flat |= _flat(held, f"{prefix}{name}[{mark}].")
        else:
            flat |= _flat(value, f"{prefix}{name}.")
    return flat


def _marked(records: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """Each record with the value of its first field, or its place where two have the same."""
    first = [getattr(each, field_index(type(each)).names[0]) for each in records]
    for at, (mark, record) in enumerate(zip(first, records, strict=True), start=1):
        yield (str(mark) if first.count(mark) == 1 else str(at)), record
