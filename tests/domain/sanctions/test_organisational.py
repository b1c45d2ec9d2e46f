"""组织处理."""

from datetime import date

import pytest

from domain.sanctions.organisational import (
    OrganisationalMeasureEnded,
    OrganisationalMeasureImposed,
    restricted,
    restrictions,
)
from domain.sanctions.organisational_decisions import (
    end_organisational_measure,
    impose_organisational_measure,
)
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import FILED_CASE, ORGAN, SANCTION, a_person, a_sanction
from tests.domain.sanctions.samples import (
    IN_REVIEW,
    a_party_decision,
    a_suspension,
    an_end_of_measure,
    an_ordered_resignation,
)

OF_ANOTHER = (
    a_person(number="RY002", name="李小明"),
    a_sanction(case=None, person="RY002"),
)


@proves(impose_organisational_measure, 1, 4)
def test_a_measure_may_go_beside_a_sanction_of_the_same_person() -> None:
    act = an_ordered_resignation()
    history = (*IN_REVIEW, a_party_decision())
    given(*history).when(act).then(stated(act, OrganisationalMeasureImposed))
    given(*history, act).when(act).refused("already_registered", field="number")
    of_another = an_ordered_resignation(sanction=SANCTION)
    given(*history, *OF_ANOTHER).when(of_another).refused("another_person", field="sanction")


@proves(impose_organisational_measure, 2)
@pytest.mark.parametrize("field", ["person", "organ", "lead", "case", "sanction"])
def test_a_measure_names_what_is_registered(field: str) -> None:
    act = a_suspension(**{field: "无此号"})
    given(*FILED_CASE).when(act).refused("missing_reference", field=field)


@proves(impose_organisational_measure, 3, 5)
def test_a_measure_is_of_the_table_and_says_who_decided() -> None:
    given(*FILED_CASE).when(a_suspension(measure="劝退")).refused("unknown_code", field="measure")
    given(*FILED_CASE).when(a_suspension(decided_by="")).refused("required", field="decided_by")


@proves(impose_organisational_measure, 6)
def test_a_suspension_has_a_last_day_within_six_months() -> None:
    assert given(*FILED_CASE).when(a_suspension()).refusal is None
    beyond = a_suspension(ends_on=date(2021, 10, 11))
    given(*FILED_CASE).when(beyond).refused("beyond_limit", field="ends_on")
    given(*FILED_CASE).when(a_suspension(ends_on=None)).refused("required", field="ends_on")
    early = a_suspension(ends_on=date(2021, 4, 9))
    given(*FILED_CASE).when(early).refused("impossible_date", field="ends_on")
    other = a_suspension(measure="免职")
    given(*FILED_CASE).when(other).refused("impossible_date", field="ends_on")


@proves(end_organisational_measure, 1, 2, 3)
def test_a_measure_is_ended_once() -> None:
    act = an_end_of_measure()
    history = (*FILED_CASE, a_suspension())
    given(*FILED_CASE).when(act).refused("missing_reference", field="number")
    given(*history).when(act).then(stated(act, OrganisationalMeasureEnded, organ=ORGAN))
    given(*history, act).when(act).refused("wrong_stage", field="number")
    early = an_end_of_measure(ended_on=date(2021, 4, 9))
    given(*history).when(early).refused("impossible_date", field="ended_on")
    given(*history).when(an_end_of_measure(reason="")).refused("required", field="reason")


@pytest.mark.parametrize(
    ("measure", "until"),
    [
        ("停职检查", [date(2021, 12, 1)]),
        ("调整职务", [date(2022, 6, 1)]),
        ("责令辞职", [date(2022, 6, 1), date(2023, 6, 1)]),
        ("免职", [date(2022, 6, 1), date(2023, 6, 1)]),
        ("降职", [date(2023, 6, 1)]),
    ],
)
def test_what_follows_from_each_measure(measure: str, until: list[date]) -> None:
    act = an_ordered_resignation(measure=measure)
    assert [each.until for each in restrictions(act)] == until


def test_what_still_follows_on_a_day() -> None:
    history = (*IN_REVIEW, a_party_decision(), an_ordered_resignation())
    measure = given(*history).office.look(Kind.ORGANISATIONAL_MEASURE, "ZZ2021-2")
    assert len(restricted(measure, date(2022, 5, 31))) == 2
    assert [each.title for each in restricted(measure, date(2022, 6, 1))] == [
        "不得担任高于原职务层次的职务"
    ]
    assert restricted(measure, date(2023, 6, 1)) == restricted(measure, date(2021, 5, 31)) == ()
    ended = an_end_of_measure(number="ZZ2021-2", ended_on=date(2022, 1, 1))
    measure = given(*history, ended).office.look(Kind.ORGANISATIONAL_MEASURE, "ZZ2021-2")
    assert restricted(measure, date(2022, 1, 1)) == ()
    assert len(restricted(measure, date(2021, 12, 31))) == 2
