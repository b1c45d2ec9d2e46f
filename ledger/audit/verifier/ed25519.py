"""Ed25519 signatures checked in plain Python (RFC 8032, section 5.1.7), for want of a library.

Only checking: nothing here is secret, so nothing need take the same time for every input. Slow
(some milliseconds a signature), and a bundle has few.
"""

from hashlib import sha512

_P = 2**255 - 19
_Q = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)
_KEY_BYTES, _SIGNATURE_BYTES = 32, 64
_WINDOW = 4

#: A point in extended coordinates (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.
Point = tuple[int, int, int, int]
_NEUTRAL: Point = (0, 1, 1, 0)


class BadKeyError(ValueError):
    """A public key that must not be trusted, or text that is none."""


def _add(one: Point, other: Point) -> Point:
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, other
    a = (y1 - x1) * (y2 - x2) % _P
    b = (y1 + x1) * (y2 + x2) % _P
    c = 2 * t1 * t2 * _D % _P
    d = 2 * z1 * z2 % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _double(point: Point) -> Point:
    x, y, z, _ = point
    a, b, c = x * x % _P, y * y % _P, 2 * z * z % _P
    h = a + b
    e = h - (x + y) ** 2 % _P
    g = a - b
    f = c + g
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _table(point: Point) -> list[Point]:
    """The multiples of a point from 0 to 15."""
    made = [_NEUTRAL]
    for _ in range(2**_WINDOW - 1):
        made.append(_add(made[-1], point))
    return made


def _sum_of_products(pairs: list[tuple[int, list[Point]]]) -> Point:
    """The sum of scalars times points, given the table of each point."""
    total = _NEUTRAL
    for shift in range(256 - _WINDOW, -1, -_WINDOW):
        if total is not _NEUTRAL:
            for _ in range(_WINDOW):
                total = _double(total)
        for scalar, table in pairs:
            digit = scalar >> shift & (2**_WINDOW - 1)
            if digit:
                total = _add(total, table[digit])
    return total


def _x_of(y: int, sign: int) -> int | None:
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT_OF_MINUS_ONE % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    return _P - x if x & 1 != sign else x


def _point(data: bytes) -> Point | None:
    """The point of 32 bytes; None for bytes that are none, or another spelling of one."""
    if len(data) != _KEY_BYTES:
        return None
    number = int.from_bytes(data, "little")
    y, sign = number & (2**255 - 1), number >> 255
    if y >= _P:
        return None
    x = _x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % _P)


def _same(one: Point, other: Point) -> bool:
    (x1, y1, z1, _), (x2, y2, z2, _) = one, other
    return (x1 * z2 - x2 * z1) % _P == 0 and (y1 * z2 - y2 * z1) % _P == 0


def _base() -> Point:
    y = 4 * pow(5, -1, _P) % _P
    x = _x_of(y, 0)
    assert x is not None  # noqa: S101 -- the curve's own base point
    return x, y, 1, x * y % _P


_BASE_TABLE = _table(_base())


def check_key(key: bytes) -> None:
    """BadKeyError for a public key that is no point, not canonical, or of small order."""
    point = _point(key)
    if point is None:
        raise BadKeyError("not a canonical Ed25519 public key")
    eightfold = _double(_double(_double(point)))
    if _same(eightfold, _NEUTRAL):
        raise BadKeyError("the public key is of small order")


def signature_holds(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature (64 bytes) over the message is this key's (32 bytes)."""
    public, nonce = _point(key), _point(signature[:_KEY_BYTES])
    if len(signature) != _SIGNATURE_BYTES or public is None or nonce is None:
        return False
    s = int.from_bytes(signature[_KEY_BYTES:], "little")
    if s >= _Q:
        return False
    digest = sha512(signature[:_KEY_BYTES] + key + message).digest()
    k = int.from_bytes(digest, "little") % _Q
    x, y, z, t = public
    minus_public = (_P - x, y, z, _P - t)
    found = _sum_of_products([(s, _BASE_TABLE), (k, _table(minus_public))])
    return _same(found, nonce)
