"""An issuer, a clock, and what verifies the issuer's tokens."""

from collections.abc import Iterator

import pytest

from api.identity.tokens import Verifier
from tests.api.identity.issuers import Clock, Listening, key, listening
from tests.support.offices import desk

__all__ = ["clock", "desk", "issuer", "verifier"]


@pytest.fixture
def issuer() -> Iterator[Listening]:
    with listening() as server:
        server.list(key("k1"))
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def verifier(issuer: Listening, clock: Clock) -> Verifier:
    return issuer.verifier(clock)
