"""监察措施: who may approve which measure, since when, in which matter; and carrying it out."""

from datetime import date
from typing import Any

import pytest

from domain.cases.course import CaseMeasureNoted
from domain.cases.decisions import CloseCase
from domain.limits.limits import limits
from domain.measures.approving import approve_measure, carry_out_measure
from domain.measures.kinds import measure_kinds
from domain.measures.measure import MeasureApproved, MeasureCarriedOut
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.measures.samples import (
    CITY,
    COMPELLED,
    DAY,
    LEVELS,
    MEASURE,
    NATION,
    OPEN,
    PROVINCE,
    a_detention,
    a_measure,
    at,
    carried_out,
    lifted,
    of_level,
)
from tests.domain.proof import proves
from tests.domain.samples import CASE, LEAD, ORGAN, PERSON

NEW = ("强制到案", "责令候查", "管护", "禁闭")
#: Before a case is filed.
VERIFICATION = {"谈话", "询问", "查询", "调取", "勘验检查", "鉴定", "限制出境", "管护"}


def approvable(name: str, **changes: Any) -> Any:
    """The measure approved as the law asks of a district organ."""
    elsewhere = {"留置": ("上一级机关", CITY), "限制出境": ("省级机关", PROVINCE)}
    approver, organ = elsewhere.get(name, ("主要负责人", None))
    return a_measure(name, **({"approver": approver, "approving_organ": organ} | changes))


@pytest.mark.parametrize("name", measure_kinds())
def test_every_measure_of_the_law_is_approved_in_an_open_case(name: str) -> None:
    act = approvable(name)
    until = date(2025, 10, 1) if name == "技术调查" else None
    given(*OPEN).when(act).then(stated(act, MeasureApproved, until=until))


def test_the_measures_are_those_of_the_law() -> None:
    kinds = measure_kinds()
    assert len(kinds) == 19
    assert {name for name, kind in kinds.items() if kind.since == date(2025, 6, 1)} == set(NEW)
    assert {name for name, kind in kinds.items() if kind.verification} == VERIFICATION
    rules = {kind.limit for kind in kinds.values()} | {kind.interval for kind in kinds.values()}
    rules |= {each.limit for kind in kinds.values() for each in kind.extensions}
    assert rules - {None} <= limits().keys()
    assert all(set(kind.changes_to) <= kinds.keys() for kind in kinds.values())
    assert all(len(kind.approval) == 4 for kind in kinds.values())


@proves(approve_measure, 1)
def test_a_number_is_approved_once() -> None:
    history = given(*OPEN, a_measure("讯问"))
    history.when(a_measure("讯问")).refused("already_registered", field="number")


@proves(approve_measure, 2)
@pytest.mark.parametrize("field", ["case", "lead", "person", "organ"])
def test_what_a_measure_names_is_registered(field: str) -> None:
    act = a_measure("谈话", **{field: "无"})
    given(*OPEN).when(act).refused("missing_reference", field=field)


@proves(approve_measure, 3)
@pytest.mark.parametrize("name", NEW)
def test_a_measure_is_not_taken_before_its_law_was_in_force(name: str) -> None:
    act = a_measure(name, approved_on=date(2025, 5, 31))
    refusal = given(*OPEN).when(act).refused("not_in_force", field="kind")
    assert refusal.provision == measure_kinds()[name].provision


@proves(approve_measure, 3)
def test_what_is_no_measure_is_refused() -> None:
    given(*OPEN).when(a_measure("双规")).refused("unknown_code", field="kind")


@proves(approve_measure, 4)
def test_a_measure_is_taken_in_an_open_case_or_on_a_lead() -> None:
    closed = CloseCase(number=CASE, closed_on=date(2021, 6, 2))
    given(*OPEN, closed).when(a_measure("讯问")).refused("wrong_stage", field="case")
    given(*OPEN).when(a_measure("谈话", case=None)).refused("required", field="case")


@proves(approve_measure, 5)
@pytest.mark.parametrize("name", measure_kinds())
def test_before_the_filing_only_measures_of_verification_are_taken(name: str) -> None:
    act = approvable(name, case=None, lead=LEAD)
    asked = given(*LEVELS).when(act)
    if name in VERIFICATION:
        asked.then(stated(act, MeasureApproved, until=None))
    else:
        asked.refused("needs_case", field="case")


@proves(approve_measure, 6)
def test_a_measure_against_a_person_names_the_person() -> None:
    given(*OPEN).when(a_detention(person=None)).refused("required", field="person")


