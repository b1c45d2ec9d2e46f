"""Ed25519 in plain Python against RFC 8032 and against OpenSSL."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.audit.verifier.ed25519 import BadKeyError, check_key, signature_holds

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493

#: RFC 8032, section 7.1: tests 1, 2 and 3: key, message, signature.
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]

#: The points of small order, in their canonical spellings.
SMALL_ORDER = [
    0,
    1,
    P - 1,
    2707385501144840649318225287225658788936804267575313519463743609750303402022,
    55188659117513257062467267217118295137698188065244968500265048394206261417927,
    2**255,
    2707385501144840649318225287225658788936804267575313519463743609750303402022 + 2**255,
    55188659117513257062467267217118295137698188065244968500265048394206261417927 + 2**255,
]

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = PRIVATE.public_key().public_bytes_raw()


def by_openssl(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@pytest.mark.parametrize(("key", "message", "signature"), RFC_8032)
def test_the_signatures_of_the_standard_hold(key: str, message: str, signature: str) -> None:
    public, text, signed = map(bytes.fromhex, (key, message, signature))
    check_key(public)
    assert signature_holds(public, text, signed)
    assert not signature_holds(public, text + b"\0", signed)


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=300), st.integers(0, 8 * 64 - 1))
def test_what_openssl_signs_holds_and_what_is_altered_does_not(
    seed: bytes, message: bytes, bit: int
) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    key, signature = private.public_key().public_bytes_raw(), private.sign(message)
    check_key(key)
    assert signature_holds(key, message, signature)
    altered = bytearray(signature)
    altered[bit // 8] ^= 1 << bit % 8
    assert not signature_holds(key, message, bytes(altered))
    assert not by_openssl(key, message, bytes(altered))
    assert not signature_holds(KEY, message, signature) or seed == bytes(range(32))


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(min_size=64, max_size=64))
def test_of_any_bytes_it_believes_no_more_than_openssl(key: bytes, signature: bytes) -> None:
    assert not signature_holds(key, b"text", signature) or by_openssl(key, b"text", signature)


@pytest.mark.parametrize("number", SMALL_ORDER)
def test_a_key_of_small_order_is_refused(number: int) -> None:
    with pytest.raises(BadKeyError):
        check_key(number.to_bytes(32, "little"))


@pytest.mark.parametrize("number", [P, P + 1, 2**255 - 1, 2**256 - 1, P + 2**255, 1 + 2**255])
def test_a_key_in_another_spelling_is_refused(number: int) -> None:
    with pytest.raises(BadKeyError, match="canonical"):
        check_key(number.to_bytes(32, "little"))


@pytest.mark.parametrize("key", [b"", KEY[:31], KEY + b"\0", b"\2" + bytes(31)])
def test_what_is_no_point_is_no_key(key: bytes) -> None:
    with pytest.raises(BadKeyError):
        check_key(key)
    assert not signature_holds(key, b"", PRIVATE.sign(b""))


@pytest.mark.parametrize("times", [1, 2, 7])
def test_a_signature_is_not_spelt_twice(times: int) -> None:
    """s and s + L are the same scalar: the second spelling is refused."""
    signature = PRIVATE.sign(b"text")
    s = int.from_bytes(signature[32:], "little") + times * ORDER
    assert signature_holds(KEY, b"text", signature)
    assert not signature_holds(KEY, b"text", signature[:32] + s.to_bytes(32, "little"))


@pytest.mark.parametrize("length", [0, 32, 63, 65])
def test_a_signature_has_sixty_four_bytes(length: int) -> None:
    assert not signature_holds(KEY, b"text", (PRIVATE.sign(b"text") + b"\0")[:length])
