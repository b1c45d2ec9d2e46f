"""Who was granted which role, where, and until when."""

from projections.boards.board import of_table

BOARDS = (
    of_table(
        "grants",
        "授权台账",
        "grants",
        {
            "number": "授权编号",
            "subject": "主体标识",
            "role": "角色",
            "organ": "机构",
            "granted_on": "授予日期",
            "basis": "依据",
            "revoked_on": "撤销日期",
        },
    ),
)
