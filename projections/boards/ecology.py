"""Boards of political ecology: assessments by unit and year, lists of the supervision archive."""

from projections.boards.board import of_table

BOARDS = (
    of_table(
        "ecology_assessments",
        "政治生态研判台账",
        "ecology_assessments",
        {
            "number": "编号",
            "unit": "单位",
            "organ": "机构",
            "year": "年度",
            "opened_on": "启动",
            "data_until": "数据截止",
            "graded_on": "评价日期",
            "grade": "等次",
            "previous_grade": "上年等次",
            "compared": "较上年",
            "fed_back_on": "反馈",
            "reply_due_on": "回复期限",
            "replied_on": "回复",
            "closed_on": "办结",
        },
    ),
    of_table(
        "supervision_lists",
        "监督清单台账",
        "supervision_lists",
        {
            "number": "编号",
            "unit": "单位",
            "organ": "机构",
            "list": "清单",
            "version_number": "版次",
            "issued_on": "公布日期",
            "withdrawn_on": "废止日期",
        },
    ),
)
