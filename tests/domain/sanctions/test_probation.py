"""留党察看: 延长、恢复党员权利、撤销恢复."""

from datetime import date
from typing import Any

import pytest

from domain.sanctions.course import (
    ProbationExtended,
    RestorationApplied,
    RestorationResolved,
    RestorationRevoked,
    RightsRestored,
)
from domain.sanctions.lifecycle import stage
from domain.sanctions.probation import (
    apply_for_restoration,
    extend_probation,
    resolve_restoration,
    restore_rights,
    revoke_restoration,
)
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import FILED_CASE, ORGAN, SANCTION, a_sanction
from tests.domain.sanctions.samples import (
    IN_REVIEW,
    NUMBER,
    OTHER,
    a_party_decision,
    a_probation,
    a_probation_extension,
    a_resolution,
    a_restoration,
    a_restoration_revoked,
    an_application,
)

ONE_YEAR = (*IN_REVIEW, a_probation())
RESOLVED = (*ONE_YEAR, an_application(), a_resolution())
EXPULSION = a_party_decision(number=OTHER, kind="开除党籍", decided_on=date(2023, 3, 1))


@proves(extend_probation, 1)
@proves(apply_for_restoration, 1)
@proves(resolve_restoration, 1)
@proves(restore_rights, 1)
@pytest.mark.parametrize(
    "act", [a_probation_extension(), an_application(), a_resolution(), a_restoration()]
)
def test_only_probation_is_extended_and_ended_so(act: Any) -> None:
    given(*IN_REVIEW).when(act).refused("missing_reference", field="number")
    given(*IN_REVIEW, a_party_decision()).when(act).refused("not_on_probation", field="number")
    given(*RESOLVED, a_restoration()).when(act).refused("not_on_probation", field="number")


@proves(extend_probation, 2, 3)
def test_a_probation_of_one_year_is_extended_once_by_one() -> None:
    act = a_probation_extension()
    more = {"organ": ORGAN, "probation_months": 24, "probation_until": date(2023, 6, 1)}
    given(*ONE_YEAR).when(act).then(stated(act, ProbationExtended, **more))
    again = a_probation_extension(probation_extended_on=date(2023, 6, 2))
    given(*ONE_YEAR, act).when(again).refused("beyond_limit", field="number")
    two_years = a_probation(probation_months=24)
    given(*IN_REVIEW, two_years).when(again).refused("beyond_limit", field="number")
    early = a_probation_extension(probation_extended_on=date(2022, 5, 31))
    given(*ONE_YEAR).when(early).refused("impossible_date", field="probation_extended_on")
    unsigned = a_probation_extension(extended_by="")
    given(*ONE_YEAR).when(unsigned).refused("required", field="extended_by")


def test_a_probation_whose_term_is_not_known_is_not_extended() -> None:
    told = a_sanction(kind="留党察看")
    act = a_probation_extension(number=SANCTION)
    given(*FILED_CASE, told).when(act).refused("beyond_limit", field="number")


@proves(apply_for_restoration, 2, 3)
def test_restoration_is_applied_for_after_the_term() -> None:
    act = an_application()
    given(*ONE_YEAR).when(act).then(stated(act, RestorationApplied, organ=ORGAN))
    early = an_application(restoration_applied_on=date(2022, 5, 31))
    given(*ONE_YEAR).when(early).refused("impossible_date", field="restoration_applied_on")
    given(*ONE_YEAR, act).when(act).refused("already_registered", field="restoration_applied_on")
    extended = (*ONE_YEAR, act, a_probation_extension())
    later = an_application(restoration_applied_on=date(2023, 6, 1))
    assert given(*extended).when(later).refusal is None
    soon = an_application(restoration_applied_on=date(2023, 5, 31))
    given(*extended).when(soon).refused("impossible_date", field="restoration_applied_on")


@proves(resolve_restoration, 2, 3)
def test_the_branch_resolves_it_by_more_than_half_of_those_entitled() -> None:
    act = a_resolution()
    applied = (*ONE_YEAR, an_application())
    given(*applied).when(act).then(stated(act, RestorationResolved, organ=ORGAN))
    given(*ONE_YEAR).when(act).refused("not_applied", field="branch_resolved_on")
    early = a_resolution(branch_resolved_on=date(2022, 6, 4))
    given(*applied).when(early).refused("impossible_date", field="branch_resolved_on")
    half = a_resolution(entitled=20, in_favour=10)
    given(*applied).when(half).refused("no_majority", field="in_favour")
    wrong = a_resolution(entitled=10, in_favour=11)
    given(*applied).when(wrong).refused("impossible_number", field="in_favour")


@proves(restore_rights, 2, 3)
def test_rights_are_restored_after_the_branch_resolved_it() -> None:
    act = a_restoration()
    given(*RESOLVED).when(act).then(stated(act, RightsRestored, organ=ORGAN))
    applied = given(*ONE_YEAR, an_application())
    applied.when(act).refused("not_resolved", field="rights_restored_on")
    early = a_restoration(rights_restored_on=date(2022, 6, 19))
    given(*RESOLVED).when(early).refused("impossible_date", field="rights_restored_on")
    unsigned = a_restoration(restored_by="")
    given(*RESOLVED).when(unsigned).refused("required", field="restored_by")


def test_a_resolution_before_an_extension_does_not_restore_after_it() -> None:
    extended = a_probation_extension(probation_extended_on=date(2022, 6, 25))
    again = an_application(restoration_applied_on=date(2023, 6, 1))
    act = a_restoration(rights_restored_on=date(2023, 7, 1))
    history = given(*RESOLVED, extended, again)
    history.when(act).refused("not_resolved", field="rights_restored_on")


@proves(revoke_restoration, 1, 2, 3)
def test_a_restoration_is_revoked_and_expulsion_follows() -> None:
    act = a_restoration_revoked()
    restored = (*RESOLVED, a_restoration())
    given(*IN_REVIEW).when(act).refused("missing_reference", field="number")
    given(*restored).when(act).refused("missing_reference", field="expulsion")
    history = (*restored, EXPULSION)
    office = given(*history).when(act).then(stated(act, RestorationRevoked, organ=ORGAN))
    assert stage(office.look(Kind.SANCTION, NUMBER)) == "expelled"
    given(*RESOLVED, EXPULSION).when(act).refused("not_restored", field="restoration_revoked_on")
    early = a_restoration_revoked(restoration_revoked_on=date(2022, 6, 30))
    given(*history).when(early).refused("impossible_date", field="restoration_revoked_on")
    warned = a_party_decision(number=OTHER, decided_on=date(2023, 3, 1))
    given(*restored, warned).when(act).refused("not_an_expulsion", field="expulsion")
    before = a_party_decision(number=OTHER, kind="开除党籍", decided_on=date(2022, 6, 30))
    given(*restored, before).when(act).refused("impossible_date", field="expulsion")
