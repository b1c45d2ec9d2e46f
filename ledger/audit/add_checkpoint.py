"""The request ``add-checkpoint`` (C2SP tlog-witness), as text for HTTP or to be carried by hand."""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.audit.merkle import HASH_BYTES
from ledger.audit.notes import NoteError, Signature, decode_base64, read_signature

#: The most hashes that a consistency proof may have, and the longest request (bytes).
MOST_HASHES, LONGEST = 63, 65_536
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")


class BadRequestError(ValueError):
    """Bytes that are no add-checkpoint request."""


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """A checkpoint's note, and the proof that it continues the tree of ``old`` leaves."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes

    def __bytes__(self) -> bytes:
        lines = [f"old {self.old}", *(b64encode(each).decode() for each in self.proof), "", ""]
        return "\n".join(lines).encode() + self.note


def read_request(data: bytes) -> AddCheckpoint:
    """A request; BadRequestError unless it is in order as far as the note."""
    if len(data) > LONGEST:
        raise BadRequestError("the request is too long")
    head, blank, note = data.partition(b"\n\n")
    if not blank:
        raise BadRequestError("no empty line before the checkpoint")
    try:
        first, *lines = head.decode("ascii").split("\n")
        proof = tuple(map(decode_base64, lines))
    except ValueError as error:
        raise BadRequestError("a line of the proof is not base64") from error
    old = _OLD.fullmatch(first)
    if old is None:
        raise BadRequestError("the first line is not that of the old size")
    if len(proof) > MOST_HASHES or any(len(each) != HASH_BYTES for each in proof):
        raise BadRequestError("the proof has too many hashes, or one not of 32 bytes")
    return AddCheckpoint(int(old[1]), proof, note)


def cosignature_lines(signatures: Sequence[Signature]) -> bytes:
    """The answer to a request: signature lines."""
    return "".join(f"{each}\n" for each in signatures).encode()


def read_cosignatures(data: bytes) -> list[Signature]:
    """The signature lines of an answer; NoteError where a line is none."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise NoteError("an answer is UTF-8") from error
    if len(data) > LONGEST or not text.endswith("\n"):
        raise NoteError("an answer is lines, and not too many")
    return [read_signature(line) for line in text[:-1].split("\n")]
