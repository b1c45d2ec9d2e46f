"""Which tokens prove a subject, and by which code the others are refused."""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.identity.tokens import REASONS, TokenRefusedError, Verifier, bearer_of
from tests.api.identity.issuers import (
    AUDIENCE,
    NOW,
    SIGNED_WITH,
    Clock,
    Listening,
    claims,
    key,
    signed,
)

KINDS = {"RS256": "RSA", "PS256": "RSA", "ES256": "P-256", "Ed25519": "Ed25519"}


def refused(verifier: Verifier, token: str) -> str:
    """The code by which a token is refused, in words that never repeat any part of it."""
    with pytest.raises(TokenRefusedError) as error:
        verifier.subject_of(token, NOW)
    assert str(error.value) == f"{error.value.code}: {REASONS[error.value.code]}"
    return error.value.code


def encoded(part: Any) -> str:
    body = part if isinstance(part, bytes) else json.dumps(part).encode()
    return urlsafe_b64encode(body).rstrip(b"=").decode()


def assembled(header: Any, said: Any, sign: Callable[[bytes], bytes]) -> str:
    """A token of any header, with a signature that the library would not make."""
    begins = f"{encoded(header)}.{encoded(said)}"
    return f"{begins}.{encoded(sign(begins.encode()))}"


def private_key() -> Any:
    """The private half of the key that the issuer lists."""
    return key("k1").private_key


@pytest.mark.parametrize("algorithm", SIGNED_WITH)
def test_a_token_signed_as_allowed_proves_its_subject(
    algorithm: str, issuer: Listening, verifier: Verifier
) -> None:
    signer = key(f"of {algorithm}", KINDS[algorithm])
    issuer.list(key("k1"), signer)
    token = signed(claims(issuer.name), signer, algorithm)
    assert verifier.subject_of(token, NOW) == "u-1021"


def test_the_older_name_of_the_signature_is_accepted_too(
    issuer: Listening, verifier: Verifier
) -> None:
    token = assembled({"alg": "EdDSA", "kid": "k1"}, claims(issuer.name), private_key().sign)
    assert verifier.subject_of(token, NOW) == "u-1021"


@pytest.mark.parametrize("kind", ["JWT", "at+jwt", "application/at+jwt", "jwt"])
def test_a_token_says_its_type_in_several_ways(
    kind: str, issuer: Listening, verifier: Verifier
) -> None:
    token = signed(claims(issuer.name), key("k1"), header={"typ": kind, "nonce": "x"})
    assert verifier.subject_of(token, NOW) == "u-1021"


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "logout+jwt"},
        {"crit": ["exp"], "exp": 1},
        {"crit": ["kid"]},
        {"b64": True},
        {"kid": 7},
    ],
    ids=str,
)
def test_a_token_that_is_for_something_else_is_refused(
    header: dict[str, Any], issuer: Listening, verifier: Verifier
) -> None:
    said = {"alg": "Ed25519", "kid": "k1"} | header
    token = assembled(said, claims(issuer.name), private_key().sign)
    assert refused(verifier, token) == "token_malformed"


def test_a_token_of_several_audiences_is_accepted(issuer: Listening, verifier: Verifier) -> None:
    token = signed(claims(issuer.name, aud=["other", AUDIENCE]), key("k1"))
    assert verifier.subject_of(token, NOW) == "u-1021"


AT = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"iss": "https://issuer.example"}, "token_wrong_issuer"),
        ({"iss": None}, "token_wrong_issuer"),
        ({"iss": [1]}, "token_wrong_issuer"),
        ({"aud": "other-ledger"}, "token_wrong_audience"),
        ({"aud": ["other-ledger"]}, "token_wrong_audience"),
        ({"aud": f"{AUDIENCE}-2"}, "token_wrong_audience"),
        ({"aud": None}, "token_wrong_audience"),
        ({"exp": AT - 60}, "token_expired"),
        ({"exp": None}, "token_malformed"),
        ({"exp": "2099-01-01"}, "token_malformed"),
        ({"exp": True}, "token_malformed"),
        ({"exp": 1e400}, "token_malformed"),
        ({"exp": float("nan")}, "token_malformed"),
        ({"nbf": AT + 61}, "token_not_yet_valid"),
        ({"iat": AT + 61}, "token_not_yet_valid"),
        ({"sub": None}, "token_bad_subject"),
        ({"sub": ""}, "token_bad_subject"),
        ({"sub": 7}, "token_bad_subject"),
        ({"sub": "u-1:handler"}, "token_bad_subject"),
        ({"sub": "王小明"}, "token_bad_subject"),
    ],
    ids=str,
)
def test_a_token_with_another_claim_is_refused(
    changes: dict[str, Any], code: str, issuer: Listening, verifier: Verifier
) -> None:
    assert refused(verifier, signed(claims(issuer.name, **changes), key("k1"))) == code


@pytest.mark.parametrize("changes", [{"exp": AT - 59}, {"nbf": AT + 60}, {"iat": AT + 60}], ids=str)
def test_clocks_may_be_a_minute_apart(
    changes: dict[str, Any], issuer: Listening, verifier: Verifier
) -> None:
    token = signed(claims(issuer.name, **changes), key("k1"))
    assert verifier.subject_of(token, NOW) == "u-1021"


