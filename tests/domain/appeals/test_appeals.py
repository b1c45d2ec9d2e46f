"""申诉、复审、复核."""

from datetime import date
from typing import Any

import pytest

from domain.appeals.appeal import AppealAccepted, AppealAssigned, AppealDecided, AppealWithdrawn
from domain.appeals.decisions import accept_appeal, assign_appeal, decide_appeal, withdraw_appeal
from domain.fields import restate
from domain.sanctions.course import (
    SanctionAppealed,
    SanctionAppealEnded,
    SanctionChanged,
    SanctionRevoked,
)
from domain.sanctions.sanction import Sanction
from domain.streams import Kind
from tests.domain.appeals.samples import (
    APPEAL,
    FIRST,
    HIGHER,
    REEXAMINED,
    SANCTIONED,
    a_change_ruled,
    a_reexamination,
    a_review,
    a_ruling,
    a_withdrawal,
    an_appeal,
    an_assignment,
)
from tests.domain.cases.samples import (
    INVESTIGATORS,
    REVIEWERS,
    a_report,
    a_team,
    an_acceptance,
    other_reviewers,
)
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import FILED_CASE, ORGAN, a_person
from tests.domain.sanctions.samples import NUMBER, OTHER, a_revocation

ASSIGNED = (*SANCTIONED, an_appeal(), an_assignment())


def refused(act: Any, code: str, field: str, *more: Any) -> Any:
    return given(*SANCTIONED, *more).when(act).refused(code, field=field)


def test_an_appeal_is_accepted_and_noted_on_the_sanction() -> None:
    act = an_appeal()
    opened = SanctionAppealed(
        number=NUMBER, organ=ORGAN, appealed_on=act.accepted_on, under_appeal=APPEAL
    )
    office = given(*SANCTIONED).when(act).then(stated(act, AppealAccepted), opened)
    assert office.look(Kind.SANCTION, NUMBER).under_appeal == APPEAL


@proves(accept_appeal, 1)
def test_a_number_is_accepted_once() -> None:
    refused(an_appeal(), "already_registered", "number", an_appeal())


@proves(accept_appeal, 2)
@pytest.mark.parametrize("field", ["sanction", "person", "organ", "earlier"])
def test_an_appeal_names_what_is_registered(field: str) -> None:
    refused(an_appeal(**{field: "无此号"}), "missing_reference", field)


@proves(accept_appeal, 3)
def test_the_kind_of_appeal_is_one_of_three() -> None:
    refused(an_appeal(kind="上访"), "unknown_code", "kind")


@proves(accept_appeal, 4)
def test_who_was_sanctioned_appeals_once_at_a_time_against_what_stands() -> None:
    another = a_person(number="RY002", name="李小明")
    refused(an_appeal(person="RY002"), "another_person", "person", another)
    refused(an_appeal(number="SS9"), "already_registered", "sanction", an_appeal())
    early = a_revocation(revoked_on=date(2021, 8, 1))
    refused(an_appeal(), "wrong_stage", "sanction", early)
    withdrawn = given(*SANCTIONED, an_appeal(), a_withdrawal())
    assert withdrawn.when(an_appeal(number="SS9")).refusal is None


@proves(accept_appeal, 5)
def test_each_category_has_its_own_remedy() -> None:
    refused(an_appeal(sanction=OTHER), "wrong_remedy", "kind")
    refused(a_reexamination(sanction=NUMBER), "wrong_remedy", "kind")


@proves(accept_appeal, 6)
def test_reexamination_is_by_the_organ_itself_and_review_by_the_one_above() -> None:
    refused(a_reexamination(organ=HIGHER), "wrong_organ", "organ")
    assert given(*SANCTIONED, *REEXAMINED).when(a_review()).refusal is None
    refused(a_review(organ=ORGAN), "wrong_organ", "organ", *REEXAMINED)
    refused(a_review(earlier=None), "not_reexamined", "earlier", *REEXAMINED)
    of_party = (an_appeal(), an_assignment(), a_ruling())
    refused(a_review(earlier=APPEAL), "not_reexamined", "earlier", *of_party)


@proves(accept_appeal, 6)
def test_a_review_waits_for_the_reexamination() -> None:
    open_yet = a_reexamination()
    withdrawn = a_withdrawal(number=FIRST)
    refused(a_review(), "not_reexamined", "earlier", open_yet, withdrawn)


@proves(accept_appeal, 7)
def test_receipt_application_and_acceptance_follow_each_other() -> None:
    refused(an_appeal(received_on=date(2021, 5, 31)), "impossible_date", "received_on")
    refused(an_appeal(applied_on=date(2021, 6, 4)), "impossible_date", "applied_on")
    refused(an_appeal(accepted_on=date(2021, 8, 31)), "impossible_date", "accepted_on")
    early = a_review(received_on=date(2021, 7, 31))
    refused(early, "impossible_date", "received_on", *REEXAMINED)


@proves(accept_appeal, 8)
def test_an_application_after_a_month_needs_a_reason() -> None:
    late = {"applied_on": date(2021, 7, 6)}
    refused(a_reexamination(**late), "late_application", "applied_on")
    excused = a_reexamination(**late, late_reason="因病住院")
    assert given(*SANCTIONED).when(excused).refusal is None
    late = {"applied_on": date(2021, 9, 6)}
    refused(a_review(**late), "late_application", "applied_on", *REEXAMINED)


