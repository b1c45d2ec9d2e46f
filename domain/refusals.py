"""Why the law of the domain refuses an act."""

from typing import Any


class Refusal(Exception):  # noqa: N818 -- a refusal is the word of the trade, not an error
    """An act that may not happen: a stable code, a Chinese sentence, the field, the provision."""

    def __init__(
        self, code: str, reason: str, *, field: str | None = None, provision: str | None = None
    ) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason
        self.field = field
        self.provision = provision


def refuse_if(
    condition: Any,
    code: str,
    reason: str,
    *,
    field: str | None = None,
    provision: str | None = None,
) -> None:
    """Raise the refusal when the condition holds: one line a rule."""
    if condition:
        raise Refusal(code, reason, field=field, provision=provision)
