"""Commands of daily supervision and of campaigns in their ordinary order."""

from datetime import date
from typing import Any

from domain.campaigns.decisions import (
    ConcludeCampaign,
    EnterCampaignPhase,
    LaunchCampaign,
    RegisterCampaignAccountability,
)
from domain.checks.problem_decisions import (
    IncludeInCampaign,
    RecordCheckProblem,
    ReferCheckProblem,
    SignOffCheckProblem,
)
from domain.checks.rectification import (
    ExtendCheckProblem,
    RectifyCheckProblem,
    UrgeCheckProblem,
    VerifyCheckProblem,
)
from tests.domain.samples import CHECK, LEAD, ORGAN, UNIT, a_check, a_unit, an_organ

PROBLEM, CAMPAIGN, OTHER = "JDWT-01", "ZX-01", "DW02"
COMPLETE, PARTIAL = "整改到位", "部分到位"
PHASES = ("调研排摸", "责任落实", "小口整治", "推动整改", "监督问责")


def a_check_problem(**changes: Any) -> RecordCheckProblem:
    said = {
        "number": PROBLEM,
        "check": CHECK,
        "campaign": None,
        "organ": ORGAN,
        "unit": UNIT,
        "found_on": date(2021, 5, 6),
        "category": "窗口服务",
        "summary": "王小明上班时间脱岗",
        "responsible": "李大明",
        "due_on": date(2021, 6, 6),
    }
    return RecordCheckProblem(**(said | changes))


def an_inclusion(**changes: Any) -> IncludeInCampaign:
    said = {"number": PROBLEM, "campaign": CAMPAIGN, "included_on": date(2021, 5, 10)}
    return IncludeInCampaign(**(said | changes))


def an_urging(**changes: Any) -> UrgeCheckProblem:
    said = {"number": PROBLEM, "urged_on": date(2021, 5, 20), "demands": "李大明应限期说明"}
    return UrgeCheckProblem(**(said | changes))


def an_extension(**changes: Any) -> ExtendCheckProblem:
    said = {
        "number": PROBLEM,
        "approved_on": date(2021, 6, 1),
        "approver": "分管副书记",
        "extended_due_on": date(2021, 7, 1),
    }
    return ExtendCheckProblem(**(said | changes))


def put_right(**changes: Any) -> RectifyCheckProblem:
    said = {
        "number": PROBLEM,
        "rectified_on": date(2021, 6, 10),
        "measures": "王小明作出检查",
        "evidence": "考勤制度一份",
    }
    return RectifyCheckProblem(**(said | changes))


def verified(**changes: Any) -> VerifyCheckProblem:
    said = {
        "number": PROBLEM,
        "verified_on": date(2021, 6, 15),
        "verification": COMPLETE,
        "verifier": "第一监督检查室",
        "extended_due_on": None,
    }
    return VerifyCheckProblem(**(said | changes))


def wanting(**changes: Any) -> VerifyCheckProblem:
    due = {"verification": PARTIAL, "extended_due_on": date(2021, 7, 20)}
    return verified(**(due | changes))


def a_sign_off(**changes: Any) -> SignOffCheckProblem:
    said = {"number": PROBLEM, "signed_off_on": date(2021, 6, 20), "approver": "分管副书记"}
    return SignOffCheckProblem(**(said | changes))


def a_referral(**changes: Any) -> ReferCheckProblem:
    said = {"number": PROBLEM, "referred_on": date(2021, 5, 30), "lead": LEAD}
    return ReferCheckProblem(**(said | changes))


def a_campaign(**changes: Any) -> LaunchCampaign:
    said = {
        "number": CAMPAIGN,
        "organ": ORGAN,
        "kind": "营商环境",
        "name": "窗口服务“小切口”整治",
        "units": (),
        "launched_on": date(2021, 4, 1),
        "planned_until": date(2021, 12, 31),
    }
    return LaunchCampaign(**(said | changes))


def a_phase(phase: str, phase_on: date = date(2021, 4, 20), **changes: Any) -> EnterCampaignPhase:
    said = {"number": CAMPAIGN, "phase": phase, "phase_on": phase_on, "note": "排摸王小明等人"}
    return EnterCampaignPhase(**(said | changes))


def an_accountability(**changes: Any) -> RegisterCampaignAccountability:
    said = {"number": CAMPAIGN, "lead": LEAD, "accountable_on": date(2021, 7, 1)}
    return RegisterCampaignAccountability(**(said | changes))


def a_conclusion(**changes: Any) -> ConcludeCampaign:
    said = {
        "number": CAMPAIGN,
        "concluded_on": date(2021, 12, 20),
        "handed_on": (),
        "summary": "整治问题一批，处理王小明",
    }
    return ConcludeCampaign(**(said | changes))


EVERYONE = (an_organ(), a_unit(), a_unit(code=OTHER, name="区教育局"))
CHECKED = (*EVERYONE, a_check())
RECORDED = (*CHECKED, a_check_problem())
SIGNED_OFF = (*RECORDED, put_right(), verified(), a_sign_off())
RUNNING = (*EVERYONE, a_check(), a_campaign())
LAST_PHASE = (*RUNNING, *(a_phase(each) for each in PHASES[1:]))
