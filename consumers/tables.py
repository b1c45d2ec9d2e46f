"""Where consumers and the publisher stand: tables in the ledger's database, beside the events."""

from collections.abc import Sequence
from typing import Any

from ledger.application import Ledger

_TABLES = (
    """CREATE TABLE IF NOT EXISTS inbound_places (
        topic TEXT NOT NULL, partition INTEGER NOT NULL, topic_id TEXT NOT NULL,
        next_offset INTEGER NOT NULL, PRIMARY KEY (topic, partition))""",
    """CREATE TABLE IF NOT EXISTS inbox (
        source TEXT NOT NULL, id TEXT NOT NULL, digest BLOB NOT NULL,
        PRIMARY KEY (source, id))""",
    """CREATE TABLE IF NOT EXISTS dead_letters (
        number INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, partition INTEGER NOT NULL,
        place INTEGER NOT NULL, key TEXT, value BLOB, headers BLOB NOT NULL, state TEXT NOT NULL,
        code TEXT NOT NULL, field TEXT NOT NULL, reason TEXT NOT NULL, attempts INTEGER NOT NULL,
        first_at TEXT NOT NULL, last_at TEXT NOT NULL)""",
    """CREATE INDEX IF NOT EXISTS dead_letters_open ON dead_letters (topic, key)
        WHERE state IN ('dead', 'parked')""",
    """CREATE TABLE IF NOT EXISTS dead_letter_acts (
        number INTEGER PRIMARY KEY AUTOINCREMENT, letter INTEGER NOT NULL, at TEXT NOT NULL,
        who TEXT NOT NULL, act TEXT NOT NULL, why TEXT NOT NULL, outcome TEXT NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS dead_letter_outbox (
        number INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, letter INTEGER NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS dead_letter_places (
        topic TEXT NOT NULL PRIMARY KEY, next_number INTEGER NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS inbound_acts (
        at TEXT NOT NULL, who TEXT NOT NULL, topic TEXT NOT NULL, partition INTEGER NOT NULL,
        topic_id TEXT NOT NULL, left_offset INTEGER NOT NULL, next_offset INTEGER NOT NULL,
        why TEXT NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS consumer_states (
        name TEXT NOT NULL PRIMARY KEY, state TEXT NOT NULL, code TEXT NOT NULL,
        detail TEXT NOT NULL, at TEXT NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS inbound_ends (
        topic TEXT NOT NULL, partition INTEGER NOT NULL, end_offset INTEGER NOT NULL,
        seen_at TEXT NOT NULL, PRIMARY KEY (topic, partition))""",
    """CREATE TABLE IF NOT EXISTS outbound_places (
        name TEXT PRIMARY KEY, round INTEGER NOT NULL, position INTEGER NOT NULL,
        topic_id TEXT NOT NULL, seen_at TEXT NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS outbound_rewinds (
        round INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL,
        left_at INTEGER NOT NULL, position INTEGER NOT NULL)""",
)
#: The table that was added last.
_NEWEST = "outbound_rewinds"


def make_tables(ledger: Ledger) -> None:
    """Make the tables, unless they are there: then nothing waits for the write lock."""
    if are_made(ledger):
        return
    with ledger.writing_alone, ledger.store.preparing() as statements:
        for statement in _TABLES:
            statements.run(statement)


def are_made(ledger: Ledger) -> bool:
    """Whether the tables are there: whoever only looks makes none, and a replica could not."""
    return bool(ledger.store.columns(_NEWEST))


def read(ledger: Ledger, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a query, without the write lock."""
    found: list[tuple[Any, ...]] = ledger.store.read(statement, values)
    return found
