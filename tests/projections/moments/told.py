"""What current state says at a cut, from the read models and from the histories of the streams."""

from collections.abc import Iterator
from typing import Any

from domain.streams import split_stream_name
from ledger.envelope import Entry
from projections.cuts import Cut
from projections.moments import reading_at
from projections.tables import CURRENT, NAMES, TRACE
from reports.history import HistoryCut, history
from tests.projections.test_states import cells, streams_of
from tests.support.offices import Desk

Rows = dict[str, list[tuple[Any, ...]]]
Streams = dict[str, list[Entry]]

_HANDLING = ["decided_on", "method", "approver", "concluded_on", "outcome"]


def shown(desk: Desk, cut: Cut) -> Rows:
    """Every row of every table at the cut, with the version and position it comes from."""
    found: Rows = {}
    with reading_at(desk.engine, cut) as connection:
        for table, shape in CURRENT.items():
            names = [name for name in shape.names if name not in TRACE[2:]]
            if table == "handlings":
                names = ["lead", "organ", *_HANDLING]
            listed = ", ".join(f'"{name}"' for name in names)
            rows = connection.exec_driver_sql(f"SELECT {listed} FROM {table}")
            found[table] = sorted(map(tuple, rows), key=repr)
    return found


def folded(streams: Streams, cut: Cut) -> Rows:
    """The same, folded from the events of each stream."""
    found: Rows = {table: [] for table in CURRENT}
    asked = HistoryCut(as_of=cut.as_of, position=cut.at_position)
    for stream, entries in streams.items():
        told = history(stream, entries, asked)
        for table, row in _rows(stream, told.state, told.events):
            found[table].append(row)
    return {table: sorted(rows, key=repr) for table, rows in found.items()}


def _rows(stream: str, state: Any, events: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
    if state is None:
        return
    kind, _ = split_stream_name(stream)
    table = NAMES[kind]
    own = [name for name in CURRENT[table].names if name not in TRACE]
    yield table, (*cells(state, own), events[-1].version, events[-1].position)
    if table == "leads":
        for handling in state.handlings:
            yield "handlings", (state.number, state.organ, *cells(handling, _HANDLING))


__all__ = ["Rows", "Streams", "folded", "shown", "streams_of"]
