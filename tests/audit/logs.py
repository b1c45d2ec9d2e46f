"""A ledger with its log and its signer, and someone who can write to the file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from ledger.application import Ledger, utc_now
from ledger.audit.checkpoints import Checkpoint
from ledger.audit.examine import examine_entries, examine_places
from ledger.audit.examine_checkpoints import Demands, Examined, examine_checkpoints
from ledger.audit.key_changes import trusted_keys
from ledger.audit.keyring import VERIFIER_FILE, open_keyring
from ledger.audit.merkle import SHA256
from ledger.audit.notes import Verifier, read_log_verifiers
from ledger.audit.published import Published, Trust
from ledger.audit.sequencer import LogStore
from ledger.audit.signer import SignedState, sign_checkpoint
from ledger.audit.tables import PublishedNote
from ledger.audit.verifier.policy import Policy
from tests.audit.reference import Tiles
from tests.domain.samples import a_unit
from tests.ledger.office import MONDAY, OfficeClock, open_ledger, when
from tests.support.databases import Intruder, copied, intruder, made_small

ORIGIN = "example.test/log"
Database = Intruder
Attack = Callable[[Database], None]
EVENTS = "stored_events"
LOG_TABLES = ("log_state", "log_entries", "log_tiles", "log_edge", "log_checkpoints")


def add_units(ledger: Ledger, count: int, name: str = "DW") -> None:
    """Record that many units more, in one transaction."""
    first = ledger.head()
    with ledger.transaction() as transaction:
        for number in range(first, first + count):
            unit = a_unit(code=f"{name}{number:05}")
            transaction.execute(unit, when(unit), None)


@dataclass
class Log:
    """One ledger's log; ``keys`` is the signer's folder, ``now`` what the clock says at first."""

    path: Path
    keys: Path
    now: datetime = MONDAY
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        self.ledger = open_ledger(self.path, OfficeClock(self.now))

    @property
    def store(self) -> LogStore:
        """The log's tables."""
        return LogStore(self.ledger)

    @property
    def verifier(self) -> Verifier:
        """The public key that the signer left."""
        return read_log_verifiers((self.keys / VERIFIER_FILE).read_text("utf-8"))[0]

    @property
    def clock(self) -> OfficeClock:
        """The clock of the ledger and of the signer."""
        assert isinstance(self.ledger.clock, OfficeClock)
        return self.ledger.clock

    def sign(self, store: LogStore | None = None) -> Checkpoint:
        """Sign, and read what was signed as anyone would."""
        note = self.publish(store)
        return self.trust().read(note.data).checkpoint

    def publish(self, store: LogStore | None = None) -> PublishedNote:
        """Sign, and give what was published."""
        keyring, signed = open_keyring(self.keys, ORIGIN), SignedState(self.keys, ORIGIN)
        return sign_checkpoint(store or self.store, keyring, signed)

    def trust(self, policy: Policy | None = None) -> Trust:
        """Whose signatures count."""
        return Trust(trusted_keys(self.store, self.verifier), policy)

    def examined(self, policy: Policy | None = None) -> Examined:
        """What an examination says of the published checkpoints."""
        return examine_checkpoints(self.store, Demands(self.verifier, policy))

    def notes(self) -> list[bytes]:
        """Every published note."""
        return [note.data for note in self.store.notes()]

    def read(self) -> list[Published]:
        """Every published checkpoint with its signatures."""
        return [self.trust().read(note.data) for note in self.store.notes()]

    def published(self) -> list[Checkpoint]:
        """Every published checkpoint."""
        return [each.checkpoint for each in self.read()]

    def codes(self, policy: Policy | None = None) -> set[str]:
        """The codes of all findings of a deep examination."""
        examined = self.examined(policy)
        findings = [*examined.findings, *examine_entries(self.store, brackets=examined.brackets)]
        findings += examine_places(self.store)
        return {finding.code for finding in findings}

    def close(self) -> None:
        """Let go of the file."""
        self.ledger.close()


@dataclass(frozen=True)
class Template:
    """A signed ledger's closed file, of which each test attacks a copy."""

    path: Path
    keys: Path

    def copy(self, target: Path) -> Log:
        """The same log on a file of its own, under the same key."""
        copied(self.path, target)
        return Log(target, self.keys, utc_now())


def bare(source: Path, target: Path) -> Path:
    """A small copy of a ledger's file: its events and commands, its log, and no read models."""
    copied(source, target)
    with intruder(target) as db:
        for name in db.tables():
            if not name.startswith((EVENTS, "log_", "sqlite_")):
                db.execute(f'DROP TABLE "{name}"')
    made_small(target)
    return target


@contextmanager
def attacker(path: Path) -> Iterator[Intruder]:
    """Someone with write access to the database, who has taken the triggers away."""
    with intruder(path) as db:
        db.drop_triggers()
        yield db


def attack(path: Path, *statements: str) -> None:
    """Have an attacker carry out these statements, each of which changes something."""
    with attacker(path) as db:
        for statement in statements:
            assert db.execute(statement).rowcount


def encoded(body: dict[str, Any]) -> bytes:
    """The bytes that the ledger itself would have written."""
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)


def flipped(data: bytes, at: int) -> bytes:
    """The bytes with one bit of one of them turned."""
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def alter(path: Path, table: str, column: str, where: str, at: int = 0) -> None:
    """Turn one bit of a value in one row."""
    with attacker(path) as db:
        query = f"SELECT rowid, {column} FROM {table} WHERE {where}"
        ((row, data),) = db.execute(query).fetchall()
        change = f"UPDATE {table} SET {column} = ? WHERE rowid = ?"
        db.execute(change, (flipped(data, at), row))


def tables(path: Path, names: tuple[str, ...] = LOG_TABLES[:4]) -> dict[str, list[Any]]:
    """Every row of the log's tables."""
    with intruder(path) as db:
        return {
            name: db.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in names
        }


def expected_tables(path: Path) -> dict[str, list[Any]]:
    """What the log's tables must hold of the ledger in this file, reckoned apart from them."""
    with intruder(path) as db:
        rows = db.execute(f"SELECT rowid, state FROM {EVENTS} ORDER BY rowid").fetchall()
    tiles = Tiles(SHA256.leaf(state) for _, state in rows)
    return {
        "log_state": [(1, len(rows), rows[-1][0] if rows else 0)],
        "log_entries": [(index, position) for index, (position, _) in enumerate(rows)],
        "log_tiles": [(*place, hashes) for place, hashes in sorted(tiles.full.items())],
        "log_edge": [(level, bytes(edge)) for level, edge in enumerate(tiles.edge.levels)],
    }


@dataclass(frozen=True)
class Place:
    """The place of an event that is attacked."""

    position: int

    def row(self, db: Database) -> tuple[Any, ...]:
        """Its stream's id, version, stored name and bytes."""
        columns = "originator_id, originator_version, topic, state"
        query = f"SELECT {columns} FROM {EVENTS} WHERE rowid = ?"
        return tuple(db.execute(query, (self.position,)).fetchone())

    def put(self, db: Database, **columns: Any) -> None:
        """Write over some of its columns."""
        for name, value in columns.items():
            change = f"UPDATE {EVENTS} SET {name} = ? WHERE rowid = ?"
            assert db.execute(change, (value, self.position)).rowcount == 1
