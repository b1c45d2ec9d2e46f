"""Which of several streams a caller sees: one question a kind, not one a stream."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection

from api.admission import Caller, restrict
from domain.concepts import CONCEPTS
from domain.streams import Kind, split_stream_name, stream_name
from projections.figures import Clause, Scope
from projections.tables import NAMES

#: How many numbers one question names.
_TOGETHER = 500


def seen_among(
    connection: Connection, caller: Caller, scope: Scope | None, streams: Iterable[str]
) -> set[str]:
    """Those of the streams that are of kinds the caller reads, of its organs and in its hands."""
    numbers: dict[Kind, list[str]] = defaultdict(list)
    for stream in dict.fromkeys(streams):
        kind, number = split_stream_name(stream)
        if kind in caller.role.reads:
            numbers[kind].append(number)
    if scope is None and not caller.role.own:
        return {stream_name(kind, each) for kind, found in numbers.items() for each in found}
    return {
        stream_name(kind, each)
        for kind, found in numbers.items()
        for at in range(0, len(found), _TOGETHER)
        for each in _seen(connection, caller, scope, kind, found[at : at + _TOGETHER])
    }


def is_seen(connection: Connection, caller: Caller, scope: Scope | None, stream: str) -> bool:
    """Whether there is such a record, of the caller's organs and in its hands."""
    kind, number = split_stream_name(stream)
    return bool(_seen(connection, caller, scope, kind, [number]))


def is_there(connection: Connection, stream: str) -> bool:
    """Whether there is such a record, whoever asks."""
    kind, number = split_stream_name(stream)
    statement = f'SELECT 1 FROM {NAMES[kind]} WHERE "{CONCEPTS[kind].key}" = ?'  # noqa: S608 -- own names
    return connection.exec_driver_sql(statement, (number,)).first() is not None


def _seen(
    connection: Connection, caller: Caller, scope: Scope | None, kind: Kind, numbers: list[str]
) -> list[str]:
    key = CONCEPTS[kind].key
    clause = Clause()
    clause.one_of(f'"{key}"', numbers)
    restrict(clause, caller, kind, scope)
    statement = f'SELECT "{key}" FROM {NAMES[kind]} WHERE {clause}'  # noqa: S608 -- own names
    return list(connection.exec_driver_sql(statement, tuple(clause.values)).scalars())
