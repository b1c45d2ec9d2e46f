"""单位: registering a unit."""

from domain.fields import fact, restate
from domain.rules import require_known, require_new
from domain.units.unit import Unit, UnitParticulars, UnitRegistered


@fact
class RegisterUnit(UnitParticulars):
    """登记单位."""


def check_unit(unit: UnitParticulars, *, parent: Unit | None) -> None:
    """What holds of every unit, when registered and when corrected.

    1. The unit above it is registered (台账规则).
    """
    require_known(unit, {"parent": parent})


def register_unit(unit: Unit | None, act: RegisterUnit, *, parent: Unit | None) -> UnitRegistered:
    """Register a unit (登记单位).

    1. A code is registered once (台账规则).
    2. What ``check_unit`` says holds of it (台账规则).
    """
    require_new(unit, act.code, "code")
    check_unit(act, parent=parent)
    return restate(act, UnitRegistered)
