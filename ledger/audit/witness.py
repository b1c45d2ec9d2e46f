"""A witness (C2SP tlog-witness): cosigns what continues the tree it cosigned last, and no other.

It believes nothing of a log but a signature and a proof, and keeps one size and root for each log.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ledger.audit.add_checkpoint import (
    AddCheckpoint,
    BadRequestError,
    cosignature_lines,
    read_request,
)
from ledger.audit.checkpoints import Checkpoint, read_checkpoint
from ledger.audit.merkle import SHA256, ProofError, TreeHash, tree_hash, verify_consistency
from ledger.audit.notes import (
    ED25519,
    BadKeyError,
    Note,
    NoteError,
    Signer,
    Verifier,
    read_note,
    read_verifier,
)
from ledger.audit.signer import MAX_SKEW, Signed

KEY_FILE, VERIFIER_FILE = "witness.key", "witness.vkey"
STATE_FILE, LOGS_FILE = "witness.sqlite3", "logs"


class WillNotCosignError(Exception):
    """A request that a witness does not cosign.

    ``code`` is one of ``bad_request``, ``unknown_log``, ``not_signed``, ``other_size``,
    ``not_consistent``, ``clock_behind``; ``size`` is that of the tree cosigned last, where the
    asker must know it.
    """

    def __init__(self, code: str, reason: str, size: int | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.size = size


@dataclass(frozen=True, slots=True)
class TrustedLog:
    """A log that a witness cosigns for: its keys, and the hash of its tree."""

    verifiers: tuple[Verifier, ...]
    hasher: TreeHash = SHA256


def read_logs(text: str) -> dict[str, TrustedLog]:
    """The file of trusted logs: a key to a line, ``sm3`` behind that of a twin tree.

    Several keys of one name are one log's, old and new. Empty lines and those that begin with ``#``
    say nothing; so does the line of a log's time stamp. BadKeyError for any other line.
    """
    logs: dict[str, TrustedLog] = {}
    for line in text.splitlines():
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        verifier = read_verifier(words[0])
        if verifier.kind != ED25519:
            continue
        if words[1:] not in ([], ["sha256"], ["sm3"]):
            raise BadKeyError("a hash is sha256 or sm3")
        before = logs.get(verifier.name)
        hasher = tree_hash(words[1]) if words[1:] else SHA256
        if before is not None and before.hasher.name != hasher.name:
            raise BadKeyError("one log has one hash")
        held = before.verifiers if before is not None else ()
        logs[verifier.name] = TrustedLog((*held, verifier), hasher)
    return logs


class WitnessState:
    """What was cosigned last for each log, moved on by compare-and-set only."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / STATE_FILE
        with self._database() as db:
            db.execute(
                "CREATE TABLE IF NOT EXISTS cosigned (origin TEXT PRIMARY KEY, "
                "size INTEGER NOT NULL, root BLOB NOT NULL, at INTEGER NOT NULL)"
            )

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=60, isolation_level=None)) as db:
            db.execute("PRAGMA synchronous=FULL")
            yield db

    def last(self, origin: str) -> Signed | None:
        """What was cosigned last for a log, or None where nothing was."""
        with self._database() as db:
            row = db.execute(
                "SELECT size, root, at FROM cosigned WHERE origin = ?", (origin,)
            ).fetchone()
        return Signed(row[0], bytes(row[1]), row[2]) if row is not None else None

    def move_on(self, origin: str, seen: Signed | None, to: Signed) -> bool:
        """Move on from what was seen; False where another request has moved on meanwhile."""
        with self._database() as db:
            if seen is None:
                row = (origin, *to)
                moved = db.execute("INSERT OR IGNORE INTO cosigned VALUES (?,?,?,?)", row)
            else:
                moved = db.execute(
                    "UPDATE cosigned SET size = ?, root = ?, at = max(at, ?) "
                    "WHERE origin = ? AND size = ? AND root = ?",
                    (*to, origin, seen.size, seen.root),
                )
            return moved.rowcount == 1


