"""联合办案: who may work together on what, and who decides."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from domain.joint_work.decisions import add_joint_helper, agree_joint_work, end_joint_work
from domain.joint_work.joint_work import (
    LIFECYCLE,
    Helping,
    JointHelperAdded,
    JointWorkAgreed,
    JointWorkEnded,
)
from domain.streams import Kind
from tests.domain.harness import Office, given, stated
from tests.domain.joint_work.samples import (
    AGREED,
    EVERYBODY,
    GROUP,
    JOINT,
    STREET,
    another_helper,
    its_end,
    joint_work,
)
from tests.domain.machines import MACHINES, tried
from tests.domain.proof import proves
from tests.domain.samples import CHECK, LEAD, ORGAN

MATTERS = [
    {},
    {"case": None, "lead": LEAD},
    {"case": None, "check": CHECK, "agreed_on": date(2021, 12, 1)},
]


@pytest.mark.parametrize("matter", MATTERS, ids=["case", "lead", "check"])
def test_organs_agree_to_work_together(matter: dict[str, Any]) -> None:
    act = joint_work(**matter)
    given(*EVERYBODY).when(act).then(stated(act, JointWorkAgreed))


@proves(agree_joint_work, 1)
def test_a_number_is_agreed_once() -> None:
    given(*AGREED).when(joint_work()).refused("already_registered", field="number")


@proves(agree_joint_work, 2)
@pytest.mark.parametrize(
    ("field", "value"),
    [("case", "无"), ("lead", "无"), ("check", "无"), ("organ", "无"), ("helpers", ("无",))],
)
def test_what_joint_work_names_is_registered(field: str, value: Any) -> None:
    act = joint_work(**{field: value})
    given(*EVERYBODY).when(act).refused("missing_reference", field=field)


@proves(agree_joint_work, 3)
def test_joint_work_is_about_one_matter() -> None:
    given(*EVERYBODY).when(joint_work(lead=LEAD)).refused("one_matter", field="case")
    given(*EVERYBODY).when(joint_work(case=None)).refused("one_matter", field="case")


@proves(agree_joint_work, 4)
def test_the_organ_that_decides_leads() -> None:
    act = joint_work(organ=GROUP, helpers=(ORGAN,))
    given(*EVERYBODY).when(act).refused("not_deciding_organ", field="organ")


@proves(agree_joint_work, 5)
@pytest.mark.parametrize("helpers", [(), (GROUP, GROUP), (GROUP, ORGAN)])
def test_another_organ_helps(helpers: tuple[str, ...]) -> None:
    given(*EVERYBODY).when(joint_work(helpers=helpers)).refused("no_helper", field="helpers")


@proves(agree_joint_work, 6)
@pytest.mark.parametrize("matter", MATTERS, ids=["case", "lead", "check"])
def test_joint_work_is_not_agreed_before_its_matter(matter: dict[str, Any]) -> None:
    act = joint_work(**(matter | {"agreed_on": date(2021, 2, 28)}))
    given(*EVERYBODY).when(act).refused("impossible_date", field="agreed_on")


def test_another_organ_joins() -> None:
    more = {"organ": ORGAN, "helpers": (GROUP, STREET)}
    told = stated(another_helper(), JointHelperAdded, **more)
    office = given(*AGREED).when(another_helper()).then(told)
    joint = office.look(Kind.JOINT_WORK, JOINT)
    assert joint.helping == (
        Helping(helper=GROUP, since=date(2021, 4, 5)),
        Helping(helper=STREET, since=date(2021, 4, 20)),
    )


@proves(add_joint_helper, 1)
@proves(end_joint_work, 1)
@pytest.mark.parametrize("act", [another_helper(), its_end()], ids=lambda act: type(act).__name__)
def test_nothing_is_changed_in_joint_work_that_ended(act: Any) -> None:
    given(*AGREED, its_end()).when(act).refused("wrong_stage", field="number")
    given(*EVERYBODY).when(act).refused("missing_reference", field="number")


@proves(add_joint_helper, 2)
def test_an_unknown_organ_does_not_help() -> None:
    given(*AGREED).when(another_helper(helper="无")).refused("missing_reference", field="helper")


@proves(add_joint_helper, 3)
@pytest.mark.parametrize("helper", [GROUP, ORGAN])
def test_an_organ_joins_once(helper: str) -> None:
    act = another_helper(helper=helper)
    given(*AGREED).when(act).refused("already_registered", field="helper")


@proves(add_joint_helper, 4)
def test_an_organ_does_not_join_before_the_agreement() -> None:
    act = another_helper(added_on=date(2021, 4, 4))
    given(*AGREED).when(act).refused("impossible_date", field="added_on")


@proves(end_joint_work, 2)
def test_joint_work_does_not_end_before_the_last_organ_joined() -> None:
    told = stated(its_end(), JointWorkEnded, organ=ORGAN)
    given(*AGREED).when(its_end()).then(told)
    early = its_end(ended_on=date(2021, 4, 19))
    history = given(*AGREED, another_helper())
    history.when(early).refused("impossible_date", field="ended_on")
    before = its_end(ended_on=date(2021, 4, 4))
    given(*AGREED).when(before).refused("impossible_date", field="ended_on")


def test_the_table_of_stages_is_what_the_decisions_do() -> None:
    ways: set[tuple[str, str, str]] = set()

    @MACHINES
    @generated(st.lists(st.sampled_from([joint_work(), another_helper(), its_end()]), max_size=5))
    def holds(wanted: list[Any]) -> None:
        office = Office()
        for command in EVERYBODY:
            office.carry_out(command)
        ways.update(tried(LIFECYCLE, office, JOINT, wanted))

    holds()
    assert ways == {(move.act, *way) for move in LIFECYCLE.moves for way in move.arrows}
