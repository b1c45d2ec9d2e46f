"""Shares of a total by the largest-remainder method, so that a set adds to exactly 100.0."""

from collections.abc import Sequence
from decimal import Decimal

#: Tenths of a per cent in the whole.
_WHOLE = 1000


def shares(counts: Sequence[int]) -> list[Decimal] | None:
    """Shares in per cent with one decimal; None where the total is zero.

    Hamilton's method: each count gets the tenths it fills, and the tenths left over go to the
    largest remainders; of equal remainders to the larger count, then to the earlier.
    """
    total = sum(counts)
    if total <= 0:
        return None
    tenths = [count * _WHOLE // total for count in counts]
    left = _WHOLE - sum(tenths)
    remainders = [count * _WHOLE % total for count in counts]
    order = sorted(range(len(counts)), key=lambda at: (-remainders[at], -counts[at], at))
    for at in order[:left]:
        tenths[at] += 1
    return [Decimal(tenth).scaleb(-1) for tenth in tenths]
