"""措施 and 形态: which form a measure has, and which of several decides."""

from datetime import date

import pytest

from domain.dispositions.measures import (
    WAYS,
    Measure,
    admonished_until,
    deciding_measure,
    index_name,
    measure_of,
    measure_of_sanction,
)
from tests.domain.samples import a_sanction

DAY = date(2021, 4, 10)


def deciding(*names: str) -> str:
    measures = [measure_of(name, DAY) for name in names]
    assert None not in measures
    return deciding_measure([each for each in measures if each is not None], DAY).name


@pytest.mark.parametrize(
    ("lighter", "heavier"),
    [
        ("提醒谈话", "批评教育"),
        ("批评教育", "责令检查"),
        ("责令检查", "通报"),
        ("通报", "诫勉"),
        ("限期整改", "提醒谈话"),
        ("诫勉", "党内警告"),
        ("党内警告", "党内严重警告"),
        ("免职", "政务撤职"),
        ("开除党籍", "移送检察机关"),
    ],
)
def test_the_heavier_of_two_measures_decides_in_either_order(lighter: str, heavier: str) -> None:
    assert deciding(lighter, heavier) == deciding(heavier, lighter) == index_name(heavier)


def test_expulsion_with_transfer_to_the_procuratorate_is_the_fourth_form_alone() -> None:
    assert measure_of("移送检察机关", DAY) == Measure("移送检察机关", "第四种形态")
    assert deciding("政务开除", "开除党籍", "移送检察机关") == "移送检察机关"


@pytest.mark.parametrize(
    ("before_2018", "since"),
    [("行政警告", "政务警告"), ("行政降级", "政务降级"), ("行政开除", "政务开除")],
)
def test_an_administrative_sanction_of_the_index_is_now_a_governmental_one(
    before_2018: str, since: str
) -> None:
    assert measure_of(before_2018, date(2017, 5, 1)) == measure_of(since, DAY)


def test_another_way_than_the_heaviest_may_be_set() -> None:
    talk, warning = Measure("提醒谈话", "第一种形态"), Measure("党内警告", "第二种形态")
    assert WAYS["first_named"]([talk, warning], DAY) == talk
    assert WAYS["heaviest_form"]([talk, warning], DAY) == warning


def test_a_measure_that_no_index_names_has_no_form() -> None:
    assert measure_of("降职", DAY) is None


@pytest.mark.parametrize(
    ("category", "kind", "name"),
    [
        ("党纪处分", "警告", "党内警告"),
        ("党纪处分", "撤销党内职务", "撤销党内职务"),
        ("政务处分", "警告", "政务警告"),
        ("政务处分", "开除", "政务开除"),
        ("政务处分", None, None),
    ],
)
def test_a_sanction_is_a_measure_of_the_index(
    category: str, kind: str | None, name: str | None
) -> None:
    sanction = a_sanction(category=category, kind=kind)
    assert measure_of_sanction(sanction) == name
    assert name is None or measure_of(name, DAY) is not None


def test_an_admonition_has_effect_for_six_months() -> None:
    assert admonished_until(("提醒谈话", "诫勉"), date(2021, 8, 31)) == date(2022, 2, 28)
    assert admonished_until(("提醒谈话",), DAY) is None
