"""Cut-offs: what was known at the end of a day, or what the ledger held at a position."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Cut:
    """At most one of the two; neither means everything the ledger holds now."""

    as_of: date | None = None
    at_position: int | None = None

    def __post_init__(self) -> None:
        if self.as_of is not None and self.at_position is not None:
            raise ValueError("as of a date, or at a position, not both")

    def __str__(self) -> str:
        if self.as_of is not None:
            return f"截至 {self.as_of}"
        return f"位置 {self.at_position}" if self.at_position is not None else "当前"


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends before it begins")


def read_cut(text: str) -> Cut:
    """``now``, a date, or a position as a number; ValueError for anything else."""
    if text == "now":
        return Cut()
    return Cut(at_position=int(text)) if text.isdecimal() else Cut(as_of=date.fromisoformat(text))
