"""The tables of the read models: for each concept as it stands and as it stood, and the journal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    TypeDecorator,
    text,
)

from domain.concepts import CONCEPTS
from domain.corrections.values import field_type
from domain.fields import field_index
from domain.leads.lead import Handling
from domain.streams import Kind

_SERVER = "postgresql"
#: Text is compared by its bytes on either database, whatever the server's locale.
_TEXT = String().with_variant(String(collation="C"), _SERVER)


class _DateAsText(TypeDecorator[date]):
    """A date as ISO 8601 text, as SQLite keeps it: figures compare and tell it as text."""

    impl = String(collation="C")
    cache_ok = True

    def process_bind_param(self, value: date | None, _: Any) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, _: Any) -> date | None:
        return None if value is None else date.fromisoformat(value)


class _TruthAsNumber(TypeDecorator[bool]):
    """Truth as 0 or 1, as SQLite keeps it."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: bool | None, _: Any) -> int | None:  # noqa: FBT001
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, _: Any) -> bool | None:
        return None if value is None else bool(value)


_TYPES: dict[type, Any] = {
    str: _TEXT,
    tuple: _TEXT,
    date: Date().with_variant(_DateAsText(), _SERVER),
    int: Integer().with_variant(BigInteger(), _SERVER),
    bool: Boolean().with_variant(_TruthAsNumber(), _SERVER),
}

#: Table of each kind's current state.
NAMES: dict[Kind, str] = {kind: concept.plural for kind, concept in CONCEPTS.items()}

#: Columns of every current-state table beside its record's: how it came to stand so. The row is
#: registered on the day of its first fact and known since that of the latest registered one.
TRACE = ("version", "position", "registered_on", "known_on")

#: Columns of a table of rows as they stood, beside those of the current one: the row held from
#: ``position`` to before ``until_position``, and was known from ``known_on`` to before
#: ``until_known_on``. Either interval may be empty, both ends the same.
UNTIL = ("until_position", "until_known_on")


@dataclass(frozen=True)
class Shape:
    """Columns and key of one read model."""

    name: str
    columns: tuple[tuple[str, type], ...]
    key: tuple[str, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(name for name, _ in self.columns)

    def table(self, metadata: MetaData, suffix: str = "") -> Table:
        """The table; with a suffix, its twin beside the live one."""
        columns = [
            Column(name, _TYPES[kind], primary_key=name in self.key, autoincrement=False)
            for name, kind in self.columns
        ]
        return Table(self.name + suffix, metadata, *columns, sqlite_with_rowid=False)


def _of_record(name: str, record: type, key: tuple[str, ...], *before: tuple[str, type]) -> Shape:
    """Columns of a record's plain fields; what it holds of records is read from its stream."""
    index = field_index(record)
    own = [(n, field_type(record, n)) for n in index.names if n not in index.records]
    trace = [("version", int), ("position", int), ("registered_on", date), ("known_on", date)]
    return Shape(name, (*before, *own, *trace), key)


CURRENT: dict[str, Shape] = {
    name: _of_record(name, CONCEPTS[kind].state, (CONCEPTS[kind].key,))
    for kind, name in NAMES.items()
}
CURRENT["handlings"] = _of_record(
    "handlings", Handling, ("lead", "decided_on"), ("lead", str), ("organ", str)
)


def past_of(shape: Shape) -> Shape:
    """The table of the rows of a current-state table as they stood, found by the same key."""
    until = (("until_position", int), ("until_known_on", date))
    key = (*shape.key, "position", "known_on")
    return Shape(f"{shape.name}_past", (*shape.columns, *until), key)


PAST: dict[str, Shape] = {name: past_of(shape) for name, shape in CURRENT.items()}

#: Since when each lead is known: its handlings are not known before it.
LEADS_KNOWN = Shape("handlings_known", (("lead", str), ("known_on", date)), ("lead",))

JOURNAL = Shape(
    "postings",
    (
        ("account", str),
        ("occurred_on", date),
        ("stream", str),
        ("item", str),
        ("organ", str),
        ("person", str),
        ("unit", str),
        ("related", str),
        ("category", str),
        ("rank", str),
        ("detail", str),
        ("quantity", int),
        ("registered_on", date),
        ("position", int),
        ("line", int),
    ),
    ("account", "occurred_on", "position", "line"),
)

#: Accounts that other figures hang on; only their lines are found by stream.
JOINED = ("leads.received", "cases.filed", "rounds.opened", "units", "organs")


def journal_table(metadata: MetaData, suffix: str = "", token: str = "") -> Table:
    """The journal, clustered by account and date, with the joined accounts found by stream."""
    table = JOURNAL.table(metadata, suffix)
    joined = text("account IN ({})".format(",".join(f"'{name}'" for name in JOINED)))
    Index(
        f"postings_by_stream{token}",
        table.c.account,
        table.c.stream,
        sqlite_where=joined,
        postgresql_where=joined,
    )
    return table


def followers_table(metadata: MetaData) -> Table:
    """How far each read model has followed the ledger, and the shape it was built with."""
    return Table(
        "followers",
        metadata,
        Column("name", _TEXT, primary_key=True),
        Column("position", _TYPES[int], nullable=False),
        Column("shape", String, nullable=False),
        Column("generation", Integer, nullable=False),
    )


def digest_of(shapes: Iterable[Shape], logic: str) -> str:
    """What a read model was built with: its tables' columns and the version of its logic."""
    said = "".join(f"{shape.columns}{shape.key}" for shape in shapes)
    return sha256(f"{said}{logic}".encode()).hexdigest()
