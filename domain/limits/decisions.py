"""本地时限: setting a limit tighter than the law, and repealing it."""

from datetime import date
from typing import Annotated

from domain.fields import Ref, fact, restate
from domain.limits.limits import DAYS, MONTHS, WORKING_DAYS, Limit, limit, limits
from domain.limits.local_limit import (
    LocalLimit,
    LocalLimitParticulars,
    LocalLimitRepealed,
    LocalLimitSet,
)
from domain.organs.organ import Organ
from domain.refusals import Refusal, refuse_if
from domain.rules import require_known, require_new, require_order
from domain.streams import Kind

#: Days a unit comes to at most, to compare limits of several units.
_AT_MOST = {DAYS: 1.0, WORKING_DAYS: 7 / 5, MONTHS: 31.0}
#: And at least.
_AT_LEAST = {DAYS: 1.0, WORKING_DAYS: 1.0, MONTHS: 28.0}


@fact
class SetLocalLimit(LocalLimitParticulars):
    """设定本地时限."""


@fact
class RepealLocalLimit:
    """废止本地时限."""

    number: Annotated[str, Ref(Kind.LOCAL_LIMIT)]
    repealed_on: date


def set_local_limit(
    local: LocalLimit | None, act: SetLocalLimit, *, organ: Organ | None
) -> LocalLimitSet:
    """Set a local limit (设定本地时限).

    1. A number is used once (台账规则).
    2. The organ is registered (台账规则).
    3. The rule is one of the law's limits, counted in days (台账规则).
    4. It is at least one day, and tighter than the law's limit (台账规则：本地时限只可从严).
    """
    require_new(local, act.number)
    require_known(act, {"organ": organ})
    refuse_if(act.rule not in limits(), "unknown_code", f"没有时限规则 {act.rule}", field="rule")
    national = limit(act.rule, act.since)
    comparable = act.unit in _AT_MOST and national.unit in _AT_MOST
    refuse_if(not comparable, "unknown_code", f"不能以“{act.unit}”设定该时限", field="unit")
    refuse_if(act.value < 1, "impossible_number", "时限至少为1", field="value")
    if not _is_tighter(act.value, act.unit, national):
        reason = f"不严于{national.text}"
        raise Refusal("not_tighter", reason, field="value", provision=national.provision)
    return restate(act, LocalLimitSet)


def _is_tighter(value: int, unit: str, national: Limit) -> bool:
    if unit == national.unit:
        return value < national.value
    return value * _AT_MOST[unit] < national.value * _AT_LEAST[national.unit]


def repeal_local_limit(local: LocalLimit | None, act: RepealLocalLimit) -> LocalLimitRepealed:
    """Repeal a local limit (废止本地时限).

    1. It is set and not yet repealed (台账规则).
    2. It is not repealed before it was in force (台账规则).
    """
    if local is None:
        raise Refusal("missing_reference", f"本地时限 {act.number} 不存在", field="number")
    repealed = local.repealed_on is not None
    refuse_if(repealed, "already_registered", "该本地时限已废止", field="repealed_on")
    require_order(local.since, act.repealed_on, "废止日期早于施行日期", field="repealed_on")
    return restate(act, LocalLimitRepealed, organ=local.organ)
