"""处分的变更、撤销、维持和重新处理."""

from datetime import date
from typing import Any

import pytest

from domain.fields import restate
from domain.sanctions.course import (
    PersonReinstated,
    RehandlingRequired,
    SanctionChanged,
    SanctionRevoked,
    SanctionUpheld,
)
from domain.sanctions.lifecycle import stage
from domain.sanctions.revision import (
    change_sanction,
    reinstate_person,
    require_sanction_rehandling,
    revoke_sanction,
    uphold_sanction,
)
from domain.sanctions.sanction import Sanction
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import ORGAN, a_correction
from tests.domain.sanctions.samples import (
    IN_REVIEW,
    NUMBER,
    a_change,
    a_party_decision,
    a_rehandling,
    a_reinstatement,
    a_revocation,
    an_upholding,
)

DECIDED = (*IN_REVIEW, a_party_decision())
RECORD = restate(given(*DECIDED).office.look(Kind.SANCTION, NUMBER), Sanction)
MORE = {"organ": ORGAN, "appeal": None, "before": RECORD}


def refused(act: Any, code: str, field: str, *more: Any) -> None:
    given(*DECIDED, *more).when(act).refused(code, field=field)


def test_a_sanction_is_changed_into_another_kind() -> None:
    act = a_change()
    event = stated(act, SanctionChanged, kind_before="严重警告", **MORE)
    state = given(*DECIDED).when(act).then(event).look(Kind.SANCTION, NUMBER)
    assert (state.kind, state.kind_before, stage(state)) == ("警告", "严重警告", "decided")


@proves(change_sanction, 1)
@proves(revoke_sanction, 1)
@pytest.mark.parametrize("act", [a_change(), a_revocation()])
def test_only_what_stands_is_changed_or_revoked(act: Any) -> None:
    given(*IN_REVIEW).when(act).refused("missing_reference", field="number")
    refused(act, "wrong_stage", "number", a_revocation())


@proves(change_sanction, 2)
def test_the_new_kind_is_another_of_its_category() -> None:
    refused(a_change(kind="记过"), "unknown_code", "kind")
    refused(a_change(kind="严重警告"), "nothing_changed", "kind")


@proves(change_sanction, 3)
def test_on_the_persons_request_it_is_never_made_heavier() -> None:
    refused(a_change(kind="开除党籍"), "heavier", "kind")
    act = a_change(kind="开除党籍", on_request=False)
    assert given(*DECIDED).when(act).refusal is None


@proves(change_sanction, 4)
@proves(revoke_sanction, 2)
def test_it_is_not_revised_before_it_was_decided_or_the_ruling_changed() -> None:
    early = date(2021, 5, 31)
    refused(a_change(changed_on=early), "impossible_date", "changed_on")
    refused(a_revocation(revoked_on=early), "impossible_date", "revoked_on")
    before = date(2022, 1, 31)
    refused(a_change(changed_on=before), "impossible_date", "changed_on", a_rehandling())
    refused(a_revocation(revoked_on=before), "impossible_date", "revoked_on", a_rehandling())


@proves(change_sanction, 5)
@proves(revoke_sanction, 3)
def test_a_revision_says_by_whom_and_why() -> None:
    refused(a_change(changed_by=""), "required", "changed_by")
    refused(a_change(grounds=""), "required", "grounds")
    refused(a_revocation(revoked_by=""), "required", "revoked_by")
    refused(a_revocation(grounds=""), "required", "grounds")


def test_a_sanction_is_revoked_and_no_longer_corrected() -> None:
    act = a_revocation()
    office = given(*DECIDED).when(act).then(stated(act, SanctionRevoked, **MORE))
    assert stage(office.look(Kind.SANCTION, NUMBER)) == "revoked"
    correction = a_correction(Kind.SANCTION, NUMBER, "rank", was="乡科级", now="县处级")
    refused(correction, "not_correctable", "target", act)
    assert given(*DECIDED).when(correction).refusal is None


def test_a_sanction_that_was_changed_is_corrected_from_what_it_is_now() -> None:
    correction = a_correction(Kind.SANCTION, NUMBER, "kind", was="警告", now="撤销党内职务")
    office = given(*DECIDED, a_change()).when(correction).office
    assert office.look(Kind.SANCTION, NUMBER).kind == "撤销党内职务"


@proves(require_sanction_rehandling, 1, 2, 3)
def test_a_changed_ruling_calls_for_handling_anew() -> None:
    act = a_rehandling()
    given(*IN_REVIEW).when(act).refused("missing_reference", field="number")
    office = given(*DECIDED).when(act).then(stated(act, RehandlingRequired, organ=ORGAN))
    assert stage(office.look(Kind.SANCTION, NUMBER)) == "rehandling"
    refused(act, "wrong_stage", "number", act)
    refused(a_rehandling(rehandling_on=date(2021, 5, 31)), "impossible_date", "rehandling_on")
    refused(a_rehandling(ruling=""), "required", "ruling")
    refused(a_rehandling(), "impossible_date", "rehandling_on", a_change())


@pytest.mark.parametrize("answer", [an_upholding(), a_change()])
def test_handling_anew_ends_with_its_answer(answer: Any) -> None:
    office = given(*DECIDED, a_rehandling(), answer).office
    assert stage(office.look(Kind.SANCTION, NUMBER)) == "decided"
    again = a_rehandling(rehandling_on=date(2022, 9, 1))
    assert given(*DECIDED, a_rehandling(), answer).when(again).refusal is None


@proves(uphold_sanction, 1, 2, 3)
def test_a_sanction_is_upheld_while_it_is_handled_anew() -> None:
    act = an_upholding()
    given(*IN_REVIEW).when(act).refused("missing_reference", field="number")
    refused(act, "wrong_stage", "number")
    anew = given(*DECIDED, a_rehandling())
    anew.when(act).then(stated(act, SanctionUpheld, organ=ORGAN))
    refused(
        an_upholding(upheld_on=date(2022, 1, 31)), "impossible_date", "upheld_on", a_rehandling()
    )
    refused(an_upholding(grounds=""), "required", "grounds", a_rehandling())


@proves(reinstate_person, 1, 2, 3)
def test_after_a_revocation_the_person_is_reinstated() -> None:
    act = a_reinstatement()
    given(*IN_REVIEW).when(act).refused("missing_reference", field="number")
    refused(act, "wrong_stage", "number")
    office = given(*DECIDED, a_revocation()).when(act)
    state = office.then(stated(act, PersonReinstated, organ=ORGAN)).look(Kind.SANCTION, NUMBER)
    assert stage(state) == "reinstated"
    refused(act, "wrong_stage", "number", a_revocation(), act)
    early = a_reinstatement(reinstated_on=date(2022, 3, 31))
    refused(early, "impossible_date", "reinstated_on", a_revocation())
    refused(a_reinstatement(restored=""), "required", "restored", a_revocation())
