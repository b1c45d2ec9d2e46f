"""Signed notes (C2SP signed-note) and the Ed25519 keys that sign them."""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

#: Signature type of signed-note for a plain Ed25519 signature over the text.
ED25519 = 0x01
KEY_BYTES = 32
ID_BYTES = 4
_PRIME = 2**255 - 19
_SIGNATURE = re.compile(r"— ([^\s+]+) (\S+)")
_NAME = re.compile(r"[^\s+]+")

#: The y coordinates of edwards25519's points of small order; a key there vouches for anything.
_SMALL_ORDER = frozenset({
    0,
    1,
    _PRIME - 1,
    2707385501144840649318225287225658788936804267575313519463743609750303402022,
    55188659117513257062467267217118295137698188065244968500265048394206261417927,
})  # fmt: skip


class NoteError(ValueError):
    """Text that is no signed note, or one not signed as it must be."""


class BadKeyError(ValueError):
    """A public key that must not be trusted, or text that is none."""


def decode_base64(text: str) -> bytes:
    """Bytes of canonical base64; ValueError for any other spelling of them."""
    try:
        data = b64decode(text, validate=True)
    except Base64Error as error:
        raise ValueError("not base64") from error
    if b64encode(data).decode() != text:
        raise ValueError("not canonical base64")
    return data


def load_public_key(key: bytes) -> Ed25519PublicKey:
    """An Ed25519 public key of 32 bytes; BadKeyError for one non-canonical or of small order."""
    if len(key) != KEY_BYTES:
        raise BadKeyError("an Ed25519 public key has 32 bytes")
    y = int.from_bytes(key, "little") & ((1 << 255) - 1)
    if y >= _PRIME:
        raise BadKeyError("the public key is not canonical")
    if y in _SMALL_ORDER:
        raise BadKeyError("the public key is of small order")
    return Ed25519PublicKey.from_public_bytes(key)


def key_id(name: str, kind: int, key: bytes) -> bytes:
    """The four bytes by which a note names a key: of SHA-256(name || LF || type || key)."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:ID_BYTES]


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under its name; ``kind`` is its signature type."""

    name: str
    key: bytes
    kind: int = ED25519

    @property
    def id(self) -> bytes:
        """The key's id in notes."""
        return key_id(self.name, self.kind, self.key)

    def __str__(self) -> str:
        data = b64encode(bytes([self.kind]) + self.key).decode()
        return f"{self.name}+{self.id.hex()}+{data}"

    def accepts(self, message: bytes, signature: bytes) -> bool:
        """Whether the plain signature is this key's; no key of another type can say so."""
        if self.kind != ED25519:
            return False
        try:
            load_public_key(self.key).verify(signature, message)
        except InvalidSignature:
            return False
        return True


def read_verifier(text: str) -> Verifier:
    """A verifier key, ``name+id+base64``; BadKeyError unless its id and key are in order."""
    name, _, rest = text.partition("+")
    found, _, encoded = rest.partition("+")
    try:
        data = decode_base64(encoded)
    except ValueError as error:
        raise BadKeyError("the key is not base64") from error
    if not data or _NAME.fullmatch(name) is None:
        raise BadKeyError("not a verifier key")
    verifier = Verifier(name, data[1:], data[0])
    if verifier.id.hex() != found:
        raise BadKeyError("the key's id is not that of the key")
    load_public_key(verifier.key)
    return verifier


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key under its name."""

    name: str
    private: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self.private.public_key().public_bytes_raw())

    def sign(self, text: str) -> "Signature":
        """A plain signature over a note's text."""
        return Signature(self.name, self.verifier.id + self.private.sign(text.encode()))


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the name, and the key's id followed by the signature."""

    name: str
    blob: bytes

    @property
    def id(self) -> bytes:
        """The id of the key that is said to have signed."""
        return self.blob[:ID_BYTES]

    def __str__(self) -> str:
        return f"— {self.name} {b64encode(self.blob).decode()}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and its signatures, verified or not."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{each}\n" for each in self.signatures)

    def signed_by(self, verifiers: Sequence[Verifier]) -> tuple[Verifier, ...]:
        """The known keys that signed; NoteError where a known key's signature is wrong.

        Signatures of unknown keys are ignored. NoteError where no known key signed.
        """
        known = {(each.name, each.id): each for each in verifiers}
        found: dict[tuple[str, bytes], Verifier] = {}
        for signature in self.signatures:
            verifier = known.get((signature.name, signature.id))
            if verifier is None:
                continue
            if not verifier.accepts(self.text.encode(), signature.blob[ID_BYTES:]):
                raise NoteError(f"the signature of {signature.name} is wrong")
            found[verifier.name, verifier.id] = verifier
        if not found:
            raise NoteError("no known key has signed")
        return tuple(found.values())


def read_note(data: bytes) -> Note:
    """A signed note; NoteError unless it is strict UTF-8 with text, a blank line, signatures."""
    try:
        whole = data.decode()
    except UnicodeDecodeError as error:
        raise NoteError("a note is UTF-8") from error
    if any(ord(each) < 0x20 and each != "\n" for each in whole):  # noqa: PLR2004 -- control codes
        raise NoteError("a note has no control characters")
    text, blank, tail = whole.rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise NoteError("a note has a text, a blank line, and signatures")
    return Note(text + "\n", tuple(_signature(line) for line in tail[:-1].split("\n")))


def _signature(line: str) -> Signature:
    match = _SIGNATURE.fullmatch(line)
    if match is None:
        raise NoteError("a line is no signature")
    try:
        blob = decode_base64(match[2])
    except ValueError as error:
        raise NoteError("a signature is not canonical base64") from error
    if len(blob) <= ID_BYTES:
        raise NoteError("a signature is too short")
    return Signature(match[1], blob)
