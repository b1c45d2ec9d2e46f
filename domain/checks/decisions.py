"""日常监督: conducting a check."""

from domain.checks.check import Check, CheckConducted, CheckParticulars
from domain.fields import fact, restate
from domain.organs.organ import Organ
from domain.refusals import refuse_if
from domain.rules import require_codes, require_known, require_new
from domain.units.unit import Unit


@fact
class ConductCheck(CheckParticulars):
    """开展日常监督."""


def check_check(check: CheckParticulars, *, organ: Organ | None, unit: Unit | None) -> None:
    """What holds of every check, when conducted and when corrected.

    1. The organ and the unit are registered (台账规则).
    2. The method is one in force on the day (可配置：监督方式).
    3. The number of problems is not negative (台账规则).
    """
    require_known(check, {"organ": organ, "unit": unit})
    require_codes(check, check.checked_on)
    negative = check.problems_found is not None and check.problems_found < 0
    refuse_if(negative, "impossible_number", "发现问题数不能为负", field="problems_found")


def conduct_check(
    check: Check | None, act: ConductCheck, *, organ: Organ | None, unit: Unit | None
) -> CheckConducted:
    """Conduct a check (日常监督).

    1. A number is used once (台账规则).
    2. What ``check_check`` says holds (台账规则).
    """
    require_new(check, act.number)
    check_check(act, organ=organ, unit=unit)
    return restate(act, CheckConducted)
