"""党纪政务处分相匹配: a warning, never a refusal."""

from datetime import date

import pytest

from domain.sanctions.matching import mismatch, mismatch_of
from tests.domain.sanctions.test_effect import ADMINISTRATIVE, given_on

DAY = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("party", "administrative", "matches"),
    [
        ("警告", "记过", True),
        ("警告", "记大过", False),
        ("严重警告", "记大过", True),
        ("严重警告", "降级", True),
        ("严重警告", "撤职", False),
        ("撤销党内职务", "撤职", True),
        ("撤销党内职务", "降级", False),
        ("留党察看", "撤职", True),
        ("留党察看", "开除", False),
        ("开除党籍", "撤职", True),
        ("开除党籍", "开除", True),
        ("警告", None, True),
        ("严重警告", None, True),
        (None, "记大过", True),
        (None, "降级", True),
        ("撤销党内职务", None, False),
        ("开除党籍", None, False),
        (None, "撤职", False),
        (None, "开除", False),
        (None, None, True),
    ],
)
def test_what_matches(party: str | None, administrative: str | None, *, matches: bool) -> None:
    assert (mismatch(party, administrative, DAY) is None) == matches


def test_who_is_subject_to_one_only_needs_no_match() -> None:
    assert mismatch("开除党籍", None, DAY, both=False) is None
    assert mismatch(None, "开除", DAY, both=False) is None
    assert mismatch("留党察看", "开除", DAY, both=False) is not None


def test_the_sanctions_of_a_case_are_held_against_each_other_as_of_a_day() -> None:
    party = given_on(DAY, "警告", kind_before="撤销党内职务", changed_on=date(2024, 9, 1))
    office = given_on(date(2024, 3, 2), "撤职", ADMINISTRATIVE, revoked_on=date(2024, 10, 1))
    assert mismatch_of([party, office], date(2024, 3, 1)) is not None, "not yet its counterpart"
    assert mismatch_of([party, office], date(2024, 3, 2)) is None
    assert mismatch_of([party, office], date(2024, 9, 1)) is not None, "changed on one side only"
    assert mismatch_of([party, office], date(2024, 10, 1)) is None, "a light one may stand alone"


def test_the_heaviest_of_each_category_counts() -> None:
    lighter, heavier = given_on(DAY, "警告"), given_on(date(2024, 3, 2), "严重警告")
    office = given_on(date(2024, 3, 3), "降级", ADMINISTRATIVE)
    for order in ([lighter, heavier, office], [office, heavier, lighter]):
        assert mismatch_of(order, date(2024, 4, 1)) is None
