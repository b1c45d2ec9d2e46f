"""The signer: signs the log's tree, and never two trees that do not continue each other.

What it signed last is kept apart from the ledger's database. A ledger restored from an older copy,
a second history, or a changed byte in what is new is therefore seen before it is signed.
"""

import os
import sqlite3
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.merkle import CompactRange, ProofError
from ledger.audit.notes import Note, Signer, decode_base64
from ledger.audit.sequencer import LogDamagedError, LogStore, Progress, no_progress, sequence
from ledger.audit.tiles import Edge, cover

KEY_FILE, VERIFIER_FILE, STATE_FILE = "log.key", "log.vkey", "signed.sqlite3"


class WillNotSignError(RuntimeError):
    """The tree is not one to put a name to; ``code`` says why, the message in Chinese."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


def open_signer(folder: Path, origin: str) -> Signer:
    """The log's key, made on first use: readable by its owner alone, its public half beside it.

    WillNotSignError for a key of another log, or a file that holds none.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / KEY_FILE
    if not path.exists():
        _make_key(folder, origin)
    signer = _read_key(path)
    if signer.name != origin:
        raise WillNotSignError("other_origin", f"密钥属于 {signer.name}，不属于 {origin}")
    _show_verifier(folder / VERIFIER_FILE, f"{signer.verifier}\n")
    return signer


def _show_verifier(path: Path, text: str) -> None:
    """Put the public half beside the key, whole at every moment."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    descriptor, draft = mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    Path(draft).replace(path)


def _make_key(folder: Path, origin: str) -> None:
    """Put a whole key in place at once; of several that try, one succeeds."""
    made = b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
    descriptor, draft = mkstemp(dir=folder)  # made with mode 0600
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{origin} {made}\n")
    with suppress(FileExistsError):
        os.link(draft, folder / KEY_FILE)
    Path(draft).unlink()


def _read_key(path: Path) -> Signer:
    name, _, encoded = path.read_text(encoding="utf-8").strip().rpartition(" ")
    try:
        return Signer(name, Ed25519PrivateKey.from_private_bytes(decode_base64(encoded)))
    except ValueError:
        raise WillNotSignError("bad_key", f"{path.name} 中没有密钥") from None


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
    try:
        sequence(store, progress)
    except LogDamagedError as error:
        raise WillNotSignError("log_damaged", str(error)) from None
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
    """Size and root of a tree that continues what was signed, its new leaves hashed afresh.

    The new root is made of the subtrees under the signed one and of nothing but stored bytes.
    """
    edge = _edge(store)
    size, claimed = edge.size, edge.root()
    first, first_root = seen if seen is not None else (0, store.hasher.empty)
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
