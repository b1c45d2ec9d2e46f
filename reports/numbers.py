"""How numbers are printed."""

from decimal import ROUND_HALF_UP, Decimal

_TEN_THOUSAND = 10_000


def bulletin(count: int) -> str:
    """A count as bulletins print it: exact under 10,000, else in 万 with one decimal.

    ".0" is dropped; halves round up: 92,598 prints 9.3万.
    """
    if count < _TEN_THOUSAND:
        return str(count)
    tenths = (Decimal(count) / _TEN_THOUSAND).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{without_zero(tenths)}万"


def without_zero(number: Decimal) -> str:
    """A number with one decimal, ".0" dropped."""
    return str(number).removesuffix(".0")