def test_a_token_expires(issuer: Listening, verifier: Verifier) -> None:
    token = signed(claims(issuer.name), key("k1"))
    with pytest.raises(TokenRefusedError) as error:
        verifier.subject_of(token, NOW + timedelta(seconds=360))
    assert error.value.code == "token_expired"


def test_the_subject_is_the_claim_that_the_office_names(issuer: Listening, clock: Clock) -> None:
    verifier = issuer.verifier(clock, subject_claim="employee_number")
    token = signed(claims(issuer.name, employee_number="e-7"), key("k1"))
    assert verifier.subject_of(token, NOW) == "e-7"
    assert refused(verifier, signed(claims(issuer.name), key("k1"))) == "token_bad_subject"


def test_a_token_without_a_signature_is_refused(issuer: Listening, verifier: Verifier) -> None:
    body = encoded(claims(issuer.name))
    for alg in ("none", "None", "NONE"):
        token = f"{encoded({'alg': alg, 'kid': 'k1'})}.{body}."
        assert refused(verifier, token) == "token_wrong_algorithm"
    head = encoded({"alg": "Ed25519", "kid": "k1"})
    assert refused(verifier, f"{head}.{body}.") == "token_bad_signature"


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_a_public_key_is_no_shared_secret(
    algorithm: str, encoding: Encoding, issuer: Listening, verifier: Verifier
) -> None:
    public: Any = key("r1", "RSA").public_key
    issuer.list(key("r1", "RSA"))
    secret = public.public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)
    token = assembled(
        {"alg": algorithm, "kid": "r1"},
        claims(issuer.name),
        lambda said: hmac.digest(secret, said, f"sha{algorithm[2:]}"),
    )
    assert refused(verifier, token) == "token_wrong_algorithm"


@pytest.mark.parametrize("algorithm", ["RS384", "RS512", "PS512"])
def test_an_algorithm_that_is_not_allowed_is_refused(
    algorithm: str, issuer: Listening, verifier: Verifier
) -> None:
    issuer.list(key("r1", "RSA"))
    token = signed(claims(issuer.name), key("r1", "RSA"), algorithm)
    assert refused(verifier, token) == "token_wrong_algorithm"


def test_a_key_is_used_for_its_own_algorithm(issuer: Listening, verifier: Verifier) -> None:
    issuer.list(key("r1", "RSA"), alg="PS256")
    signer = key("r1", "RSA")
    assert verifier.subject_of(signed(claims(issuer.name), signer, "PS256"), NOW) == "u-1021"
    token = signed(claims(issuer.name), signer, "RS256")
    assert refused(verifier, token) == "token_unknown_key"


def test_a_token_altered_after_signing_is_refused(issuer: Listening, verifier: Verifier) -> None:
    head, _, signature = signed(claims(issuer.name), key("k1")).split(".")
    other = encoded(claims(issuer.name, sub="u-1"))
    assert refused(verifier, f"{head}.{other}.{signature}") == "token_bad_signature"


def test_a_key_that_the_token_brings_along_is_not_used(
    issuer: Listening, verifier: Verifier
) -> None:
    forger = key("forger")
    header = {"kid": "k1", "jwk": forger.as_dict(private=False)}
    token = signed(claims(issuer.name), forger, header=header)
    assert refused(verifier, token) == "token_bad_signature"


@given(st.one_of(st.text(max_size=80), st.from_regex(r"[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\.[a-z]*")))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_refused_by_a_code(verifier: Verifier, text: str) -> None:
    assert refused(verifier, text) in REASONS


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("alg", {}),
        (["alg"], {}),
        (7, {}),
        ({"alg": "Ed25519"}, ["iss"]),
        ({"alg": "Ed25519"}, 7),
        ({"alg": 7}, {}),
        ({}, {}),
        ({"alg": "Ed25519", "b64": False, "crit": ["b64"]}, {}),
    ],
    ids=str,
)
def test_what_is_no_token_in_form_is_refused(head: Any, body: Any, verifier: Verifier) -> None:
    assert refused(verifier, f"{encoded(head)}.{encoded(body)}.AAAA") == "token_malformed"


def test_a_token_that_is_too_long_or_too_deep_is_refused(
    issuer: Listening, verifier: Verifier
) -> None:
    deep = assembled({"alg": "Ed25519"}, b"[" * 6000, private_key().sign)
    assert refused(verifier, deep) == "token_malformed"
    long = signed(claims(issuer.name, note="x" * 8000), key("k1"))
    assert refused(verifier, long) == "token_malformed"


@pytest.mark.parametrize("header", ["Bearer abc.d.e", "bearer  abc.d.e", " BEARER abc.d.e "])
def test_the_token_of_a_request_is_its_bearer(header: str) -> None:
    assert bearer_of(header) == "abc.d.e"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "token_missing"),
        ("", "token_malformed"),
        ("Basic abc", "token_malformed"),
        ("Bearer", "token_malformed"),
        ("Bearer a b", "token_malformed"),
    ],
)
def test_a_request_without_a_bearer_is_refused(header: str | None, code: str) -> None:
    with pytest.raises(TokenRefusedError) as error:
        bearer_of(header)
    assert error.value.code == code
