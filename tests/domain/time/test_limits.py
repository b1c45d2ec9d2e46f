"""时限: dated data, and local limits that are tighter."""

from datetime import date

import pytest

from domain.limits.decisions import (
    RepealLocalLimit,
    SetLocalLimit,
    repeal_local_limit,
    set_local_limit,
)
from domain.limits.limits import UNITS, Limit, end_of, limit, limits, months_later
from domain.limits.local_limit import LocalLimitRepealed, LocalLimitSet
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import EVERYONE, ORGAN

LOCAL = "BD2020-01"


def a_local_limit(**changes: object) -> SetLocalLimit:
    said = {
        "number": LOCAL,
        "organ": ORGAN,
        "rule": "lead.handling_opinion",
        "value": 15,
        "unit": "日",
        "since": date(2020, 12, 4),
        "provision": "本机关关于线索处置时限的通知",
    }
    return SetLocalLimit(**(said | changes))  # type: ignore[arg-type]  # values of the fields


@pytest.mark.parametrize("each", [v for versions in limits().values() for v in versions])
def test_a_limit_is_a_number_of_a_unit_with_a_provision(each: Limit) -> None:
    assert each.value >= 1
    assert each.unit in UNITS
    assert "《" in each.provision or "（" in each.provision
    assert each.basis in {"V", "V2", "M", "I"}


def test_the_limit_of_a_day_is_the_version_in_force_on_it() -> None:
    rule = "inspection.rectification_report"
    assert limit(rule, date(2024, 2, 7)).text == "2个月"
    assert limit(rule, date(2024, 2, 8)).text == "6个月"
    assert limit(rule, date(1999, 1, 1)).text == "2个月"


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_are_calendar_months(day: date, months: int, end: date) -> None:
    assert months_later(day, months) == end


def test_days_are_counted_from_the_day_after() -> None:
    assert end_of(limit("case.investigation", date(2024, 1, 1)), date(2024, 1, 1)) == date(
        2024, 3, 31
    )


def test_working_days_and_hours_need_more_than_a_date() -> None:
    for rule in ("petition.transfer", "measure.notice"):
        with pytest.raises(ValueError, match=rule):
            end_of(limit(rule, date(2024, 1, 1)), date(2024, 1, 1))


def test_a_local_limit_is_set() -> None:
    given(*EVERYONE).when(a_local_limit()).then(stated(a_local_limit(), LocalLimitSet))


@proves(set_local_limit, 1)
def test_a_local_limit_is_set_once() -> None:
    given(*EVERYONE, a_local_limit()).when(a_local_limit()).refused(
        "already_registered", field="number"
    )


@proves(set_local_limit, 2)
def test_a_local_limit_is_an_organs_own() -> None:
    given(*EVERYONE).when(a_local_limit(organ="无")).refused("missing_reference", field="organ")


@proves(set_local_limit, 3)
@pytest.mark.parametrize(
    ("changes", "field"),
    [({"rule": "无"}, "rule"), ({"unit": "小时"}, "unit"), ({"rule": "measure.notice"}, "unit")],
)
def test_a_local_limit_is_of_a_rule_counted_in_days(changes: dict[str, str], field: str) -> None:
    given(*EVERYONE).when(a_local_limit(**changes)).refused("unknown_code", field=field)


@proves(set_local_limit, 4)
@pytest.mark.parametrize(
    ("value", "unit"), [(1, "月"), (2, "月"), (28, "日"), (31, "日"), (20, "工作日")]
)
def test_a_local_limit_that_is_not_tighter_is_refused(value: int, unit: str) -> None:
    act = a_local_limit(value=value, unit=unit)
    refusal = given(*EVERYONE).when(act).refused("not_tighter", field="value")
    assert refusal.provision is not None


@proves(set_local_limit, 4)
def test_a_local_limit_is_at_least_a_day() -> None:
    given(*EVERYONE).when(a_local_limit(value=0)).refused("impossible_number", field="value")


@pytest.mark.parametrize(("value", "unit"), [(27, "日"), (19, "工作日"), (1, "日")])
def test_a_tighter_local_limit_may_be_in_another_unit(value: int, unit: str) -> None:
    act = a_local_limit(value=value, unit=unit)
    given(*EVERYONE).when(act).then(stated(act, LocalLimitSet))


def test_a_local_limit_is_repealed() -> None:
    act = RepealLocalLimit(number=LOCAL, repealed_on=date(2024, 1, 1))
    given(*EVERYONE, a_local_limit()).when(act).then(
        LocalLimitRepealed(number=LOCAL, organ=ORGAN, repealed_on=date(2024, 1, 1))
    )


@proves(repeal_local_limit, 1)
def test_only_a_local_limit_that_holds_is_repealed() -> None:
    act = RepealLocalLimit(number=LOCAL, repealed_on=date(2024, 1, 1))
    given(*EVERYONE).when(act).refused("missing_reference", field="number")
    given(*EVERYONE, a_local_limit(), act).when(act).refused(
        "already_registered", field="repealed_on"
    )


@proves(repeal_local_limit, 2)
def test_a_local_limit_is_not_repealed_before_it_holds() -> None:
    act = RepealLocalLimit(number=LOCAL, repealed_on=date(2020, 12, 3))
    given(*EVERYONE, a_local_limit()).when(act).refused("impossible_date", field="repealed_on")
