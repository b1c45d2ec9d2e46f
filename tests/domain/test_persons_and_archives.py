"""监督对象 and 廉政档案."""

from datetime import date

from domain.archives.item import ArchiveItem, ArchiveItemEntered
from domain.fields import restate
from domain.persons.decisions import check_person, register_person
from domain.persons.person import Person, PersonRegistered
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import EVERYONE, ITEM, PERSON, a_person, a_unit, an_archive_item


@proves(register_person, 2)
def test_a_person_is_registered() -> None:
    office = given(a_unit()).when(a_person()).then(stated(a_person(), PersonRegistered))
    assert restate(office.look(Kind.PERSON, PERSON), Person) == stated(a_person(), Person)


def test_a_person_of_whom_only_the_number_is_known_is_registered() -> None:
    unknown = dict.fromkeys(
        ("name", "political_status", "unit", "post", "rank", "district_managed")
    )
    act = a_person(**unknown, archive_opened_on=None)
    given().when(act).then(stated(act, PersonRegistered))


@proves(register_person, 1)
def test_a_number_of_a_person_is_registered_once() -> None:
    given(a_unit(), a_person()).when(a_person()).refused("already_registered", field="number")


@proves(check_person, 1)
def test_a_person_of_an_unknown_unit_is_refused() -> None:
    given().when(a_person()).refused("missing_reference", field="unit")


@proves(check_person, 2)
def test_a_rank_outside_the_six_bands_is_refused() -> None:
    given(a_unit()).when(a_person(rank="科员")).refused("unknown_code", field="rank")


@proves(check_person, 2)
def test_an_unknown_rank_is_refused_also_where_the_archive_has_no_date() -> None:
    act = a_person(rank="科员", archive_opened_on=None)
    given(a_unit()).when(act).refused("unknown_code", field="rank")


def test_an_item_is_entered_into_an_archive() -> None:
    act = an_archive_item()
    office = given(*EVERYONE).when(act).then(stated(act, ArchiveItemEntered))
    assert restate(office.look(Kind.ARCHIVE_ITEM, ITEM), ArchiveItem) == stated(act, ArchiveItem)


def test_an_item_may_be_entered_without_a_category() -> None:
    act = an_archive_item(category=None, occurred_on=date(2018, 1, 1))
    given(*EVERYONE).when(act).then(stated(act, ArchiveItemEntered))


def test_a_number_of_an_item_is_entered_once() -> None:
    again = an_archive_item(content="另一事项")
    history = given(*EVERYONE, an_archive_item())
    history.when(again).refused("already_registered", field="number")


def test_an_item_of_an_unknown_person_is_refused() -> None:
    given(a_unit()).when(an_archive_item()).refused("missing_reference", field="person")


def test_an_unknown_category_of_item_is_refused() -> None:
    act = an_archive_item(category="年度更新")
    given(*EVERYONE).when(act).refused("unknown_code", field="category")