@proves(approve_measure, 7)
def test_a_district_detains_only_with_the_approval_of_the_next_higher_organ() -> None:
    alone = a_detention(approver="集体研究", approving_organ=None)
    refusal = given(*OPEN).when(alone).refused("not_authorised", field="approver")
    assert refusal.provision == "《监察法》（2024修正）第24条"
    leap = a_detention(approving_organ=PROVINCE)
    given(*OPEN).when(leap).refused("not_next_higher", field="approving_organ")


@proves(approve_measure, 7)
def test_a_refusal_quotes_the_law_of_its_day() -> None:
    old = a_detention(approved_on=date(2024, 7, 1), approver="集体研究", approving_organ=None)
    refusal = given(*OPEN).when(old).refused("not_authorised", field="approver")
    assert refusal.provision == "《监察法》（2018）第22条"


@proves(approve_measure, 7)
@pytest.mark.parametrize("organ", [PROVINCE, NATION])
def test_a_province_and_the_nation_detain_by_their_own_decision(organ: str) -> None:
    office = given(*of_level(organ)).office
    assert office.look(Kind.MEASURE, MEASURE).organ == organ


@proves(approve_measure, 7)
def test_a_city_needs_its_provinces_approval_to_detain() -> None:
    own = of_level(CITY)[:-2]
    alone = a_detention(organ=CITY, case="AJ-L", approver="集体研究", approving_organ=None)
    given(*own).when(alone).refused("not_authorised", field="approver")
    asked = a_detention(organ=CITY, case="AJ-L", approving_organ=PROVINCE)
    given(*own).when(asked).then(stated(asked, MeasureApproved, until=None))


@proves(approve_measure, 7)
def test_only_a_province_or_the_nation_restricts_leaving_the_country() -> None:
    own = a_measure("限制出境")
    given(*OPEN).when(own).refused("not_authorised", field="approver")
    city = approvable("限制出境", approving_organ=CITY)
    given(*OPEN).when(city).refused("not_authorised", field="approving_organ")
    nobody = approvable("限制出境", approving_organ=None)
    given(*OPEN).when(nobody).refused("required", field="approving_organ")


@proves(approve_measure, 7)
def test_a_term_of_approval_that_does_not_exist_is_refused() -> None:
    given(*OPEN).when(a_measure("讯问", approver="科长")).refused("unknown_code", field="approver")


@proves(approve_measure, 8)
def test_a_measure_is_not_approved_before_the_case_was_filed() -> None:
    act = a_measure("讯问", approved_on=date(2021, 3, 31))
    given(*OPEN).when(act).refused("impossible_date", field="approved_on")
    early = a_measure("谈话", case=None, lead=LEAD, approved_on=date(2021, 2, 28))
    given(*LEVELS).when(early).refused("impossible_date", field="approved_on")


# -- carrying out ----------------------------------------------------------------------------


def told(name: str, **more: Any) -> MeasureCarriedOut:
    said = {
        "kind": name,
        "case": CASE,
        "person": PERSON,
        "organ": ORGAN,
        "until": None,
        "until_at": None,
        "notice_until": None,
        "delivery_until": None,
    }
    return stated(carried_out(), MeasureCarriedOut, **(said | more))


def noted(name: str) -> CaseMeasureNoted:
    return CaseMeasureNoted(
        number=CASE,
        organ=ORGAN,
        noted_on=DAY,
        measure=MEASURE,
        measure_kind=name,
        measured=PERSON,
        began_at=at(1, 9, 30),
        ended_at=None,
        ended=False,
    )


SOON = date(2025, 7, 2)
LIMITED: list[tuple[str, dict[str, Any]]] = [
    ("讯问", {}),
    ("强制到案", {"until": DAY, "until_at": at(1, 21, 30)}),
    ("责令候查", {"until": date(2026, 7, 1)}),
    ("管护", {"until": date(2025, 7, 8), "notice_until": SOON, "delivery_until": SOON}),
    ("留置", {"until": date(2025, 10, 1), "notice_until": SOON}),
    ("禁闭", {"until": date(2025, 7, 8), "notice_until": SOON}),
    ("技术调查", {"until": date(2025, 10, 1)}),
]


@pytest.mark.parametrize(("name", "ends"), LIMITED, ids=[name for name, _ in LIMITED])
def test_the_law_says_when_a_measure_ends(name: str, ends: dict[str, Any]) -> None:
    history = given(*OPEN, approvable(name))
    history.when(carried_out()).then(told(name, **ends), noted(name))


