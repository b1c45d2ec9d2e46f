"""Proofs as text (C2SP tlog-proof): that an entry is in the tree of a signed checkpoint."""

from base64 import b64encode
from collections.abc import Sequence


def tlog_proof(index: int, hashes: Sequence[bytes], note: bytes) -> bytes:
    """A ``.tlog-proof``: the leaf's index, the inclusion proof, the checkpoint's signed note."""
    lines = ["c2sp.org/tlog-proof@v1", f"index {index}", *map(encoded, hashes), "", note.decode()]
    return "\n".join(lines).encode()


def encoded(data: bytes) -> str:
    """A hash in base64."""
    return b64encode(data).decode()
