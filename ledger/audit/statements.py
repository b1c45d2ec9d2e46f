"""Manifests of published statements, kept with their definitions for the bundles to come.

A manifest says what a statement said and which facts it rests on; only its hash is an event.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from ledger.application import Ledger

_TABLE = """
CREATE TABLE IF NOT EXISTS log_statements (
    sha256 TEXT PRIMARY KEY, manifest BLOB NOT NULL, definition BLOB NOT NULL)
"""


@dataclass(frozen=True, slots=True)
class KeptStatement:
    """A manifest and the definitions it rests on, byte for byte as published."""

    manifest: bytes
    definition: bytes

    @property
    def sha256(self) -> str:
        """SHA-256 of the manifest in hexadecimal, as its event states it."""
        return sha256(self.manifest).hexdigest()


class StatementStore:
    """The table of manifests, in the ledger's own database."""

    def __init__(self, ledger: Ledger) -> None:
        self._store = ledger.store
        if not self._store.columns("log_statements"):
            with self._store.preparing() as statements:
                statements.run(_TABLE)

    def keep(self, statement: KeptStatement) -> None:
        """Keep a manifest; the same one again changes nothing."""
        row = (statement.sha256, statement.manifest, statement.definition)
        with self._store.changing() as statements:
            statements.run(
                "INSERT INTO log_statements VALUES (?,?,?) ON CONFLICT (sha256) DO NOTHING", row
            )

    def all(self) -> Iterator[KeptStatement]:
        """Every manifest, in the order of its hash."""
        rows = self._store.read("SELECT manifest, definition FROM log_statements ORDER BY sha256")
        yield from (KeptStatement(bytes(row[0]), bytes(row[1])) for row in rows)
