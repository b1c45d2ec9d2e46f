"""廉政档案: items supplied, statements signed, opinions on integrity."""

from datetime import date
from typing import Any

import pytest

from domain.archives.decisions import check_item, enter_archive_item
from domain.archives.item import ArchiveItemEntered, ArchiveItemSigned, ArchiveItemSupplied
from domain.archives.opinion import (
    OPINION as LIFECYCLE,
)
from domain.archives.opinion import (
    IntegrityOpinionGiven,
    IntegrityOpinionRequested,
)
from domain.archives.opinions import give_integrity_opinion, request_integrity_opinion
from domain.archives.supplying import sign_statement, supply_archive_item
from domain.streams import Kind
from tests.domain import samples as s
from tests.domain.archives.samples import (
    OPENED,
    OPINION,
    opinion_given,
    opinion_requested,
    signed,
    supplied,
)
from tests.domain.harness import given, stated
from tests.domain.machines import tried
from tests.domain.proof import proves

#: A lead, the case on it and a sanction of the sample person.
BURDENED = (*OPENED, s.a_lead(), s.a_case(), s.a_sanction(), s.a_disposition())
ASKED = (*BURDENED, opinion_requested())
ADVERSE = "存在影响使用的问题"


@proves(enter_archive_item, 1, 2)
@proves(check_item, 1, 2)
def test_an_item_of_the_register_is_entered_once_with_known_person_and_category() -> None:
    entered = given(*OPENED, s.an_archive_item())
    entered.when(s.an_archive_item()).refused("already_registered", field="number")
    unknown = s.an_archive_item(person="无")
    given(*OPENED).when(unknown).refused("missing_reference", field="person")
    other = s.an_archive_item(category="年度更新")
    given(*OPENED).when(other).refused("unknown_code", field="category")


def test_what_is_supplied_is_entered_with_its_source() -> None:
    act = supplied()
    source = stated(act, ArchiveItemSupplied)
    office = given(*OPENED).when(act).then(stated(act, ArchiveItemEntered), source)
    item = office.look(Kind.ARCHIVE_ITEM, act.number)
    assert (item.origin, item.supplied_on) == ("组织部门", date(2021, 7, 8))


@proves(supply_archive_item, 1, 2, 3, 4, 5)
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({}, "already_registered", "number"),
        ({"number": "DA-2", "person": "无"}, "missing_reference", "person"),
        ({"number": "DA-2", "category": "其他"}, "unknown_code", "category"),
        ({"number": "DA-2", "origin": "本人"}, "unknown_code", "origin"),
        ({"number": "DA-2", "category": "半年更新"}, "own_act", "category"),
        ({"number": "DA-2", "category": "干部调整"}, "own_act", "category"),
        ({"number": "DA-2", "document": ""}, "required", "document"),
        ({"number": "DA-2", "supplied_on": date(2021, 6, 30)}, "impossible_date", "supplied_on"),
    ],
)
def test_what_is_supplied_otherwise_is_refused(
    changes: dict[str, Any], code: str, field: str
) -> None:
    given(*OPENED, supplied()).when(supplied(**changes)).refused(code, field=field)


def test_a_statement_is_entered_signed_and_stamped() -> None:
    act = signed()
    entered = ArchiveItemEntered(
        number=act.number,
        person=act.person,
        occurred_on=act.signed_on,
        category="述责述廉",
        content=act.content,
        source_department=None,
    )
    given(*OPENED).when(act).then(entered, stated(act, ArchiveItemSigned))


@proves(sign_statement, 1, 2, 3)
def test_a_statement_is_the_persons_and_stamped() -> None:
    given(*OPENED, signed()).when(signed()).refused("already_registered", field="number")
    given(*OPENED).when(signed(person="无")).refused("missing_reference", field="person")
    given(*OPENED).when(signed(stamped=False)).refused("required", field="stamped")


def test_an_opinion_is_requested() -> None:
    act = opinion_requested()
    office = given(*OPENED).when(act).then(stated(act, IntegrityOpinionRequested))
    assert LIFECYCLE.stage(office.look(Kind.INTEGRITY_OPINION, OPINION)) == "requested"


@proves(request_integrity_opinion, 1, 2, 3, 4, 5)
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({}, "already_registered", "number"),
        ({"number": "YJ-2", "person": "无"}, "missing_reference", "person"),
        ({"number": "YJ-2", "organ": "无"}, "missing_reference", "organ"),
        ({"number": "YJ-2", "purpose": "好奇"}, "unknown_code", "purpose"),
        ({"number": "YJ-2", "requester": " "}, "required", "requester"),
        (
            {"number": "YJ-2", "answer_due_on": date(2021, 7, 4)},
            "impossible_date",
            "answer_due_on",
        ),
    ],
)
def test_a_request_that_cannot_be_is_refused(
    changes: dict[str, Any], code: str, field: str
) -> None:
    given(*OPENED, opinion_requested()).when(opinion_requested(**changes)).refused(
        code, field=field
    )


