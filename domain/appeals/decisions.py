"""申诉复审复核: accepting an appeal, assigning it, deciding it, and its withdrawal."""

from datetime import date
from typing import Annotated

from domain.appeals.appeal import (
    CHANGED,
    LIFECYCLE,
    PARTY_APPEAL,
    REEXAMINATION,
    REVIEW,
    REVOKED,
    Appeal,
    AppealAccepted,
    AppealAssigned,
    AppealDecided,
    AppealParticulars,
    AppealWithdrawn,
    stage,
)
from domain.cases.case_file import CaseFile, has_investigated, has_reviewed
from domain.fields import Code, Ref, fact, restate
from domain.limits.limits import end_of, limit
from domain.organs.organ import Organ
from domain.persons.person import Person
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_new, require_order
from domain.sanctions.course import (
    SanctionAppealed,
    SanctionAppealEnded,
    SanctionChanged,
    SanctionRevoked,
)
from domain.sanctions.lifecycle import LIFECYCLE as OF_SANCTION
from domain.sanctions.revision import ChangeSanction, RevokeSanction, changed, revoked
from domain.sanctions.rules import PARTY
from domain.sanctions.sanction import SanctionFile
from domain.streams import Kind, stream_name

#: The limit on the application, by kind of appeal; a party appeal has none.
APPLICATION = {
    REEXAMINATION: "appeal.reexamination_application",
    REVIEW: "appeal.review_application",
}
SUPERVISION_LAW = "《监察法》（2024修正）第56条"
Ended = tuple[tuple[str, object], ...]


@fact
class AcceptAppeal(AppealParticulars):
    """受理申诉、复审、复核."""


@fact
class AssignAppeal:
    """确定申诉承办人."""

    number: Annotated[str, Ref(Kind.APPEAL)]
    assigned_on: date
    handlers: tuple[str, ...]
    original_handlers: tuple[str, ...]


@fact
class DecideAppeal:
    """作出申诉、复审、复核决定.

    ``kind`` is the new kind of the sanction where it is changed.
    """

    number: Annotated[str, Ref(Kind.APPEAL)]
    decided_on: date
    outcome: Annotated[str, Code("appeal_outcome")]
    kind: str | None
    decided_by: str
    grounds: str


@fact
class WithdrawAppeal:
    """撤回申诉、复审、复核申请."""

    number: Annotated[str, Ref(Kind.APPEAL)]
    withdrawn_on: date


def accept_appeal(
    appeal: Appeal | None,
    act: AcceptAppeal,
    *,
    sanction: SanctionFile | None,
    person: Person | None,
    organ: Organ | None,
    earlier: Appeal | None,
) -> tuple[tuple[str, AppealAccepted], tuple[str, SanctionAppealed]]:
    """Accept an appeal against a sanction; its execution does not stop.

    1. A number is used once (台账规则).
    2. Sanction, person, organ and earlier appeal are registered (台账规则).
    3. The kind is one of the table (《监察法》（2024修正）第56条).
    4. The person is the one sanctioned, and the sanction stands, with no other appeal open
       (《公职人员政务处分法》第55条).
    5. 申诉 is against a party sanction, 复审 and 复核 are against an administrative one
       (《监督执纪工作规则》（2018）第59条；《公职人员政务处分法》第55条).
    6. 复审 is by the organ that decided; 复核 follows a 复审 decided of the same sanction and is by
       another organ, the next higher one (《公职人员政务处分法》第55条).
    7. Decision received, application and acceptance follow each other (台账规则).
    8. It was applied for within the time limit, or a reason for accepting it late is stated
       (《监察法》（2024修正）第56条；可配置：逾期有正当理由的).
    """
    require_new(appeal, act.number)
    related = {"sanction": sanction, "person": person, "organ": organ, "earlier": earlier}
    require_known(act, related)
    require_codes(act, act.accepted_on)
    assert sanction is not None  # noqa: S101 -- known by rule 2
    _check_target(act, sanction)
    _check_instance(act, sanction, earlier)
    _check_dates(act, sanction, earlier)
    opened = SanctionAppealed(
        number=act.sanction,
        organ=sanction.organ,
        appealed_on=act.accepted_on,
        under_appeal=act.number,
    )
    return (
        (stream_name(Kind.APPEAL, act.number), restate(act, AppealAccepted)),
        (stream_name(Kind.SANCTION, act.sanction), opened),
    )


