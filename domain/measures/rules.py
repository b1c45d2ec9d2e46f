"""监察措施: rules that several acts on a measure share."""

from datetime import date
from typing import Any

from domain.cases.course import CaseMeasureNoted
from domain.limits.limits import HOURS, Limit, limit, limits
from domain.measures.instants import day_of, instant
from domain.measures.kinds import (
    BY_ANOTHER_ORGAN,
    NEXT_HIGHER,
    PROVINCIAL,
    Approval,
    MeasureKind,
    measure_kinds,
)
from domain.measures.measure import Measure
from domain.measures.stages import LIFECYCLE
from domain.organs.levels import PROVINCE, at_least, level_of, require_next_higher
from domain.organs.organ import Organ
from domain.refusals import Refusal, refuse_if
from domain.rules import require_order, require_registered
from domain.streams import Kind, stream_name

SUPERVISION_LAW = "《监察法》（2024修正）"


def measure_for(act: str, measure: Measure | None, number: str) -> tuple[Measure, MeasureKind]:
    """The measure, at a stage that allows the act, and its kind."""
    if measure is None:
        raise Refusal("missing_reference", f"措施 {number} 不存在", field="number")
    LIFECYCLE.require(act, measure)
    return measure, measure_kinds()[measure.kind]


def require_authority(
    organ: Organ | None,
    approval: Approval,
    approver: str,
    approving_organ: str | None,
    provision: str,
) -> None:
    """Approved by one who may, for an organ of that level (``not_authorised``).

    Another organ's approval names that organ, and the next higher one's must be its own.
    """
    if organ is None:
        raise Refusal("missing_reference", "采取措施的机构不存在", field="organ")
    allowed = approval[level_of(organ)]
    reason = f"{level_of(organ)}机关须由{'或'.join(allowed)}批准"
    refuse_if(
        approver not in allowed, "not_authorised", reason, field="approver", provision=provision
    )
    if approver == NEXT_HIGHER:
        require_next_higher(organ, approving_organ, "approving_organ", provision)
    elsewhere = approver in BY_ANOTHER_ORGAN and approving_organ in {None, organ.code}
    refuse_if(elsewhere, "required", "须写明批准机关", field="approving_organ", provision=provision)


def require_provincial(approving: Organ | None, approver: str, provision: str) -> None:
    """Where a provincial organ must approve and is registered, it is one."""
    low = approver == PROVINCIAL and approving is not None and not at_least(approving, PROVINCE)
    reason = "批准机关不是省级以上机关"
    refuse_if(low, "not_authorised", reason, field="approving_organ", provision=provision)


def limit_in_force(rule: str, on: date, field: str) -> Limit:
    """The limit on a day; refused where the law did not know it yet (``not_in_force``)."""
    first = limits()[rule][0]
    early = first.since is not None and on < first.since
    reason = f"“{first.title}”自 {first.since} 起施行"
    refuse_if(early, "not_in_force", reason, field=field, provision=first.provision)
    return limit(rule, on)


def in_hours(kind: MeasureKind, on: date) -> bool:
    """Whether the law limits the measure in hours."""
    return kind.limit is not None and limit(kind.limit, on).unit == HOURS


def require_instant(on: date, at: str | None, field: str, *, needed: bool) -> None:
    """An instant of that day, where hours count or one is given."""
    refuse_if(needed and at is None, "required", "该措施以小时计，须登记时刻", field=field)
    if at is not None:
        other = day_of(at, field) != on
        refuse_if(other, "impossible_date", f"时刻不在 {on} 当日", field=field)


def require_after(earlier: date | None, day: date, field: str, what: str) -> None:
    """The day is not before an earlier step."""
    require_order(earlier, day, f"日期早于{what}日期 {earlier}", field=field)


def require_later_instant(earlier: str | None, at: str | None, field: str) -> None:
    """The instant is not before an earlier one, where both are known."""
    if earlier is not None and at is not None:
        early = instant(at, field) < instant(earlier, field)
        refuse_if(early, "impossible_date", f"时刻早于 {earlier}", field=field)


def require_matter(state: Any, kind: Kind, number: str | None, field: str) -> None:
    """The case or lead named is on the ledger."""
    if number is not None:
        require_registered(state, kind, number, field)


def with_note(
    measure: Measure, event: Any, on: date, *, at: str | None, ended: bool
) -> tuple[tuple[str, Any], ...]:
    """The measure's event, and the note of it in its case where it is one of a case."""
    events: tuple[tuple[str, Any], ...] = ((stream_name(Kind.MEASURE, measure.number), event),)
    if measure.case is None:
        return events
    noted = CaseMeasureNoted(
        number=measure.case,
        organ=measure.organ,
        noted_on=on,
        measure=measure.number,
        measure_kind=measure.kind,
        measured=measure.person,
        began_at=None if ended else at,
        ended_at=at if ended else None,
        ended=ended,
    )
    return (*events, (stream_name(Kind.CASE, measure.case), noted))
