"""Commands of inspections in their ordinary order; tests change what they are about."""

from datetime import date
from typing import Any

from domain.inspections.decisions import RectifyProblem
from domain.inspections.plan_decisions import AmendInspectionPlan, ApproveInspectionPlan
from domain.inspections.problem_decisions import (
    ClassifyProblem,
    ExtendProblemRectification,
    FindProblemAgain,
    ReturnProblem,
    SubmitRectificationEvidence,
    VerifyProblem,
)
from domain.inspections.round_decisions import AuthoriseInspectionTeam, HearRoundReport
from domain.inspections.suggestion_decisions import EvaluateWorkSuggestion, ReplyToWorkSuggestion
from domain.inspections.transfer_decisions import (
    AcceptInspectionTransfer,
    AnswerInspectionTransfer,
    TransferInspectionMatter,
)
from domain.inspections.unit_decisions import (
    AssessRectification,
    ReportRectificationProgress,
    ReturnRectificationReport,
    SubmitRectificationPlan,
    SubmitRectificationReport,
)
from domain.inspections.visit_decisions import (
    BeginUnitInspection,
    EndUnitInspection,
    GiveInspectionFeedback,
    SubmitInspectionReport,
)
from tests.domain.samples import (
    ORGAN,
    PROBLEM,
    ROUND,
    SUGGESTION,
    UNIT,
    a_problem,
    a_round,
    a_unit,
    an_organ,
)

OTHER, THIRD = "DW02", "DW03"
INSPECTION, PLAN, TRANSFER, LOOKBACK = f"{ROUND}/{UNIT}", "XCJH-01", "XCYJ-01", "XC02"
FOCUS = "聚焦群众身边不正之风和腐败问题"
COMPLETE, PARTIAL = "整改到位", "部分到位"

EVERYONE = (an_organ(), a_unit(), a_unit(code=OTHER, name="区教育局"), a_round())


def a_plan(**changes: Any) -> ApproveInspectionPlan:
    said = {
        "number": PLAN,
        "organ": ORGAN,
        "name": "区委巡察工作规划",
        "first_on": date(2021, 1, 1),
        "last_on": date(2025, 12, 31),
        "units": (UNIT, OTHER),
        "approved_on": date(2021, 1, 10),
    }
    return ApproveInspectionPlan(**(said | changes))


def an_adjustment(**changes: Any) -> AmendInspectionPlan:
    said = {
        "number": PLAN,
        "amended_on": date(2022, 1, 10),
        "added": (THIRD,),
        "removed": (OTHER,),
        "reason": "机构改革",
    }
    return AmendInspectionPlan(**(said | changes))


def a_team(**changes: Any) -> AuthoriseInspectionTeam:
    said = {
        "number": ROUND,
        "team": "第一巡察组",
        "leader": "张大山",
        "units": (UNIT,),
        "authorised_on": date(2021, 2, 1),
    }
    return AuthoriseInspectionTeam(**(said | changes))


def a_hearing(**changes: Any) -> HearRoundReport:
    said = {"number": ROUND, "heard_on": date(2021, 4, 10), "meeting": "区委书记专题会"}
    return HearRoundReport(**(said | changes))


def an_entry(**changes: Any) -> BeginUnitInspection:
    said = {"number": INSPECTION, "round": ROUND, "unit": UNIT, "begun_on": date(2021, 2, 5)}
    return BeginUnitInspection(**(said | changes))


def a_departure(**changes: Any) -> EndUnitInspection:
    return EndUnitInspection(**({"number": INSPECTION, "ended_on": date(2021, 3, 20)} | changes))


def a_report(**changes: Any) -> SubmitInspectionReport:
    said = {"number": INSPECTION, "reported_on": date(2021, 4, 1), "summary": "发现问题一批"}
    return SubmitInspectionReport(**(said | changes))


def a_feedback(**changes: Any) -> GiveInspectionFeedback:
    said = {"number": INSPECTION, "fed_back_on": date(2021, 4, 20), "problems": 2}
    return GiveInspectionFeedback(**(said | changes))


def a_rectification_plan(**changes: Any) -> SubmitRectificationPlan:
    said = {"number": INSPECTION, "plan_submitted_on": date(2021, 5, 10), "measures": 5}
    return SubmitRectificationPlan(**(said | changes))


def a_progress(**changes: Any) -> ReportRectificationProgress:
    said = {"number": INSPECTION, "progress_on": date(2021, 5, 31), "done": 1, "total": 2}
    return ReportRectificationProgress(**(said | changes))


def a_rectification_report(**changes: Any) -> SubmitRectificationReport:
    said = {
        "number": INSPECTION,
        "rectification_reported_on": date(2021, 6, 15),
        "made_public": True,
    }
    return SubmitRectificationReport(**(said | changes))