class Witness:
    """One witness: its key, the logs it trusts, its state, its clock."""

    def __init__(
        self,
        signer: Signer,
        logs: Mapping[str, TrustedLog],
        state: WitnessState,
        clock: Callable[[], datetime],
    ) -> None:
        self.signer = signer
        self._logs = logs
        self._state = state
        self._clock = clock

    def add_checkpoint(self, data: bytes) -> bytes:
        """Cosign the checkpoint of a request: the signature line; else WillNotCosignError.

        The checks stand in the order of tlog-witness. The state has moved on, on disk, before the
        cosignature is made.
        """
        request, checkpoint, note = _read(data)
        log = self._logs.get(checkpoint.origin)
        if log is None:
            raise WillNotCosignError("unknown_log", f"不认识日志 {checkpoint.origin}")
        _signed_by(note, log.verifiers)
        if request.old > checkpoint.size:
            raise WillNotCosignError("bad_request", "旧的大小大于检查点的大小")
        seen = self._state.last(checkpoint.origin)
        if request.old != (seen.size if seen is not None else 0):
            raise _other_size(seen)
        _continues(request, seen, checkpoint, log.hasher)
        time = self._time(seen)
        to = Signed(checkpoint.size, checkpoint.root, time)
        if not self._state.move_on(checkpoint.origin, seen, to):
            raise _other_size(self._state.last(checkpoint.origin))
        return cosignature_lines([self.signer.cosign(note.text, time)])

    def _time(self, seen: Signed | None) -> int:
        """The time to state, never before the last (POSIX seconds)."""
        now, last = int(self._clock().timestamp()), seen.at if seen is not None else 0
        if now + MAX_SKEW < last:
            reason = f"共签人的时钟比上次共签慢 {last - now} 秒"
            raise WillNotCosignError("clock_behind", reason)
        return max(now, last)


def _read(data: bytes) -> tuple[AddCheckpoint, Checkpoint, Note]:
    try:
        request = read_request(data)
        note = read_note(request.note)
        return request, read_checkpoint(note.text), note
    except (BadRequestError, NoteError) as error:
        raise WillNotCosignError("bad_request", f"不是请求：{error}") from None


def _signed_by(note: Note, verifiers: Sequence[Verifier]) -> None:
    """The log itself has signed, with a key trusted for it."""
    try:
        note.signed_by(verifiers)
    except NoteError as error:
        raise WillNotCosignError("not_signed", f"没有所信任的签名：{error}") from None


def _other_size(seen: Signed | None) -> WillNotCosignError:
    size = seen.size if seen is not None else 0
    return WillNotCosignError("other_size", f"上次共签的是 {size} 项", size)


def _continues(
    request: AddCheckpoint, seen: Signed | None, checkpoint: Checkpoint, hasher: TreeHash
) -> None:
    """The checkpoint's tree continues the one cosigned last."""
    if request.old == checkpoint.size and seen is not None:
        if request.proof:
            raise WillNotCosignError("not_consistent", "大小未变，不应有证明")
        if checkpoint.root != seen.root:
            reason = f"已为 {seen.size} 项共签过另一个根：日志有两棵树"
            raise WillNotCosignError("other_size", reason, seen.size)
        return
    if request.old == 0:
        empty = checkpoint.size > 0 or checkpoint.root == hasher.empty
        if request.proof or not empty:
            raise WillNotCosignError("not_consistent", "从空树开始，不应有证明，空树只有一个根")
        return
    assert seen is not None  # noqa: S101 -- the old size is that of what was seen
    try:
        verify_consistency(
            request.old, checkpoint.size, request.proof, seen.root, checkpoint.root, hasher
        )
    except ProofError as error:
        reason = f"不是已共签的 {seen.size} 项的延续：{error}"
        raise WillNotCosignError("not_consistent", reason) from None
