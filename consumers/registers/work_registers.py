"""Registers of organs, people, letters, inspections, checks and the service window."""

from consumers.registers import cells
from consumers.registers.columns import (
    Column,
    Later,
    Register,
    day,
    key,
    must,
    registered,
)
from domain.archives.decisions import EnterArchiveItem
from domain.checks.decisions import ConductCheck
from domain.inspections.decisions import (
    CloseWorkSuggestion,
    EndRound,
    FeedBackProblem,
    IssueWorkSuggestion,
    OpenRound,
    RectifyProblem,
)
from domain.organs.decisions import RegisterOrgan
from domain.persons.decisions import RegisterPerson
from domain.recommendations.decisions import (
    CloseRecommendation,
    EvaluateRecommendation,
    IssueRecommendation,
    ReplyToRecommendation,
)
from domain.streams import Kind
from domain.units.decisions import RegisterUnit
from domain.window.decisions import AcceptMatter, SettleMatter

ORGANS = Register(
    "机构",
    Kind.ORGAN,
    RegisterOrgan,
    (
        key("机构代码", "code"),
        must("机构名称", "name"),
        Column("机构类型", "type"),
        Column("上级机构代码", "parent"),
        Column("行政区划代码", "region"),
    ),
    key=("code",),
)

UNITS = Register(
    "单位",
    Kind.UNIT,
    RegisterUnit,
    (
        key("单位代码", "code"),
        must("单位名称", "name"),
        Column("单位类型", "type"),
        Column("上级单位代码", "parent"),
        Column("行政区划代码", "region"),
    ),
    key=("code",),
)

PERSONS = Register(
    "监督对象",
    Kind.PERSON,
    RegisterPerson,
    (
        key("人员编号"),
        Column("姓名", "name"),
        Column("政治面貌", "political_status"),
        Column("单位代码", "unit"),
        Column("职务", "post"),
        Column("职级", "rank"),
        Column("区管干部", "district_managed", cells.read_yes_no),
        day("建档日期", "archive_opened_on"),
        registered(),
    ),
)

ARCHIVE = Register(
    "廉政档案",
    Kind.ARCHIVE_ITEM,
    EnterArchiveItem,
    (
        key("档案事项编号"),
        must("人员编号", "person"),
        day("发生日期", "occurred_on", required=True),
        registered(),
        Column("类别", "category"),
        Column("内容", "content"),
        Column("来源部门", "source_department"),
    ),
)

ROUNDS = Register(
    "巡察轮次",
    Kind.ROUND,
    OpenRound,
    (
        key("轮次编号"),
        must("类型", "type"),
        Column("名称", "name"),
        must("机构代码", "organ"),
        day("开始日期", "started_on", required=True),
        day("结束日期", "ended_on"),
    ),
    later=(Later(EndRound, "ended_on"),),
)

PROBLEMS = Register(
    "巡察问题",
    Kind.PROBLEM,
    FeedBackProblem,
    (
        key("问题编号"),
        must("轮次编号", "round"),
        must("单位代码", "unit"),
        Column("问题类别", "category"),
        Column("问题摘要", "summary"),
        day("反馈日期", "fed_back_on", required=True),
        registered(),
        day("整改期限", "rectify_due_on"),
        day("整改完成日期", "rectified_on"),
    ),
    later=(Later(RectifyProblem, "rectified_on"),),
)

WORK_SUGGESTIONS = Register(
    "工作建议",
    Kind.WORK_SUGGESTION,
    IssueWorkSuggestion,
    (
        key("工作建议编号"),
        must("轮次编号", "round"),
        must("接收单位代码", "recipient"),
        day("发出日期", "issued_on", required=True),
        registered(),
        Column("建议内容", "content"),
        day("办结日期", "closed_on"),
    ),
    later=(Later(CloseWorkSuggestion, "closed_on"),),
)

RECOMMENDATIONS = Register(
    "纪检监察建议",
    Kind.RECOMMENDATION,
    IssueRecommendation,
    (
        key("建议书编号"),
        must("类别", "category"),
        must("机构代码", "organ"),
        must("接收单位代码", "recipient"),
        Column("关联编号", "related"),
        day("发出日期", "issued_on", required=True),
        registered(),
        Column("建议条数", "suggestions", cells.read_count),
        day("回复期限", "reply_due_on"),
        day("回复日期", "replied_on"),
        Column("整改评估", "evaluation"),
        day("办结日期", "closed_on"),
        Column("问题摘要", "summary"),
    ),
    later=(
        Later(ReplyToRecommendation, "replied_on"),
        Later(
            EvaluateRecommendation,
            "evaluated_on",
            also=("evaluation",),
            dates=("closed_on", "replied_on", "issued_on"),
        ),
        Later(CloseRecommendation, "closed_on"),
    ),
)

CHECKS = Register(
    "日常监督",
    Kind.CHECK,
    ConductCheck,
    (
        key("监督编号"),
        day("监督日期", "checked_on", required=True),
        registered(),
        must("机构代码", "organ"),
        Column("单位代码", "unit"),
        Column("方式", "method"),
        Column("领域", "field"),
        Column("发现问题数", "problems_found", cells.read_count),
    ),
)

MATTERS = Register(
    "办不成事",
    Kind.MATTER,
    AcceptMatter,
    (
        key("事项编号"),
        day("受理日期", "accepted_on", required=True),
        registered(),
        Column("申请人类型", "applicant"),
        Column("承办单位代码", "unit"),
        Column("事项摘要", "summary"),
        day("办结日期", "settled_on"),
        Column("办理结果", "outcome"),
    ),
    later=(Later(SettleMatter, "settled_on", also=("outcome",)),),
)
