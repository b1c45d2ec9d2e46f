"""The signer: signs the log's tree, and never two trees that do not continue each other.

What it signed last is kept apart from the ledger's database. A ledger restored from an older copy,
a second history, or a changed byte in what is new is therefore seen before it is signed.
"""

import os
import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.merkle import ProofError, verify_consistency
from ledger.audit.notes import Note, Signer
from ledger.audit.sequencer import LogStore, Progress, no_progress, sequence

KEY_FILE, VERIFIER_FILE, STATE_FILE = "log.key", "log.vkey", "signed.sqlite3"


class WillNotSignError(RuntimeError):
    """The tree is not one to put a name to; ``code`` says why, the message in Chinese."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


def open_signer(folder: Path, origin: str) -> Signer:
    """The log's key, made on first use: readable by its owner alone, its public half beside it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / KEY_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        name, _, encoded = path.read_text(encoding="utf-8").strip().rpartition(" ")
        signer = Signer(name, Ed25519PrivateKey.from_private_bytes(b64decode(encoded)))
        if name != origin:
            raise WillNotSignError("other_origin", f"密钥属于 {name}，不属于 {origin}") from None
        return signer
    signer = Signer(origin, Ed25519PrivateKey.generate())
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{origin} {b64encode(signer.private.private_bytes_raw()).decode()}\n")
    (folder / VERIFIER_FILE).write_text(f"{signer.verifier}\n", encoding="utf-8")
    return signer


class SignedState:
    """What was signed last: size and root, moved on by compare-and-set only."""

    def __init__(self, folder: Path, origin: str) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = folder / STATE_FILE
        self._origin = origin
        with self._database() as db:
            db.execute(
                "CREATE TABLE IF NOT EXISTS signed "
                "(origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL)"
            )

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=60, isolation_level=None)) as db:
            db.execute("PRAGMA synchronous=FULL")
            yield db

    def last(self) -> tuple[int, bytes] | None:
        """Size and root signed last, or None where nothing was."""
        with self._database() as db:
            row = db.execute(
                "SELECT size, root FROM signed WHERE origin = ?", (self._origin,)
            ).fetchone()
        return (row[0], bytes(row[1])) if row is not None else None

    def move_on(self, seen: tuple[int, bytes] | None, size: int, root: bytes) -> bool:
        """Move on from what was seen; False where another signer has moved on meanwhile."""
        with self._database() as db:
            if seen is None:
                moved = db.execute(
                    "INSERT OR IGNORE INTO signed VALUES (?,?,?)", (self._origin, size, root)
                )
            else:
                moved = db.execute(
                    "UPDATE signed SET size = ?, root = ? "
                    "WHERE origin = ? AND size = ? AND root = ?",
                    (size, root, self._origin, *seen),
                )
            return moved.rowcount == 1


def sign_checkpoint(
    store: LogStore, signer: Signer, signed: SignedState, progress: Progress = no_progress
) -> bytes:
    """Sequence what is new, check that it continues what was signed, sign and publish it.

    Killed before signing, nothing is signed; killed after, the same tree is signed again. Returns
    the signed note; WillNotSignError, saying why, for a tree that must not be signed.
    """
    sequence(store, progress)
    while True:
        seen = signed.last()
        size, root = _examined(store, seen)
        if seen == (size, root) or signed.move_on(seen, size, root):
            break
    checkpoint = str(Checkpoint(signer.name, size, root))
    note = str(Note(checkpoint, (signer.sign(checkpoint),))).encode()
    store.publish(size, note)
    return note


def _examined(store: LogStore, seen: tuple[int, bytes] | None) -> tuple[int, bytes]:
    """Size and root of a tree that continues what was signed, its new leaves hashed afresh."""
    try:
        edge = store.edge()
    except ValueError:
        raise WillNotSignError("edge_altered", "日志边缘与其大小不符") from None
    size, root = edge.size, edge.root()
    first, first_root = seen if seen is not None else (0, store.hasher.empty)
    if size < first:
        reason = f"日志只有 {size} 项，少于已签名的 {first} 项：数据库可能来自旧的备份"
        raise WillNotSignError("older_than_signed", reason)
    tree = store.tree()
    try:
        if first:
            proof = tree.consistency(first, size)
            verify_consistency(first, size, proof, first_root, root, store.hasher)
        if size and tree.root(size) != root:
            raise WillNotSignError("tile_altered", "瓦片与边缘得出不同的根")
    except (ProofError, KeyError) as error:
        reason = f"日志不是已签名的 {first} 项的延续（{error}）"
        raise WillNotSignError("not_consistent", reason) from None
    for index, position, _, entry in store.entries(first, size):
        if entry is None:
            raise WillNotSignError("entry_missing", f"位置 {position} 的事件不见了")
        if not isinstance(entry, bytes) or store.hasher.leaf(entry) != store.leaf(index):
            raise WillNotSignError("entry_altered", f"位置 {position} 的事件与日志不符")
    return size, root
