"""立案: the investigation of a case, from its announcement to its report."""

from datetime import date
from typing import Any

import pytest

from domain.cases.case_file import INVESTIGATION, Team
from domain.cases.course import (
    CaseFilingAnnounced,
    CasePublished,
    FamilyOfCaseNotified,
    InvestigationConcluded,
    InvestigationExtended,
    InvestigationPlanDecided,
    InvestigatorsAssigned,
)
from domain.cases.decisions import CloseCase
from domain.cases.investigating import (
    announce_case_filing,
    assign_investigators,
    conclude_investigation,
    decide_investigation_plan,
    extend_investigation,
    notify_family_of_case,
    publish_case,
)
from domain.streams import Kind
from tests.domain.cases.samples import (
    CITY,
    INVESTIGATED,
    INVESTIGATORS,
    RETURNED,
    UNDER_CITY,
    a_family_notice,
    a_plan,
    a_publication,
    a_recusal,
    a_recusal_request,
    a_report,
    a_team,
    an_announcement,
    an_extension,
)
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import CASE, FILED_CASE, ORGAN, a_case

CLOSED = CloseCase(number=CASE, closed_on=date(2021, 6, 2))
BEFORE = date(2021, 3, 31)
ANNOUNCED = (*FILED_CASE, an_announcement())

#: What may only be done while the case is open, or under investigation.
STEPS: list[Any] = [
    an_announcement(),
    a_family_notice(),
    a_publication(),
    a_plan(),
    a_team(),
    an_extension(),
    a_report(),
]


@proves(announce_case_filing, 1)
@proves(notify_family_of_case, 1)
@proves(publish_case, 1)
@proves(decide_investigation_plan, 1)
@proves(assign_investigators, 1)
@proves(extend_investigation, 1)
@proves(conclude_investigation, 1)
@pytest.mark.parametrize("act", STEPS, ids=lambda act: type(act).__name__)
def test_nothing_is_investigated_in_a_closed_case(act: Any) -> None:
    given(*FILED_CASE, CLOSED).when(act).refused("wrong_stage", field="number")
    given().when(act).refused("missing_reference", field="number")


DAYS = [
    (an_announcement, "announced_on"),
    (a_family_notice, "family_notified_on"),
    (a_publication, "published_on"),
    (a_plan, "plan_decided_on"),
    (a_team, "assigned_on"),
    (a_report, "report_on"),
]


@proves(announce_case_filing, 3)
@proves(notify_family_of_case, 4)
@proves(publish_case, 4)
@proves(decide_investigation_plan, 2)
@proves(assign_investigators, 5)
@proves(conclude_investigation, 3)
@pytest.mark.parametrize(("act", "day"), DAYS, ids=[day for _, day in DAYS])
def test_nothing_is_done_before_the_filing(act: Any, day: str) -> None:
    history = given(*(ANNOUNCED if day != "announced_on" else FILED_CASE), a_team())
    history.when(act(**{day: BEFORE})).refused("impossible_date", field=day)


@proves(announce_case_filing, 2)
def test_a_filing_is_announced_once() -> None:
    told = stated(an_announcement(), CaseFilingAnnounced, organ=ORGAN)
    given(*FILED_CASE).when(an_announcement()).then(told)
    given(*ANNOUNCED).when(an_announcement()).refused("already_registered", field="announced_on")


@proves(notify_family_of_case, 3)
@proves(publish_case, 3)
def test_the_family_is_told_and_the_public_once() -> None:
    family = stated(a_family_notice(), FamilyOfCaseNotified, organ=ORGAN)
    public = stated(a_publication(), CasePublished, organ=ORGAN)
    given(*ANNOUNCED).when(a_family_notice()).then(family)
    given(*ANNOUNCED).when(a_publication()).then(public)
    both = given(*ANNOUNCED, a_family_notice(), a_publication())
    both.when(a_family_notice()).refused("already_registered", field="family_notified_on")
    both.when(a_publication()).refused("already_registered", field="published_on")


@proves(notify_family_of_case, 2)
@proves(publish_case, 2)
def test_a_case_that_is_not_serious_is_not_published() -> None:
    light = given(*FILED_CASE, an_announcement(serious=False))
    light.when(a_family_notice()).refused("not_serious", field="family_notified_on")
    light.when(a_publication()).refused("not_serious", field="published_on")


def test_a_plan_is_decided_and_may_be_decided_anew() -> None:
    told = stated(a_plan(), InvestigationPlanDecided, organ=ORGAN)
    office = given(*FILED_CASE, a_plan(plan="方案一")).when(a_plan()).then(told)
    assert office.look(Kind.CASE, CASE).plan == "调查方案〔2021〕1号"


