"""立案: rules that several acts on a case share."""

from datetime import date

from domain.cases.case_file import LIFECYCLE, CaseFile, recused
from domain.refusals import Refusal, refuse_if
from domain.rules import require_order

WORK_RULES = "《监督执纪工作规则》（2018）"
SUPERVISION_LAW = "《监察法》（2024修正）"
AT_LEAST = 2
PRINCIPAL, LEADER = "主要负责人", "相关负责人"


def case_for(act: str, case: CaseFile | None, number: str) -> CaseFile:
    """The case, at a stage that allows the act."""
    if case is None:
        raise Refusal("missing_reference", f"案件 {number} 不存在", field="number")
    LIFECYCLE.require(act, case)
    return case


def require_once(known: object | None, field: str) -> None:
    """A fact told once is not told again; it is corrected."""
    refuse_if(known is not None, "already_registered", "该事实已登记", field=field)


def require_after(earlier: date | None, day: date, field: str, what: str = "立案") -> None:
    """The day is not before an earlier step."""
    require_order(earlier, day, f"日期早于{what}日期 {earlier}", field=field)


def require_team(case: CaseFile, officers: tuple[str, ...], field: str, provision: str) -> None:
    """At least two officers, each named once."""
    several = len(set(officers)) == len(officers) >= AT_LEAST
    refuse_if(
        not several, "too_few_officers", "办案人员不得少于两人", field=field, provision=provision
    )


def require_none_recused(case: CaseFile, officers: tuple[str, ...], field: str) -> None:
    """No officer who is off the case."""
    off = sorted(recused(case) & set(officers))
    reason = f"{'、'.join(off)} 已决定回避"
    refuse_if(off, "recused", reason, field=field, provision=f"{SUPERVISION_LAW}第67条")


def require_separate(
    officers: tuple[str, ...], others: frozenset[str], field: str, reason: str
) -> None:
    """No officer who has been on the other duty of the same case."""
    both = sorted(others & set(officers))
    refuse_if(
        both,
        "duties_not_separate",
        f"{'、'.join(both)} {reason}",
        field=field,
        provision=f"{WORK_RULES}第54条",
    )


def require_approval(approver: str, allowed: tuple[str, ...], provision: str) -> None:
    """Approved at a level that may approve it (code ``not_authorised``)."""
    reason = f"须由{'或'.join(allowed)}批准"
    refuse_if(
        approver not in allowed, "not_authorised", reason, field="approver", provision=provision
    )
