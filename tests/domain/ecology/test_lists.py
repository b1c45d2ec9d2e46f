"""监督清单: a unit's lists of duties, posts and risks, version by version."""

from datetime import date
from typing import Any

import pytest

from domain.ecology.list_decisions import issue_supervision_list, withdraw_supervision_list
from domain.ecology.supervision_list import (
    SupervisionList,
    SupervisionListIssued,
    SupervisionListWithdrawn,
)
from domain.streams import Kind
from tests.domain.ecology.samples import EVERYONE, LIST, a_list, a_withdrawal, an_item
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import ORGAN, UNIT

ISSUED = (*EVERYONE, a_list())
OF = {"unit": UNIT, "organ": ORGAN, "list": "风险清单"}
SECOND = a_list(issued_on=date(2022, 1, 10), items=(an_item(),))


@proves(issue_supervision_list, 1, 2, 3, 4, 5, 6)
def test_a_list_is_issued_and_revised_as_a_version_of_its_own() -> None:
    first = stated(a_list(), SupervisionListIssued, version_number=1, withdrawn_on=None)
    given(*EVERYONE).when(a_list()).then(first)
    happened = stated(SECOND, SupervisionListIssued, version_number=2, withdrawn_on=None)
    office = given(*ISSUED).when(SECOND).then(happened)
    held = office.look(Kind.SUPERVISION_LIST, LIST)
    assert isinstance(held, SupervisionList)
    assert (held.version_number, held.items) == (2, (an_item(),))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"number": "QD1"}, "impossible_number", "number"),
        ({"number": "无/风险清单", "unit": "无"}, "missing_reference", "unit"),
        ({"organ": "无"}, "missing_reference", "organ"),
        ({"number": f"{UNIT}/别的", "list": "别的"}, "unknown_code", "list"),
        ({"items": (an_item(watch="别的"),)}, "unknown_code", "watch"),
        ({"items": (an_item(link="别的"),)}, "unknown_code", "link"),
        ({"items": (an_item(level="别的"),)}, "unknown_code", "level"),
        ({"items": ()}, "required", "items"),
        ({"items": (an_item(), an_item())}, "already_registered", "items"),
        ({"items": (an_item(level=None),)}, "required", "items"),
    ],
)
@proves(issue_supervision_list, 1, 2, 3, 4, 5)
def test_a_list_that_cannot_be_is_refused(changes: dict[str, Any], code: str, field: str) -> None:
    given(*EVERYONE).when(a_list(**changes)).refused(code, field=field)


@proves(issue_supervision_list, 5)
def test_only_risks_need_a_level() -> None:
    act = a_list(number=f"{UNIT}/岗位清单", list="岗位清单", items=(an_item(level=None),))
    given(*EVERYONE).when(act).then(
        stated(act, SupervisionListIssued, version_number=1, withdrawn_on=None)
    )


@proves(issue_supervision_list, 6)
def test_a_version_that_changes_nothing_or_comes_too_early_is_refused() -> None:
    given(*ISSUED).when(a_list()).refused("nothing_changed", field="items")
    early = a_list(issued_on=date(2021, 2, 28), items=(an_item(),))
    given(*ISSUED).when(early).refused("impossible_date", field="issued_on")


@proves(withdraw_supervision_list, 1, 2)
def test_a_list_is_withdrawn_and_may_be_issued_again() -> None:
    act = a_withdrawal()
    happened = stated(act, SupervisionListWithdrawn, **OF)
    office = given(*ISSUED).when(act).then(happened)
    assert office.look(Kind.SUPERVISION_LIST, LIST).withdrawn_on == act.withdrawn_on
    again = a_list(issued_on=date(2022, 4, 1))
    office = given(*ISSUED, act).when(again).office
    held = office.look(Kind.SUPERVISION_LIST, LIST)
    assert (held.version_number, held.withdrawn_on) == (2, None)


@proves(withdraw_supervision_list, 1, 2)
def test_a_withdrawal_that_cannot_be_is_refused() -> None:
    given(*EVERYONE).when(a_withdrawal()).refused("missing_reference", field="number")
    twice = given(*ISSUED, a_withdrawal())
    twice.when(a_withdrawal()).refused("already_registered", field="withdrawn_on")
    early = a_withdrawal(withdrawn_on=date(2021, 2, 28))
    given(*ISSUED).when(early).refused("impossible_date", field="withdrawn_on")