@proves(assign_appeal, 1, 2, 3)
def test_an_appeal_is_handled_by_others_than_the_case() -> None:
    act = an_assignment()
    history = (*SANCTIONED, an_appeal())
    refused(act, "missing_reference", "number")
    office = given(*history).when(act).then(stated(act, AppealAssigned, organ=ORGAN))
    assert office.look(Kind.APPEAL, APPEAL).handlers == ("GH021", "GH022")
    refused(an_assignment(handlers=("GH021", "GH001")), "original_handler", "handlers", an_appeal())
    refused(an_assignment(handlers=()), "required", "handlers", an_appeal())
    early = an_assignment(assigned_on=date(2021, 9, 5))
    refused(early, "impossible_date", "assigned_on", an_appeal())
    refused(act, "wrong_stage", "number", an_appeal(), a_withdrawal())
    assert given(*ASSIGNED).when(an_assignment(handlers=("GH030",))).refusal is None


@proves(assign_appeal, 2)
def test_an_officer_whom_the_ledger_knows_from_the_case_does_not_handle_the_appeal() -> None:
    before, (sent, *decided) = SANCTIONED[: len(FILED_CASE)], SANCTIONED[len(FILED_CASE) :]
    in_review = (a_team(), a_report(), sent, an_acceptance(), other_reviewers())
    history = (*before, *in_review, *decided, an_appeal())
    for officer in (*INVESTIGATORS, *REVIEWERS, "SL03"):
        act = an_assignment(handlers=("GH050", officer), original_handlers=())
        given(*history).when(act).refused("original_handler", field="handlers")
    act = an_assignment(handlers=("GH050",), original_handlers=())
    assert given(*history).when(act).refusal is None


def ended(on: date) -> SanctionAppealEnded:
    return SanctionAppealEnded(
        number=NUMBER, organ=ORGAN, appeal_ended_on=on, appeal=APPEAL, under_appeal=None
    )


def test_an_appeal_is_decided_by_upholding_the_sanction() -> None:
    act = a_ruling()
    decided = stated(act, AppealDecided, organ=ORGAN, sanction=NUMBER)
    office = given(*ASSIGNED).when(act).then(decided, ended(act.decided_on))
    assert office.look(Kind.SANCTION, NUMBER).under_appeal is None


@proves(decide_appeal, 7)
def test_an_appeal_changes_the_sanction_in_the_same_act() -> None:
    act = a_change_ruled()
    before = restate(given(*ASSIGNED).office.look(Kind.SANCTION, NUMBER), Sanction)
    changed = SanctionChanged(
        number=NUMBER,
        organ=ORGAN,
        changed_on=act.decided_on,
        kind="警告",
        kind_before="严重警告",
        changed_by=act.decided_by,
        grounds=act.grounds,
        appeal=APPEAL,
        before=before,
    )
    decided = stated(act, AppealDecided, organ=ORGAN, sanction=NUMBER)
    office = given(*ASSIGNED).when(act).then(decided, ended(act.decided_on), changed)
    assert office.look(Kind.SANCTION, NUMBER).kind == "警告"


@proves(decide_appeal, 7)
def test_an_appeal_revokes_the_sanction_in_the_same_act() -> None:
    act = a_ruling(outcome="撤销")
    office = given(*ASSIGNED).when(act).office
    assert isinstance(office.events[-1][1], SanctionRevoked)
    assert office.look(Kind.SANCTION, NUMBER).revoked_on == act.decided_on
    gone = given(*ASSIGNED, a_revocation(revoked_on=date(2021, 10, 1)))
    gone.when(act).refused("wrong_stage", field="number")
    gone.when(a_change_ruled()).refused("wrong_stage", field="number")


@proves(decide_appeal, 1)
def test_an_appeal_is_decided_once_after_it_was_assigned() -> None:
    refused(a_ruling(), "missing_reference", "number")
    refused(a_ruling(), "wrong_stage", "number", an_appeal())
    given(*ASSIGNED, a_ruling()).when(a_ruling()).refused("wrong_stage", field="number")


@proves(decide_appeal, 2, 3, 4)
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"outcome": "加重"}, "unknown_code", "outcome"),
        ({"decided_on": date(2021, 9, 5)}, "impossible_date", "decided_on"),
        ({"decided_by": ""}, "required", "decided_by"),
        ({"grounds": ""}, "required", "grounds"),
    ],
)
def test_a_decision_says_what_it_must(changes: dict[str, Any], code: str, field: str) -> None:
    given(*ASSIGNED).when(a_ruling(**changes)).refused(code, field=field)


@proves(decide_appeal, 5)
def test_a_new_kind_is_named_only_where_the_sanction_is_changed() -> None:
    given(*ASSIGNED).when(a_change_ruled(kind=None)).refused("required", field="kind")
    given(*ASSIGNED).when(a_ruling(kind="警告")).refused("required", field="kind")


@proves(decide_appeal, 6)
def test_an_appeal_never_makes_it_worse() -> None:
    given(*ASSIGNED).when(a_change_ruled(kind="开除党籍")).refused("heavier", field="kind")


@proves(withdraw_appeal, 1, 2)
def test_an_appeal_is_withdrawn_while_it_is_open() -> None:
    act = a_withdrawal()
    refused(act, "missing_reference", "number")
    withdrawn = stated(act, AppealWithdrawn, organ=ORGAN)
    given(*SANCTIONED, an_appeal()).when(act).then(withdrawn, ended(act.withdrawn_on))
    given(*ASSIGNED, a_ruling()).when(act).refused("wrong_stage", field="number")
    early = a_withdrawal(withdrawn_on=date(2021, 9, 5))
    refused(early, "impossible_date", "withdrawn_on", an_appeal())
