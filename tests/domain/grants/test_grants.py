"""授权: who is granted which role, and what is never held together."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from domain.grants import roles
from domain.grants.decisions import grant_role, revoke_role
from domain.grants.grant import LIFECYCLE, Grant, RoleGranted, RoleRevoked, is_held
from domain.streams import Kind
from tests.domain.grants.samples import (
    HELD,
    NUMBER,
    ORGANS,
    OTHER_ORGAN,
    REVOKED,
    SUBJECT,
    a_grant,
    its_revocation,
)
from tests.domain.harness import Office, given, stated
from tests.domain.machines import MACHINES, tried
from tests.domain.proof import proves
from tests.domain.samples import ORGAN

ADMINISTRATORS = [roles.roles()[each] for each in sorted(roles.ADMINISTRATORS)]
LATER = date(2021, 9, 2)


@pytest.mark.parametrize("organ", [ORGAN, None])
def test_a_role_is_granted_in_an_organ_or_in_the_whole_ledger(organ: str | None) -> None:
    act = a_grant(organ=organ)
    office = given(*ORGANS).when(act).then(stated(act, RoleGranted, revoked_on=None))
    assert office.look(Kind.GRANT, NUMBER) == stated(act, Grant, revoked_on=None)


@proves(grant_role, 1)
@pytest.mark.parametrize("subject", ["", "a:b", "王小明", "a b", "a/b", "x" * 65, "u-1021\n"])
def test_a_subject_that_is_no_opaque_id_is_refused(subject: str) -> None:
    act = a_grant(subject=subject)
    given(*ORGANS).when(act).refused("impossible_value", field="subject")


@pytest.mark.parametrize("subject", ["a", "x" * 64, "A.b_1~c@d-e"])
def test_a_subject_may_be_any_opaque_id(subject: str) -> None:
    act = a_grant(subject=subject)
    given(*ORGANS).when(act).then(stated(act, RoleGranted, revoked_on=None))


@proves(grant_role, 2)
@pytest.mark.parametrize("role", ["书记", "handler"])
def test_an_unknown_role_is_not_granted(role: str) -> None:
    act = a_grant(number=NUMBER, role=role)
    given(*ORGANS).when(act).refused("unknown_code", field="role")


@proves(grant_role, 3)
@pytest.mark.parametrize("number", ["u-1021", "u-1021:reviewer", "u-1022:handler", "u-1021:承办"])
def test_a_number_of_another_subject_or_role_is_refused(number: str) -> None:
    given(*ORGANS).when(a_grant(number=number)).refused("impossible_value", field="number")


@proves(grant_role, 4)
def test_a_role_in_an_unknown_organ_is_refused() -> None:
    given(*ORGANS).when(a_grant(organ="无")).refused("missing_reference", field="organ")


@proves(grant_role, 5)
def test_an_officer_without_a_name_is_refused() -> None:
    given(*ORGANS).when(a_grant(officer=" ")).refused("required", field="officer")


@proves(grant_role, 6)
def test_a_role_is_not_granted_before_it_was_last_granted_or_revoked() -> None:
    early = a_grant(organ=None, granted_on=date(2021, 2, 28))
    given(*HELD).when(early).refused("impossible_date", field="granted_on")
    before = a_grant(granted_on=date(2021, 8, 31))
    given(*REVOKED).when(before).refused("impossible_date", field="granted_on")


@proves(grant_role, 7)
def test_a_role_held_is_not_granted_again_unchanged() -> None:
    again = a_grant(granted_on=LATER, basis="另一文件")
    given(*HELD).when(again).refused("already_granted", field="role")


@pytest.mark.parametrize("change", [{"organ": OTHER_ORGAN}, {"organ": None}, {"officer": None}])
def test_a_role_held_is_granted_with_another_organ_or_officer(change: dict[str, Any]) -> None:
    act = a_grant(granted_on=LATER, **change)
    office = given(*HELD).when(act).then(stated(act, RoleGranted, revoked_on=None))
    assert office.look(Kind.GRANT, NUMBER) == stated(act, Grant, revoked_on=None)


def test_a_role_revoked_is_granted_anew() -> None:
    act = a_grant(granted_on=LATER)
    office = given(*REVOKED).when(act).then(stated(act, RoleGranted, revoked_on=None))
    assert is_held(office.look(Kind.GRANT, NUMBER))


@proves(grant_role, 8)
@pytest.mark.parametrize("role", ADMINISTRATORS)
@pytest.mark.parametrize("other", roles.roles().values())
def test_an_administrator_holds_no_other_role(role: str, other: str) -> None:
    if role == other:
        return
    history = given(*ORGANS, a_grant(other))
    refusal = history.when(a_grant(role)).refused("incompatible_roles", field="role")
    assert other in refusal.reason
    back = given(*ORGANS, a_grant(role))
    back.when(a_grant(other)).refused("incompatible_roles", field="role")


def test_what_another_subject_holds_or_was_revoked_excludes_nothing() -> None:
    admin = a_grant("系统管理员", granted_on=LATER)
    told = stated(admin, RoleGranted, revoked_on=None)
    given(*REVOKED).when(admin).then(told)
    given(*ORGANS, a_grant(subject="u-1022")).when(admin).then(told)


def test_one_subject_holds_several_roles_of_the_work() -> None:
    act = a_grant("案件监督管理")
    given(*HELD).when(act).then(stated(act, RoleGranted, revoked_on=None))


def test_a_role_held_is_revoked() -> None:
    said = {"subject": SUBJECT, "role": "承办", "organ": ORGAN}
    told = stated(its_revocation(), RoleRevoked, **said)
    office = given(*HELD).when(its_revocation()).then(told)
    assert not is_held(office.look(Kind.GRANT, NUMBER))


@proves(revoke_role, 1)
def test_only_a_role_held_is_revoked() -> None:
    given(*ORGANS).when(its_revocation()).refused("missing_reference", field="number")
    given(*REVOKED).when(its_revocation()).refused("wrong_stage", field="number")


@proves(revoke_role, 2)
def test_a_role_is_not_revoked_before_it_was_granted() -> None:
    early = its_revocation(revoked_on=date(2021, 2, 28))
    given(*HELD).when(early).refused("impossible_date", field="revoked_on")


def test_the_constants_are_the_roles_of_the_table() -> None:
    named = {value for name, value in vars(roles).items() if name.isupper()} - {
        roles.ADMINISTRATORS
    }
    assert named == set(roles.roles())
    assert set(roles.roles()) >= roles.ADMINISTRATORS
    assert {roles.identifiers()[term] for term in roles.roles().values()} == set(roles.roles())


def test_the_table_of_stages_is_what_the_decisions_do() -> None:
    ways: set[tuple[str, str, str]] = set()
    acts = [a_grant(), a_grant(organ=None), a_grant(granted_on=LATER), its_revocation()]

    @MACHINES
    @generated(st.lists(st.sampled_from(acts), max_size=5))
    def holds(wanted: list[Any]) -> None:
        office = Office()
        for command in ORGANS:
            office.carry_out(command)
        ways.update(tried(LIFECYCLE, office, NUMBER, wanted))

    holds()
    assert ways == {(move.act, *way) for move in LIFECYCLE.moves for way in move.arrows}
