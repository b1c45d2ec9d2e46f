"""The registers: their columns, and the acts a row of each tells."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from consumers.registers import cells
from domain.archives.decisions import EnterArchiveItem
from domain.cases.decisions import (
    CloseCase,
    FileCase,
    SendCaseToReview,
    TransferCaseToProcuratorate,
)
from domain.checks.decisions import ConductCheck
from domain.corrections.decisions import CorrectRecord
from domain.dispositions.decisions import MakeDisposition
from domain.inspections.decisions import (
    CloseWorkSuggestion,
    EndRound,
    FeedBackProblem,
    IssueWorkSuggestion,
    OpenRound,
    RectifyProblem,
)
from domain.leads.decisions import ConcludeHandling, HandleLead, RegisterLead
from domain.organs.decisions import RegisterOrgan
from domain.persons.decisions import RegisterPerson
from domain.petitions.decisions import ReceivePetition
from domain.recommendations.decisions import (
    CloseRecommendation,
    EvaluateRecommendation,
    IssueRecommendation,
    ReplyToRecommendation,
)
from domain.sanctions.decisions import ImposeSanction
from domain.streams import Kind
from domain.units.decisions import RegisterUnit
from domain.window.decisions import AcceptMatter, SettleMatter

REGISTERED = "登记日期"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the field it fills, how a cell is read, whether it must be."""

    heading: str
    field: str
    read: Callable[[str], Any] = cells.read_text
    required: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """A later fact of a row, told where its own date ``on`` or anything in ``also`` is known.

    Where the register has no column for that date, the first known of ``dates`` stands for it.
    """

    command: type
    on: str
    also: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Register:
    """One register: its columns, its key, its first fact and its later ones."""

    title: str
    kind: Kind
    first: type
    columns: tuple[Column, ...]
    later: tuple[Later, ...] = ()
    key: tuple[str, ...] = ("number",)
    #: Field that may name another row of the same register.
    own_reference: str | None = None

    @cached_property
    def by_heading(self) -> dict[str, Column]:
        """Columns by heading."""
        return {column.heading: column for column in self.columns}

    @cached_property
    def own_date(self) -> str | None:
        """The field of the first fact's own date."""
        days = (c.field for c in self.columns if c.read is cells.read_day and c.required)
        return next(days, None)

    @cached_property
    def headings(self) -> dict[str, str]:
        """Headings by field."""
        return {column.field: column.heading for column in self.columns}


def _key(heading: str, field: str = "number") -> Column:
    return Column(heading, field, required=True)


def _must(heading: str, field: str) -> Column:
    return Column(heading, field, required=True)


def _day(heading: str, field: str, *, required: bool = False) -> Column:
    return Column(heading, field, cells.read_day, required)


def _registered() -> Column:
    return _day(REGISTERED, "registered_on")


