"""监察措施: notice to unit and family, delivery, requests to change, filing for record."""

from datetime import date
from typing import Annotated

from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.measures.measure import (
    Measure,
    MeasureChangeAnswered,
    MeasureChangeRequested,
    MeasureFiledForRecord,
    MeasureNoticeDeferred,
    MeasureNoticeGiven,
    PersonDelivered,
)
from domain.measures.rules import (
    SUPERVISION_LAW,
    measure_for,
    require_after,
    require_instant,
    require_later_instant,
)
from domain.organs.levels import level_of
from domain.organs.organ import Organ
from domain.refusals import refuse_if
from domain.rules import require_codes
from domain.streams import Kind

NOTICE = f"{SUPERVISION_LAW}第50条"


@fact
class GiveMeasureNotice:
    """通知被采取措施人员所在单位和家属."""

    number: Annotated[str, Ref(Kind.MEASURE)]
    notified_on: date
    notified_at: str


@fact
class DeferMeasureNotice:
    """因有碍调查暂不通知."""

    number: Annotated[str, Ref(Kind.MEASURE)]
    deferred_on: date
    obstacle: Annotated[str, Code("notice_obstacle")]
    reason: PersonalText | None


@fact
class DeliverPerson:
    """将被管护人员送留置场所."""

    number: Annotated[str, Ref(Kind.MEASURE)]
    delivered_on: date
    delivered_at: str


@fact
class RequestMeasureChange:
    """申请变更措施."""

    number: Annotated[str, Ref(Kind.MEASURE)]
    change_requested_on: date
    requester: PersonalText | None


@fact
class AnswerMeasureChange:
    """答复变更措施申请."""

    number: Annotated[str, Ref(Kind.MEASURE)]
    answered_on: date
    granted: bool
    reason: PersonalText | None


@fact
class FileMeasureForRecord:
    """报国家监察委员会备案."""

    number: Annotated[str, Ref(Kind.MEASURE)]
    recorded_on: date


def _require_custody(needed: bool, name: str, what: str, provision: str) -> None:  # noqa: FBT001 -- the kind's own flag
    reason = f"“{name}”不需要{what}"
    refuse_if(not needed, "not_needed", reason, field="number", provision=provision)


def give_measure_notice(measure: Measure | None, act: GiveMeasureNotice) -> MeasureNoticeGiven:
    """Tell the person's unit and family; late, it is still told.

    1. The measure was carried out (《监察法》（2024修正）第50条).
    2. It is custody, detention or confinement (《监察法》（2024修正）第50、64条).
    3. They are told once (台账规则).
    4. The instant is of that day and not before the measure (台账规则).
    """
    held, kind = measure_for("give_measure_notice", measure, act.number)
    _require_custody(kind.notice, kind.name, "通知单位和家属", NOTICE)
    told = held.notified_on is not None
    refuse_if(told, "already_registered", "已通知", field="notified_on")
    require_instant(act.notified_on, act.notified_at, "notified_at", needed=True)
    require_later_instant(held.carried_out_at, act.notified_at, "notified_at")
    return restate(act, MeasureNoticeGiven, organ=held.organ)


def defer_measure_notice(measure: Measure | None, act: DeferMeasureNotice) -> MeasureNoticeDeferred:
    """Defer the notice while it would hinder the investigation.

    1. The measure is in force (《监察法》（2024修正）第50条).
    2. It is custody, detention or confinement (《监察法》（2024修正）第50、64条).
    3. The obstacle is one that the law names (《监察法》（2024修正）第50条).
    4. Nobody has been told yet (台账规则).
    5. It is not deferred before the measure was carried out (台账规则).
    """
    held, kind = measure_for("defer_measure_notice", measure, act.number)
    _require_custody(kind.notice, kind.name, "通知单位和家属", NOTICE)
    require_codes(act, act.deferred_on)
    told = held.notified_on is not None
    refuse_if(told, "already_registered", "已通知", field="deferred_on")
    require_after(held.carried_out_on, act.deferred_on, "deferred_on", "执行")
    return restate(act, MeasureNoticeDeferred, organ=held.organ)


