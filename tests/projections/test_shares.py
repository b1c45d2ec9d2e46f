"""Shares are printed so that a set adds to exactly 100.0, as published sets do."""

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from projections.shares import shares


def printed(*counts: int) -> list[str]:
    """Shares as a bulletin prints them."""
    found = shares(counts)
    assert found is not None
    return list(map(str, found))


def test_the_national_set_where_plain_rounding_gives_4_3() -> None:
    assert printed(92598, 46032, 5096, 6531) == ["61.6", "30.6", "3.4", "4.4"]


def test_the_set_of_wuhua() -> None:
    assert printed(368, 231, 22, 33) == ["56.3", "35.3", "3.4", "5.0"]


def test_three_equal_parts_give_the_odd_tenth_to_the_first() -> None:
    assert printed(1, 1, 1) == ["33.4", "33.3", "33.3"]


def test_one_part_alone_is_the_whole_and_the_others_are_nothing() -> None:
    assert printed(0, 7, 0) == ["0.0", "100.0", "0.0"]


def test_of_a_total_of_nothing_there_are_no_shares() -> None:
    assert shares([0, 0, 0, 0]) is None
    assert shares([]) is None


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12).filter(any))
@example([1] * 1001)
def test_shares_add_to_exactly_100_each_within_a_tenth_of_exact(counts: list[int]) -> None:
    found = shares(counts)
    assert found is not None
    assert sum(found) == Decimal("100.0")
    total = sum(counts)
    for count, share in zip(counts, found, strict=True):
        assert abs(share * total - 100 * count) < Decimal("0.1") * total
        assert share.as_tuple().exponent == -1


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=8).filter(any))
def test_a_larger_count_never_has_the_smaller_share(counts: list[int]) -> None:
    found = shares(counts)
    assert found is not None
    pairs = sorted(zip(counts, found, strict=True))
    assert [share for _, share in pairs] == sorted(found)