def test_a_measure_on_a_lead_is_noted_in_no_case() -> None:
    history = given(*LEVELS, a_measure("谈话", case=None, lead=LEAD))
    history.when(carried_out()).then(told("谈话", case=None))


@proves(carry_out_measure, 1)
def test_a_measure_is_carried_out_once_and_after_its_approval() -> None:
    given(*COMPELLED).when(carried_out()).refused("wrong_stage", field="number")
    given(*OPEN).when(carried_out()).refused("missing_reference", field="number")


@proves(carry_out_measure, 2)
@pytest.mark.parametrize("officers", [("JC01",), ("JC01", "JC01"), ()])
def test_one_officer_does_not_carry_out_a_measure(officers: tuple[str, ...]) -> None:
    act = carried_out(officers=officers)
    refusal = (
        given(*OPEN, a_measure("讯问")).when(act).refused("too_few_officers", field="officers")
    )
    assert "第44条" in (refusal.provision or "")


@proves(carry_out_measure, 3)
@pytest.mark.parametrize("name", ["强制到案", "管护", "留置", "禁闭"])
def test_where_hours_count_the_instant_is_told(name: str) -> None:
    history = given(*OPEN, approvable(name))
    history.when(carried_out(carried_out_at=None)).refused("required", field="carried_out_at")
    other = carried_out(carried_out_at=at(2, 9))
    history.when(other).refused("impossible_date", field="carried_out_at")


@proves(carry_out_measure, 3)
@pytest.mark.parametrize(
    "text", ["2025-07-01 09:30", "2025-07-01T09:30Z", "2025-07-01T25:00+08:00"]
)
def test_an_instant_is_office_time_to_the_minute(text: str) -> None:
    act = carried_out(carried_out_at=text)
    given(*OPEN, a_detention()).when(act).refused("impossible_value", field="carried_out_at")


@proves(carry_out_measure, 4)
def test_a_measure_is_not_carried_out_before_it_was_approved() -> None:
    act = carried_out(carried_out_on=date(2025, 6, 30), carried_out_at=None)
    given(*OPEN, a_measure("讯问")).when(act).refused("impossible_date", field="carried_out_on")


@proves(carry_out_measure, 6)
def test_an_officer_off_the_case_or_reviewing_it_carries_out_no_measure() -> None:
    from tests.domain.cases import samples as c

    withdrew = (c.a_team(), c.a_recusal_request(), c.a_recusal(), a_measure("讯问"))
    given(*OPEN, *withdrew).when(carried_out()).refused("recused", field="officers")
    review = (c.a_team(), c.a_report(), c.a_sending(), c.an_acceptance(), a_measure("询问"))
    act = carried_out(officers=("JC01", "SL01"))
    given(*OPEN, *review).when(act).refused("duties_not_separate", field="officers")


#: The first appearance ends on 07-01 at 21:30; the next may begin twelve hours later.
APPEARED = (*COMPELLED, lifted(lifted_on=DAY, lifted_at=at(1, 21, 30)))
SECOND = a_measure("强制到案", number="CS2")


@proves(carry_out_measure, 5)
def test_a_compelled_appearance_does_not_directly_follow_another() -> None:
    soon = carried_out(number="CS2", carried_out_on=SOON, carried_out_at=at(2, 9, 29))
    refusal = given(*APPEARED, SECOND).when(soon).refused("chained", field="carried_out_at")
    assert "第46条" in (refusal.provision or "")
    later = carried_out(number="CS2", carried_out_on=SOON, carried_out_at=at(2, 9, 30))
    assert given(*APPEARED, SECOND, later).office.look(Kind.MEASURE, "CS2").until_at == at(
        2, 21, 30
    )


@proves(carry_out_measure, 5)
def test_a_compelled_appearance_does_not_begin_while_another_goes_on() -> None:
    later = carried_out(number="CS2", carried_out_on=date(2025, 7, 9), carried_out_at=at(9, 9))
    given(*COMPELLED, SECOND).when(later).refused("chained", field="carried_out_at")


def test_another_persons_appearance_is_no_chain() -> None:
    from tests.domain.samples import a_person

    other = a_measure("强制到案", number="CS2", person="RY002")
    soon = carried_out(number="CS2", carried_out_at=at(1, 22))
    course = (*APPEARED, a_person(number="RY002", name="李某"), other)
    assert given(*course, soon).office.look(Kind.MEASURE, "CS2").until_at == at(2, 10)
