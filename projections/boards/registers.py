"""The registers as lists: cases, sanctions, letters, problems and the rest as they stand."""

from projections.boards.board import of_table

BOARDS = (
    of_table(
        "cases",
        "立案台账",
        "cases",
        {
            "number": "案件编号",
            "organ": "机构",
            "lead": "线索编号",
            "person": "人员编号",
            "rank": "立案时职级",
            "filed_on": "立案日期",
            "sent_to_review_on": "移送审理",
            "closed_on": "结案",
            "transferred_on": "移送检察机关",
        },
    ),
    of_table(
        "sanctions",
        "处分台账",
        "sanctions",
        {
            "number": "处分编号",
            "organ": "机构",
            "case": "案件编号",
            "person": "人员编号",
            "category": "处分类别",
            "kind": "处分种类",
            "decided_on": "决定日期",
            "rank": "决定时职级",
        },
    ),
)
