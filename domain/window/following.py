"""“办不成事”反映窗口: copying, assigning, pressing, rating, reopening and escalating a matter."""

from datetime import date, timedelta
from typing import Annotated

from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.leads.lead import Lead
from domain.limits.limits import limit
from domain.organs.organ import Organ
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_order
from domain.streams import Kind
from domain.units.unit import Unit
from domain.window.lifecycle import MATTER
from domain.window.matter import (
    MatterAssigned,
    MatterCopied,
    MatterEscalated,
    MatterFile,
    MatterPressed,
    MatterRated,
    MatterReopened,
)


@fact
class CopyMatter:
    """窗口事项抄送纪检监察机关."""

    number: str
    copied_on: date
    copied_to: Annotated[str, Ref(Kind.ORGAN)]


@fact
class AssignMatter:
    """交办窗口事项."""

    number: str
    assigned_on: date
    unit: Annotated[str, Ref(Kind.UNIT)]


@fact
class PressMatter:
    """质询督办逾期窗口事项."""

    number: str
    pressed_on: date
    means: Annotated[str, Code("pressing")]
    pressed_by: str
    remarks: PersonalText | None


@fact
class RateMatter:
    """评价窗口事项办理."""

    number: str
    rated_on: date
    satisfaction: Annotated[str, Code("satisfaction")]


@fact
class ReopenMatter:
    """重新办理窗口事项."""

    number: str
    reopened_on: date
    reason: PersonalText


@fact
class EscalateMatter:
    """窗口事项转问责."""

    number: str
    escalated_on: date
    accountability_lead: Annotated[str, Ref(Kind.LEAD)]


def _matter(matter: MatterFile | None, act: str, number: str, on: date, field: str) -> MatterFile:
    if matter is None:
        raise Refusal("missing_reference", f"窗口事项 {number} 不存在", field="number")
    MATTER.require(act, matter)
    begun = matter.reopened_on or matter.accepted_on
    require_order(begun, on, f"日期早于受理或重新办理日期 {begun}", field=field)
    return matter


def copy_matter(
    matter: MatterFile | None, act: CopyMatter, *, copied_to: Organ | None
) -> MatterCopied:
    """Copy a matter to the commission.

    1. The matter is accepted (台账规则).
    2. Not before it was accepted (台账规则).
    3. The organ is registered (台账规则).
    4. It is copied once (台账规则).
    """
    found = _matter(matter, "copy_matter", act.number, act.copied_on, "copied_on")
    require_known(act, {"copied_to": copied_to})
    twice = found.copied_on is not None
    refuse_if(twice, "already_registered", "该事项已抄送", field="copied_on")
    return restate(act, MatterCopied, unit=found.unit)


def assign_matter(
    matter: MatterFile | None, act: AssignMatter, *, unit: Unit | None
) -> MatterAssigned:
    """Assign a matter to the unit that is to settle it.

    1. The matter is accepted, and neither pressed nor settled (台账规则).
    2. Not before it was accepted (台账规则).
    3. The unit is registered (台账规则).
    """
    found = _matter(matter, "assign_matter", act.number, act.assigned_on, "assigned_on")
    require_known(act, {"unit": unit})
    return restate(
        act,
        MatterAssigned,
        accepted_on=found.accepted_on,
        applicant=found.applicant,
        former=found.unit,
    )


def press_matter(matter: MatterFile | None, act: PressMatter) -> MatterPressed:
    """Question the unit about a matter, or supervise its handling, once it is overdue.

    1. The matter is not settled (台账规则).
    2. The means is a term in force on the day (台账规则).
    3. The term has run out; whatever days were working days it has not within as many days as
       it counts (可配置：“办不成事”反映窗口5个工作日内办结).
    4. Who presses is stated (台账规则).
    """
    found = _matter(matter, "press_matter", act.number, act.pressed_on, "pressed_on")
    require_codes(act, act.pressed_on)
    term = limit("window.settlement", found.accepted_on)
    begun = found.reopened_on or found.accepted_on
    early = act.pressed_on <= begun + timedelta(days=term.value)
    reason = f"办理时限{term.text}尚未届满"
    refuse_if(early, "not_overdue", reason, field="pressed_on", provision=term.provision)
    refuse_if(not act.pressed_by.strip(), "required", "须写明质询督办人", field="pressed_by")
    pressings = (found.pressings or 0) + 1
    return restate(act, MatterPressed, unit=found.unit, pressings=pressings)


def rate_matter(matter: MatterFile | None, act: RateMatter) -> MatterRated:
    """Rate how a matter was settled.

    1. The matter is settled (台账规则).
    2. Not before it was settled (台账规则).
    3. The rating is a term in force on the day (台账规则).
    4. A settling is rated once (台账规则).
    """
    found = _matter(matter, "rate_matter", act.number, act.rated_on, "rated_on")
    require_order(found.settled_on, act.rated_on, "评价早于办结", field="rated_on")
    require_codes(act, act.rated_on)
    twice = found.satisfaction is not None
    refuse_if(twice, "already_registered", "本次办结已评价", field="satisfaction")
    return restate(act, MatterRated, unit=found.unit)


def reopen_matter(matter: MatterFile | None, act: ReopenMatter) -> MatterReopened:
    """Reopen a matter that was said to be settled and is not.

    1. The matter is settled (台账规则).
    2. Not before it was settled (台账规则).
    3. The reason is stated (台账规则).
    """
    found = _matter(matter, "reopen_matter", act.number, act.reopened_on, "reopened_on")
    require_order(found.settled_on, act.reopened_on, "重新办理早于办结", field="reopened_on")
    refuse_if(not act.reason.strip(), "required", "须写明重新办理的理由", field="reason")
    return restate(
        act,
        MatterReopened,
        unit=found.unit,
        reopenings=(found.reopenings or 0) + 1,
        was_settled_on=found.settled_on,
        settled_on=None,
        outcome=None,
        satisfaction=None,
        pressings=None,
    )


def escalate_matter(
    matter: MatterFile | None, act: EscalateMatter, *, accountability_lead: Lead | None
) -> MatterEscalated:
    """Escalate a matter that pressing did not settle into accountability.

    1. The matter was pressed and is still not settled (可配置：督办后仍未办结的转问责).
    2. Not before it was last pressed (台账规则).
    3. The lead is registered, and not received before the matter was accepted (台账规则).
    4. It is escalated once (台账规则).
    """
    found = _matter(matter, "escalate_matter", act.number, act.escalated_on, "escalated_on")
    require_order(found.pressed_on, act.escalated_on, "转问责早于质询督办", field="escalated_on")
    require_known(act, {"accountability_lead": accountability_lead})
    received_on = accountability_lead.received_on if accountability_lead is not None else None
    reason = "问责线索早于事项受理"
    require_order(found.accepted_on, received_on, reason, field="accountability_lead")
    twice = found.escalated_on is not None
    refuse_if(twice, "already_registered", "该事项已转问责", field="number")
    return restate(act, MatterEscalated, unit=found.unit)