#: In the order in which they are read: what a row refers to stands in an earlier register.
REGISTERS: tuple[Register, ...] = (
    Register(
        "机构",
        Kind.ORGAN,
        RegisterOrgan,
        (
            _key("机构代码", "code"),
            _must("机构名称", "name"),
            Column("机构类型", "type"),
            Column("上级机构代码", "parent"),
            Column("行政区划代码", "region"),
        ),
        key=("code",),
    ),
    Register(
        "单位",
        Kind.UNIT,
        RegisterUnit,
        (
            _key("单位代码", "code"),
            _must("单位名称", "name"),
            Column("单位类型", "type"),
            Column("上级单位代码", "parent"),
            Column("行政区划代码", "region"),
        ),
        key=("code",),
        own_reference="parent",
    ),
    Register(
        "监督对象",
        Kind.PERSON,
        RegisterPerson,
        (
            _key("人员编号"),
            Column("姓名", "name"),
            Column("政治面貌", "political_status"),
            Column("单位代码", "unit"),
            Column("职务", "post"),
            Column("职级", "rank"),
            Column("区管干部", "district_managed", cells.read_yes_no),
            _day("建档日期", "archive_opened_on"),
            _registered(),
        ),
    ),
    Register(
        "廉政档案",
        Kind.ARCHIVE_ITEM,
        EnterArchiveItem,
        (
            _key("档案事项编号"),
            _must("人员编号", "person"),
            _day("发生日期", "occurred_on", required=True),
            _registered(),
            Column("类别", "category"),
            Column("内容", "content"),
            Column("来源部门", "source_department"),
        ),
    ),
    Register(
        "信访举报",
        Kind.PETITION,
        ReceivePetition,
        (
            _key("信访编号"),
            _day("收到日期", "received_on", required=True),
            _registered(),
            _must("机构代码", "organ"),
            Column("方式", "channel"),
            Column("类别", "category"),
            Column("署名", "signature"),
            Column("重复件", "repeat", cells.read_yes_no),
            Column("内容摘要", "summary"),
        ),
    ),
    Register(
        "巡察轮次",
        Kind.ROUND,
        OpenRound,
        (
            _key("轮次编号"),
            _must("类型", "type"),
            Column("名称", "name"),
            _must("机构代码", "organ"),
            _day("开始日期", "started_on", required=True),
            _day("结束日期", "ended_on"),
        ),
        later=(Later(EndRound, "ended_on"),),
    ),
    Register(
        "巡察问题",
        Kind.PROBLEM,
        FeedBackProblem,
        (
            _key("问题编号"),
            _must("轮次编号", "round"),
            _must("单位代码", "unit"),
            Column("问题类别", "category"),
            Column("问题摘要", "summary"),
            _day("反馈日期", "fed_back_on", required=True),
            _registered(),
            _day("整改期限", "rectify_due_on"),
            _day("整改完成日期", "rectified_on"),
        ),
        later=(Later(RectifyProblem, "rectified_on"),),
    ),
    Register(
        "工作建议",
        Kind.WORK_SUGGESTION,
        IssueWorkSuggestion,
        (
            _key("工作建议编号"),
            _must("轮次编号", "round"),
            _must("接收单位代码", "recipient"),
            _day("发出日期", "issued_on", required=True),
            _registered(),
            Column("建议内容", "content"),
            _day("办结日期", "closed_on"),
        ),
        later=(Later(CloseWorkSuggestion, "closed_on"),),
    ),
    Register(
        "问题线索",
        Kind.LEAD,
        RegisterLead,
        (
            _key("线索编号"),
            _must("来源", "source"),
            Column("来源编号", "source_number"),
            _day("收到日期", "received_on", required=True),
            _registered(),
            _must("机构代码", "organ"),
            Column("承办部门", "department"),
            Column("被反映人", "persons", cells.read_numbers),
            Column("问题类别", "category"),
            Column("问题摘要", "summary"),
        ),
    ),
    Register(
        "线索处置",
        Kind.LEAD,
        HandleLead,
        (
            _key("线索编号", "lead"),
            _day("处置日期", "decided_on", required=True),
            _registered(),
            _must("处置方式", "method"),
            Column("批准人", "approver"),
            _day("办结日期", "concluded_on"),
            Column("办理结果", "outcome"),
        ),
        later=(Later(ConcludeHandling, "concluded_on", also=("outcome",)),),
        key=("lead", "decided_on"),
    ),
    Register(
        "立案",
        Kind.CASE,
        FileCase,
        (
            _key("案件编号"),
            Column("线索编号", "lead"),
            _must("人员编号", "person"),
            _must("机构代码", "organ"),
            _day("立案日期", "filed_on", required=True),
            _registered(),
            Column("立案时职级", "rank"),
            _day("移送审理日期", "sent_to_review_on"),
            _day("结案日期", "closed_on"),
            _day("移送检察机关日期", "transferred_on"),
        ),
        later=(
            Later(SendCaseToReview, "sent_to_review_on"),
            Later(CloseCase, "closed_on"),
            Later(TransferCaseToProcuratorate, "transferred_on"),
        ),
    ),
    Register(
        "四种形态",
        Kind.DISPOSITION,
        MakeDisposition,
        (
            _key("处置编号"),
            Column("线索编号", "lead"),
            Column("案件编号", "case"),
            _must("人员编号", "person"),
            _must("机构代码", "organ"),
            _must("形态", "form"),
            Column("措施", "measure"),
            _day("决定日期", "decided_on", required=True),
            _registered(),
            Column("决定时职级", "rank"),
        ),
    ),
    Register(
        "处分",
        Kind.SANCTION,
        ImposeSanction,
        (
            _key("处分编号"),
            Column("案件编号", "case"),
            _must("人员编号", "person"),
            _must("机构代码", "organ"),
            _must("处分类别", "category"),
            Column("处分种类", "kind"),
            _day("决定日期", "decided_on", required=True),
            _registered(),
            Column("决定时职级", "rank"),
        ),
    ),
    Register(
        "纪检监察建议",
        Kind.RECOMMENDATION,
        IssueRecommendation,
        (
            _key("建议书编号"),
            _must("类别", "category"),
            _must("机构代码", "organ"),
            _must("接收单位代码", "recipient"),
            Column("关联编号", "related"),
            _day("发出日期", "issued_on", required=True),
            _registered(),
            Column("建议条数", "suggestions", cells.read_count),
            _day("回复期限", "reply_due_on"),
            _day("回复日期", "replied_on"),
            Column("整改评估", "evaluation"),
            _day("办结日期", "closed_on"),
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
    ),
    Register(
        "日常监督",
        Kind.CHECK,
        ConductCheck,
        (
            _key("监督编号"),
            _day("监督日期", "checked_on", required=True),
            _registered(),
            _must("机构代码", "organ"),
            Column("单位代码", "unit"),
            Column("方式", "method"),
            Column("领域", "field"),
            Column("发现问题数", "problems_found", cells.read_count),
        ),
    ),
    Register(
        "办不成事",
        Kind.MATTER,
        AcceptMatter,
        (
            _key("事项编号"),
            _day("受理日期", "accepted_on", required=True),
            _registered(),
            Column("申请人类型", "applicant"),
            Column("承办单位代码", "unit"),
            Column("事项摘要", "summary"),
            _day("办结日期", "settled_on"),
            Column("办理结果", "outcome"),
        ),
        later=(Later(SettleMatter, "settled_on", also=("outcome",)),),
    ),
    Register(
        "更正",
        Kind.CORRECTION,
        CorrectRecord,
        (
            _key("更正编号"),
            _day(REGISTERED, "registered_on", required=True),
            _must("对象", "register"),
            _must("对象编号", "target"),
            _must("字段", "field"),
            Column("原值", "was"),
            Column("新值", "now"),
            Column("依据", "basis"),
        ),
    ),
)

BY_TITLE: dict[str, Register] = {register.title: register for register in REGISTERS}
