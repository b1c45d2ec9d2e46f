"""Signed notes and cosignatures (C2SP signed-note, tlog-cosignature), and the Ed25519 keys."""

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
#: Signature type of a cosignature/v1: a time, and a signature over the time and the text.
COSIGNATURE = 0x04
KEY_BYTES = 32
ID_BYTES = 4
TIME_BYTES = 8
#: The greatest time that a cosignature may state (POSIX seconds).
LAST_TIME = 2**63 - 1
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


def cosigned_message(text: str, time: int) -> bytes:
    """What a cosignature/v1 signs: header line, time line, the note's text."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


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

    def timed(self) -> "Verifier":
        """The same key under the same name, as one that cosigns."""
        return Verifier(self.name, self.key, COSIGNATURE)

    def __str__(self) -> str:
        data = b64encode(bytes([self.kind]) + self.key).decode()
        return f"{self.name}+{self.id.hex()}+{data}"

    def accepts(self, text: str, signature: bytes) -> bool:
        """Whether the signature over a note's text is this key's, as its type has it."""
        message = text.encode()
        if self.kind == COSIGNATURE:
            time, signature = _time(signature), signature[TIME_BYTES:]
            if time > LAST_TIME:
                return False
            message = cosigned_message(text, time)
        elif self.kind != ED25519:
            return False
        try:
            load_public_key(self.key).verify(signature, message)
        except InvalidSignature:
            return False
        return True


def _time(signature: bytes) -> int:
    """The time at the head of a cosignature (POSIX seconds)."""
    return int.from_bytes(signature[:TIME_BYTES], "big")


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


def read_log_verifiers(text: str) -> tuple[Verifier, Verifier]:
    """A log's key as ``log.vkey`` holds it: plain, and the same key as one that cosigns.

    A file of a first version holds the plain one alone. BadKeyError for anything else.
    """
    plain, *more = map(read_verifier, text.splitlines() or [""])
    if plain.kind != ED25519 or more not in ([], [plain.timed()]):
        raise BadKeyError("not a log's key and its time stamp")
    return plain, plain.timed()


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

    @property
    def cosigner(self) -> Verifier:
        """The public half as a key that cosigns."""
        return self.verifier.timed()

    def cosign(self, text: str, time: int) -> "Signature":
        """A cosignature/v1 over a note's text, made at a time (POSIX seconds)."""
        if not 0 <= time <= LAST_TIME:
            raise ValueError("a cosignature's time is out of range")
        signature = self.private.sign(cosigned_message(text, time))
        stamp = time.to_bytes(TIME_BYTES, "big")
        return Signature(self.name, self.cosigner.id + stamp + signature)


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
            if not verifier.accepts(self.text, signature.blob[ID_BYTES:]):
                raise NoteError(f"the signature of {signature.name} is wrong")
            found[verifier.name, verifier.id] = verifier
        if not found:
            raise NoteError("no known key has signed")
        return tuple(found.values())

    def time_of(self, verifier: Verifier) -> int | None:
        """When a key says that it cosigned (POSIX seconds); None where it has not.

        Believe it only of a key that ``signed_by`` names.
        """
        named = (verifier.name, verifier.id)
        found = (s for s in self.signatures if verifier.kind == COSIGNATURE)
        return next((_time(s.blob[ID_BYTES:]) for s in found if (s.name, s.id) == named), None)

    def with_signatures(self, signatures: "Sequence[Signature]") -> "Note":
        """The note with those signatures added whose key has not signed yet."""
        held = {(each.name, each.id) for each in self.signatures}
        added = []
        for each in signatures:
            if (each.name, each.id) not in held:
                held.add((each.name, each.id))
                added.append(each)
        return Note(self.text, (*self.signatures, *added))


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
    return Note(text + "\n", tuple(read_signature(line) for line in tail[:-1].split("\n")))


def read_signature(line: str) -> Signature:
    """A signature line without its line end; NoteError where it is none."""
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
