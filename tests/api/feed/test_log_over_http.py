"""The log read by a client that knows C2SP tlog-tiles and RFC 6962, and nothing of this ledger."""

from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import pytest
from httpx2 import Response

from api.app import PREFIX
from ledger.audit.keyring import open_keyring
from ledger.audit.signer import SignedState, sign_checkpoint
from ledger.audit.verifier.policy import read_policy
from tests.api.feed.conftest import tell, units
from tests.audit import reference
from tests.domain.samples import EVERYONE
from tests.support.offices import Desk
from tests.support.served import Served


def sign(desk: Desk) -> str:
    """Sign the log as ``log checkpoint`` does; returns the public key."""
    folder, origin = desk.settings.keys_dir, desk.settings.log_origin
    keyring = open_keyring(folder, origin)
    sign_checkpoint(desk.log, keyring, SignedState(folder, origin))
    return str(keyring.current.verifier)


def path_of(number: int) -> str:
    """A tile's number in groups of three digits, all but the last with an x before it."""
    text = f"{number:03d}".zfill(-(-len(f"{number:03d}") // 3) * 3)
    groups = [text[at : at + 3] for at in range(0, len(text), 3)]
    return "/".join([*(f"x{each}" for each in groups[:-1]), groups[-1]])


@dataclass
class Reader:
    """An independent client of the log; ``get`` asks below its base address."""

    get: Callable[[str], Response]

    @property
    def checkpoint(self) -> tuple[str, int, bytes]:
        """Origin, size and root that the newest checkpoint states."""
        answer = self.get("/checkpoint")
        assert answer.status_code == 200, answer.text
        origin, size, root = answer.text.split("\n")[:3]
        return origin, int(size), b64decode(root)

    def level(self, level: int, size: int) -> list[bytes]:
        """Every hash of a level of tiles in the tree of a size, tile by tile."""
        hashes: list[bytes] = []
        many = size >> 8 * level
        for number in range(-(-many // 256)):
            width = min(256, many - number * 256)
            part = "" if width == 256 else f".p/{width}"
            answer = self.get(f"/tile/{level}/{path_of(number)}{part}")
            assert answer.status_code == 200, answer.text
            assert len(answer.content) == 32 * width
            hashes += [answer.content[at : at + 32] for at in range(0, 32 * width, 32)]
        return hashes


@pytest.fixture
def public(office: Served) -> Reader:
    """Somebody without a token."""
    return Reader(lambda path: office.client.get(f"{PREFIX}/log{path}"))


@pytest.fixture
def signed(office: Served) -> Served:
    """An office with 700 units and more, whose log is signed at two sizes."""
    tell(office, *EVERYONE, *units(0, 400))
    office.desk.log_size = None if False else None  # type: ignore[attr-defined]
    return office
