"""留党察看: extending it, restoring a member's rights step by step, revoking the restoration."""

from datetime import date
from typing import Annotated

from domain.fields import Ref, fact, restate
from domain.limits.limits import months_later
from domain.refusals import Refusal, refuse_if
from domain.rules import require_order
from domain.sanctions.course import (
    ProbationExtended,
    RestorationApplied,
    RestorationResolved,
    RestorationRevoked,
    RightsRestored,
)
from domain.sanctions.execution import open_sanction
from domain.sanctions.rules import EXPULSION, PROBATION
from domain.sanctions.sanction import SanctionFile
from domain.streams import Kind

RULES = "《中国共产党纪律处分条例》（2023）"
#: 留党察看 in months: how long it can be at most, and by how much it is extended.
MOST, EXTENSION = 24, 12


@fact
class ExtendProbation:
    """延长留党察看期限."""

    number: Annotated[str, Ref(Kind.SANCTION)]
    probation_extended_on: date
    extended_by: str


@fact
class ApplyForRestoration:
    """申请恢复党员权利."""

    number: Annotated[str, Ref(Kind.SANCTION)]
    restoration_applied_on: date


@fact
class ResolveRestoration:
    """支部大会通过恢复党员权利的决议."""

    number: Annotated[str, Ref(Kind.SANCTION)]
    branch_resolved_on: date
    entitled: int
    in_favour: int


@fact
class RestoreRights:
    """恢复党员权利."""

    number: Annotated[str, Ref(Kind.SANCTION)]
    rights_restored_on: date
    restored_by: str


@fact
class RevokeRestoration:
    """撤销恢复党员权利的决定并开除党籍."""

    number: Annotated[str, Ref(Kind.SANCTION)]
    restoration_revoked_on: date
    expulsion: Annotated[str, Ref(Kind.SANCTION)]


def _on_probation(sanction: SanctionFile | None, number: str, act: str) -> SanctionFile:
    held = open_sanction(sanction, number, act)
    refuse_if(held.kind != PROBATION, "not_on_probation", "该处分不是留党察看", field="number")
    restored = held.rights_restored_on is not None
    refuse_if(restored, "not_on_probation", "党员权利已恢复", field="number")
    return held


def extend_probation(sanction: SanctionFile | None, act: ExtendProbation) -> ProbationExtended:
    """Extend a probation of one year by one more.

    1. It is 留党察看, stands, and the rights are not restored (《中国共产党纪律处分条例》（2023）).
    2. Its term is known and one year, not extended yet: it is never above two years
       (《中国共产党纪律处分条例》（2023）).
    3. It is extended after its term has run, and by whom is stated
       (《中国共产党纪律处分条例》（2023）：期满后仍不符合恢复党员权利条件的).
    """
    held = _on_probation(sanction, act.number, "extend_probation")
    months, until = held.probation_months, held.probation_until
    longest = months is None or months + EXTENSION > MOST or until is None
    reason = "一年期的留党察看才可以延长一年，最长不得超过二年"
    refuse_if(longest, "beyond_limit", reason, field="number", provision=RULES)
    reason = f"留党察看尚未期满（{until}）"
    require_order(until, act.probation_extended_on, reason, field="probation_extended_on")
    refuse_if(not act.extended_by, "required", "须写明决定机关", field="extended_by")
    assert months is not None and until is not None  # noqa: PT018, S101 -- refused above
    return restate(
        act,
        ProbationExtended,
        organ=held.organ,
        probation_months=months + EXTENSION,
        probation_until=months_later(until, EXTENSION),
    )


def apply_for_restoration(
    sanction: SanctionFile | None, act: ApplyForRestoration
) -> RestorationApplied:
    """Apply for the restoration of a member's rights.

    1. It is 留党察看, stands, and the rights are not restored (《中国共产党纪律处分条例》（2023）).
    2. The term has run, extension included; where it is not known, the decision has been made
       (《中国共产党纪律处分条例》（2023）：期满后恢复其党员权利).
    3. It was not applied for already (台账规则).
    """
    held = _on_probation(sanction, act.number, "apply_for_restoration")
    until = held.probation_until or held.decided_on
    reason = f"留党察看尚未期满（{until}）"
    field = "restoration_applied_on"
    require_order(until, act.restoration_applied_on, reason, field=field)
    since = held.probation_extended_on
    applied = held.restoration_applied_on
    again = applied is not None and (since is None or applied >= since)
    refuse_if(again, "already_registered", "已申请恢复党员权利", field=field)
    return restate(act, RestorationApplied, organ=held.organ)


