"""机构层级: the level of an organ by its region, and the organ next above it."""

import pytest

from domain.organs.levels import (
    CITY,
    COUNTY,
    NATIONAL,
    PROVINCE,
    at_least,
    level_of,
    require_next_higher,
)
from domain.organs.organ import Organ
from domain.refusals import Refusal


def organ(region: str | None, parent: str | None = None) -> Organ:
    return Organ(code="JW01", name="机构", type=None, parent=parent, region=region)


@pytest.mark.parametrize(
    ("region", "level"),
    [
        ("100000", NATIONAL),
        ("000000", NATIONAL),
        ("350000", PROVINCE),
        ("350500", CITY),
        ("350503", COUNTY),
        (None, COUNTY),
        ("", COUNTY),
    ],
)
def test_a_region_tells_the_level(region: str | None, level: str) -> None:
    assert level_of(organ(region)) == level


def test_a_level_is_at_least_itself_and_those_below() -> None:
    assert at_least(organ("350000"), PROVINCE)
    assert at_least(organ("100000"), PROVINCE)
    assert not at_least(organ("350500"), PROVINCE)


@pytest.mark.parametrize(
    ("parent", "approver", "allowed"),
    [
        ("JW00", "JW00", True),
        ("JW00", "JW99", False),
        (None, "JW99", True),
        (None, "JW01", False),
        ("JW00", None, False),
        (None, None, False),
    ],
)
def test_the_next_higher_organ_is_the_parent(
    parent: str | None, approver: str | None, allowed: bool
) -> None:
    asked = organ("350503", parent)
    if allowed:
        require_next_higher(asked, approver, "approver", "《监察法》")
        return
    with pytest.raises(Refusal) as refused:
        require_next_higher(asked, approver, "approver", "《监察法》")
    assert refused.value.code == "not_next_higher"
