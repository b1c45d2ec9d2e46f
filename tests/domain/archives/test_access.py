"""档案查阅: asked for in writing, decided, and every look recorded."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from domain.archives.access import (
    ACCESS as LIFECYCLE,
)
from domain.archives.access import (
    ArchiveAccessApproved,
    ArchiveAccessRefused,
    ArchiveAccessRequested,
    ArchiveLookedInto,
    Look,
)
from domain.archives.accessing import (
    approve_archive_access,
    look_into_archive,
    refuse_archive_access,
    request_archive_access,
)
from domain.streams import Kind
from tests.domain.archives.samples import (
    ACCESS,
    CLOSED,
    KEPT,
    OPENED,
    access_approved,
    access_refused,
    access_requested,
    closed,
    looked,
    recused,
)
from tests.domain.harness import Office, given, stated
from tests.domain.machines import MACHINES, tried
from tests.domain.proof import proves
from tests.domain.samples import PERSON, a_person, a_unit

ASKED = (*KEPT, access_requested())
APPROVED = (*ASKED, access_approved())


def test_a_look_into_an_archive_is_asked_for_approved_and_recorded() -> None:
    asked = access_requested()
    given(*KEPT).when(asked).then(stated(asked, ArchiveAccessRequested))
    yes = access_approved()
    given(*ASKED).when(yes).then(stated(yes, ArchiveAccessApproved, person=PERSON))
    look = stated(looked(), ArchiveLookedInto, attended_by="林某", looks=1)
    office = given(*APPROVED).when(looked()).then(look)
    office.carry_out(looked(looked_on=date(2021, 7, 20), looked_by="蔡某"))
    access = office.look(Kind.ARCHIVE_ACCESS, ACCESS)
    assert access.seen[1] == Look(looked_on=date(2021, 7, 20), looked_by="蔡某")
    assert access.looks == 2


def test_it_may_be_refused() -> None:
    no = stated(access_refused(), ArchiveAccessRefused, person=PERSON)
    given(*ASKED).when(access_refused()).then(no)


@proves(request_archive_access, 1, 2, 3, 4)
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({}, "already_registered", "number"),
        ({"number": "CY-2", "person": "无"}, "missing_reference", "person"),
        ({"number": "CY-2", "reason": " "}, "required", "reason"),
        ({"number": "CY-2", "department": ""}, "required", "department"),
        ({"number": "CY-2", "requested_by": ""}, "required", "requested_by"),
        ({"number": "CY-2", "requested_by": "王小明"}, "must_recuse", "requested_by"),
    ],
)
def test_a_request_that_cannot_be_is_refused(
    changes: dict[str, Any], code: str, field: str
) -> None:
    given(*ASKED).when(access_requested(**changes)).refused(code, field=field)


@proves(request_archive_access, 2)
@pytest.mark.parametrize("before", [(a_unit(), a_person(archive_opened_on=None)), CLOSED])
def test_where_no_archive_is_on_file_none_is_asked_for(before: Any) -> None:
    given(*before).when(access_requested()).refused("no_archive", field="person")


@proves(request_archive_access, 4)
def test_who_is_recused_asks_for_nothing() -> None:
    barred = (*KEPT, recused(who="陈某"))
    given(*barred).when(access_requested()).refused("must_recuse", field="requested_by")


@proves(approve_archive_access, 1)
@proves(refuse_archive_access, 1)
@proves(look_into_archive, 1)
@pytest.mark.parametrize(
    ("before", "act"),
    [
        (APPROVED, access_approved()),
        (APPROVED, access_refused()),
        ((*ASKED, access_refused()), access_approved()),
        (ASKED, looked()),
        ((*ASKED, access_refused()), looked()),
    ],
)
def test_an_act_on_a_request_at_another_stage_is_refused(before: Any, act: Any) -> None:
    given(*before).when(act).refused("wrong_stage", field="number")


def test_an_act_on_an_unknown_request_is_refused() -> None:
    given(*KEPT).when(access_approved()).refused("missing_reference", field="number")


@proves(approve_archive_access, 2, 3, 4)
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"approved_on": date(2021, 7, 5)}, "impossible_date", "approved_on"),
        ({"approved_by": ""}, "required", "approved_by"),
        ({"approved_by": "陈某"}, "must_recuse", "approved_by"),
        ({"valid_until": date(2021, 7, 6)}, "impossible_date", "valid_until"),
    ],
)
def test_an_approval_that_cannot_be_is_refused(
    changes: dict[str, Any], code: str, field: str
) -> None:
    given(*ASKED).when(access_approved(**changes)).refused(code, field=field)


@proves(refuse_archive_access, 2, 3)
def test_a_refusal_has_its_grounds_and_follows_the_request() -> None:
    given(*ASKED).when(access_refused(grounds="")).refused("required", field="grounds")
    early = access_refused(refused_on=date(2021, 7, 5))
    given(*ASKED).when(early).refused("impossible_date", field="refused_on")


@proves(look_into_archive, 2, 3, 5)
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"looked_on": date(2021, 7, 6)}, "impossible_date", "looked_on"),
        ({"looked_on": date(2021, 7, 21)}, "impossible_date", "looked_on"),
        ({"person": "RY002"}, "other_person", "person"),
        ({"looked_by": ""}, "required", "looked_by"),
        ({"looked_by": "王小明"}, "must_recuse", "looked_by"),
    ],
)
def test_a_look_that_was_not_approved_is_refused(
    changes: dict[str, Any], code: str, field: str
) -> None:
    history = given(*APPROVED, a_person(number="RY002"))
    history.when(looked(**changes)).refused(code, field=field)


@proves(look_into_archive, 4)
@pytest.mark.parametrize(
    "before",
    [
        (*OPENED, access_requested(), access_approved()),
        (*APPROVED, closed()),
    ],
)
def test_an_archive_without_keeper_or_closed_is_not_looked_into(before: Any) -> None:
    given(*before).when(looked()).refused("no_archive", field="person")


ACTS = (access_approved(), access_refused(), looked(), looked(looked_on=date(2021, 7, 9)))


def test_a_request_moves_as_its_table_says_and_every_move_is_taken() -> None:
    ways: set[tuple[str, str, str]] = set()

    @settings(MACHINES, max_examples=60)
    @drawn(st.lists(st.sampled_from(ACTS), min_size=2, max_size=6))
    def holds(acts: list[Any]) -> None:
        office = Office()
        for command in ASKED:
            office.carry_out(command)
        ways.update(tried(LIFECYCLE, office, ACCESS, acts))

    holds()
    assert {act for act, _, _ in ways} == {move.act for move in LIFECYCLE.moves}
