"""Streams: one per official number, named so that a reader of the raw log can tell them."""

from enum import StrEnum
from functools import lru_cache
from hashlib import sha1
from uuid import UUID

#: Namespace of every id derived here. Never change it: ids in stored events depend on it.
NAMESPACE = UUID("7a3f8c52-5d0e-5b8e-9c55-3f0b5f1d6c11")
_NAMESPACE_BYTES = NAMESPACE.bytes
_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


class Kind(StrEnum):
    """The kinds of stream; the value is stored in every event and never changes."""

    ORGAN = "organ"
    UNIT = "unit"
    PERSON = "person"
    ARCHIVE_ITEM = "archive_item"
    PETITION = "petition"
    LEAD = "lead"
    CASE = "case"
    DISPOSITION = "disposition"
    SANCTION = "sanction"
    RECOMMENDATION = "recommendation"
    ROUND = "round"
    PROBLEM = "problem"
    WORK_SUGGESTION = "work_suggestion"
    CHECK = "check"
    MATTER = "matter"
    CORRECTION = "correction"
    STATEMENT = "statement"
    CALENDAR = "calendar"
    LOCAL_LIMIT = "local_limit"
    CASE_FILING = "case_filing"
    MEASURE = "measure"
    JOINT_WORK = "joint_work"
    MEASURE_FORM = "measure_form"
    OTHER_DISPOSITION = "other_disposition"
    APPEAL = "appeal"
    COMPLAINT = "complaint"
    ORGANISATIONAL_MEASURE = "organisational_measure"
    CHECK_PROBLEM = "check_problem"
    CAMPAIGN = "campaign"
    HANDED_UP_REPORT = "handed_up_report"
    LOG_KEY = "log_key"
    RECOMMENDATION_DRAFT = "recommendation_draft"
    INSPECTION_PLAN = "inspection_plan"
    INSPECTION = "inspection"
    INSPECTION_TRANSFER = "inspection_transfer"
    ECOLOGY_ASSESSMENT = "ecology_assessment"
    SUPERVISION_LIST = "supervision_list"
    INTEGRITY_OPINION = "integrity_opinion"
    ARCHIVE_ACCESS = "archive_access"
    GRANT = "grant"


#: The official name of each kind; registers (台账) carry the same names, save 线索处置.
TITLES: dict[Kind, str] = {
    Kind.ORGAN: "机构",
    Kind.UNIT: "单位",
    Kind.PERSON: "监督对象",
    Kind.ARCHIVE_ITEM: "廉政档案",
    Kind.PETITION: "信访举报",
    Kind.LEAD: "问题线索",
    Kind.CASE: "立案",
    Kind.DISPOSITION: "四种形态",
    Kind.SANCTION: "处分",
    Kind.RECOMMENDATION: "纪检监察建议",
    Kind.ROUND: "巡察轮次",
    Kind.PROBLEM: "巡察问题",
    Kind.WORK_SUGGESTION: "工作建议",
    Kind.CHECK: "日常监督",
    Kind.MATTER: "办不成事",
    Kind.CORRECTION: "更正",
    Kind.STATEMENT: "统计表",
    Kind.CALENDAR: "工作日历",
    Kind.LOCAL_LIMIT: "本地时限",
    Kind.CASE_FILING: "立案呈批",
    Kind.MEASURE: "监察措施",
    Kind.JOINT_WORK: "联合办案",
    Kind.MEASURE_FORM: "措施形态",
    Kind.OTHER_DISPOSITION: "其他机关处置",
    Kind.APPEAL: "申诉复审复核",
    Kind.COMPLAINT: "违法办案申诉",
    Kind.ORGANISATIONAL_MEASURE: "组织处理",
    Kind.CHECK_PROBLEM: "监督发现问题",
    Kind.CAMPAIGN: "专项整治",
    Kind.HANDED_UP_REPORT: "径送上级件",
    Kind.LOG_KEY: "日志密钥",
    Kind.RECOMMENDATION_DRAFT: "建议书稿",
    Kind.INSPECTION_PLAN: "巡察计划",
    Kind.INSPECTION: "被巡察单位",
    Kind.INSPECTION_TRANSFER: "巡察移交",
    Kind.ECOLOGY_ASSESSMENT: "政治生态研判",
    Kind.SUPERVISION_LIST: "监督清单",
    Kind.INTEGRITY_OPINION: "廉政意见",
    Kind.ARCHIVE_ACCESS: "档案查阅",
    Kind.GRANT: "授权",
}


def stream_name(kind: Kind, number: str) -> str:
    """Name of the stream that holds everything about one official number."""
    return f"{kind._value_}:{number}"


def split_stream_name(name: str) -> tuple[Kind, str]:
    """Kind and official number of a stream name; ValueError for a kind never stored."""
    kind, _, number = name.partition(":")
    return Kind(kind), number


def derived_id(name: str) -> str:
    """The UUID version 5 (RFC 9562) of a name in this ledger's namespace, as text."""
    h = sha1(_NAMESPACE_BYTES + name.encode(), usedforsecurity=False).hexdigest()
    return f"{h[:8]}-{h[8:12]}-5{h[13:16]}-{_VARIANT[h[16]]}{h[17:20]}-{h[20:32]}"


@lru_cache(maxsize=20_000)
def stream_id(name: str) -> str:
    """Id of a stream: the same number always has the same id, so a second one conflicts."""
    return derived_id(name)
