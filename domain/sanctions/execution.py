"""处分: announcing it, changing post and pay, reporting that it was carried out."""

from datetime import date
from typing import Annotated

from domain.fields import Ref, fact, restate
from domain.limits.limits import end_of, limit
from domain.refusals import Refusal, refuse_if
from domain.rules import require_order
from domain.sanctions.course import (
    PostChanged,
    PostChangeExtended,
    SanctionAnnounced,
    SanctionExecutionReported,
)
from domain.sanctions.lifecycle import LIFECYCLE
from domain.sanctions.rules import ADMINISTRATIVE, CHANGING_PAY
from domain.sanctions.sanction import SanctionFile
from domain.streams import Kind


@fact
class AnnounceSanction:
    """宣布处分决定."""

    number: Annotated[str, Ref(Kind.SANCTION)]
    announced_on: date
    scope: str


@fact
class ExtendPostChange:
    """延长办理职务、工资变更."""

    number: Annotated[str, Ref(Kind.SANCTION)]
    extended_on: date
    post_change_due_on: date
    extended_by: str


@fact
class CompletePostChange:
    """办结职务、工资变更."""

    number: Annotated[str, Ref(Kind.SANCTION)]
    post_changed_on: date


@fact
class ReportSanctionExecution:
    """报告处分执行情况."""

    number: Annotated[str, Ref(Kind.SANCTION)]
    execution_reported_on: date


def open_sanction(sanction: SanctionFile | None, number: str, act: str) -> SanctionFile:
    """The sanction, registered and at a stage from which the act may be done."""
    if sanction is None:
        raise Refusal("missing_reference", f"处分 {number} 不存在", field="number")
    LIFECYCLE.require(act, sanction)
    return sanction


def announce_sanction(sanction: SanctionFile | None, act: AnnounceSanction) -> SanctionAnnounced:
    """Announce a sanction to the person, and within the scope stated.

    1. It is registered, stands and is not yet announced
       (《中国共产党纪律处分条例》（2023）；《公职人员政务处分法》第46条).
    2. It is not announced before it was decided (台账规则).
    """
    held = open_sanction(sanction, act.number, "announce_sanction")
    require_order(
        held.decided_on, act.announced_on, "宣布日期早于处分决定日期", field="announced_on"
    )
    return restate(act, SanctionAnnounced, organ=held.organ)


def _changing_pay(sanction: SanctionFile, field: str) -> None:
    changing = sanction.category == ADMINISTRATIVE and sanction.kind in CHANGING_PAY
    reason = "降级以上政务处分才需办理职务、工资等变更"
    provision = "《公职人员政务处分法》第54条"
    refuse_if(not changing, "nothing_to_change", reason, field=field, provision=provision)
    done = sanction.post_changed_on is not None
    refuse_if(done, "already_registered", "职务、工资等变更已办结", field=field)


def extend_post_change(sanction: SanctionFile | None, act: ExtendPostChange) -> PostChangeExtended:
    """Extend the time for changing post and pay, as approved.

    1. It is registered and stands (台账规则).
    2. It is 降级 or heavier, and the change is not yet made (《公职人员政务处分法》第54条).
    3. The extension is not given before the decision, and names who approved it (台账规则).
    4. It goes beyond the first month and not beyond six months from the decision
       (《公职人员政务处分法》第54条).
    """
    held = open_sanction(sanction, act.number, "extend_post_change")
    _changing_pay(held, "number")
    require_order(held.decided_on, act.extended_on, "批准日期早于决定日期", field="extended_on")
    refuse_if(not act.extended_by, "required", "须写明批准人", field="extended_by")
    first = end_of(limit("sanction.post_change", held.decided_on), held.decided_on)
    last = end_of(limit("sanction.post_change_extended", held.decided_on), held.decided_on)
    outside = not first < act.post_change_due_on <= last
    refuse_if(
        outside,
        "impossible_date",
        f"延长后的期限应在 {first} 之后，最长至 {last}",
        field="post_change_due_on",
        provision="《公职人员政务处分法》第54条",
    )
    return restate(act, PostChangeExtended, organ=held.organ)


def complete_post_change(sanction: SanctionFile | None, act: CompletePostChange) -> PostChanged:
    """Complete the change of post and pay.

    1. It is registered and stands (台账规则).
    2. It is 降级 or heavier, and the change is not yet made (《公职人员政务处分法》第54条).
    3. The change is not made before the decision (台账规则).
    """
    held = open_sanction(sanction, act.number, "complete_post_change")
    _changing_pay(held, "number")
    reason = "办结日期早于处分决定日期"
    require_order(held.decided_on, act.post_changed_on, reason, field="post_changed_on")
    return restate(act, PostChanged, organ=held.organ)


def report_sanction_execution(
    sanction: SanctionFile | None, act: ReportSanctionExecution
) -> SanctionExecutionReported:
    """Report to the deciding organ that a sanction was carried out.

    1. It is registered, announced and not yet reported (《中国共产党纪律处分条例》（2018）第42条).
    2. It is not reported before it was announced (台账规则).
    """
    held = open_sanction(sanction, act.number, "report_sanction_execution")
    reason = "报告日期早于宣布日期"
    field = "execution_reported_on"
    require_order(held.announced_on, act.execution_reported_on, reason, field=field)
    return restate(act, SanctionExecutionReported, organ=held.organ)