def resolve_restoration(
    sanction: SanctionFile | None, act: ResolveRestoration
) -> RestorationResolved:
    """Resolve in the branch meeting that the rights be restored.

    1. It is 留党察看, stands, and the rights are not restored (《中国共产党纪律处分条例》（2023）).
    2. It was applied for, and not later (台账规则).
    3. More than half of those entitled to vote were in favour
       (可配置：应到会有表决权党员超过半数).
    """
    held = _on_probation(sanction, act.number, "resolve_restoration")
    field = "branch_resolved_on"
    applied = held.restoration_applied_on
    refuse_if(applied is None, "not_applied", "尚未申请恢复党员权利", field=field)
    require_order(applied, act.branch_resolved_on, "决议日期早于申请日期", field=field)
    refuse_if(act.in_favour > act.entitled, "impossible_number", "票数有误", field="in_favour")
    majority = act.in_favour * 2 > act.entitled
    refuse_if(not majority, "no_majority", "赞成未超过应到会有表决权党员的半数", field="in_favour")
    return restate(act, RestorationResolved, organ=held.organ)


def restore_rights(sanction: SanctionFile | None, act: RestoreRights) -> RightsRestored:
    """Restore a member's rights, by the party committee that may decide it.

    1. It is 留党察看, stands, and the rights are not restored (《中国共产党纪律处分条例》（2023）).
    2. The branch has resolved it, and not later (可配置：支部大会决议后由上级党组织审批).
    3. Which party organisation decided is stated (台账规则).

    The period in which the person may not be given such a post again runs from this day.
    """
    held = _on_probation(sanction, act.number, "restore_rights")
    resolved, applied = held.branch_resolved_on, held.restoration_applied_on
    field = "rights_restored_on"
    before = resolved is None or (applied is not None and resolved < applied)
    refuse_if(before, "not_resolved", "支部大会尚未通过决议", field=field)
    require_order(resolved, act.rights_restored_on, "恢复日期早于支部决议日期", field=field)
    refuse_if(not act.restored_by, "required", "须写明批准的党组织", field="restored_by")
    return restate(act, RightsRestored, organ=held.organ)


def revoke_restoration(
    sanction: SanctionFile | None,
    act: RevokeRestoration,
    *,
    expulsion: SanctionFile | None,
) -> RestorationRevoked:
    """Revoke a restoration after something left out was found; 开除党籍 follows.

    1. The sanction is registered and stands (台账规则).
    2. Its rights were restored, and not later (可配置：恢复权利后发现漏错的撤销恢复决定).
    3. The expulsion is registered, is 开除党籍 of the same person, and was decided since the
       restoration (可配置：撤销恢复决定后应当开除党籍).
    """
    held = open_sanction(sanction, act.number, "revoke_restoration")
    restored, field = held.rights_restored_on, "restoration_revoked_on"
    refuse_if(restored is None, "not_restored", "党员权利未曾恢复", field=field)
    require_order(restored, act.restoration_revoked_on, "撤销日期早于恢复日期", field=field)
    if expulsion is None:
        raise Refusal("missing_reference", f"处分 {act.expulsion} 不存在", field="expulsion")
    expelled = expulsion.kind == EXPULSION and expulsion.person == held.person
    reason = "所列处分不是该人的开除党籍处分"
    refuse_if(not expelled, "not_an_expulsion", reason, field="expulsion")
    reason = "开除党籍的决定早于恢复党员权利"
    require_order(restored, expulsion.decided_on, reason, field="expulsion")
    return restate(act, RestorationRevoked, organ=held.organ)
