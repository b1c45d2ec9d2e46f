"""Signed notes, checkpoints and cosignatures, with keys from the auditor's policy only.

C2SP signed-note, tlog-checkpoint, tlog-cosignature.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from hashlib import sha256
from typing import NamedTuple

from ledger.audit.verifier.ed25519 import BadKeyError, check_key, signature_holds

PLAIN, COSIGNATURE = 0x01, 0x04
_ID_BYTES, _TIME_BYTES, _HASH_BYTES, _BODY_LINES = 4, 8, 32, 3
_SIGNATURE = re.compile(r"— ([^\s+]+) (\S+)")
_NAME = re.compile(r"[^\s+]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class NoteError(ValueError):
    """Text that is no signed note or checkpoint, or one not signed as it must be."""


class Key(NamedTuple):
    """A public key under its name; ``kind`` is its signature type."""

    name: str
    kind: int
    key: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a note names the key."""
        digest = sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.key).digest()
        return digest[:_ID_BYTES]


class Signed(NamedTuple):
    """A verified signature of a checkpoint: whose, and when it says it was made (POSIX seconds)."""

    key: Key
    at: int | None


class Checkpoint(NamedTuple):
    """A verified checkpoint: size and root of a tree come from here and from nowhere else."""

    origin: str
    size: int
    root: bytes
    signed: tuple[Signed, ...]


def from_base64(text: str) -> bytes:
    """Bytes of canonical base64; ValueError for any other spelling of them."""
    try:
        data = b64decode(text, validate=True)
    except Base64Error as error:
        raise ValueError("not base64") from error
    if b64encode(data).decode() != text:
        raise ValueError("not canonical base64")
    return data


def read_key(text: str) -> Key:
    """A verifier key, ``name+id+base64``, of type 0x01 or 0x04; BadKeyError for any other."""
    name, _, rest = text.partition("+")
    found, _, encoded = rest.partition("+")
    try:
        data = from_base64(encoded)
    except ValueError as error:
        raise BadKeyError("the key is not base64") from error
    if not data or _NAME.fullmatch(name) is None or data[0] not in (PLAIN, COSIGNATURE):
        raise BadKeyError("not a verifier key of a known type")
    key = Key(name, data[0], data[1:])
    if key.id.hex() != found:
        raise BadKeyError("the key's id is not that of the key")
    check_key(key.key)
    return key


def read_checkpoint(data: bytes, keys: list[Key]) -> Checkpoint:
    """A checkpoint whose signatures by known keys all hold; NoteError otherwise.

    Signatures of unknown keys are ignored; a wrong one of a known key rejects the note. Whether
    those that signed are enough is the policy's to say.
    """
    text, lines = _parted(data)
    known = {(key.name, key.id): key for key in keys}
    signed = {}
    for name, blob in map(_signature, lines):
        key = known.get((name, blob[:_ID_BYTES]))
        if key is not None:
            signed[key] = _checked(key, text, blob[_ID_BYTES:])
    return _body(text)._replace(signed=tuple(signed.values()))


def said_to_sign(data: bytes) -> set[tuple[str, bytes]]:
    """Names and ids of the keys that are said to have signed a note; NoteError where it is none."""
    return {(name, blob[:_ID_BYTES]) for name, blob in map(_signature, _parted(data)[1])}


def _parted(data: bytes) -> tuple[str, list[str]]:
    """A note's text and its signature lines."""
    try:
        whole = data.decode()
    except UnicodeDecodeError as error:
        raise NoteError("a note is UTF-8") from error
    if any(ord(each) < 0x20 and each != "\n" for each in whole):  # noqa: PLR2004 -- control codes
        raise NoteError("a note has no control characters")
    text, blank, tail = whole.rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise NoteError("a note has a text, a blank line, and signatures")
    return text + "\n", tail[:-1].split("\n")


def _signature(line: str) -> tuple[str, bytes]:
    match = _SIGNATURE.fullmatch(line)
    if match is None:
        raise NoteError("a line is no signature")
    try:
        blob = from_base64(match[2])
    except ValueError as error:
        raise NoteError("a signature is not canonical base64") from error
    if len(blob) <= _ID_BYTES:
        raise NoteError("a signature is too short")
    return match[1], blob


def _checked(key: Key, text: str, signature: bytes) -> Signed:
    """The signature of a known key, if it is right."""
    time, message = None, text.encode()
    if key.kind == COSIGNATURE:
        time = int.from_bytes(signature[:_TIME_BYTES], "big")
        signature = signature[_TIME_BYTES:]
        message = f"cosignature/v1\ntime {time}\n".encode() + message
        if time >= 1 << 63:
            raise NoteError("a cosignature's time is out of range")
    if not signature_holds(key.key, message, signature):
        raise NoteError(f"the signature of {key.name} is wrong")
    return Signed(key, time)


def _body(text: str) -> Checkpoint:
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < _BODY_LINES or not all(lines):
        raise NoteError("a checkpoint has an origin, a size and a root")
    origin, size, encoded = lines[:_BODY_LINES]
    if _SIZE.fullmatch(size) is None:
        raise NoteError("a size is decimal, without sign, padding or separators")
    try:
        root = from_base64(encoded)
    except ValueError as error:
        raise NoteError("a root is canonical base64") from error
    if len(root) != _HASH_BYTES:
        raise NoteError("a root is 32 bytes")
    return Checkpoint(origin, int(size), root, ())
