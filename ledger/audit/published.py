"""Published checkpoints read with their cosignatures, and what a policy of witnesses says of them.

The policy itself is that of the offline verifier, so that both mean the same by it.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from ledger.audit.checkpoints import Checkpoint, read_checkpoint
from ledger.audit.key_changes import TrustedKeys, trusted_keys
from ledger.audit.keyring import VERIFIER_FILE
from ledger.audit.merkle import ProofError
from ledger.audit.notes import COSIGNATURE, Note, NoteError, Verifier, read_log_verifiers, read_note
from ledger.audit.sequencer import LogStore
from ledger.audit.tables import PublishedNote
from ledger.audit.verifier import notes as offline
from ledger.audit.verifier.policy import Policy


@dataclass(frozen=True, slots=True)
class Published:
    """A published checkpoint, signed by the log's key of its size; times are POSIX seconds."""

    checkpoint: Checkpoint
    note: Note
    signed: tuple[Verifier, ...]
    logged_at: int | None

    @property
    def cosigned(self) -> tuple[tuple[Verifier, int], ...]:
        """Every key that cosigned, the log's own time stamp with them, and when."""
        timed = ((each, self.note.time_of(each)) for each in self.signed)
        return tuple((each, time) for each, time in timed if time is not None)


class Trust:
    """Whose signatures count: the log's keys, and the witnesses of a policy where there is one."""

    def __init__(self, keys: TrustedKeys, policy: Policy | None = None) -> None:
        self.keys = keys
        self.origin = keys.known.name
        logs = [_offline(each) for each in keys.verifiers if each.kind != COSIGNATURE]
        self.policy = replace(policy or Policy(quorum=b"none"), logs=logs)

    @property
    def witnesses(self) -> dict[bytes, Verifier]:
        """The witnesses' keys by their names in the policy."""
        found = self.policy.witnesses.items()
        return {name: Verifier(key.name, key.key, key.kind) for name, key in found}

    def read(self, data: bytes) -> Published:
        """A published checkpoint; NoteError where it is none of this log, or is wrongly signed."""
        known = (*self.keys.verifiers, *self.witnesses.values())
        note = read_note(data)
        checkpoint = read_checkpoint(note.text)
        if checkpoint.origin != self.origin:
            raise NoteError("the checkpoint is of another log")
        signed = note.signed_by(known)
        key = self.keys.at(checkpoint.size)
        if key not in signed:
            raise NoteError(f"{checkpoint.size} 项的检查点不由当时的密钥签名")
        return Published(checkpoint, note, signed, note.time_of(key.timed()))

    def is_met(self, published: Published) -> bool:
        """Whether a quorum has cosigned."""
        return self.policy.is_met(self._as_offline(published))

    def cosigners(self, published: Published) -> int:
        """How many of the policy's witnesses have cosigned."""
        return len(self.policy.cosigned_by(self._as_offline(published)))

    def witnessed_at(self, published: Published) -> int | None:
        """When a quorum had cosigned; where the policy asks for none, when the log signed."""
        if self.policy.quorum == b"none":
            return published.logged_at
        return self.policy.witnessed_at(self._as_offline(published))

    @staticmethod
    def _as_offline(published: Published) -> offline.Checkpoint:
        checkpoint, times = published.checkpoint, dict(published.cosigned)
        signed = (offline.Signed(_offline(each), times.get(each)) for each in published.signed)
        return offline.Checkpoint(
            checkpoint.origin, checkpoint.size, checkpoint.root, tuple(signed)
        )


def trust_of(store: LogStore, folder: Path) -> Trust | None:
    """Whose signatures count for a log whose keys are in a folder; None where it has no key yet.

    BadKeyError or BadKeyChangeError where the key, or a change of it, is none.
    """
    try:
        text = (folder / VERIFIER_FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    return Trust(trusted_keys(store, read_log_verifiers(text)[0]))


def newest_on_tree(
    store: LogStore, trust: Trust, size: int | None = None
) -> tuple[Published, PublishedNote] | None:
    """The newest published checkpoint that is signed and lies on the tree; None without one.

    Of those with ``size`` leaves where that is given.
    """
    for stored in reversed(store.notes()):
        try:
            published = trust.read(stored.data)
            if size not in (None, published.checkpoint.size):
                continue
            root = store.tree().root(published.checkpoint.size)
        except (NoteError, KeyError, ProofError):
            continue
        if root == published.checkpoint.root:
            return published, stored
    return None


def _offline(verifier: Verifier) -> offline.Key:
    return offline.Key(verifier.name, verifier.kind, verifier.key)