def test_an_opinion_rests_on_named_facts_and_becomes_an_item() -> None:
    act = opinion_given(
        conclusion=ADVERSE,
        leads=(s.LEAD,),
        cases=(s.CASE,),
        dispositions=(s.DISPOSITION,),
        sanctions=(s.SANCTION,),
    )
    opinion = stated(
        act,
        IntegrityOpinionGiven,
        person=s.PERSON,
        organ=s.ORGAN,
        leads_open=1,
        cases_open=1,
        sanctions_in_effect=1,
    )
    item = ArchiveItemEntered(
        number=act.item,
        person=s.PERSON,
        occurred_on=act.given_on,
        category="廉政意见回复",
        content=ADVERSE,
        source_department="区委组织部",
    )
    office = given(*ASKED).when(act).then(opinion, item)
    assert LIFECYCLE.stage(office.look(Kind.INTEGRITY_OPINION, OPINION)) == "given"


@proves(give_integrity_opinion, 6)
@pytest.mark.parametrize(
    "burden", [{"leads": (s.LEAD,)}, {"cases": (s.CASE,)}, {"sanctions": (s.SANCTION,)}]
)
def test_nothing_found_does_not_rest_on_what_is_open(burden: dict[str, Any]) -> None:
    given(*ASKED).when(opinion_given(**burden)).refused("contradicted", field="conclusion")
    pending = opinion_given(conclusion="问题线索正在核查，建议暂缓", **burden)
    assert given(*ASKED).when(pending).refusal is None


@proves(give_integrity_opinion, 6)
def test_a_sanction_whose_effect_has_ended_burdens_nobody() -> None:
    later = {"given_on": date(2022, 6, 1), "as_of": date(2022, 5, 31)}
    asked = (*BURDENED, opinion_requested(requested_on=date(2022, 5, 1), answer_due_on=None))
    act = opinion_given(sanctions=(s.SANCTION,), **later)
    outcome = given(*asked).when(act)
    assert outcome.refusal is None
    assert outcome.happened[0][1].sanctions_in_effect == 0


@proves(give_integrity_opinion, 1, 2, 3, 4, 6, 7)
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"number": "YJ-2"}, "missing_reference", "number"),
        ({"given_on": date(2021, 7, 4)}, "impossible_date", "given_on"),
        ({"approved_by": ""}, "required", "approved_by"),
        ({"as_of": None}, "required", "as_of"),
        ({"at_position": 7}, "required", "as_of"),
        ({"as_of": date(2021, 7, 13)}, "impossible_date", "as_of"),
        ({"as_of": None, "at_position": 0}, "impossible_number", "at_position"),
        ({"conclusion": "清白"}, "unknown_code", "conclusion"),
        ({"item": s.ITEM}, "already_registered", "item"),
    ],
)
def test_an_opinion_that_cannot_be_is_refused(
    changes: dict[str, Any], code: str, field: str
) -> None:
    history = given(*ASKED, s.an_archive_item())
    history.when(opinion_given(**changes)).refused(code, field=field)


@proves(give_integrity_opinion, 5)
@pytest.mark.parametrize("field", ["leads", "cases", "dispositions", "sanctions"])
def test_an_opinion_rests_only_on_what_is_registered_and_the_persons(field: str) -> None:
    unknown = opinion_given(conclusion=ADVERSE, **{field: ("无",)})
    given(*ASKED).when(unknown).refused("missing_reference", field=field)
    number = {
        "leads": s.LEAD,
        "cases": s.CASE,
        "dispositions": s.DISPOSITION,
        "sanctions": s.SANCTION,
    }[field]
    another = (*BURDENED, s.a_person(number="RY002"), opinion_requested(person="RY002"))
    act = opinion_given(conclusion=ADVERSE, **{field: (number,)})
    given(*another).when(act).refused("other_person", field=field)


@proves(give_integrity_opinion, 1)
def test_an_opinion_is_given_once() -> None:
    again = opinion_given(item="DA-2")
    given(*ASKED, opinion_given()).when(again).refused("wrong_stage", field="number")


def test_an_opinion_moves_as_its_table_says() -> None:
    office = given(*ASKED).office
    ways = tried(LIFECYCLE, office, OPINION, [opinion_given(), opinion_given(item="DA-2")])
    assert ways == {("give_integrity_opinion", "requested", "given")}
