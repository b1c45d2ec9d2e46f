"""Registers of petitions, leads, cases, dispositions, sanctions and corrections."""

from consumers.registers import cells
from consumers.registers.columns import (
    REGISTERED,
    Column,
    Later,
    Register,
    day,
    key,
    must,
    registered,
)
from domain.cases.decisions import (
    CloseCase,
    FileCase,
    SendCaseToReview,
    TransferCaseToProcuratorate,
)
from domain.corrections.decisions import CorrectRecord
from domain.dispositions.decisions import MakeDisposition
from domain.leads.decisions import ConcludeHandling, HandleLead, RegisterLead
from domain.petitions.decisions import ReceivePetition
from domain.sanctions.decisions import ImposeSanction
from domain.streams import Kind

PETITIONS = Register(
    "信访举报",
    Kind.PETITION,
    ReceivePetition,
    (
        key("信访编号"),
        day("收到日期", "received_on", required=True),
        registered(),
        must("机构代码", "organ"),
        Column("方式", "channel"),
        Column("类别", "category"),
        Column("署名", "signature"),
        Column("重复件", "repeat", cells.read_yes_no),
        Column("内容摘要", "summary"),
    ),
)

LEADS = Register(
    "问题线索",
    Kind.LEAD,
    RegisterLead,
    (
        key("线索编号"),
        must("来源", "source"),
        Column("来源编号", "source_number"),
        day("收到日期", "received_on", required=True),
        registered(),
        must("机构代码", "organ"),
        Column("承办部门", "department"),
        Column("被反映人", "persons", cells.read_numbers),
        Column("问题类别", "category"),
        Column("问题摘要", "summary"),
    ),
)

HANDLINGS = Register(
    "线索处置",
    Kind.LEAD,
    HandleLead,
    (
        key("线索编号", "lead"),
        day("处置日期", "decided_on", required=True),
        registered(),
        must("处置方式", "method"),
        Column("批准人", "approver"),
        day("办结日期", "concluded_on"),
        Column("办理结果", "outcome"),
    ),
    later=(Later(ConcludeHandling, "concluded_on", also=("outcome",)),),
    key=("lead", "decided_on"),
)

CASES = Register(
    "立案",
    Kind.CASE,
    FileCase,
    (
        key("案件编号"),
        Column("线索编号", "lead"),
        must("人员编号", "person"),
        must("机构代码", "organ"),
        day("立案日期", "filed_on", required=True),
        registered(),
        Column("立案时职级", "rank"),
        day("移送审理日期", "sent_to_review_on"),
        day("结案日期", "closed_on"),
        day("移送检察机关日期", "transferred_on"),
    ),
    later=(
        Later(SendCaseToReview, "sent_to_review_on"),
        Later(CloseCase, "closed_on"),
        Later(TransferCaseToProcuratorate, "transferred_on"),
    ),
)

DISPOSITIONS = Register(
    "四种形态",
    Kind.DISPOSITION,
    MakeDisposition,
    (
        key("处置编号"),
        Column("线索编号", "lead"),
        Column("案件编号", "case"),
        must("人员编号", "person"),
        must("机构代码", "organ"),
        must("形态", "form"),
        Column("措施", "measure"),
        day("决定日期", "decided_on", required=True),
        registered(),
        Column("决定时职级", "rank"),
    ),
)

SANCTIONS = Register(
    "处分",
    Kind.SANCTION,
    ImposeSanction,
    (
        key("处分编号"),
        Column("案件编号", "case"),
        must("人员编号", "person"),
        must("机构代码", "organ"),
        must("处分类别", "category"),
        Column("处分种类", "kind"),
        day("决定日期", "decided_on", required=True),
        registered(),
        Column("决定时职级", "rank"),
    ),
)

CORRECTIONS = Register(
    "更正",
    Kind.CORRECTION,
    CorrectRecord,
    (
        key("更正编号"),
        day(REGISTERED, "registered_on", required=True),
        must("对象", "register"),
        must("对象编号", "target"),
        must("字段", "field"),
        Column("原值", "was"),
        Column("新值", "now"),
        Column("依据", "basis"),
    ),
)
