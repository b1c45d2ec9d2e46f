"""Changes of the log's key: made, read from the ledger, and followed from a key one knows."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.log_keys.decisions import ChangeLogKey
from domain.log_keys.log_key import LogKeyChanged, change_number, change_text
from domain.streams import Kind, stream_name
from ledger.audit.keyring import Keyring, WillNotSignError
from ledger.audit.notes import BadKeyError, Signer, Verifier, decode_base64, read_verifier
from ledger.audit.sequencer import LogStore
from ledger.mapper import UnreadableEventError


@dataclass(frozen=True, slots=True)
class KeyChange:
    """From ``size`` on (that which includes the event) the new key signs, before it the old."""

    size: int
    position: int
    old: Verifier
    new: Verifier


class BadKeyChangeError(ValueError):
    """A change of key on the ledger that both keys have not signed; its position is known."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(reason)
        self.position = position


def changes_of_key(store: LogStore, origin: str) -> list[KeyChange]:
    """Every change of the log's key that is in the log, in order.

    BadKeyChangeError for one that both keys have not signed, or that does not follow the one
    before.
    """
    changes: list[KeyChange] = []
    while True:
        number = change_number(origin, len(changes) + 1)
        try:
            entries = store.ledger.history(stream_name(Kind.LOG_KEY, number))
        except UnreadableEventError as error:
            raise BadKeyChangeError(0, f"换钥事件 {number} 不可读：{error}") from None
        if not entries:
            return changes
        position, event = entries[0].position, entries[0].event.data
        leaf = store.index_of(position)
        if leaf is None:
            return changes
        old, new = _signed_by_both(position, event, origin)
        last = changes[-1] if changes else None
        if last is not None and (old != last.new or leaf < last.size):
            raise BadKeyChangeError(position, f"换钥事件 {number} 不接续前一次换钥")
        changes.append(KeyChange(leaf + 1, position, old, new))


def _signed_by_both(position: int, event: Any, origin: str) -> tuple[Verifier, Verifier]:
    """Old and new key of a change that both have signed."""
    try:
        assert isinstance(event, LogKeyChanged)  # noqa: S101 -- the only fact of its stream
        old, new = read_verifier(event.old_vkey), read_verifier(event.new_vkey)
        text = change_text(origin, event.old_vkey, event.new_vkey, event.number)
        held = event.origin == origin and old.accepts(text, decode_base64(event.old_signature))
        held = held and new.accepts(text, decode_base64(event.new_signature))
    except (BadKeyError, ValueError):
        held = False
    if not held:
        raise BadKeyChangeError(position, "换钥事件未由旧密钥与新密钥共同签名")
    return old, new


def signer_at(keyring: Keyring, changes: Sequence[KeyChange], size: int) -> Signer:
    """The key that signs a tree of ``size`` leaves; WillNotSignError where it is not here."""
    before = [change for change in changes if change.size <= size]
    return keyring.in_force(before[-1].new if before else None)


def make_change(keyring: Keyring, changes: Sequence[KeyChange], on: date) -> ChangeLogKey:
    """The act of changing from the key in force to one made beside it."""
    old, new = keyring.in_force(changes[-1].new if changes else None), keyring.make_coming()
    number = change_number(keyring.origin, len(changes) + 1)
    vkeys = str(old.verifier), str(new.verifier)
    text = change_text(keyring.origin, *vkeys, number).encode()
    return ChangeLogKey(
        number=number,
        origin=keyring.origin,
        old_vkey=vkeys[0],
        new_vkey=vkeys[1],
        old_signature=b64encode(old.private.sign(text)).decode(),
        new_signature=b64encode(new.private.sign(text)).decode(),
        changed_on=on,
    )


@dataclass(frozen=True, slots=True)
class TrustedKeys:
    """The keys that one known key vouches for, through changes signed by old and new alike."""

    known: Verifier
    changes: tuple[KeyChange, ...] = ()

    @property
    def linked(self) -> bool:
        """Whether the changes, if there are any, lead from or to the known key."""
        named = {key for each in self.changes for key in (each.old, each.new)}
        return not self.changes or self.known in named

    @property
    def verifiers(self) -> tuple[Verifier, ...]:
        """Every key that the log has had, plain and as the key that stamps times."""
        keys = {self.known: None}
        if self.linked:
            keys |= {key: None for each in self.changes for key in (each.old, each.new)}
        return tuple(each for key in keys for each in (key, key.timed()))

    def at(self, size: int) -> Verifier:
        """The key that signs a tree of ``size`` leaves."""
        changes = self.changes if self.linked else ()
        first = changes[0].old if changes else self.known
        return next((each.new for each in reversed(changes) if each.size <= size), first)


def trusted_keys(store: LogStore, known: Verifier) -> TrustedKeys:
    """The keys that a log's known key vouches for; BadKeyChangeError as ``changes_of_key``."""
    return TrustedKeys(known, tuple(changes_of_key(store, known.name)))


def refused(error: BadKeyChangeError) -> WillNotSignError:
    """A bad change of key as the signer's refusal."""
    return WillNotSignError("key_change_bad", f"位置 {error.position}：{error}")
