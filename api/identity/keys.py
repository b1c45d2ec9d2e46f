"""The keys of an OpenID Connect issuer: found by its discovery document, kept for a while."""

import json
import re
from collections.abc import Callable
from http.client import HTTPException
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from joserfc.errors import JoseError
from joserfc.jwk import Key, import_key

from api.identity.tokens import TokenRefusedError
from ledger.settings import SECURE_URL

#: At most this often is an issuer asked, whatever key ids tokens name.
PAUSE_SECONDS = 30.0
_TIMEOUT_SECONDS = 5.0
_LONGEST = 256 * 1024
#: Type and curve of the key that each algorithm needs.
_KEYS = {
    "RS256": ("RSA", None),
    "PS256": ("RSA", None),
    "ES256": ("EC", "P-256"),
    "EdDSA": ("OKP", "Ed25519"),
    "Ed25519": ("OKP", "Ed25519"),
}
#: Base64 letters of an RSA modulus of 2048 bits.
_SHORTEST_MODULUS = 342
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth"})


class UnreachableIssuerError(Exception):
    """The issuer does not answer, or not with what OpenID Connect Discovery says."""


class _Stays(HTTPRedirectHandler):
    """An issuer answers where it is asked."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow nothing."""


class _Known(NamedTuple):
    """The keys of an issuer as of a reading of the clock."""

    keys: tuple[Key, ...]
    at: float


class IssuerKeys:
    """An issuer's public keys, for several threads.

    Keys are asked for again after ``fresh_seconds``, and when a token names one that is not known.
    While the issuer does not answer, those known last hold for ``kept_seconds`` more.
    """

    def __init__(
        self,
        issuer: str,
        *,
        fresh_seconds: float,
        kept_seconds: float,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._issuer = issuer
        self._fresh = fresh_seconds
        self._kept = kept_seconds
        self._clock = clock
        self._lock = Lock()
        self._known: _Known | None = None
        self._asked_at: float | None = None

    def find(self, kid: str | None, algorithm: str) -> Key:
        """The key of a token; TokenRefusedError where the issuer lists none that fits."""
        found = self._look(kid, algorithm)
        if found is None or not self._within(self._fresh):
            # Who has a key that still holds does not wait for somebody else's question.
            self._ask(wait=found is None)
            found = self._look(kid, algorithm)
        if not self._within(self._fresh + self._kept):
            raise TokenRefusedError("issuer_unreachable")
        if found is None:
            raise TokenRefusedError("token_unknown_key")
        return found

    def _look(self, kid: str | None, algorithm: str) -> Key | None:
        known = self._known
        return fitting(known.keys, kid, algorithm) if known is not None else None

    def _within(self, seconds: float) -> bool:
        known = self._known
        return known is not None and self._clock() - known.at <= seconds

    def _ask(self, *, wait: bool) -> None:
        if not self._lock.acquire(blocking=wait):
            return
        try:
            now = self._clock()
            if self._asked_at is not None and now - self._asked_at < PAUSE_SECONDS:
                return
            self._asked_at = now
            self._known = _Known(fetch_keys(self._issuer), now)
        except UnreachableIssuerError:
            return
        finally:
            self._lock.release()


def fitting(keys: tuple[Key, ...], kid: str | None, algorithm: str) -> Key | None:
    """The key with an id that fits an algorithm; without an id, the only one that fits."""
    found = [key for key in keys if kid in (None, key.kid) and _fits(key, algorithm)]
    return found[0] if found and (kid is not None or len(found) == 1) else None


def _fits(key: Key, algorithm: str) -> bool:
    kind, curve = _KEYS[algorithm]
    return (
        key.key_type == kind
        and getattr(key, "curve_name", None) == curve
        and key.get("use") in (None, "sig")
        and key.get("alg") in (None, algorithm)
        and "verify" in (key.get("key_ops") or ["verify"])
    )


def fetch_keys(issuer: str) -> tuple[Key, ...]:
    """What an issuer lists now; UnreachableIssuerError where it does not answer as it should."""
    try:
        found = _fetch(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        return read_keys(_fetch(keys_address(issuer, found)))
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        raise UnreachableIssuerError(type(error).__name__) from error


def keys_address(issuer: str, document: Any) -> str:
    """Where an issuer's discovery document (OpenID Connect Discovery, section 4.3) has its keys.

    UnreachableIssuerError for another issuer's, and for an address less secure than the issuer's.
    """
    if not isinstance(document, dict) or document.get("issuer") != issuer:
        raise UnreachableIssuerError("the discovery document is another issuer's")
    address = document.get("jwks_uri")
    if not isinstance(address, str) or re.fullmatch(SECURE_URL, address) is None:
        raise UnreachableIssuerError("the keys are not at a secure address")
    if issuer.startswith("https:") and not address.startswith("https:"):
        raise UnreachableIssuerError("the keys are not at an address as secure as the issuer's")
    return address


def _fetch(address: str) -> Any:
    """The JSON at an address, no longer than it may be, within a time."""
    request = Request(address, headers={"Accept": "application/json"})  # noqa: S310 -- SECURE_URL
    deadline = monotonic() + _TIMEOUT_SECONDS
    data = b""
    try:
        with build_opener(_Stays).open(request, timeout=_TIMEOUT_SECONDS) as response:
            while part := response.read1(16_384):
                data += part
                if len(data) > _LONGEST or monotonic() > deadline:
                    raise UnreachableIssuerError("too long")
    except HTTPError as error:
        with error:
            raise UnreachableIssuerError(f"status {error.code}") from None
    return json.loads(data)


def read_keys(document: Any) -> tuple[Key, ...]:
    """The public signature keys of a JWK Set (RFC 7517); those not understood are left out.

    UnreachableIssuerError for what is no set.
    """
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise UnreachableIssuerError("not a JWK Set")
    return tuple(key for each in listed if (key := _public_key(each)) is not None)


def _public_key(jwk: Any) -> Key | None:
    """A key that can verify; a shared secret, a weak key and one not understood are none."""
    if not isinstance(jwk, dict) or jwk.get("kty") not in ("RSA", "EC", "OKP"):
        return None
    if jwk["kty"] == "RSA" and len(str(jwk.get("n"))) < _SHORTEST_MODULUS:
        return None
    try:
        return import_key({name: jwk[name] for name in jwk if name not in _PRIVATE})
    except (JoseError, ValueError, TypeError, KeyError):
        return None
