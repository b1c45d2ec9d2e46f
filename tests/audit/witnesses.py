"""Witnesses as anyone could run them: cosignatures made from the C2SP text, apart from the code."""

from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

TYPE = b"\x04"


@dataclass(frozen=True)
class Witness:
    """A witness (cosignature/v1) of that name, under a key of its own."""

    name: str
    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def _key(self) -> bytes:
        return TYPE + self.private.public_key().public_bytes_raw()

    @property
    def _id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + self._key).digest()[:4]

    @property
    def vkey(self) -> str:
        """The verifier key, as it stands in a policy."""
        return f"{self.name}+{self._id.hex()}+{b64encode(self._key).decode()}"

    def cosigned(self, note: bytes, at: int) -> bytes:
        """The note with this witness's cosignature, made at that time (POSIX seconds)."""
        text = note[: note.rindex(b"\n\n") + 1]
        signature = self.private.sign(f"cosignature/v1\ntime {at}\n".encode() + text)
        blob = b64encode(self._id + at.to_bytes(8, "big") + signature).decode()
        return note + f"— {self.name} {blob}\n".encode()


def policy(log: object, *witnesses: Witness, quorum: int | None = None) -> bytes:
    """A policy: the log's verifier key, the witnesses, and how many of them are a quorum."""
    lines = [f"log {log}"]
    lines += [f"witness w{number} {each.vkey}" for number, each in enumerate(witnesses)]
    if quorum:
        names = " ".join(f"w{number}" for number in range(len(witnesses)))
        lines.append(f"group all-of-them {quorum} {names}")
    lines.append(f"quorum {'all-of-them' if quorum else 'none'}")
    return "".join(f"{line}\n" for line in lines).encode()
