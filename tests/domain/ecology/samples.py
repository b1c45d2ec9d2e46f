"""Commands of an assessment of political ecology and of a unit's lists in their ordinary order."""

from datetime import date
from typing import Any

from domain.codes.tables import code_table
from domain.ecology.decisions import (
    CloseEcologyAssessment,
    FeedBackEcology,
    GradeEcology,
    OpenEcologyAssessment,
    RecordEcologyIndicator,
    ReplyToEcology,
)
from domain.ecology.list_decisions import IssueSupervisionList, WithdrawSupervisionList
from domain.ecology.supervision_list import ListItem
from tests.domain.samples import ORGAN, UNIT, a_unit, an_organ

YEAR = 2021
ASSESSMENT, LIST = f"{UNIT}/{YEAR}", f"{UNIT}/风险清单"
INDICATORS = tuple(code_table("ecology_indicator").terms)


def an_opening(year: int = YEAR, **changes: Any) -> OpenEcologyAssessment:
    said = {
        "number": f"{UNIT}/{year}",
        "unit": UNIT,
        "organ": ORGAN,
        "year": year,
        "opened_on": date(year, 12, 1),
        "data_until": date(year, 11, 30),
    }
    return OpenEcologyAssessment(**(said | changes))


def an_indicator(indicator: str = "政治建设", **changes: Any) -> RecordEcologyIndicator:
    said = {
        "number": ASSESSMENT,
        "indicator": indicator,
        "recorded_on": date(YEAR, 12, 5),
        "value": 90,
        "finding": "王小明等班子成员述责述廉按时完成",
    }
    return RecordEcologyIndicator(**(said | changes))


def a_grade(**changes: Any) -> GradeEcology:
    said = {
        "number": ASSESSMENT,
        "graded_on": date(YEAR, 12, 15),
        "grade": "较好",
        "conclusion": "总体较好，王小明分管领域有短板",
        "approver": "区纪委常委会",
    }
    return GradeEcology(**(said | changes))


def a_feedback(**changes: Any) -> FeedBackEcology:
    said = {
        "number": ASSESSMENT,
        "fed_back_on": date(YEAR, 12, 20),
        "demands": "王小明应加强管理",
        "reply_due_on": date(YEAR + 1, 1, 20),
    }
    return FeedBackEcology(**(said | changes))


def a_reply(**changes: Any) -> ReplyToEcology:
    said = {"number": ASSESSMENT, "replied_on": date(YEAR + 1, 1, 15), "reply": "已约谈王小明"}
    return ReplyToEcology(**(said | changes))


def a_closing(**changes: Any) -> CloseEcologyAssessment:
    said = {"number": ASSESSMENT, "closed_on": date(YEAR + 1, 1, 30)}
    return CloseEcologyAssessment(**(said | changes))


def an_item(item: str = "1", **changes: Any) -> ListItem:
    said = {
        "item": item,
        "content": "行政审批自由裁量",
        "post": "审批科",
        "watch": "重点岗位",
        "link": "事中监督",
        "level": "高",
        "measure": "双人审核",
    }
    return ListItem(**(said | changes))


def a_list(**changes: Any) -> IssueSupervisionList:
    said = {
        "number": LIST,
        "unit": UNIT,
        "organ": ORGAN,
        "list": "风险清单",
        "issued_on": date(YEAR, 3, 1),
        "basis": "年度廉政风险排查",
        "items": (an_item("1"), an_item("2", level="低")),
    }
    return IssueSupervisionList(**(said | changes))


def a_withdrawal(**changes: Any) -> WithdrawSupervisionList:
    said = {"number": LIST, "withdrawn_on": date(YEAR + 1, 3, 1), "basis": "机构撤并"}
    return WithdrawSupervisionList(**(said | changes))


EVERYONE = (an_organ(), a_unit())
OPENED = (*EVERYONE, an_opening())
RECORDED = (*OPENED, *(an_indicator(each) for each in INDICATORS))
FED_BACK = (*RECORDED, a_grade(), a_feedback())
