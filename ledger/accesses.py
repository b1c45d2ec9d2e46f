"""The record of accesses: who saw personal data, took an export, or was turned away.

It stands beside the ledger, not in it: there are many more views than facts, and a view must not
wait for the order of facts. Rows are chained by their digests and never changed; several that are
made at the same time share one commit, and none is answered before it is on disk.
"""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from queue import SimpleQueue
from typing import NamedTuple

import orjson

from ledger.application import Ledger

_NEVER_EDITED = "the record of accesses is never edited"
#: Whoever adds to it moves the last number on first: writers take turns, and no number is left out.
_TABLES = (
    """CREATE TABLE IF NOT EXISTS accesses (
        number INTEGER PRIMARY KEY, at TEXT NOT NULL, subject TEXT NOT NULL,
        role TEXT NOT NULL, action TEXT NOT NULL, target TEXT NOT NULL, reason TEXT NOT NULL,
        digest BLOB NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS accesses_last (
        id INTEGER PRIMARY KEY CHECK (id = 1), number INTEGER NOT NULL)""",
    """INSERT INTO accesses_last SELECT 1, COALESCE(MAX(number), 0) FROM accesses WHERE 1 = 1
        ON CONFLICT DO NOTHING""",
)
_START = bytes(32)
#: At most so many rows in one commit.
_TOGETHER = 500


def make_tables(ledger: Ledger) -> None:
    """Make what is missing: for a role that may only add, the owner has made it before."""
    store = ledger.store
    made = store.columns("accesses_last")
    with ledger.writing_alone, store.preparing() as statements:
        if not made:
            for statement in _TABLES:
                statements.run(statement)
        store.protect(statements, "accesses", _NEVER_EDITED)


class Action(StrEnum):
    """What was done."""

    VIEW = "view"
    EXPORT = "export"
    DENIED = "denied"


class Access(NamedTuple):
    """One access: an opaque subject, its role, the route or stream, and a code where denied."""

    at: datetime
    subject: str
    role: str
    action: Action
    target: str
    reason: str = ""


class Kept(NamedTuple):
    """An access as it is kept: its number (1-based, ascending) and the digest of the chain."""

    number: int
    access: Access
    digest: bytes


class Accesses:
    """The record of one ledger; one thread writes what all others hand to it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._queue: SimpleQueue[tuple[Access, Future[None]] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="accesses", daemon=True)
        make_tables(ledger)
        self._thread.start()

    def record(self, access: Access) -> None:
        """Record an access; returns when it is on disk."""
        done: Future[None] = Future()
        self._queue.put((access, done))
        done.result()

    def close(self) -> None:
        """Write what is handed over, then end."""
        self._queue.put(None)
        self._thread.join()

    def page(self, after: int, limit: int) -> list[Kept]:
        """The next accesses after a number, in order."""
        found = self._ledger.store.read(
            "SELECT number, at, subject, role, action, target, reason, digest "
            "FROM accesses WHERE number > ? ORDER BY number LIMIT ?",
            (after, limit),
        )
        return [_kept(row) for row in found]

    def first_broken(self) -> int | None:
        """The number of the first row that the chain does not bear out; None where it holds."""
        digest, after = _START, 0
        while page := self.page(after, 1000):
            for each in page:
                digest = _chained(digest, each.access)
                if each.number != after + 1 or each.digest != digest:
                    return each.number
                after = each.number
        return None

    def _run(self) -> None:
        while True:
            waiting = list(self._handed_over())
            if not waiting:
                return
            try:
                self._write([access for access, _ in waiting])
            except Exception as error:  # noqa: BLE001 -- told to each that waits
                for _, done in waiting:
                    done.set_exception(error)
            else:
                for _, done in waiting:
                    done.set_result(None)

    def _handed_over(self) -> Iterator[tuple[Access, Future[None]]]:
        """At least one access and what else waits; nothing once the record is closed."""
        for _ in range(_TOGETHER):
            each = self._queue.get()
            if each is None:
                self._queue.put(None)
                return
            yield each
            if self._queue.empty():
                return

    def _write(self, accesses: Sequence[Access]) -> None:
        ledger = self._ledger
        with ledger.writing_alone, ledger.store.changing() as statements:
            [(last,)] = statements.run(
                "UPDATE accesses_last SET number = number + ? RETURNING number", (len(accesses),)
            )
            found = statements.run("SELECT digest FROM accesses ORDER BY number DESC LIMIT 1")
            digest = found[0][0] if found else _START
            rows = []
            for number, each in enumerate(accesses, last - len(accesses) + 1):
                digest = _chained(digest, each)
                rows.append((number, each.at.isoformat(), *each[1:], digest))
            statements.run_many("INSERT INTO accesses VALUES (?,?,?,?,?,?,?,?)", rows)


def _kept(row: tuple[int, str, str, str, str, str, str, bytes]) -> Kept:
    number, at, subject, role, action, target, reason, digest = row
    access = Access(datetime.fromisoformat(at), subject, role, Action(action), target, reason)
    return Kept(number, access, digest)


def _chained(digest: bytes, access: Access) -> bytes:
    """SHA-256 (32 bytes) of the digest before and the access as a JSON array."""
    return sha256(digest + orjson.dumps((access.at.isoformat(), *access[1:]))).digest()
