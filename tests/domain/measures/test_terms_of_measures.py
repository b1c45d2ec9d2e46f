"""监察措施: extending a measure, counting a detention anew; beyond the law is refused."""

from datetime import date
from typing import Any

import pytest

from domain.limits.limits import limit
from domain.measures.extending import extend_measure, restart_detention_term
from domain.measures.measure import DetentionTermRestarted, MeasureExtended
from domain.streams import Kind
from tests.domain.harness import given
from tests.domain.measures.samples import (
    CITY,
    COMPELLED,
    CUSTODY,
    DAY,
    DETAINED,
    FROZEN,
    MEASURE,
    NATION,
    OPEN,
    PROVINCE,
    a_measure,
    a_restart,
    a_second_extension,
    an_extension,
    at,
    carried_out,
    of_level,
)
from tests.domain.proof import proves
from tests.domain.samples import ORGAN, PERSON

EXTENDED = (*DETAINED, an_extension())
TWICE = (*EXTENDED, a_second_extension())
TEN_YEARS = "可能判处十年有期徒刑以上刑罚"


def longer(**changes: Any) -> Any:
    """An extension of custody by three days."""
    said = {
        "decided_on": date(2025, 7, 7),
        "until": date(2025, 7, 11),
        "approver": "主要负责人",
        "approving_organ": None,
    }
    return an_extension(**(said | changes))


def until(history: tuple[Any, ...], act: Any) -> Any:
    """The measure's last day after the act."""
    return given(*history, act).office.look(Kind.MEASURE, MEASURE).until


def test_a_detention_is_extended_by_three_months_once_and_by_two_once() -> None:
    assert given(*DETAINED).office.look(Kind.MEASURE, MEASURE).until == date(2025, 10, 1)
    assert until(DETAINED, an_extension()) == date(2026, 1, 1)
    assert until(EXTENDED, a_second_extension()) == date(2026, 3, 1)


def test_an_extension_says_all_that_was_decided() -> None:
    given(*DETAINED).when(an_extension()).then(
        MeasureExtended(
            number=MEASURE,
            kind="留置",
            organ=ORGAN,
            decided_on=date(2025, 9, 28),
            extensions=1,
            ground="特殊情况",
            until=date(2026, 1, 1),
            until_at=None,
            extension_approver="上一级机关",
            extension_organ=CITY,
        )
    )


@proves(extend_measure, 1)
def test_only_what_is_in_force_is_extended() -> None:
    history = given(*OPEN, a_measure("管护"))
    history.when(longer()).refused("wrong_stage", field="number")


BEYOND: list[tuple[str, tuple[Any, ...], Any]] = [
    ("measure.detention_second_extension", TWICE, a_second_extension(until=date(2026, 4, 1))),
    ("measure.protective_custody_extension", (*CUSTODY, longer()), longer()),
    ("measure.await_inquiry", (*OPEN, a_measure("责令候查"), carried_out()), longer()),
    ("measure.confinement", (*OPEN, a_measure("禁闭"), carried_out()), longer()),
]


@proves(extend_measure, 2)
@pytest.mark.parametrize(("rule", "history", "act"), BEYOND, ids=[rule for rule, _, _ in BEYOND])
def test_beyond_what_the_law_allows_nothing_is_extended(
    rule: str, history: tuple[Any, ...], act: Any
) -> None:
    refusal = given(*history).when(act).refused("no_more_extensions", field="number")
    assert refusal.provision == limit(rule, DAY).provision


@proves(extend_measure, 2)
def test_what_has_no_term_is_not_extended() -> None:
    given(*FROZEN).when(longer()).refused("no_more_extensions", field="number")


def test_a_technical_measure_is_extended_as_often_as_needed() -> None:
    history = (*OPEN, a_measure("技术调查"), carried_out())
    more = {"approver": "主要负责人", "approving_organ": None, "ground": "复杂、疑难案件"}
    first = an_extension(until=date(2026, 1, 1), **more)
    second = an_extension(until=date(2026, 4, 1), **more)
    assert until((*history, first), second) == date(2026, 4, 1)


@proves(extend_measure, 3)
def test_the_two_months_are_not_given_before_the_law_knew_them() -> None:
    old = of_level(ORGAN, approver="上一级机关", approving_organ=CITY, approved_on=date(2024, 7, 1))
    began = carried_out(carried_out_on=date(2024, 7, 1), carried_out_at="2024-07-01T09:30+08:00")
    first = an_extension(decided_on=date(2024, 9, 28), until=date(2025, 1, 1))
    second = a_second_extension(decided_on=date(2024, 12, 28), until=date(2025, 3, 1))
    history = given(*old[:-1], began, first)
    refusal = history.when(second).refused("not_in_force", field="decided_on")
    assert "第48条" in (refusal.provision or "")


@proves(extend_measure, 4)
def test_an_extension_has_the_ground_that_the_law_asks_for() -> None:
    given(*DETAINED).when(an_extension(ground=TEN_YEARS)).refused("wrong_ground", field="ground")
    again = a_second_extension(ground="特殊情况")
    given(*EXTENDED).when(again).refused("wrong_ground", field="ground")
    given(*DETAINED).when(an_extension(ground="方便")).refused("unknown_code", field="ground")


