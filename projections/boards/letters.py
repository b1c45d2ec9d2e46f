"""Boards of recommendations and of the “办不成事” window: what is due, and what is overdue."""

from domain.recommendations.draft import DRAFT
from domain.recommendations.lifecycle import LETTER
from domain.window.lifecycle import MATTER
from projections.boards.tracked import Tracked

LETTERS = Tracked(
    table="recommendations",
    lifecycle=LETTER,
    columns={
        "number": "建议书编号",
        "category": "类别",
        "organ": "机构",
        "recipient": "接收单位",
        "related": "关联案件线索",
        "issued_on": "发出日期",
        "delivered_on": "送达日期",
        "reply_due_on": "回复期限",
        "extended_to": "延长至",
        "replied_on": "回复日期",
        "suggestions": "建议条数",
        "listed": "列明条数",
        "lifted": "撤销条数",
        "rectified": "整改到位条数",
        "evaluation": "整改评估",
        "returns": "退回次数",
        "closed_on": "办结日期",
        "revisited_on": "回访日期",
        "escalated_on": "转问责日期",
        "accountability_lead": "问责线索",
    },
    rules=("recommendation.reply", "recommendation.suggestion"),
    organ="organ",
)
DRAFTS = Tracked(
    table="recommendation_drafts",
    lifecycle=DRAFT,
    columns={
        "number": "稿号",
        "category": "类别",
        "organ": "机构",
        "department": "承办部门",
        "recipient": "接收单位",
        "addressee_kind": "建议对象",
        "drafted_on": "起草日期",
        "returns": "退回次数",
        "approved_on": "批准日期",
        "approved_by": "批准人",
        "letter": "建议书编号",
        "issued_on": "发出日期",
        "withdrawn_on": "撤回日期",
    },
    rules=(),
    organ="organ",
)
MATTERS = Tracked(
    table="matters",
    lifecycle=MATTER,
    columns={
        "number": "事项编号",
        "accepted_on": "受理日期",
        "applicant": "申请人类型",
        "unit": "承办单位",
        "copied_on": "抄送日期",
        "assigned_on": "交办日期",
        "pressed_on": "质询督办日期",
        "settled_on": "办结日期",
        "outcome": "办理结果",
        "satisfaction": "满意度",
        "reopenings": "重新办理次数",
        "escalated_on": "转问责日期",
        "accountability_lead": "问责线索",
    },
    rules=("window.settlement",),
    unit="unit",
)

BOARDS = (
    LETTERS.board("recommendation_tracker", "纪检监察建议跟踪台账"),
    DRAFTS.board("recommendation_drafts", "建议书稿台账"),
    MATTERS.board("window_tracker", "“办不成事”窗口台账"),
)
