"""廉政档案: the keeper, recusal, the half-year review, changes of post, closing."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from domain.archives.item import ArchiveItemEntered, ArchiveItemSupplied
from domain.persons.keeping import (
    change_post,
    close_archive,
    declare_recusal,
    name_archive_keeper,
    review_archive,
)
from domain.persons.lifecycle import ARCHIVE
from domain.persons.person import (
    ArchiveClosed,
    ArchiveReviewed,
    KeeperNamed,
    PersonFile,
    PostChanged,
    RecusalDeclared,
)
from domain.streams import Kind
from tests.domain.archives.samples import (
    CLOSED,
    KEPT,
    OPENED,
    OTHER_UNIT,
    REVIEWED,
    closed,
    keeper_named,
    post_changed,
    recused,
    reviewed,
)
from tests.domain.harness import Office, given, stated
from tests.domain.machines import MACHINES, tried
from tests.domain.proof import proves
from tests.domain.samples import EVERYONE, PERSON, UNIT, a_person, a_unit

EARLY = date(2018, 12, 31)
UNOPENED = (a_unit(), a_unit(code=OTHER_UNIT), a_person(archive_opened_on=None))


def person_of(office: Office) -> PersonFile:
    person = office.look(Kind.PERSON, PERSON)
    assert isinstance(person, PersonFile)
    return person


def test_an_archive_has_a_named_keeper() -> None:
    office = given(*OPENED).when(keeper_named()).then(stated(keeper_named(), KeeperNamed))
    assert ARCHIVE.stage(person_of(office)) == "kept"
    office.carry_out(keeper_named(keeper="黄某", keeper_named_on=date(2020, 1, 1)))
    assert person_of(office).keeper == "黄某"


@proves(name_archive_keeper, 3)
@pytest.mark.parametrize("field", ["keeper", "named_by"])
def test_a_keeper_and_who_named_them_are_stated(field: str) -> None:
    given(*OPENED).when(keeper_named(**{field: " "})).refused("required", field=field)


@proves(name_archive_keeper, 4)
def test_nobody_keeps_their_own_archive_or_one_they_are_recused_from() -> None:
    given(*OPENED).when(keeper_named(keeper="王小明")).refused("must_recuse", field="keeper")
    given(*KEPT, recused()).when(keeper_named()).refused("must_recuse", field="keeper")


def test_a_keeper_who_is_recused_keeps_it_no_longer() -> None:
    office = given(*KEPT).when(recused()).then(stated(recused(), RecusalDeclared, keeper=None))
    assert ARCHIVE.stage(person_of(office)) == "opened"
    other = recused(who="吴某")
    given(*KEPT).when(other).then(stated(other, RecusalDeclared, keeper="林某"))


@proves(declare_recusal, 3, 4)
def test_a_recusal_has_its_reason_and_is_declared_once() -> None:
    given(*KEPT).when(recused(reason="")).refused("required", field="reason")
    given(*KEPT, recused()).when(recused()).refused("already_registered", field="who")


def test_a_review_is_an_item_of_the_archive() -> None:
    act = reviewed()
    entered = ArchiveItemEntered(
        number=act.item,
        person=PERSON,
        occurred_on=act.reviewed_on,
        category="半年更新",
        content=act.changes,
        source_department=None,
    )
    office = given(*KEPT).when(act).then(entered, stated(act, ArchiveReviewed))
    assert person_of(office).reviewed_on == act.reviewed_on


@proves(review_archive, 2, 3, 4)
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"reviewed_on": date(2021, 6, 29), "item": "DA-2"}, "impossible_date", "reviewed_on"),
        ({"reviewed_by": "", "item": "DA-2"}, "required", "reviewed_by"),
        ({"reviewed_by": "王小明", "item": "DA-2"}, "must_recuse", "reviewed_by"),
        ({}, "already_registered", "item"),
    ],
)
def test_a_review_that_cannot_be_is_refused(changes: dict[str, Any], code: str, field: str) -> None:
    given(*REVIEWED).when(reviewed(**changes)).refused(code, field=field)


def test_a_change_of_post_is_noted_with_its_source() -> None:
    act = post_changed()
    entered = ArchiveItemEntered(
        number=act.item,
        person=PERSON,
        occurred_on=act.post_changed_on,
        category="干部调整",
        content="区审计局 副局长",
        source_department="区委组织部",
    )
    source = stated(act, ArchiveItemSupplied, number=act.item)
    office = given(*OPENED).when(act).then(entered, source, stated(act, PostChanged))
    person = person_of(office)
    assert (person.present_unit, person.unit) == (OTHER_UNIT, UNIT)


@proves(change_post, 2, 3, 4, 5)
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"post_changed_on": date(2021, 7, 31)}, "impossible_date", "post_changed_on"),
        ({"present_unit": "无"}, "missing_reference", "present_unit"),
        ({"present_rank": "科员"}, "unknown_code", "present_rank"),
        ({"origin": "本人"}, "unknown_code", "origin"),
        ({"source_department": ""}, "required", "source_department"),
        ({"document": " "}, "required", "document"),
        ({"supplied_on": date(2021, 7, 31)}, "impossible_date", "supplied_on"),
        ({}, "already_registered", "item"),
    ],
)
def test_a_change_of_post_that_cannot_be_is_refused(
    changes: dict[str, Any], code: str, field: str
) -> None:
    given(*OPENED, post_changed()).when(post_changed(**changes)).refused(code, field=field)


def test_an_archive_is_closed_and_carries_what_it_was_counted_under() -> None:
    happened = stated(
        closed(),
        ArchiveClosed,
        unit=UNIT,
        rank="乡科级",
        district_managed=True,
        archive_opened_on=date(2019, 1, 1),
    )
    office = given(*REVIEWED).when(closed()).then(happened)
    assert ARCHIVE.stage(person_of(office)) == "closed"


@proves(close_archive, 2, 3, 4)
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"archive_closed_on": date(2021, 6, 29)}, "impossible_date", "archive_closed_on"),
        ({"ground": "其他"}, "unknown_code", "ground"),
        ({"handed_to": None}, "required", "handed_to"),
    ],
)
def test_a_closing_that_cannot_be_is_refused(
    changes: dict[str, Any], code: str, field: str
) -> None:
    given(*REVIEWED).when(closed(**changes)).refused(code, field=field)


def test_an_archive_of_one_retired_is_handed_to_nobody() -> None:
    office = given(*REVIEWED, closed(ground="退休", handed_to=None)).office
    assert person_of(office).archive_closed_on == date(2021, 11, 1)


@proves(name_archive_keeper, 1)
@proves(declare_recusal, 1)
@proves(review_archive, 1)
@proves(change_post, 1)
@proves(close_archive, 1)
@pytest.mark.parametrize(
    ("before", "act"),
    [
        (UNOPENED, keeper_named()),
        (UNOPENED, recused()),
        (OPENED, reviewed()),
        (CLOSED, reviewed(item="DA-2", reviewed_on=date(2021, 12, 1))),
        (CLOSED, post_changed()),
        (CLOSED, closed()),
    ],
)
def test_an_act_on_an_archive_at_another_stage_is_refused(before: Any, act: Any) -> None:
    given(*before).when(act).refused("wrong_stage", field="person")


@proves(name_archive_keeper, 2)
@proves(declare_recusal, 2)
@pytest.mark.parametrize(
    ("act", "field"),
    [
        (keeper_named(keeper_named_on=EARLY), "keeper_named_on"),
        (recused(recused_on=EARLY), "recused_on"),
        (post_changed(post_changed_on=EARLY), "post_changed_on"),
        (closed(archive_closed_on=EARLY), "archive_closed_on"),
        (reviewed(reviewed_on=EARLY), "reviewed_on"),
    ],
)
def test_an_act_before_the_archive_was_opened_is_refused(act: Any, field: str) -> None:
    given(*KEPT).when(act).refused("impossible_date", field=field)


def test_an_act_on_the_archive_of_an_unknown_person_is_refused() -> None:
    given(*EVERYONE[:2]).when(keeper_named()).refused("missing_reference", field="person")


ACTS = (
    *(keeper_named(), keeper_named(keeper="黄某"), recused(), recused(who="吴某")),
    *(reviewed(reviewed_by="黄某"), reviewed(item="DA-2"), post_changed(), closed()),
)


def test_an_archive_moves_as_its_table_says_and_every_move_is_taken() -> None:
    ways: set[tuple[str, str, str]] = set()

    @settings(MACHINES, max_examples=120)
    @drawn(st.sampled_from([OPENED, UNOPENED]), st.lists(st.sampled_from(ACTS), min_size=2))
    def holds(before: tuple[Any, ...], acts: list[Any]) -> None:
        office = Office()
        for command in before:
            office.carry_out(command)
        ways.update(tried(ARCHIVE, office, PERSON, acts))

    holds()
    assert {act for act, _, _ in ways} == {move.act for move in ARCHIVE.moves}
    assert {to for _, _, to in ways} == ARCHIVE.stages.keys()
