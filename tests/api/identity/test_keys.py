"""The keys of an issuer: changed, withdrawn, unreachable, and never asked for too often."""

from threading import Thread
from typing import Any

import pytest
from joserfc.jwk import ECKey

from api.identity.keys import (
    PAUSE_SECONDS,
    UnreachableIssuerError,
    fetch_keys,
    fitting,
    keys_address,
    read_keys,
)
from api.identity.tokens import TokenRefusedError, Verifier
from tests.api.identity.issuers import (
    DISCOVERY,
    FRESH,
    KEPT,
    KEYS,
    NOW,
    Clock,
    Listening,
    claims,
    key,
    signed,
)
from tests.api.identity.test_tokens import encoded, refused


def token(issuer: Listening, kid: str) -> str:
    return signed(claims(issuer.name), key(kid))


def test_an_issuer_is_asked_once_while_its_keys_are_fresh(
    issuer: Listening, verifier: Verifier, clock: Clock
) -> None:
    for _ in range(5):
        verifier.subject_of(token(issuer, "k1"), NOW)
        clock.seconds += FRESH / 5
    assert issuer.asked == [DISCOVERY, KEYS]
    clock.seconds += 1
    verifier.subject_of(token(issuer, "k1"), NOW)
    assert issuer.asked == [DISCOVERY, KEYS] * 2


def test_a_new_key_is_found_when_a_token_first_names_it(
    issuer: Listening, verifier: Verifier, clock: Clock
) -> None:
    verifier.subject_of(token(issuer, "k1"), NOW)
    issuer.list(key("k1"), key("k2"))
    clock.seconds += PAUSE_SECONDS
    assert verifier.subject_of(token(issuer, "k2"), NOW) == "u-1021"
    assert len(issuer.asked) == 4


def test_a_key_that_is_no_longer_listed_is_dropped(
    issuer: Listening, verifier: Verifier, clock: Clock
) -> None:
    old = token(issuer, "k1")
    verifier.subject_of(old, NOW)
    issuer.list(key("k2"))
    assert verifier.subject_of(old, NOW) == "u-1021"
    clock.seconds += FRESH + 1
    assert refused(verifier, old) == "token_unknown_key"
    assert verifier.subject_of(token(issuer, "k2"), NOW) == "u-1021"


