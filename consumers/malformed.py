"""Why a message is not taken in before the law of the domain is asked."""

#: Each code with what people read of it; the codes are stable.
REASONS = {
    "not_a_cloudevent": "消息不是 CloudEvents 1.0 事件",
    "not_json": "内容不是 JSON",
    "unsupported_version": "只接收 CloudEvents 1.0",
    "unsupported_batch": "不接收成批的事件，应逐条发送",
    "unsupported_content": "内容类型应为 application/json",
    "repeated": "同一属性出现多次",
    "missing": "缺少必填项",
    "unknown_field": "契约没有这一项",
    "wrong_value": "取值不符合契约",
    "no_data": "事件没有内容",
    "unknown_type": "没有这一类型的契约",
    "wrong_topic": "这一类型的事件不应由此主题发送",
}


class MalformedMessageError(ValueError):
    """A message that is not what its contract says: a stable code, the field if one is at fault.

    Neither ever repeats a value of the message.
    """

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(f"{code}: {field}" if field else code)
        self.code = code
        self.field = field

    @property
    def reason(self) -> str:
        """What people read of it, in Chinese."""
        return REASONS[self.code]
