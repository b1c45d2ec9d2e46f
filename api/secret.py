"""The server's own secret: what signs its cursors and makes its pseudonyms."""

import os
import secrets
from hmac import compare_digest
from hmac import digest as hmac
from pathlib import Path

_FILE = "api.secret"
_BYTES = 32
_TAG = 16


class Secret:
    """32 random bytes that only this office has."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def at(cls, folder: Path) -> "Secret":
        """The secret kept in a folder, made on first use; whoever has it can forge cursors."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / _FILE
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return cls(path.read_bytes())
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
        return cls(path.read_bytes())

    def tag(self, purpose: str, data: bytes) -> bytes:
        """The first 16 bytes of HMAC-SHA256 (RFC 2104) of data for a purpose."""
        return hmac(self._key, purpose.encode() + b"\0" + data, "sha256")[:_TAG]

    def is_tag(self, purpose: str, data: bytes, tag: bytes) -> bool:
        """Whether a tag is that of the data, told in constant time."""
        return compare_digest(self.tag(purpose, data), tag)
