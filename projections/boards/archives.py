"""Boards of integrity archives: reviews due, opinions asked for, who looked into which."""

from domain.archives.access import ACCESS
from domain.archives.opinion import OPINION
from domain.persons.lifecycle import ARCHIVE
from projections.boards.tracked import Tracked

REVIEWS = Tracked(
    table="persons",
    lifecycle=ARCHIVE,
    columns={
        "number": "人员编号",
        "unit": "登记单位",
        "present_unit": "现任单位",
        "present_post": "现任职务",
        "rank": "登记职级",
        "archive_opened_on": "建档日期",
        "keeper_named_on": "指定保管人日期",
        "archive_closed_on": "转出撤档日期",
    },
    rules=("archive.half_year_review",),
    unit="unit",
    where="district_managed = 1 AND archive_opened_on IS NOT NULL",
)
OPINIONS = Tracked(
    table="integrity_opinions",
    lifecycle=OPINION,
    columns={
        "number": "意见编号",
        "person": "人员编号",
        "organ": "机构",
        "requester": "征求单位",
        "purpose": "用途",
        "requested_on": "征求日期",
        "given_on": "回复日期",
        "conclusion": "结论",
        "as_of": "数据截止日期",
        "at_position": "数据截止位置",
        "leads_open": "在办线索",
        "cases_open": "未结案件",
        "sanctions_in_effect": "影响期内处分",
    },
    rules=("archive.opinion",),
    organ="organ",
)
ACCESSES = Tracked(
    table="archive_accesses",
    lifecycle=ACCESS,
    columns={
        "number": "申请编号",
        "person": "人员编号",
        "department": "查阅单位",
        "requested_on": "申请日期",
        "approved_on": "批准日期",
        "approved_by": "批准人",
        "valid_until": "有效期至",
        "refused_on": "不同意日期",
        "looks": "查阅次数",
    },
    rules=(),
    unit="(SELECT unit FROM persons WHERE persons.number = archive_accesses.person)",
)

BOARDS = (
    REVIEWS.board("archive_reviews", "廉政档案半年更新台账"),
    OPINIONS.board("integrity_opinions", "廉政意见回复台账"),
    ACCESSES.board("archive_accesses", "廉政档案查阅台账"),
)
