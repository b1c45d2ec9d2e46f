"""Checkpoints (C2SP tlog-checkpoint): origin, size and root of the tree as a signed note."""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.audit.merkle import HASH_BYTES
from ledger.audit.notes import Note, NoteError, Verifier, decode_base64, read_note

#: Decimal ASCII without sign, zero-padding or separators.
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_BODY_LINES = 3


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The tree of ``size`` leaves of the log named ``origin`` has this root (32 bytes)."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint in a note's text; NoteError where it is none."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < _BODY_LINES or not all(lines):
        raise NoteError("a checkpoint has an origin, a size and a root")
    origin, size, encoded, *extensions = lines
    if _SIZE.fullmatch(size) is None:
        raise NoteError("a size is decimal, without sign, padding or separators")
    try:
        root = decode_base64(encoded)
    except ValueError as error:
        raise NoteError("a root is canonical base64") from error
    if len(root) != HASH_BYTES:
        raise NoteError("a root is 32 bytes")
    return Checkpoint(origin, int(size), root, tuple(extensions))


def verified_checkpoint(
    data: bytes, origin: str, verifiers: Sequence[Verifier]
) -> tuple[Checkpoint, Note]:
    """The checkpoint in a signed note, of this origin and signed by a known key of its name.

    NoteError otherwise. Size and root of a tree come from here and from nowhere else.
    """
    note = read_note(data)
    checkpoint = read_checkpoint(note.text)
    if checkpoint.origin != origin:
        raise NoteError("the checkpoint is of another log")
    signed = note.signed_by(verifiers)
    if not any(each.name == origin for each in signed):
        raise NoteError("the log itself has not signed")
    return checkpoint, note
