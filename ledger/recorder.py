"""What both stores of a ledger offer beside the library's recorder: reading and writing by place.

The statements are the same; ``POSITION`` is what a store calls the column of positions.
"""

# ruff: noqa: S608 -- table names are the ledger's own

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from ledger.envelope import Receipt
from ledger.statements import Row, Statements

T = TypeVar("T")

#: How many ids one SELECT names; SQLite allows 32,766 values.
IDS_A_QUERY = 900

#: The greatest position that a database can give.
LAST = 2**63 - 1

#: What an attempt to edit the ledger is answered.
NEVER_EDITED = "a ledger is never edited: record a correction"


class LedgerStore(ABC):
    """Events in one order with positions that have no gaps and are never given twice.

    Triggers stop a stray UPDATE or DELETE; they prove nothing, the log does.
    """

    POSITION: ClassVar[str]
    events_table_name: str

    @abstractmethod
    def read(self, statement: str, values: Sequence[Any] = ()) -> Any:
        """The rows of one query, as it stands now; each query knows what it asks for."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[Statements]:
        """One consistent view of what stands in the ledger's database."""

    @abstractmethod
    def changing(self) -> AbstractContextManager[Statements]:
        """One transaction on what stands beside the events, committed at its end.

        It is no writing of the ledger: a compare-and-swap decides between two of them.
        """

    @abstractmethod
    def preparing(self) -> AbstractContextManager[Statements]:
        """One transaction in which tables are made, one program after another."""

    @abstractmethod
    def writing(self) -> AbstractContextManager["Writing"]:
        """One write transaction: the lock first, then what is read in it cannot change.

        OperationalError where another writer holds the ledger for too long.
        """

    @abstractmethod
    def append(
        self, to: Statements, stored_events: Sequence[StoredEvent], receipts: Sequence[Receipt]
    ) -> Sequence[int]:
        """Append events and receipts in an open write transaction; returns their positions.

        IntegrityError where a stream has that version already.
        """

    @abstractmethod
    def last_position(self, to: Statements) -> int:
        """The last position ever given, even where its event was since deleted by an attacker."""

    @abstractmethod
    def columns(self, table: str) -> frozenset[str]:
        """Names of a table's columns; none where there is no such table."""

    @abstractmethod
    def protect(self, to: Statements, table: str, said: str = NEVER_EDITED) -> None:
        """Have every UPDATE and DELETE of a table refused; ``to`` is of :meth:`preparing`."""

    @property
    @abstractmethod
    def is_replica(self) -> bool:
        """Whether it is only read, and all in it comes from another server."""

    @abstractmethod
    def head(self) -> int:
        """Position of the last event, 0 on an empty ledger."""

    def page(
        self, after: int, limit: int, until: int | None = None, names: Sequence[str] | None = None
    ) -> list[tuple[int, str, bytes]]:
        """Position, stored name and bytes of the next events after a position, in order.

        Only those stored under one of ``names``, where names are given.
        """
        at = self.POSITION
        of_names = "" if names is None else "AND topic IN ? "
        named = () if names is None else (list(names),)
        values = (after, LAST if until is None else until, *named, limit)
        found: list[tuple[int, str, bytes]] = self.read(
            f"SELECT {at}, topic, state FROM {self.events_table_name} "
            f"WHERE {at} > ? AND {at} <= ? {of_names}ORDER BY {at} LIMIT ?",
            values,
        )
        return found

    def places(self, after: int, limit: int) -> list[tuple[int, str, int, bytes]]:
        """Position, stream id, version and bytes of the next events after a position."""
        at = self.POSITION
        found: list[tuple[int, str, int, bytes]] = self.read(
            f"SELECT {at}, originator_id, originator_version, state "
            f"FROM {self.events_table_name} WHERE {at} > ? ORDER BY {at} LIMIT ?",
            (after, limit),
        )
        return found

    def stream(self, originator_id: str) -> list[tuple[int, StoredEvent]]:
        """Position and stored form of one stream's events, in order."""
        found = self.read(
            f"SELECT {self.POSITION}, {STORED} FROM {self.events_table_name} "
            "WHERE originator_id = ? ORDER BY originator_version",
            (originator_id,),
        )
        return [(row[0], StoredEvent(*row[1:])) for row in found]

    def last_at(self, position: int) -> tuple[str, bytes] | None:
        """Stored name and bytes of the last event at or before a position; None where none is."""
        at = self.POSITION
        found: list[tuple[str, bytes]] = self.read(
            f"SELECT topic, state FROM {self.events_table_name} "
            f"WHERE {at} <= ? ORDER BY {at} DESC LIMIT 1",
            (min(position, LAST),),
        )
        return found[0] if found else None


#: The columns of a stored event.
STORED = "originator_id, originator_version, topic, state"


class Writing:
    """An open write transaction of a store."""

    def __init__(self, store: LedgerStore, statements: Statements) -> None:
        self._store = store
        self._table = store.events_table_name
        self._statements = statements

    def last(self) -> tuple[int, bytes | None]:
        """The last position ever given, and the bytes of the last event."""
        found = self.run(
            f"SELECT state FROM {self._table} ORDER BY {self._store.POSITION} DESC LIMIT 1"
        )
        return self._store.last_position(self._statements), found[0][0] if found else None

    def streams(self, ids: Iterable[str]) -> Iterator[StoredEvent]:
        """Every event of these streams, each stream's in order."""
        for chunk in in_chunks(list(ids)):
            found = self.run(
                f"SELECT {STORED} FROM {self._table} WHERE originator_id IN ? "
                "ORDER BY originator_id, originator_version",
                (chunk,),
            )
            yield from (StoredEvent(*row) for row in found)

    def at(self, position: int) -> StoredEvent | None:
        """The event at a position, or None where there is none."""
        found = self.run(
            f"SELECT {STORED} FROM {self._table} WHERE {self._store.POSITION} = ?", (position,)
        )
        return StoredEvent(*found[0]) if found else None

    def receipts(self, command_ids: Iterable[str]) -> dict[str, Receipt]:
        """The receipts of those commands that were carried out before."""
        found: dict[str, Receipt] = {}
        for chunk in in_chunks(list(command_ids)):
            rows = self.run(
                "SELECT command_id, digest, first_position, last_position "
                f"FROM {self._table}_commands WHERE command_id IN ?",
                (chunk,),
            )
            found.update((row[0], Receipt(*row)) for row in rows)
        return found

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run a statement on what stands beside the events, in the same transaction; its rows."""
        return self._statements.run(statement, values)

    def run_many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement on what stands beside the events for each row of values."""
        self._statements.run_many(statement, rows)

    def append(self, events: Sequence[StoredEvent], receipts: Sequence[Receipt]) -> None:
        """Append events and receipts; IntegrityError where a stream has that version already."""
        self._store.append(self._statements, events, receipts)


def text_id(originator_id: UUID | str) -> str:
    """Ids are text; the library's own UUIDs are stored as it stores them."""
    return originator_id.hex if isinstance(originator_id, UUID) else originator_id


def in_chunks(items: Sequence[T]) -> Iterator[list[T]]:
    """Parts of a sequence, each as many as one SELECT names."""
    for start in range(0, len(items), IDS_A_QUERY):
        yield list(items[start : start + IDS_A_QUERY])
