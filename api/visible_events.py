"""Which events a caller of an organ is shown: each by whose its record was when it was recorded.

So an answer never changes: a record that is handed over later shows its new organ what is recorded
from then on, and goes on showing the old one what was recorded until then.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import Engine

from api.admission import Caller, seen_tables
from api.visibility import seen_among
from domain.ownership import HANDED_OVER, OWNED
from domain.streams import Kind, split_stream_name
from ledger.application import Followed
from projections.cuts import Cut
from projections.moments import reading_at


def shown(engine: Engine, caller: Caller, entries: list[Followed]) -> Iterator[Followed]:
    """Those entries, which follow each other without a gap, that are of the caller's organs."""
    if caller.organ is None and not caller.role.own:
        yield from entries
        return
    for run in _runs(entries):
        seen = _seen(engine, caller, run)
        yield from (each for each in run if each[1]["stream"] in seen)


def _runs(entries: Iterable[Followed]) -> Iterator[list[Followed]]:
    """Entries during which no record changes hands: the last position answers for all of them."""
    run: list[Followed] = []
    for each in entries:
        if run and changes_hands(*each):
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def changes_hands(_: int, event: dict[str, object]) -> bool:
    """Whether other records, or the record itself, may be another organ's after an event."""
    kind, data = Kind(str(event["stream"]).partition(":")[0]), event["data"]
    if kind is Kind.ORGAN:
        return True
    if event["version"] == 1 or not isinstance(data, dict):
        return False
    before, after = data.get("before"), data.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        owned = OWNED[kind]
        return any(before.get(name) != after.get(name) for name in (owned.field, owned.kind_field))
    return event["type"] in HANDED_OVER


def _seen(engine: Engine, caller: Caller, run: list[Followed]) -> set[str]:
    streams = {event["stream"] for _, event in run}
    kinds = {split_stream_name(stream)[0] for stream in streams}
    tables = {table for kind in kinds for table in seen_tables(caller, kind)}
    cut = Cut(at_position=run[-1][0])
    with reading_at(engine, cut, tables) as connection:
        return seen_among(connection, caller, caller.scope(connection, cut), streams)
