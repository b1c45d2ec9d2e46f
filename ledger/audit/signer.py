"""The signer: signs the log's tree, and never two trees that do not continue each other.

What it signed last is kept apart from the ledger's database. A ledger restored from an older copy,
a second history, or a changed byte in what is new is therefore seen before it is signed.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.key_changes import BadKeyChangeError, changes_of_key, refused, signer_at
from ledger.audit.keyring import Keyring, WillNotSignError, make_folder
from ledger.audit.merkle import CompactRange, ProofError
from ledger.audit.notes import Note, Signer
from ledger.audit.sequencer import LogDamagedError, LogStore, Progress, no_progress, sequence
from ledger.audit.tables import PublishedNote
from ledger.audit.tiles import Edge, cover

STATE_FILE = "signed.sqlite3"
#: How far a clock may fall behind what was signed last (seconds).
MAX_SKEW = 300


class Signed(NamedTuple):
    """What was signed last: size, root, and when (POSIX seconds; 0 where no time was signed)."""

    size: int
    root: bytes
    at: int


class SignedState:
    """What was signed last, moved on by compare-and-set only."""

    def __init__(self, folder: Path, origin: str) -> None:
        make_folder(folder)
        self._path = folder / STATE_FILE
        self._origin = origin
        with self._database() as db:
            db.execute("BEGIN IMMEDIATE")
            db.execute(
                "CREATE TABLE IF NOT EXISTS signed (origin TEXT PRIMARY KEY, "
                "size INTEGER NOT NULL, root BLOB NOT NULL, at INTEGER NOT NULL DEFAULT 0)"
            )
            columns = db.execute("SELECT name FROM pragma_table_info('signed')").fetchall()
            if ("at",) not in columns:  # of a first version
                db.execute("ALTER TABLE signed ADD COLUMN at INTEGER NOT NULL DEFAULT 0")
            db.execute("COMMIT")

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=60, isolation_level=None)) as db:
            db.execute("PRAGMA synchronous=FULL")
            yield db

    def last(self) -> Signed | None:
        """What was signed last, or None where nothing was."""
        with self._database() as db:
            row = db.execute(
                "SELECT size, root, at FROM signed WHERE origin = ?", (self._origin,)
            ).fetchone()
        return Signed(row[0], bytes(row[1]), row[2]) if row is not None else None

    def move_on(self, seen: Signed | None, to: Signed) -> bool:
        """Move on from what was seen; False where another signer has moved on meanwhile."""
        with self._database() as db:
            if seen is None:
                moved = db.execute(
                    "INSERT OR IGNORE INTO signed (origin, size, root, at) VALUES (?,?,?,?)",
                    (self._origin, *to),
                )
            else:
                moved = db.execute(
                    "UPDATE signed SET size = ?, root = ?, at = ? "
                    "WHERE origin = ? AND size = ? AND root = ? AND at = ?",
                    (*to, self._origin, *seen),
                )
            return moved.rowcount == 1


def sign_checkpoint(
    store: LogStore,
    keyring: Keyring,
    signed: SignedState,
    progress: Progress = no_progress,
    max_skew: int = MAX_SKEW,
) -> PublishedNote:
    """Sequence what is new, check that it continues what was signed, sign and publish it.

    Where nothing is new the same tree is signed with the time of now. Killed before signing,
    nothing is signed; killed after, the same tree is signed again. WillNotSignError, saying why,
    for a tree that must not be signed.
    """
    try:
        sequence(store, progress)
    except LogDamagedError as error:
        raise WillNotSignError("log_damaged", str(error)) from None
    while True:
        seen = signed.last()
        size, root = _examined(store, seen)
        signer = _signer(store, keyring, size)
        to = Signed(size, root, _time(store, seen, max_skew))
        if seen == to or signed.move_on(seen, to):
            break
    text = str(Checkpoint(keyring.origin, size, root))
    note = str(Note(text, (signer.sign(text), signer.cosign(text, to.at)))).encode()
    return store.publish(size, to.at, note)


def _signer(store: LogStore, keyring: Keyring, size: int) -> Signer:
    """The key in force at that size."""
    try:
        return signer_at(keyring, changes_of_key(store, keyring.origin), size)
    except BadKeyChangeError as error:
        raise refused(error) from None


def _time(store: LogStore, seen: Signed | None, max_skew: int) -> int:
    """The time to sign, never before what was signed last (POSIX seconds)."""
    now, last = int(store.ledger.clock().timestamp()), seen.at if seen is not None else 0
    if now + max_skew < last:
        raise WillNotSignError("clock_behind", f"时钟比上次签名的时间慢 {last - now} 秒")
    return max(now, last)


def _examined(store: LogStore, seen: Signed | None) -> tuple[int, bytes]:
    """Size and root of a tree that continues what was signed, its new leaves hashed afresh.

    The new root is made of the subtrees under the signed one and of nothing but stored bytes.
    """
    edge = _edge(store)
    size, claimed = edge.size, edge.root()
    first, first_root = seen[:2] if seen is not None else (0, store.hasher.empty)
    if size < first:
        reason = f"日志只有 {size} 项，少于已签名的 {first} 项：数据库可能来自旧的备份"
        raise WillNotSignError("older_than_signed", reason)
    tree = store.tree()
    try:
        roots = [tree.node(level, number) for level, number in cover(0, first)]
    except (ProofError, KeyError):
        roots = []
    if (
        len(roots) != first.bit_count()
        or CompactRange(store.hasher, first, roots).root() != first_root
    ):
        raise WillNotSignError("not_consistent", f"日志不是已签名的 {first} 项的延续")
    grown = CompactRange(store.hasher, first, roots)
    for index, position, _, entry in store.entries(first, size):
        if entry is None:
            raise WillNotSignError("entry_missing", f"位置 {position} 的事件不见了")
        if not isinstance(entry, bytes) or store.hasher.leaf(entry) != _leaf(store, index):
            raise WillNotSignError("entry_altered", f"位置 {position} 的事件与日志不符")
        grown.append(store.hasher.leaf(entry))
    if (damage := store.damage()) is not None:
        raise WillNotSignError("log_damaged", damage)
    if (grown.size, grown.root()) != (size, claimed):
        raise WillNotSignError("tile_altered", "由事件得出的根与日志的不同")
    return size, claimed


def _edge(store: LogStore) -> Edge:
    try:
        return store.edge()
    except LogDamagedError as error:
        raise WillNotSignError("edge_altered", str(error)) from None


def _leaf(store: LogStore, index: int) -> bytes:
    try:
        return store.leaf(index)
    except KeyError:
        return b""
