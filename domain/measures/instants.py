"""Instants of measures that the law limits in hours: ISO 8601 to the minute, office time."""

import re
from datetime import date, datetime, timedelta

from domain.refusals import Refusal

_FORM = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\+08:00")


def instant(text: str, field: str) -> datetime:
    """The instant that a text states, as in 2025-07-01T09:30+08:00 (Asia/Shanghai)."""
    try:
        if _FORM.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    reason = f"“{text}”不是时刻，应如 2025-07-01T09:30+08:00"
    raise Refusal("impossible_value", reason, field=field)


def shown(moment: datetime) -> str:
    """The text of an instant."""
    return moment.isoformat(timespec="minutes")


def hours_later(text: str, hours: int, field: str) -> str:
    """The instant so many hours later."""
    return shown(instant(text, field) + timedelta(hours=hours))


def day_of(text: str, field: str) -> date:
    """The day of an instant in the office."""
    return instant(text, field).date()
