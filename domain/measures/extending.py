"""监察措施: extending a measure as often as the law allows, and beginning its term anew."""

from datetime import date
from typing import Annotated

from domain.fields import Code, Ref, fact, restate
from domain.limits.limits import HOURS, Limit, end_of, limit
from domain.measures.instants import day_of, hours_later, instant
from domain.measures.kinds import NATIONAL_COMMISSION, Extension, MeasureKind
from domain.measures.measure import DetentionTermRestarted, Measure, MeasureExtended
from domain.measures.rules import (
    SUPERVISION_LAW,
    limit_in_force,
    measure_for,
    require_after,
    require_authority,
)
from domain.organs.levels import PROVINCE, at_least
from domain.organs.organ import Organ
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes
from domain.streams import Kind

DETENTION = "留置"
ARTICLE = f"{SUPERVISION_LAW}第48条"


@fact
class ExtendMeasure:
    """延长措施期限."""

    number: Annotated[str, Ref(Kind.MEASURE)]
    decided_on: date
    ground: Annotated[str, Code("extension_ground")]
    until: date | None
    until_at: str | None
    approver: Annotated[str, Code("approval")]
    approving_organ: str | None


@fact
class RestartDetentionTerm:
    """重新计算留置时间."""

    number: Annotated[str, Ref(Kind.MEASURE)]
    restarted_on: date
    restart_ground: Annotated[str, Code("restart_ground")]
    approver: Annotated[str, Code("approval")]


def _next_extension(measure: Measure, kind: MeasureKind) -> Extension:
    extension = kind.extension(measure.extensions or 0)
    if extension is None:
        last = kind.extensions[-1].limit if kind.extensions else kind.limit
        provision = (
            limit(last, measure.approved_on).provision
            if last
            else kind.provision_on(measure.approved_on)
        )
        reason = f"“{kind.name}”不得再延长"
        raise Refusal("no_more_extensions", reason, field="number", provision=provision)
    return extension


def _require_day(measure: Measure, extension: Extension, more: Limit, act: ExtendMeasure) -> None:
    start = measure.carried_out_on if extension.from_start else measure.until
    if measure.until is None or start is None or act.until is None:
        raise Refusal("required", "须写明延长后的最后一日", field="until")
    last = end_of(more, start)
    refuse_if(
        not measure.until < act.until <= last,
        "beyond_limit",
        f"延长后的期限须在 {measure.until} 之后，至迟 {last}",
        field="until",
        provision=more.provision,
    )


def _require_minute(
    measure: Measure, extension: Extension, more: Limit, act: ExtendMeasure
) -> None:
    ends = measure.until_at
    start = measure.carried_out_at if extension.from_start else ends
    if start is None or ends is None or act.until_at is None:
        raise Refusal("required", "该措施以小时计，须写明延长后的时刻", field="until_at")
    last = hours_later(start, more.value, "until_at")
    at = instant(act.until_at, "until_at")
    refuse_if(
        not instant(ends, "until_at") < at <= instant(last, "until_at"),
        "beyond_limit",
        f"延长后的时刻须在 {ends} 之后，至迟 {last}",
        field="until_at",
        provision=more.provision,
    )


def extend_measure(
    measure: Measure | None, act: ExtendMeasure, *, organ: Organ | None
) -> MeasureExtended:
    """Extend the term of a measure.

    1. It is in force (台账规则).
    2. The law allows one more extension (《监察法》（2024修正）第31、46、48条).
    3. The law knew that extension on the day (《监察法》（2024修正）第31、46、48条).
    4. The ground is the one that the law asks for (《监察法》（2024修正）第31、46、48条).
    5. It is approved by one who may, for an organ of that level
       (《监察法》（2024修正）第46、48条；其余可配置).
    6. It ends after the term as it stands and within what the law allows
       (《监察法》（2024修正）第31、46、48条).
    7. It is not decided before the measure was carried out (台账规则).
    """
    held, kind = measure_for("extend_measure", measure, act.number)
    extension = _next_extension(held, kind)
    more = limit_in_force(extension.limit, act.decided_on, "decided_on")
    require_codes(act, act.decided_on)
    wrong = act.ground != extension.ground
    reason = f"本次延长的法定事由是“{extension.ground}”"
    refuse_if(wrong, "wrong_ground", reason, field="ground", provision=more.provision)
    require_authority(organ, extension.approval, act.approver, act.approving_organ, more.provision)
    if more.unit == HOURS:
        _require_minute(held, extension, more, act)
    else:
        _require_day(held, extension, more, act)
    require_after(held.carried_out_on, act.decided_on, "decided_on", "执行")
    until = day_of(act.until_at, "until_at") if more.unit == HOURS and act.until_at else act.until
    return MeasureExtended(
        number=act.number,
        kind=held.kind,
        organ=held.organ,
        decided_on=act.decided_on,
        extensions=(held.extensions or 0) + 1,
        ground=act.ground,
        until=until,
        until_at=act.until_at if more.unit == HOURS else None,
        extension_approver=act.approver,
        extension_organ=act.approving_organ,
    )


def restart_detention_term(
    measure: Measure | None, act: RestartDetentionTerm, *, organ: Organ | None
) -> DetentionTermRestarted:
    """Count the time of a detention anew from the day another grave crime was found.

    1. It is a detention in force (《监察法》（2024修正）第48条).
    2. The law knew this ground on the day (《监察法》（2024修正）第48条).
    3. The organ is of provincial level or above (《监察法》（2024修正）第48条).
    4. The national commission approves or decides (《监察法》（2024修正）第48条).
    5. The time is counted anew once (《监察法》（2024修正）第48条).
    6. It is not counted anew from before the detention (台账规则).
    """
    held, kind = measure_for("restart_detention_term", measure, act.number)
    refuse_if(
        kind.name != DETENTION,
        "not_detention",
        "只有留置时间可以重新计算",
        field="number",
        provision=ARTICLE,
    )
    require_codes(act, act.restarted_on)
    low = organ is None or not at_least(organ, PROVINCE)
    reason = "须为省级以上监察机关"
    refuse_if(low, "not_authorised", reason, field="number", provision=ARTICLE)
    other = act.approver != NATIONAL_COMMISSION
    reason = "须经国家监察委员会批准或者决定"
    refuse_if(other, "not_authorised", reason, field="approver", provision=ARTICLE)
    again = held.restarted_on is not None
    reason = "留置时间重新计算以一次为限"
    refuse_if(again, "no_more_restarts", reason, field="number", provision=ARTICLE)
    require_after(held.carried_out_on, act.restarted_on, "restarted_on", "执行")
    term = limit(kind.limit or "", act.restarted_on)
    return restate(
        act,
        DetentionTermRestarted,
        kind=held.kind,
        person=held.person,
        organ=held.organ,
        until=end_of(term, act.restarted_on),
        extensions=0,
        restart_approver=act.approver,
    )