def _check_target(act: AcceptAppeal, sanction: SanctionFile) -> None:
    other = sanction.person != act.person
    refuse_if(other, "another_person", "申诉人不是受处分人", field="person")
    OF_SANCTION.require("revoke_sanction", sanction, field="sanction")
    reason = f"该处分的申诉 {sanction.under_appeal} 尚未终结"
    refuse_if(sanction.under_appeal, "already_registered", reason, field="sanction")


def _check_instance(act: AcceptAppeal, sanction: SanctionFile, earlier: Appeal | None) -> None:
    of_party = sanction.category == PARTY
    wrong = (act.kind == PARTY_APPEAL) != of_party
    refuse_if(wrong, "wrong_remedy", f"对{sanction.category}不能提出{act.kind}", field="kind")
    if act.kind == REEXAMINATION:
        reason = "复审由作出决定的监察机关办理"
        own = act.organ == sanction.organ
        refuse_if(not own, "wrong_organ", reason, field="organ", provision=SUPERVISION_LAW)
    if act.kind == REVIEW:
        first = earlier is not None and (
            (earlier.kind, earlier.sanction, stage(earlier))
            == (REEXAMINATION, act.sanction, "decided")
        )
        reason = "复核应在同一处分的复审决定之后"
        refuse_if(not first, "not_reexamined", reason, field="earlier", provision=SUPERVISION_LAW)
        same = act.organ == sanction.organ
        reason = "复核由上一级监察机关办理"
        refuse_if(same, "wrong_organ", reason, field="organ", provision=SUPERVISION_LAW)


def _check_dates(act: AcceptAppeal, sanction: SanctionFile, earlier: Appeal | None) -> None:
    against = earlier.decided_on if act.kind == REVIEW and earlier else sanction.decided_on
    require_order(against, act.received_on, "收到日期早于决定日期", field="received_on")
    require_order(act.received_on, act.applied_on, "申请日期早于收到日期", field="applied_on")
    require_order(act.applied_on, act.accepted_on, "受理日期早于申请日期", field="accepted_on")
    rule = APPLICATION.get(act.kind)
    if rule is not None and not act.late_reason:
        last = end_of(limit(rule, act.received_on), act.received_on)
        reason = f"申请已逾期（{last}），受理须写明理由"
        late = act.applied_on > last
        refuse_if(late, "late_application", reason, field="applied_on", provision=SUPERVISION_LAW)


def _open(appeal: Appeal | None, number: str, act: str) -> Appeal:
    if appeal is None:
        raise Refusal("missing_reference", f"申诉 {number} 不存在", field="number")
    LIFECYCLE.require(act, appeal)
    return appeal


def assign_appeal(
    appeal: Appeal | None, act: AssignAppeal, *, case: CaseFile | None
) -> AppealAssigned:
    """Assign an appeal to handlers; a later assignment takes the place of the one before.

    1. It is accepted and open (台账规则).
    2. There are handlers, and none of them handled the original case: neither those named as such,
       nor any officer whom the ledger knows to have investigated or reviewed it
       (《监督执纪工作规则》（2018）第59条).
    3. It is not assigned before it was accepted (台账规则).
    """
    held = _open(appeal, act.number, "assign_appeal")
    refuse_if(not act.handlers, "required", "须确定承办人", field="handlers")
    original = set(act.original_handlers)
    if case is not None:
        original |= has_investigated(case) | has_reviewed(case)
    excluded = original & set(act.handlers)
    refuse_if(
        excluded,
        "original_handler",
        "原承办人不得办理申诉",
        field="handlers",
        provision="《监督执纪工作规则》（2018）第59条",
    )
    require_order(held.accepted_on, act.assigned_on, "日期早于受理日期", field="assigned_on")
    return restate(act, AppealAssigned, organ=held.organ)


