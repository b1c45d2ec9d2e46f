"""“办不成事”反映窗口: accepting a matter and settling it."""

from datetime import date
from typing import Annotated

from domain.fields import Ref, fact, restate
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_new, require_order
from domain.streams import Kind
from domain.units.unit import Unit
from domain.window.matter import (
    Matter,
    MatterAccepted,
    MatterFile,
    MatterParticulars,
    MatterSettled,
)


@fact
class AcceptMatter(MatterParticulars):
    """受理窗口事项."""


@fact
class SettleMatter:
    """办结窗口事项."""

    number: Annotated[str, Ref(Kind.MATTER)]
    settled_on: date | None
    outcome: str | None


def check_matter(matter: MatterParticulars, *, unit: Unit | None) -> None:
    """What holds of every matter, when accepted and when corrected.

    1. The unit in charge is registered (台账规则).
    2. The kind of applicant is one in force on the day (台账规则).
    3. It is not settled before it was accepted (台账规则).
    """
    require_known(matter, {"unit": unit})
    require_codes(matter, matter.accepted_on)
    if isinstance(matter, Matter):
        reason = "办结日期早于受理日期"
        require_order(matter.accepted_on, matter.settled_on, reason, field="settled_on")


def accept_matter(matter: Matter | None, act: AcceptMatter, *, unit: Unit | None) -> MatterAccepted:
    """Accept a matter.

    1. A number is used once (台账规则).
    2. What holds of every matter holds of it, see ``check_matter`` (台账规则).
    """
    require_new(matter, act.number)
    check_matter(act, unit=unit)
    return restate(act, MatterAccepted)


def settle_matter(matter: MatterFile | None, act: SettleMatter) -> MatterSettled:
    """Settle a matter.

    1. The matter is accepted and not yet settled, or settled and reopened since (台账规则).
    2. Not before it was accepted or reopened (台账规则).
    """
    if matter is None:
        raise Refusal("missing_reference", f"窗口事项 {act.number} 不存在", field="number")
    settled = matter.settled_on is not None or matter.outcome is not None
    refuse_if(settled, "already_registered", "该事项已办结", field="settled_on")
    require_order(matter.accepted_on, act.settled_on, "办结日期早于受理日期", field="settled_on")
    reason = "办结日期早于重新办理日期"
    require_order(matter.reopened_on, act.settled_on, reason, field="settled_on")
    return restate(act, MatterSettled, unit=matter.unit)
