"""Counts as bulletins print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.numbers import bulletin, without_zero


@pytest.mark.parametrize(
    ("count", "printed"),
    [
        (0, "0"),
        (878, "878"),
        (9999, "9999"),
        (10_000, "1万"),
        (10_499, "1万"),
        (10_500, "1.1万"),
        (46_032, "4.6万"),
        (92_598, "9.3万"),
        (150_000, "15万"),
        (1_234_567, "123.5万"),
    ],
)
def test_under_ten_thousand_exact_above_in_wan_with_one_decimal(count: int, printed: str) -> None:
    assert bulletin(count) == printed


def test_a_share_drops_its_zero_only_behind_the_point() -> None:
    assert without_zero(Decimal("5.0")) == "5"
    assert without_zero(Decimal("10.0")) == "10"
    assert without_zero(Decimal("30.6")) == "30.6"


@given(st.integers(10_000, 10**12))
def test_what_is_printed_is_within_half_a_tenth_of_a_wan(count: int) -> None:
    printed = bulletin(count)
    assert printed.endswith("万")
    assert not printed.endswith(".0万")
    assert abs(Decimal(printed.removesuffix("万")) * 10_000 - count) <= 500