def decide_appeal(
    appeal: Appeal | None, act: DecideAppeal, *, sanction: SanctionFile | None
) -> Ended:
    """Decide an appeal: uphold the sanction, change it or revoke it, in one act.

    1. It is accepted, assigned and open (台账规则).
    2. The outcome is one of the three (《公职人员政务处分法》第57-59条).
    3. It is not decided before it was accepted (台账规则).
    4. Who decided and on what grounds is stated (《公职人员政务处分法》第57-59条).
    5. A new kind is named where, and only where, the sanction is changed
       (《公职人员政务处分法》第58条).
    6. The sanction is not made heavier (《公职人员政务处分法》第56条).
    7. Of the change or revocation holds what ``change_sanction`` and ``revoke_sanction`` ask
       (台账规则).

    Returns the appeal's decision, its end on the sanction, and what it does to the sanction.
    """
    held = _open(appeal, act.number, "decide_appeal")
    require_codes(act, act.decided_on)
    require_order(held.accepted_on, act.decided_on, "决定日期早于受理日期", field="decided_on")
    refuse_if(not act.decided_by, "required", "须写明作出决定的机关", field="decided_by")
    refuse_if(not act.grounds, "required", "须写明理由和依据", field="grounds")
    wrong = (act.outcome == CHANGED) != (act.kind is not None)
    refuse_if(wrong, "required", "变更处分须写明新的种类，其他结果不写", field="kind")
    assert sanction is not None  # noqa: S101 -- the appeal names one that is registered
    decided = restate(act, AppealDecided, organ=held.organ, sanction=held.sanction)
    ended = _ended(held, sanction, act.decided_on)
    own = stream_name(Kind.APPEAL, act.number)
    of_sanction = stream_name(Kind.SANCTION, held.sanction)
    effect = _effect_on(sanction, act)
    events: Ended = ((own, decided), (of_sanction, ended))
    return events if effect is None else (*events, (of_sanction, effect))


def _ended(appeal: Appeal, sanction: SanctionFile, on: date) -> SanctionAppealEnded:
    return SanctionAppealEnded(
        number=appeal.sanction,
        organ=sanction.organ,
        appeal_ended_on=on,
        appeal=appeal.number,
        under_appeal=None,
    )


def _effect_on(
    sanction: SanctionFile, act: DecideAppeal
) -> SanctionChanged | SanctionRevoked | None:
    if act.outcome == CHANGED and act.kind is not None:
        OF_SANCTION.require("change_sanction", sanction)
        change = ChangeSanction(
            number=sanction.number,
            changed_on=act.decided_on,
            kind=act.kind,
            changed_by=act.decided_by,
            grounds=act.grounds,
            on_request=True,
        )
        return changed(sanction, change, appeal=act.number)
    if act.outcome == REVOKED:
        OF_SANCTION.require("revoke_sanction", sanction)
        revocation = RevokeSanction(
            number=sanction.number,
            revoked_on=act.decided_on,
            revoked_by=act.decided_by,
            grounds=act.grounds,
        )
        return revoked(sanction, revocation, appeal=act.number)
    return None


def withdraw_appeal(
    appeal: Appeal | None, act: WithdrawAppeal, *, sanction: SanctionFile | None
) -> tuple[tuple[str, AppealWithdrawn], tuple[str, SanctionAppealEnded]]:
    """Withdraw an appeal, as the person asks.

    1. It is accepted and open (台账规则).
    2. It is not withdrawn before it was accepted (台账规则).
    """
    held = _open(appeal, act.number, "withdraw_appeal")
    require_order(held.accepted_on, act.withdrawn_on, "撤回日期早于受理日期", field="withdrawn_on")
    assert sanction is not None  # noqa: S101 -- the appeal names one that is registered
    return (
        (stream_name(Kind.APPEAL, act.number), restate(act, AppealWithdrawn, organ=held.organ)),
        (
            stream_name(Kind.SANCTION, held.sanction),
            _ended(held, sanction, act.withdrawn_on),
        ),
    )
