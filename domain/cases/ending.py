"""立案: withdrawing a case, waiving a sanction, and what the procuratorate sends back."""

from datetime import date
from typing import Annotated

from domain.cases.case_file import CaseFile
from domain.cases.course import (
    CaseReturnedForSupplement,
    CaseWithdrawn,
    SanctionWaived,
    SupplementCompleted,
)
from domain.cases.rules import (
    PRINCIPAL,
    SUPERVISION_LAW,
    case_for,
    require_after,
    require_approval,
    require_once,
)
from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.refusals import refuse_if
from domain.rules import require_codes
from domain.streams import Kind

#: How often the procuratorate may send a case back.
MOST_SUPPLEMENTS = 2


@fact
class WithdrawCase:
    """撤销案件."""

    number: Annotated[str, Ref(Kind.CASE)]
    withdrawn_on: date
    approver: Annotated[str, Code("approval")]
    reason: PersonalText
    unit_notified_on: date | None


@fact
class WaiveSanction:
    """免予、不予处分."""

    number: Annotated[str, Ref(Kind.CASE)]
    waived_on: date
    waiver: Annotated[str, Code("waiver")]
    reason: PersonalText | None


@fact
class ReturnCaseForSupplement:
    """检察机关退回补充调查."""

    number: Annotated[str, Ref(Kind.CASE)]
    supplement_returned_on: date
    reason: PersonalText | None


@fact
class CompleteSupplement:
    """补充调查完毕."""

    number: Annotated[str, Ref(Kind.CASE)]
    supplement_completed_on: date


def withdraw_case(case: CaseFile | None, act: WithdrawCase) -> CaseWithdrawn:
    """Withdraw a case in which no evidence proves a violation or crime.

    1. The case is open (《监察法》（2024修正）第52条).
    2. The principal, who approved the filing, approves (可配置：参照《监察法》（2024修正）第42条).
    3. A reason is given (《监察法》（2024修正）第52条).
    4. It is not withdrawn before the filing, nor the unit told before that (台账规则).
    """
    filed = case_for("withdraw_case", case, act.number)
    require_approval(act.approver, (PRINCIPAL,), f"{SUPERVISION_LAW}第52条")
    refuse_if(not act.reason.strip(), "required", "须说明撤案理由", field="reason")
    require_after(filed.filed_on, act.withdrawn_on, "withdrawn_on")
    if act.unit_notified_on is not None:
        require_after(act.withdrawn_on, act.unit_notified_on, "unit_notified_on", "撤案")
    return restate(act, CaseWithdrawn, organ=filed.organ)


def waive_sanction(case: CaseFile | None, act: WaiveSanction) -> SanctionWaived:
    """Decide formally that no sanction is imposed (免予、不予).

    1. The case is reviewed (《公职人员政务处分法》第44条).
    2. It is decided once (台账规则).
    3. The outcome is one in force on the day (《公职人员政务处分法》第44条).
    4. It is not decided before the review was concluded (台账规则).
    """
    reviewed = case_for("waive_sanction", case, act.number)
    require_once(reviewed.waived_on, "waived_on")
    require_codes(act, act.waived_on)
    require_after(reviewed.review_concluded_on, act.waived_on, "waived_on", "审结")
    return restate(act, SanctionWaived, organ=reviewed.organ)


def return_case_for_supplement(
    case: CaseFile | None, act: ReturnCaseForSupplement
) -> CaseReturnedForSupplement:
    """The procuratorate returns a case for supplementary investigation.

    1. The case is transferred and not at the organ again (《监察法》（2024修正）第54条).
    2. It comes back at most twice (《监察法》（2024修正）第54条).
    3. It does not come back before it was transferred or completed (台账规则).
    """
    transferred = case_for("return_case_for_supplement", case, act.number)
    before = transferred.supplements or 0
    refuse_if(
        before >= MOST_SUPPLEMENTS,
        "no_more_supplements",
        "补充调查以二次为限",
        field="number",
        provision=f"{SUPERVISION_LAW}第54条",
    )
    field = "supplement_returned_on"
    require_after(transferred.transferred_on, act.supplement_returned_on, field, "移送检察机关")
    last = transferred.supplement_completed_on
    require_after(last, act.supplement_returned_on, field, "上次补充调查完毕")
    return restate(act, CaseReturnedForSupplement, organ=transferred.organ, supplements=before + 1)


def complete_supplement(case: CaseFile | None, act: CompleteSupplement) -> SupplementCompleted:
    """Complete a supplementary investigation and transfer the case again.

    1. The case is back for supplement (《监察法》（2024修正）第54条).
    2. It is not completed before it came back (台账规则).
    """
    returned = case_for("complete_supplement", case, act.number)
    came, field = returned.supplement_returned_on, "supplement_completed_on"
    require_after(came, act.supplement_completed_on, field, "退回补充调查")
    return restate(
        act,
        SupplementCompleted,
        organ=returned.organ,
        supplements_completed=returned.supplements or 1,
    )