@proves(decide_investigation_plan, 3)
@pytest.mark.parametrize("name", ["双规", "管护"])
def test_a_plan_holds_measures_that_the_law_knows_on_the_day(name: str) -> None:
    act = a_plan(measures_planned=("讯问", name))
    given(*FILED_CASE).when(act).refused("unknown_code", field="measures_planned")


def test_investigators_are_assigned() -> None:
    told = stated(a_team(), InvestigatorsAssigned, organ=ORGAN)
    office = given(*FILED_CASE).when(a_team()).then(told)
    case = office.look(Kind.CASE, CASE)
    team = Team(duty=INVESTIGATION, assigned_on=date(2021, 4, 2), officers=INVESTIGATORS)
    assert (case.investigators, case.teams) == (INVESTIGATORS, (team,))


@proves(assign_investigators, 2)
@pytest.mark.parametrize("officers", [(), ("JC01",), ("JC01", "JC01")])
def test_fewer_than_two_officers_do_not_investigate(officers: tuple[str, ...]) -> None:
    act = a_team(investigators=officers)
    given(*FILED_CASE).when(act).refused("too_few_officers", field="investigators")


@proves(assign_investigators, 3)
def test_an_officer_who_withdrew_does_not_come_back() -> None:
    history = given(*INVESTIGATED, a_recusal_request(), a_recusal())
    refusal = history.when(a_team()).refused("recused", field="investigators")
    assert "第67条" in (refusal.provision or "")


@proves(assign_investigators, 4)
def test_an_officer_who_reviewed_does_not_investigate() -> None:
    act = a_team(investigators=("JC01", "SL01"), assigned_on=date(2021, 5, 26))
    given(*RETURNED).when(act).refused("duties_not_separate", field="investigators")


DISTRICT_CASE = (*UNDER_CITY, a_case())


def test_an_investigation_is_extended_to_at_most_ninety_days_more() -> None:
    """Filed on 2021-04-01: 90 days end on 06-30, 90 more on 09-28."""
    told = stated(an_extension(), InvestigationExtended, organ=ORGAN)
    given(*DISTRICT_CASE).when(an_extension()).then(told)


@proves(extend_investigation, 2)
def test_an_investigation_is_extended_once() -> None:
    again = an_extension(investigation_until=date(2021, 9, 1))
    refusal = given(*DISTRICT_CASE, an_extension()).when(again)
    said = refusal.refused("no_more_extensions", field="investigation_until")
    assert "2017" in (said.provision or "")


@proves(extend_investigation, 3)
def test_only_the_next_higher_organ_extends_an_investigation() -> None:
    for approver in (ORGAN, "JW99"):
        act = an_extension(approver=approver)
        given(*DISTRICT_CASE).when(act).refused("not_next_higher", field="approver")


def test_an_organ_whose_superior_lies_outside_names_it() -> None:
    act = an_extension(approver="JW99")
    told = stated(act, InvestigationExtended, organ=ORGAN)
    given(*FILED_CASE).when(act).then(told)


@proves(extend_investigation, 4)
@pytest.mark.parametrize("until", [date(2021, 6, 30), date(2021, 9, 29)])
def test_an_extension_ends_after_the_term_and_within_one_more(until: date) -> None:
    act = an_extension(investigation_until=until)
    given(*DISTRICT_CASE).when(act).refused("beyond_limit", field="investigation_until")


@proves(extend_investigation, 5)
def test_an_extension_is_not_decided_before_the_filing() -> None:
    act = an_extension(decided_on=BEFORE, approver=CITY)
    given(*DISTRICT_CASE).when(act).refused("impossible_date", field="decided_on")


@proves(conclude_investigation, 2)
def test_an_investigation_without_two_officers_is_not_concluded() -> None:
    told = stated(a_report(), InvestigationConcluded, organ=ORGAN)
    given(*INVESTIGATED).when(a_report()).then(told)
    given(*FILED_CASE).when(a_report()).refused("too_few_officers", field="number")
    alone = given(*INVESTIGATED, a_recusal_request(), a_recusal())
    alone.when(a_report()).refused("too_few_officers", field="number")


@proves(conclude_investigation, 3)
def test_the_report_after_a_return_is_not_before_it() -> None:
    act = a_report(report_on=date(2021, 5, 24))
    given(*RETURNED).when(act).refused("impossible_date", field="report_on")
