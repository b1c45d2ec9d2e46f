"""What is wrong with a row: where, what it says, and why it is refused."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

#: What a spreadsheet would take for a formula, numbers apart; it is marked as text.
_FORMULA = re.compile(r"[=@+]|-(?!\d)")

HEADINGS = ("台账", "行号", "列", "值", "原因")


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why one row is refused; ``row`` is the number a spreadsheet shows."""

    register: str
    row: int
    column: str
    value: str
    reason: str
    code: str


def problems_file(source: Path) -> Path:
    """Where the refused rows of a source are listed: a CSV beside it."""
    whole = source.resolve()
    return whole.with_name(f"{whole.stem if whole.is_file() else whole.name}-未导入.csv")


def write_problems(path: Path, problems: Iterable[Problem]) -> None:
    """List problems in a CSV that spreadsheets open (UTF-8 with BOM)."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for each in problems:
            value = f"'{each.value}" if _FORMULA.match(each.value) else each.value
            writer.writerow((each.register, each.row, each.column, value, each.reason))