def test_unknown_key_ids_do_not_hammer_the_issuer(
    issuer: Listening, verifier: Verifier, clock: Clock
) -> None:
    verifier.subject_of(token(issuer, "k1"), NOW)
    clock.seconds += PAUSE_SECONDS
    forged = [signed(claims(issuer.name), key("k1"), header={"kid": f"x{n}"}) for n in range(100)]

    def storm(part: list[str]) -> None:
        for each in part:
            assert refused(verifier, each) == "token_unknown_key"

    threads = [Thread(target=storm, args=(forged[at::4],)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert issuer.asked == [DISCOVERY, KEYS] * 2
    assert verifier.subject_of(token(issuer, "k1"), NOW) == "u-1021"


def test_known_keys_hold_for_a_while_when_the_issuer_does_not_answer(
    issuer: Listening, verifier: Verifier, clock: Clock
) -> None:
    known = token(issuer, "k1")
    verifier.subject_of(known, NOW)
    issuer.status = 503
    clock.seconds += FRESH + KEPT
    assert verifier.subject_of(known, NOW) == "u-1021"
    clock.seconds += PAUSE_SECONDS
    assert refused(verifier, known) == "issuer_unreachable"
    issuer.status = 200
    assert refused(verifier, known) == "issuer_unreachable"
    clock.seconds += PAUSE_SECONDS
    assert verifier.subject_of(known, NOW) == "u-1021"


def test_an_issuer_that_never_answered_is_unreachable_and_asked_seldom(clock: Clock) -> None:
    silent = Listening()
    verifier, known = silent.verifier(clock), token(silent, "k1")
    silent.server_close()
    for _ in range(3):
        assert refused(verifier, known) == "issuer_unreachable"


def test_a_token_without_a_key_id_needs_the_only_key_that_fits(
    issuer: Listening, verifier: Verifier, clock: Clock
) -> None:
    nameless = signed(claims(issuer.name), key("k1"), header={"kid": None})
    issuer.list(key("k1"), key("r1", "RSA"))
    assert verifier.subject_of(nameless, NOW) == "u-1021"
    issuer.list(key("k1"), key("k2"))
    clock.seconds += FRESH + 1
    assert refused(verifier, nameless) == "token_unknown_key"


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://issuer.example", "jwks_uri": "KEYS"},
        {"issuer": "ISSUER", "jwks_uri": "ELSEWHERE"},
        {"issuer": "ISSUER", "jwks_uri": "file:///etc/hostname"},
        {"issuer": "ISSUER", "jwks_uri": "http://localhost:80@keys.example/keys"},
        {"issuer": "ISSUER", "jwks_uri": 7},
        {"issuer": "ISSUER"},
        ["issuer"],
        b"no json",
        b"[" * 100_000,
        "LONG",
    ],
    ids=lambda each: str(each)[:60],
)
def test_a_discovery_document_that_is_not_the_issuers_is_not_followed(
    discovery: Any, issuer: Listening
) -> None:
    if isinstance(discovery, dict):
        # An address that answers, but that is not one of this machine by its name.
        elsewhere = f"http://0.0.0.0:{issuer.server_port}{KEYS}"
        names = {"ISSUER": issuer.name, "KEYS": f"{issuer.name}{KEYS}", "ELSEWHERE": elsewhere}
        discovery = {name: names.get(value, value) for name, value in discovery.items()}
    if discovery == "LONG":
        discovery = issuer.discovery | {"note": " " * 300_000}
    issuer.discovery = discovery
    with pytest.raises(UnreachableIssuerError):
        fetch_keys(issuer.name)
    assert issuer.asked == [DISCOVERY]


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("https://keys.example/keys", True),
        ("http://127.0.0.1/keys", False),
        ("http://issuer.example/keys", False),
    ],
)
def test_an_issuer_over_tls_has_its_keys_over_tls(address: str, followed: bool) -> None:
    issuer = "https://issuer.example"
    document = {"issuer": issuer, "jwks_uri": address}
    if followed:
        assert keys_address(issuer, document) == address
    else:
        with pytest.raises(UnreachableIssuerError):
            keys_address(issuer, document)


def test_an_issuer_is_not_followed_elsewhere(issuer: Listening) -> None:
    issuer.status = 302
    with pytest.raises(UnreachableIssuerError):
        fetch_keys(issuer.name)
    assert issuer.asked == [DISCOVERY]


@pytest.mark.parametrize("listed", [{}, [], {"keys": {}}, None, b"{"], ids=str)
def test_what_is_no_set_of_keys_is_no_answer(listed: Any, issuer: Listening) -> None:
    issuer.listed = listed
    with pytest.raises(UnreachableIssuerError):
        fetch_keys(issuer.name)


def test_keys_that_cannot_verify_are_left_out() -> None:
    secret = {"kty": "oct", "k": "c2VjcmV0", "kid": "s"}
    short = {"kty": "RSA", "n": encoded(b"\xff" * 128), "e": "AQAB", "kid": "short"}
    broken = {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "kid": "broken"}
    good = key("k1").as_dict(private=True)
    found = read_keys({"keys": [secret, short, broken, 7, {}, {"kty": "AKP"}, good]})
    assert [each.kid for each in found] == ["k1"]
    assert not found[0].is_private


@pytest.mark.parametrize("more", [{"use": "enc"}, {"key_ops": ["sign"]}, {"alg": "RS256"}], ids=str)
def test_a_key_for_another_use_does_not_fit(more: dict[str, Any]) -> None:
    keys = read_keys({"keys": [key("k1").as_dict(private=False) | more]})
    assert fitting(keys, "k1", "Ed25519") is None


def test_a_key_of_another_curve_does_not_fit() -> None:
    other = ECKey.generate_key("P-384", {"kid": "e"})
    assert fitting((other,), "e", "ES256") is None


def test_the_first_tokens_of_several_threads_ask_once(
    issuer: Listening, verifier: Verifier
) -> None:
    known, found = token(issuer, "k1"), []

    def ask() -> None:
        try:
            found.append(verifier.subject_of(known, NOW))
        except TokenRefusedError as error:
            found.append(error.code)

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["u-1021"] * 8
    assert issuer.asked == [DISCOVERY, KEYS]
