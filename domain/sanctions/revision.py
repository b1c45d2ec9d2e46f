"""处分: changing, revoking and upholding it, handling it anew, and what a revocation restores."""

from datetime import date
from typing import Annotated

from domain.codes.tables import code_table
from domain.fields import Ref, fact, restate
from domain.refusals import refuse_if
from domain.rules import require_order
from domain.sanctions.course import (
    PersonReinstated,
    RehandlingRequired,
    SanctionChanged,
    SanctionRevoked,
    SanctionUpheld,
)
from domain.sanctions.execution import open_sanction
from domain.sanctions.rules import severity
from domain.sanctions.sanction import KINDS, Sanction, SanctionFile
from domain.streams import Kind

#: The remedies are the person's; what they ask for never makes it worse.
NO_HEAVIER = "《公职人员政务处分法》第56条"


@fact
class ChangeSanction:
    """变更处分.

    ``on_request`` where the person asked for it.
    """

    number: Annotated[str, Ref(Kind.SANCTION)]
    changed_on: date
    kind: str
    changed_by: str
    grounds: str
    on_request: bool


@fact
class RevokeSanction:
    """撤销处分."""

    number: Annotated[str, Ref(Kind.SANCTION)]
    revoked_on: date
    revoked_by: str
    grounds: str


@fact
class RequireSanctionRehandling:
    """原生效裁判、决定改变，应当重新处理."""

    number: Annotated[str, Ref(Kind.SANCTION)]
    rehandling_on: date
    ruling: str


@fact
class UpholdSanction:
    """维持处分（重新处理）."""

    number: Annotated[str, Ref(Kind.SANCTION)]
    upheld_on: date
    grounds: str


@fact
class ReinstatePerson:
    """恢复级别、待遇、名誉."""

    number: Annotated[str, Ref(Kind.SANCTION)]
    reinstated_on: date
    restored: str


def change_sanction(sanction: SanctionFile | None, act: ChangeSanction) -> SanctionChanged:
    """Change a sanction into one of another kind, by a new decision.

    1. It is registered and stands (台账规则).
    2. The new kind is another one of the same category
       (《中国共产党纪律处分条例》（2023）；《公职人员政务处分法》第7条).
    3. On the person's request it is not made heavier (《公职人员政务处分法》第56条).
    4. It is not changed before it was decided, nor before the ruling that calls for it
       (《公职人员政务处分法》第49、58条).
    5. Who changed it and on what grounds is stated (《公职人员政务处分法》第55、58条).

    The figures move from then on; what was published stays (台账规则).
    """
    held = open_sanction(sanction, act.number, "change_sanction")
    return changed(held, act, appeal=None)


def changed(held: SanctionFile, act: ChangeSanction, *, appeal: str | None) -> SanctionChanged:
    """What ``change_sanction`` brings about, where an appeal led to it too."""
    table = code_table(KINDS[held.category])
    known = table.in_force(act.kind, act.changed_on)
    reason = f"“{act.kind}”不是{held.category}的种类"
    refuse_if(not known, "unknown_code", reason, field="kind", provision=table.source)
    refuse_if(act.kind == held.kind, "nothing_changed", "处分种类未变", field="kind")
    heavier = held.kind is not None and (
        severity(held.category, act.kind) > severity(held.category, held.kind)
    )
    reason = "不因本人提出复审、复核、申诉而加重处分"
    refuse_if(act.on_request and heavier, "heavier", reason, field="kind", provision=NO_HEAVIER)
    _check_revision(held, act.changed_on, "changed_on")
    _require_stated(act.changed_by, act.grounds, "changed_by")
    return restate(
        act,
        SanctionChanged,
        organ=held.organ,
        kind_before=held.kind,
        appeal=appeal,
        before=restate(held, Sanction),
    )


def _check_revision(held: SanctionFile, on: date, field: str) -> None:
    require_order(held.decided_on, on, "日期早于处分决定日期", field=field)
    require_order(held.rehandling_on, on, "日期早于应当重新处理的日期", field=field)


def _require_stated(by: str, grounds: str, field: str) -> None:
    refuse_if(not by, "required", "须写明作出决定的机关", field=field)
    refuse_if(not grounds, "required", "须写明理由和依据", field="grounds")


def revoke_sanction(sanction: SanctionFile | None, act: RevokeSanction) -> SanctionRevoked:
    """Revoke a sanction.

    1. It is registered and stands (《公职人员政务处分法》第57条).
    2. It is not revoked before it was decided, nor before the ruling that calls for it (台账规则).
    3. Who revoked it and on what grounds is stated (《公职人员政务处分法》第55、57条).

    The person counts no more from then on; what was published stays (台账规则).
    """
    held = open_sanction(sanction, act.number, "revoke_sanction")
    return revoked(held, act, appeal=None)


def revoked(held: SanctionFile, act: RevokeSanction, *, appeal: str | None) -> SanctionRevoked:
    """What ``revoke_sanction`` brings about, where an appeal led to it too."""
    _check_revision(held, act.revoked_on, "revoked_on")
    _require_stated(act.revoked_by, act.grounds, "revoked_by")
    before = restate(held, Sanction)
    return restate(act, SanctionRevoked, organ=held.organ, appeal=appeal, before=before)


def require_sanction_rehandling(
    sanction: SanctionFile | None, act: RequireSanctionRehandling
) -> RehandlingRequired:
    """Note that the ruling a sanction rests on was changed, so that it must be handled anew.

    1. It is registered, stands and is not being handled anew (《公职人员政务处分法》第49条).
    2. The ruling was changed after the sanction, and after it was last changed or upheld
       (《公职人员政务处分法》第49条).
    3. The ruling is named (台账规则).
    """
    held = open_sanction(sanction, act.number, "require_sanction_rehandling")
    field = "rehandling_on"
    require_order(held.decided_on, act.rehandling_on, "日期早于处分决定日期", field=field)
    last = max(filter(None, (held.changed_on, held.upheld_on)), default=None)
    settled = last is not None and act.rehandling_on <= last
    refuse_if(settled, "impossible_date", f"处分已于 {last} 重新处理", field=field)
    refuse_if(not act.ruling, "required", "须写明改变后的裁判、决定", field="ruling")
    return restate(act, RehandlingRequired, organ=held.organ)


def uphold_sanction(sanction: SanctionFile | None, act: UpholdSanction) -> SanctionUpheld:
    """Uphold a sanction after the ruling that it rests on was changed.

    1. It is registered and being handled anew (《公职人员政务处分法》第49条).
    2. It is not upheld before that began (台账规则).
    3. The grounds are stated (台账规则).
    """
    held = open_sanction(sanction, act.number, "uphold_sanction")
    _check_revision(held, act.upheld_on, "upheld_on")
    refuse_if(not act.grounds, "required", "须写明理由和依据", field="grounds")
    return restate(act, SanctionUpheld, organ=held.organ)


def reinstate_person(sanction: SanctionFile | None, act: ReinstatePerson) -> PersonReinstated:
    """Reinstate the person after a revocation: rank, pay, and name within the scope announced.

    1. It is registered, revoked and not yet followed by this (《公职人员政务处分法》第60条).
    2. It is not done before the revocation (台账规则).
    3. What was restored is stated (《公职人员政务处分法》第60条).
    """
    held = open_sanction(sanction, act.number, "reinstate_person")
    reason = "恢复日期早于撤销日期"
    require_order(held.revoked_on, act.reinstated_on, reason, field="reinstated_on")
    refuse_if(not act.restored, "required", "须写明恢复的内容", field="restored")
    return restate(act, PersonReinstated, organ=held.organ)
