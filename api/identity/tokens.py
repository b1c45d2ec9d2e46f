"""Bearer tokens (RFC 6750, RFC 7519): which subject a token proves, and nothing beyond that."""

import json
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import Key
from joserfc.jws import CompactSignature, JWSRegistry, extract_compact, validate_compact

from domain.grants.grant import is_subject

#: Signatures that are accepted: never ``none``, and nothing made with a shared secret.
ALGORITHMS = frozenset({"RS256", "PS256", "ES256", "EdDSA", "Ed25519"})

#: What a token may call itself; a logout or a proof of possession is no token of access.
_TYPES = frozenset({"jwt", "at+jwt"})
#: Headers that change what is signed, or that whoever does not know them must refuse (RFC 7515).
_CRITICAL = frozenset({"crit", "b64"})
_BEARER = re.compile(r"bearer +([^\s]+)", re.IGNORECASE)
_LONGEST = 8192

REASONS = {
    "token_missing": "请求未附令牌",
    "token_malformed": "令牌格式有误",
    "token_wrong_algorithm": "令牌的签名算法不被接受",
    "token_wrong_issuer": "令牌的签发方不被接受",
    "token_unknown_key": "令牌所用的密钥不是签发方现用密钥",
    "token_bad_signature": "令牌的签名不成立",
    "token_wrong_audience": "令牌不是签发给本台账的",
    "token_expired": "令牌已过期",
    "token_not_yet_valid": "令牌尚未生效",
    "token_bad_subject": "令牌的主体标识不被接受",
    "issuer_unreachable": "暂时取不到签发方的密钥",
}


class TokenRefusedError(Exception):
    """A token that proves nothing here: a stable code of ``REASONS``; never any part of it."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code}: {REASONS[code]}")
        self.code = code
        self.reason = REASONS[code]


#: The key of a key id (None where the token names none) that fits an algorithm.
FindKey = Callable[[str | None, str], Key]


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whose tokens are believed: the exact ``iss``, how its keys are found, who it may speak of."""

    name: str
    find: FindKey
    subject_claim: str = "sub"
    may_name: Callable[[str], bool] = lambda _: True


class _Allowed(JWSRegistry):
    """Only our algorithms; the library's own look-up warns of EdDSA (RFC 9864), which we allow."""

    def get_alg(self, name: str) -> Any:
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError(name)
        return self.algorithms[name]


_REGISTRY = _Allowed(strict_check_header=False)


def bearer_of(authorization: str | None) -> str:
    """The token of an ``Authorization`` header; TokenRefusedError for none, or another scheme."""
    if authorization is None:
        raise TokenRefusedError("token_missing")
    found = _BEARER.fullmatch(authorization.strip())
    if found is None:
        raise TokenRefusedError("token_malformed")
    return found[1]


class Verifier:
    """Verifies tokens of several issuers for one audience, whose clocks may be apart a little."""

    def __init__(self, issuers: Iterable[Issuer], audience: str, leeway_seconds: int = 60) -> None:
        self._issuers = {issuer.name: issuer for issuer in issuers}
        self._audience = audience
        self._leeway = leeway_seconds

    def subject_of(self, token: str, now: datetime) -> str:
        """The subject that a token proves at an instant; TokenRefusedError where it proves none."""
        parsed, claims = _parse(token)
        issuer = self._issuer(claims)
        _verify(parsed, issuer.find)
        self._check_audience(claims)
        self._check_times(claims, now.timestamp())
        subject = claims.get(issuer.subject_claim)
        if not isinstance(subject, str) or not is_subject(subject) or not issuer.may_name(subject):
            raise TokenRefusedError("token_bad_subject")
        return subject

    def _issuer(self, claims: dict[str, Any]) -> Issuer:
        name = claims.get("iss")
        issuer = self._issuers.get(name) if isinstance(name, str) else None
        if issuer is None:
            raise TokenRefusedError("token_wrong_issuer")
        return issuer

    def _check_audience(self, claims: dict[str, Any]) -> None:
        said = claims.get("aud")
        if self._audience not in (said if isinstance(said, list) else [said]):
            raise TokenRefusedError("token_wrong_audience")

    def _check_times(self, claims: dict[str, Any], now: float) -> None:
        expires = _instant(claims, "exp")
        if expires is None:
            raise TokenRefusedError("token_malformed")
        if now >= expires + self._leeway:
            raise TokenRefusedError("token_expired")
        for name in ("nbf", "iat"):
            since = _instant(claims, name)
            if since is not None and since > now + self._leeway:
                raise TokenRefusedError("token_not_yet_valid")


def _parse(token: str) -> tuple[CompactSignature, dict[str, Any]]:
    """A token's parts and what it claims, of which nothing is believed yet."""
    if len(token) > _LONGEST:
        raise TokenRefusedError("token_malformed")
    try:
        parsed = extract_compact(token.encode("ascii"), registry=_REGISTRY)
        header, claims = parsed.headers(), json.loads(parsed.payload)
        _REGISTRY.check_header(header)
        _REGISTRY.get_alg(header["alg"])
        critical = header.keys() & _CRITICAL
        kind = str(header.get("typ", "JWT")).lower().removeprefix("application/")
    except UnsupportedAlgorithmError:
        raise TokenRefusedError("token_wrong_algorithm") from None
    except (JoseError, ValueError, TypeError, RecursionError):
        raise TokenRefusedError("token_malformed") from None
    if critical or kind not in _TYPES or not isinstance(claims, dict):
        raise TokenRefusedError("token_malformed")
    return parsed, claims


def _verify(parsed: CompactSignature, find: FindKey) -> None:
    header = parsed.headers()
    key = find(header.get("kid"), header["alg"])
    try:
        holds = validate_compact(parsed, key, registry=_REGISTRY)
    except (JoseError, ValueError):
        holds = False
    if not holds:
        raise TokenRefusedError("token_bad_signature")


def _instant(claims: dict[str, Any], name: str) -> float | None:
    """A NumericDate (RFC 7519, section 2); None where it is not claimed."""
    value = claims.get(name)
    if value is None:
        return None
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or abs(value) > 1e12:  # noqa: PLR2004 -- year 33658
        raise TokenRefusedError("token_malformed")
    return float(value)
