"""Cells of a register: text as people write it, to values; ``BadCellError`` says why not."""

import re
from datetime import date, datetime
from typing import Any

_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")
_SEPARATORS = re.compile("[;；]")
_WHOLE = re.compile(r"-?\d{1,15}")


class BadCellError(ValueError):
    """A cell that states no value of its column; the message is the reason, in Chinese."""


def text(cell: Any) -> str | None:
    """The text of a cell without surrounding space; None where it is empty (unknown)."""
    if cell is None:
        return None
    if isinstance(cell, datetime | date):
        return day(cell).isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip() or None


def day(cell: Any) -> date:
    """A date written 2021-09-02, 2021/9/2 or 2021年9月2日, or a true date cell."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = str(cell).strip()
    match = _DATE.fullmatch(written)
    if match is None:
        raise BadCellError("不是日期，应为 2021-09-02、2021/9/2 或 2021年9月2日")
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        raise BadCellError("日期不存在") from None


def read_day(cell: str) -> date:
    """A date; the common spelling first, since it is read a million times."""
    try:
        return date.fromisoformat(cell) if len(cell) == 10 else day(cell)  # noqa: PLR2004
    except ValueError:
        return day(cell)


def read_count(cell: str) -> int:
    """A whole number."""
    if _WHOLE.fullmatch(cell) is None:
        raise BadCellError("不是整数")
    return int(cell)


def read_yes_no(cell: str) -> bool:
    """是 or 否."""
    if cell not in ("是", "否"):
        raise BadCellError("应为“是”或“否”")
    return cell == "是"


def read_numbers(cell: str) -> tuple[str, ...]:
    """Several official numbers separated by ``;`` or ``；``, each once, in the order given."""
    parts = (part.strip() for part in _SEPARATORS.split(cell))
    return tuple(dict.fromkeys(part for part in parts if part))


def read_text(cell: str) -> str:
    """Text as it is."""
    return cell
