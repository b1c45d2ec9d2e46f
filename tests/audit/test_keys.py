"""Public keys: written and read as verifier keys; none is loaded under which anything passes."""

from base64 import b64encode
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit.notes import (
    BadKeyError,
    Signer,
    Verifier,
    decode_base64,
    key_id,
    load_public_key,
    read_verifier,
)

SIGNER = Signer("example.com/日志", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int]


def added(one: Point, other: Point) -> Point:
    """The sum of two points of edwards25519 (RFC 8032, section 5.1.4), in affine coordinates."""
    (x1, y1), (x2, y2) = one, other
    both = D * x1 * x2 * y1 * y2
    x = (x1 * y2 + x2 * y1) * pow(1 + both, -1, P)
    y = (y1 * y2 + x1 * x2) * pow(1 - both, -1, P)
    return x % P, y % P


def roots(square: int) -> set[int]:
    """The square roots modulo p, which is 5 modulo 8; none or two, or one of nought."""
    root = pow(square, (P + 3) // 8, P)
    if root * root % P != square % P:
        root = root * pow(2, (P - 1) // 4, P) % P
    return {root, -root % P} if root * root % P == square % P else set()


def small_order() -> set[Point]:
    """The eight points whose eightfold is the neutral element.

    Those of order 1, 2 and 4 have a coordinate 0. Twice a point of order 8 has y = 0: its
    coordinates satisfy y² = -x², hence D·y⁴ + 2y² - 1 = 0 by the curve's equation.
    """
    simple = {(0, 1), (0, P - 1), *((x, 0) for x in roots(-1 % P))}
    squares = {
        (-1 + root) * pow(D, -1, P) % P for root in roots((1 + D) % P)
    }  # y² = (-1 ± √(1+D)) / D
    eighth = {(x, y) for y2 in squares for y in roots(y2) for x in roots(-y2 % P)}
    return simple | eighth


SMALL = sorted(small_order())


def encoded(x: int, y: int) -> bytes:
    """A point as a public key: y, and the sign of x in the last bit."""
    return (y | (x & 1) << 255).to_bytes(32, "little")


def test_eight_points_are_of_small_order() -> None:
    assert len(SMALL) == 8
    assert len({y for _, y in SMALL}) == 5
    for point in SMALL:
        x, y = point
        assert (y * y - x * x - 1 - D * x * x * y * y) % P == 0
        eightfold = point
        for _ in range(3):
            eightfold = added(eightfold, eightfold)
        assert eightfold == (0, 1)


@pytest.mark.parametrize("point", SMALL)
@pytest.mark.parametrize("sign", [0, 1])
def test_a_key_of_small_order_is_refused_whatever_its_sign(point: Point, sign: int) -> None:
    key = encoded(sign, point[1])
    with pytest.raises(BadKeyError, match="small order"):
        load_public_key(key)
    with pytest.raises(BadKeyError, match="small order"):
        read_verifier(str(Verifier("example.com", key)))


@pytest.mark.parametrize("y", range(P, 2**255))
@pytest.mark.parametrize("sign", [0, 1])
def test_a_key_that_is_not_canonical_is_refused(y: int, sign: int) -> None:
    key = encoded(sign, y)
    with pytest.raises(BadKeyError, match="canonical"):
        load_public_key(key)
    with pytest.raises(BadKeyError, match="canonical"):
        read_verifier(str(Verifier("example.com", key)))


@pytest.mark.parametrize("length", [0, 1, 31, 33, 64])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(BadKeyError):
        load_public_key(b"\x05" * length)
    with pytest.raises(BadKeyError):
        read_verifier(str(Verifier("example.com", b"\x05" * length)))


def _data(kind: int = 1) -> str:
    return b64encode(bytes([kind]) + SIGNER.verifier.key).decode()


ID = SIGNER.verifier.id.hex()


def test_a_verifier_key_written_is_read_back() -> None:
    text = str(SIGNER.verifier)
    assert read_verifier(text) == SIGNER.verifier
    assert text == f"{SIGNER.name}+{ID}+{_data()}"


def test_a_key_id_is_of_name_line_end_type_and_key() -> None:
    key = SIGNER.verifier.key
    digest = sha256("example.com/日志\n\x01".encode() + key).digest()
    assert SIGNER.verifier.id == key_id(SIGNER.name, 1, key) == digest[:4]


@given(st.integers(0, 31))
def test_a_verifier_key_with_another_id_is_refused(bit: int) -> None:
    wrong = int.from_bytes(SIGNER.verifier.id, "big") ^ 1 << bit
    text = f"{SIGNER.name}+{wrong:08x}+{_data()}"
    with pytest.raises(BadKeyError, match="id"):
        read_verifier(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+",
        "++",
        SIGNER.name,
        f"{SIGNER.name}+{ID}",
        f"{SIGNER.name}+{ID}+",
        f"+{ID}+{_data()}",
        f"example.org+{ID}+{_data()}",
        f"{SIGNER.name}+{ID.upper()}+{_data()}",
        f"{SIGNER.name}+0{ID}+{_data()}",
        f"{SIGNER.name}+{ID}+{_data(2)}",
        f"{SIGNER.name}+{ID}+{_data()}=",
        f"{SIGNER.name}+{ID}+ {_data()}",
        f"{SIGNER.name}+{ID}+{_data()}\n",
        f" {SIGNER.name}+{ID}+{_data()}",
    ],
)
def test_text_that_is_no_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(BadKeyError):
        read_verifier(text)


@pytest.mark.parametrize("name", ["a b", "", "a\nb", "a\u3000b", "a\tb"])
def test_a_name_with_space_is_refused(name: str) -> None:
    with pytest.raises(BadKeyError):
        read_verifier(str(Verifier(name, SIGNER.verifier.key)))


@pytest.mark.parametrize("kind", [0, 2, 3, 4, 6, 255])
def test_a_key_of_another_type_vouches_for_no_plain_signature(kind: int) -> None:
    key = Verifier(SIGNER.name, SIGNER.verifier.key, kind)
    try:
        verifier = read_verifier(str(key))
    except BadKeyError:
        return
    assert not verifier.accepts("text\n", SIGNER.private.sign(b"text\n"))


@given(st.binary(max_size=80))
def test_base64_has_one_spelling(data: bytes) -> None:
    text = b64encode(data).decode()
    assert decode_base64(text) == data
    spellings = [f" {text}", f"{text}\n", f"{text}=", f"{text}AA==A"]
    if text.endswith("="):
        spellings.append(text.rstrip("="))
    for other in spellings:
        with pytest.raises(ValueError, match="base64"):
            decode_base64(other)