def a_returned_report(**changes: Any) -> ReturnRectificationReport:
    said = {
        "number": INSPECTION,
        "returned_on": date(2021, 6, 20),
        "rectification_due_on": date(2021, 7, 5),
        "reason": "佐证不全",
    }
    return ReturnRectificationReport(**(said | changes))


def an_assessment(**changes: Any) -> AssessRectification:
    said = {
        "number": INSPECTION,
        "assessed_on": date(2021, 7, 1),
        "assessment": COMPLETE,
        "assessor": "区委巡察办",
        "rectification_due_on": None,
    }
    return AssessRectification(**(said | changes))


def a_partial_assessment(**changes: Any) -> AssessRectification:
    due = {"assessment": PARTIAL, "rectification_due_on": date(2021, 8, 1)}
    return an_assessment(**(due | changes))


#: A unit's inspection up to its feedback, and up to the report on its rectification.
ENTERED = (*EVERYONE, a_team(), an_entry())
FED_BACK = (*ENTERED, a_departure(), a_report(), a_feedback())
REPORTED = (*FED_BACK, a_rectification_plan(), a_rectification_report())


def a_classification(**changes: Any) -> ClassifyProblem:
    said = {"number": PROBLEM, "classified_on": date(2021, 4, 25), "focus": FOCUS}
    return ClassifyProblem(**(said | changes))


def an_extension(**changes: Any) -> ExtendProblemRectification:
    said = {
        "number": PROBLEM,
        "approved_on": date(2021, 7, 10),
        "approver": "区委巡察办",
        "extended_due_on": date(2021, 8, 20),
    }
    return ExtendProblemRectification(**(said | changes))


def rectified(**changes: Any) -> RectifyProblem:
    return RectifyProblem(**({"number": PROBLEM, "rectified_on": date(2021, 7, 15)} | changes))


def evidenced(**changes: Any) -> SubmitRectificationEvidence:
    said = {
        "number": PROBLEM,
        "evidenced_on": date(2021, 7, 16),
        "measures": "王小明退回报销款",
        "evidence": "缴款凭证三份",
    }
    return SubmitRectificationEvidence(**(said | changes))


def verified(**changes: Any) -> VerifyProblem:
    said = {
        "number": PROBLEM,
        "verified_on": date(2021, 7, 20),
        "verification": COMPLETE,
        "verifier": "区委巡察办",
    }
    return VerifyProblem(**(said | changes))


def sent_back(**changes: Any) -> ReturnProblem:
    said = {
        "number": PROBLEM,
        "reopened_on": date(2021, 7, 22),
        "extended_due_on": date(2021, 9, 1),
        "reason": "制度未建立",
    }
    return ReturnProblem(**(said | changes))


def found_again(**changes: Any) -> FindProblemAgain:
    said = {
        "number": PROBLEM,
        "reopened_on": date(2022, 3, 10),
        "lookback": LOOKBACK,
        "again": None,
        "extended_due_on": date(2022, 5, 10),
        "circumstances": "王小明再次超标准报销",
    }
    return FindProblemAgain(**(said | changes))


def a_lookback(**changes: Any) -> Any:
    said = {"number": LOOKBACK, "type": "回头看", "started_on": date(2022, 3, 1)}
    return a_round(**(said | changes))


#: A problem fed back, and one that was rectified and signed off.
PROBLEM_FED_BACK = (*EVERYONE, a_problem())
SIGNED_OFF = (*PROBLEM_FED_BACK, rectified(), evidenced(), verified())


def a_transfer(**changes: Any) -> TransferInspectionMatter:
    said = {
        "number": TRANSFER,
        "round": ROUND,
        "unit": UNIT,
        "category": "问题线索",
        "destination": "纪检监察机关",
        "receiver": "区纪委监委案件监督管理室",
        "transferred_on": date(2021, 4, 15),
        "persons": 2,
        "summary": "反映王小明违规报销",
    }
    return TransferInspectionMatter(**(said | changes))


def an_acceptance(**changes: Any) -> AcceptInspectionTransfer:
    said = {"number": TRANSFER, "accepted_on": date(2021, 4, 18), "lead": None}
    return AcceptInspectionTransfer(**(said | changes))


def an_answer(**changes: Any) -> AnswerInspectionTransfer:
    said = {"number": TRANSFER, "answered_on": date(2021, 6, 30), "outcome": "已立案"}
    return AnswerInspectionTransfer(**(said | changes))


def a_reply(**changes: Any) -> ReplyToWorkSuggestion:
    said = {"number": SUGGESTION, "replied_on": date(2021, 5, 25), "reply": "已修订报销办法"}
    return ReplyToWorkSuggestion(**(said | changes))


def an_evaluation(**changes: Any) -> EvaluateWorkSuggestion:
    said = {"number": SUGGESTION, "evaluated_on": date(2021, 6, 10), "evaluation": COMPLETE}
    return EvaluateWorkSuggestion(**(said | changes))
