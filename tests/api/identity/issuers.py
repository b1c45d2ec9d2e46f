"""An OpenID Connect issuer on this machine: real HTTP, keys that change, answers that fail."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from joserfc.jws import JWSRegistry, serialize_compact

from api.identity.keys import IssuerKeys
from api.identity.tokens import ALGORITHMS, Issuer, Verifier

AUDIENCE = "supervision-ledger"
NOW = datetime(2026, 1, 5, 1, 30, tzinfo=UTC)
FRESH, KEPT = 600.0, 3600.0
DISCOVERY, KEYS = "/.well-known/openid-configuration", "/keys"
#: What the ledger accepts, and what it must not; the library warns of EdDSA by that name.
SIGNED_WITH = sorted(ALGORITHMS - {"EdDSA"})


@cache
def key(kid: str, kind: str = "Ed25519") -> Key:
    """A private key under an id, the same each time."""
    said = {"kid": kid}
    match kind:
        case "RSA":
            return RSAKey.generate_key(2048, said)
        case "P-256":
            return ECKey.generate_key("P-256", said)
    return OKPKey.generate_key("Ed25519", said)


def claims(issuer: str, **changes: Any) -> dict[str, Any]:
    """What an ordinary token claims; a change to None leaves a claim out."""
    now = int(NOW.timestamp())
    said = {"iss": issuer, "sub": "u-1021", "aud": AUDIENCE, "iat": now, "exp": now + 300}
    return {name: value for name, value in (said | changes).items() if value is not None}


def signed(
    said: Any, signer: Key, alg: str = "Ed25519", header: dict[str, Any] | None = None
) -> str:
    """A token signed with a key, of any content."""
    protected = {"alg": alg, "kid": signer.kid} | (header or {})
    protected = {name: value for name, value in protected.items() if value is not None}
    registry = JWSRegistry(algorithms=[alg], strict_check_header=False)
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return serialize_compact(protected, body, signer, registry=registry)


class Listening(ThreadingHTTPServer):
    """An issuer that answers on a free port; ``asked`` are the paths it was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.name = f"http://127.0.0.1:{self.server_port}"
        self.discovery: Any = {"issuer": self.name, "jwks_uri": f"{self.name}{KEYS}"}
        self.listed: Any = []
        self.status = 200
        self.asked: list[str] = []

    def list(self, *keys: Key, **more: Any) -> None:
        """List these keys, and no other."""
        self.listed = {"keys": [each.as_dict(private=False, **more) for each in keys]}

    def verifier(self, clock: "Clock", **more: Any) -> Verifier:
        """What believes this issuer."""
        keys = IssuerKeys(self.name, fresh_seconds=FRESH, kept_seconds=KEPT, clock=clock)
        return Verifier([Issuer(self.name, keys.find, **more)], AUDIENCE)


class _Answers(BaseHTTPRequestHandler):
    server: Listening

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        found = {DISCOVERY: self.server.discovery, KEYS: self.server.listed}.get(self.path)
        body = found if isinstance(found, bytes) else json.dumps(found).encode()
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", f"{self.server.name}/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Clock:
    """Seconds that pass only when the test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@contextmanager
def listening() -> Iterator[Listening]:
    """An issuer that listens while the test runs."""
    with Listening() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