@proves(extend_measure, 5)
def test_a_detention_is_extended_by_the_next_higher_organ() -> None:
    own = an_extension(approver="集体研究", approving_organ=None)
    given(*DETAINED).when(own).refused("not_authorised", field="approver")
    leap = an_extension(approving_organ=PROVINCE)
    given(*DETAINED).when(leap).refused("not_next_higher", field="approving_organ")
    city = a_second_extension(approver="上一级机关", approving_organ=CITY)
    given(*EXTENDED).when(city).refused("not_authorised", field="approver")


@proves(extend_measure, 5)
def test_a_province_extends_with_the_nation_and_the_nation_alone() -> None:
    own = an_extension(approver="集体研究", approving_organ=None)
    given(*of_level(PROVINCE)).when(own).refused("not_authorised", field="approver")
    assert until(of_level(PROVINCE), an_extension(approving_organ=NATION)) == date(2026, 1, 1)
    assert until(of_level(NATION), own) == date(2026, 1, 1)


@proves(extend_measure, 6)
@pytest.mark.parametrize("last", [date(2025, 10, 1), date(2026, 1, 2)])
def test_an_extension_ends_within_what_the_law_allows(last: date) -> None:
    given(*DETAINED).when(an_extension(until=last)).refused("beyond_limit", field="until")


@proves(extend_measure, 6)
def test_custody_is_extended_by_one_to_three_days() -> None:
    for day in (9, 10, 11):
        assert until(CUSTODY, longer(until=date(2025, 7, day))) == date(2025, 7, day)
    for day in (8, 12):
        act = longer(until=date(2025, 7, day))
        given(*CUSTODY).when(act).refused("beyond_limit", field="until")
    given(*CUSTODY).when(longer(until=None)).refused("required", field="until")


def to(last: str | None, **changes: Any) -> Any:
    """A compelled appearance extended to an instant."""
    said = {
        "decided_on": DAY,
        "ground": "需要采取管护或者留置措施",
        "until": None,
        "until_at": last,
        "approver": "主要负责人",
        "approving_organ": None,
    }
    return an_extension(**(said | changes))


@proves(extend_measure, 6)
def test_a_compelled_appearance_lasts_at_most_a_day_from_its_beginning() -> None:
    office = given(*COMPELLED, to(at(2, 9, 30))).office
    measure = office.look(Kind.MEASURE, MEASURE)
    assert (measure.until, measure.until_at) == (date(2025, 7, 2), at(2, 9, 30))
    given(*COMPELLED).when(to(at(2, 9, 31))).refused("beyond_limit", field="until_at")
    given(*COMPELLED).when(to(at(1, 21, 30))).refused("beyond_limit", field="until_at")
    given(*COMPELLED).when(to(None)).refused("required", field="until_at")


@proves(extend_measure, 7)
def test_an_extension_is_not_decided_before_the_measure_began() -> None:
    act = an_extension(decided_on=date(2025, 6, 30))
    given(*DETAINED).when(act).refused("impossible_date", field="decided_on")


# -- the term of a detention anew --------------------------------------------------------------

PROVINCIAL = of_level(PROVINCE)


def test_another_grave_crime_begins_the_term_anew() -> None:
    told = DetentionTermRestarted(
        number=MEASURE,
        kind="留置",
        person=PERSON,
        organ=PROVINCE,
        restarted_on=date(2025, 9, 1),
        restart_ground="不同种的重大职务犯罪",
        until=date(2025, 12, 1),
        extensions=0,
        restart_approver="国家监察委员会",
    )
    given(*PROVINCIAL).when(a_restart()).then(told)
    again = an_extension(
        approving_organ=NATION, decided_on=date(2025, 11, 28), until=date(2026, 3, 1)
    )
    assert until((*PROVINCIAL, a_restart()), again) == date(2026, 3, 1)


@proves(restart_detention_term, 1)
def test_only_a_detention_begins_anew() -> None:
    given(*CUSTODY).when(a_restart()).refused("not_detention", field="number")
    given(*PROVINCIAL[:-1]).when(a_restart()).refused("wrong_stage", field="number")


@proves(restart_detention_term, 2)
def test_a_term_does_not_begin_anew_before_the_law_knew_it() -> None:
    began = carried_out(carried_out_on=date(2025, 3, 1), carried_out_at="2025-03-01T09:30+08:00")
    old = of_level(PROVINCE, approved_on=date(2025, 3, 1))[:-1]
    act = a_restart(restarted_on=date(2025, 5, 31))
    given(*old, began).when(act).refused("unknown_code", field="restart_ground")


@proves(restart_detention_term, 3)
def test_a_district_does_not_begin_a_term_anew() -> None:
    refusal = given(*DETAINED).when(a_restart()).refused("not_authorised", field="number")
    assert "第48条" in (refusal.provision or "")


@proves(restart_detention_term, 4)
def test_only_the_national_commission_begins_a_term_anew() -> None:
    act = a_restart(approver="上一级机关")
    given(*PROVINCIAL).when(act).refused("not_authorised", field="approver")


@proves(restart_detention_term, 5)
def test_a_term_begins_anew_once() -> None:
    history = given(*PROVINCIAL, a_restart())
    again = a_restart(restarted_on=date(2025, 10, 1))
    history.when(again).refused("no_more_restarts", field="number")


@proves(restart_detention_term, 6)
def test_a_term_does_not_begin_anew_before_the_detention() -> None:
    act = a_restart(restarted_on=date(2025, 6, 30))
    given(*PROVINCIAL).when(act).refused("impossible_date", field="restarted_on")
