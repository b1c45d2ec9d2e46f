"""机构 and 单位: what the other registers refer to."""

from domain.organs.decisions import check_organ, register_organ
from domain.organs.organ import Organ, OrganRegistered
from domain.streams import Kind
from domain.units.decisions import check_unit, register_unit
from domain.units.unit import Unit, UnitRegistered
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import ORGAN, UNIT, a_unit, an_organ


@proves(check_organ, 1)
def test_an_organ_is_registered() -> None:
    office = given().when(an_organ()).then(stated(an_organ(), OrganRegistered))
    assert office.look(Kind.ORGAN, ORGAN) == stated(an_organ(), Organ)


@proves(check_organ, 1)
def test_an_organ_may_stand_below_one_outside_this_ledger() -> None:
    act = an_organ(parent="FJ-JW")
    given().when(act).then(stated(act, OrganRegistered))


@proves(register_organ, 1)
def test_a_code_of_an_organ_is_registered_once() -> None:
    given(an_organ()).when(an_organ(name="另一机构")).refused("already_registered", field="code")


def test_an_organ_and_a_unit_may_share_a_code() -> None:
    act = a_unit(code=ORGAN)
    given(an_organ()).when(act).then(stated(act, UnitRegistered))


def test_a_unit_is_registered() -> None:
    office = given().when(a_unit()).then(stated(a_unit(), UnitRegistered))
    assert office.look(Kind.UNIT, UNIT) == stated(a_unit(), Unit)


@proves(check_unit, 1)
def test_a_unit_is_registered_below_a_registered_unit() -> None:
    act = a_unit(code="DW02", parent=UNIT)
    given(a_unit()).when(act).then(stated(act, UnitRegistered))


@proves(check_unit, 1)
def test_a_unit_below_an_unknown_unit_is_refused() -> None:
    given().when(a_unit(parent="DW99")).refused("missing_reference", field="parent")


@proves(register_unit, 2)
def test_a_unit_cannot_stand_below_itself_before_it_exists() -> None:
    given().when(a_unit(parent=UNIT)).refused("missing_reference", field="parent")


@proves(register_unit, 1)
def test_a_code_of_a_unit_is_registered_once() -> None:
    given(a_unit()).when(a_unit()).refused("already_registered", field="code")
