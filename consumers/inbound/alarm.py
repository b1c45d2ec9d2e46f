"""What stops intake or publishing until a person has looked: trying again would not mend it."""

from typing import Any

#: Each code of an alarm, as people read it.
TITLES = {
    "mostly_failing": "一批消息过半不能接收，未接收其中任何一件",
    "topic_replaced": "主题已被删除重建，不是原来的主题",
    "retention_gap": "主题中尚未接收的消息已被清除",
    "topic_truncated": "主题比已接收的位置更短",
    "member_replaced": "另一进程以同一成员名加入",
    "ledger_replaced": "已发布的事实不是本台账的：台账由备份恢复，或另一台账用了同一名称",
    "messages_lost": "消息服务器丢失了已发布的事实",
    "internal": "程序错误",
}


class AlarmError(Exception):
    """The work stops. ``code`` is one of ``TITLES``; ``told`` says where, and names nobody."""

    def __init__(self, code: str, **told: Any) -> None:
        super().__init__(code)
        self.code = code
        self.told = told

    @property
    def detail(self) -> str:
        """What is told, on one line."""
        return ", ".join(f"{name}={value}" for name, value in self.told.items())