def deliver_person(measure: Measure | None, act: DeliverPerson) -> PersonDelivered:
    """Bring the person to the place of detention; late, it is still done.

    1. The measure is in force (《监察法》（2024修正）第25条).
    2. It is custody (《监察法》（2024修正）第25条).
    3. The person is brought there once (台账规则).
    4. The instant is of that day and not before the measure (台账规则).
    """
    held, kind = measure_for("deliver_person", measure, act.number)
    _require_custody(kind.delivery, kind.name, "送留置场所", f"{SUPERVISION_LAW}第25条")
    done = held.delivered_on is not None
    refuse_if(done, "already_registered", "已送留置场所", field="delivered_on")
    require_instant(act.delivered_on, act.delivered_at, "delivered_at", needed=True)
    require_later_instant(held.carried_out_at, act.delivered_at, "delivered_at")
    return restate(act, PersonDelivered, organ=held.organ)


def _asked(measure: Measure) -> int:
    return measure.change_requests or 0


def request_measure_change(
    measure: Measure | None, act: RequestMeasureChange
) -> MeasureChangeRequested:
    """The person or a near relative asks that the measure be changed.

    1. The measure is in force (《监察法》（2024修正）第50条).
    2. It is custody, detention or confinement (《监察法》（2024修正）第50、64条).
    3. The last request is answered (台账规则).
    4. It is not asked before the measure was carried out (台账规则).
    """
    held, kind = measure_for("request_measure_change", measure, act.number)
    _require_custody(kind.notice, kind.name, "申请变更的答复", NOTICE)
    waiting = _asked(held) > (held.change_answers or 0)
    field = "change_requested_on"
    refuse_if(waiting, "already_registered", "前一次申请尚未答复", field=field)
    require_after(held.carried_out_on, act.change_requested_on, field, "执行")
    requests = _asked(held) + 1
    return restate(
        act,
        MeasureChangeRequested,
        person=held.person,
        organ=held.organ,
        change_requests=requests,
    )


def answer_measure_change(
    measure: Measure | None, act: AnswerMeasureChange
) -> MeasureChangeAnswered:
    """Answer the request; where it is granted the change itself is an act of its own.

    1. The measure is in force (台账规则).
    2. A request waits for an answer (《监察法》（2024修正）第50条).
    3. A refusal gives its reasons (《监察法》（2024修正）第50条).
    4. It is not answered before it was asked (台账规则).
    """
    held, _ = measure_for("answer_measure_change", measure, act.number)
    nothing = _asked(held) <= (held.change_answers or 0)
    reason = "没有待答复的变更申请"
    refuse_if(nothing, "missing_reference", reason, field="number", provision=NOTICE)
    silent = not act.granted and not (act.reason or "").strip()
    reason = "不同意变更的，应当说明理由"
    refuse_if(silent, "required", reason, field="reason", provision=NOTICE)
    require_after(held.change_requested_on, act.answered_on, "answered_on", "申请")
    return restate(act, MeasureChangeAnswered, organ=held.organ, change_answers=_asked(held))


def file_measure_for_record(
    measure: Measure | None, act: FileMeasureForRecord, *, organ: Organ | None
) -> MeasureFiledForRecord:
    """File a detention by a provincial organ with the national commission.

    1. The measure was carried out (《监察法》（2024修正）第47条).
    2. It is one that an organ of that level files (《监察法》（2024修正）第47条).
    3. It is filed once (台账规则).
    4. It is not filed before it was carried out (台账规则).
    """
    held, kind = measure_for("file_measure_for_record", measure, act.number)
    files = organ is not None and level_of(organ) in kind.recorded
    _require_custody(files, kind.name, "报国家监察委员会备案", f"{SUPERVISION_LAW}第47条")
    done = held.recorded_on is not None
    refuse_if(done, "already_registered", "已备案", field="recorded_on")
    require_after(held.carried_out_on, act.recorded_on, "recorded_on", "执行")
    return restate(act, MeasureFiledForRecord, organ=held.organ)
