"""Time limits read from the ``.toml`` files beside this module: value, unit, provision, dates."""

import tomllib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent

WORKING_DAYS, DAYS, MONTHS, HOURS = "工作日", "日", "月", "小时"
UNITS = (WORKING_DAYS, DAYS, MONTHS, HOURS)
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Limit:
    """One version of a limit: ``value`` in ``unit``, in force from ``since`` (None: always).

    ``basis`` is V for law whose text was seen, V2 for one quoted at second hand, M from memory.
    """

    rule: str
    title: str
    value: int
    unit: str
    provision: str
    basis: str
    since: date | None = None

    @property
    def text(self) -> str:
        """Value and unit, as in 15个工作日."""
        between = {WORKING_DAYS: "个", MONTHS: "个"}.get(self.unit, "")
        return f"{self.value}{between}{self.unit}"


def _versions(rule: str, data: dict[str, Any]) -> tuple[Limit, ...]:
    versions = [Limit(rule=rule, title=data["title"], **each) for each in data["versions"]]
    return tuple(sorted(versions, key=lambda each: each.since or date.min))


@lru_cache(maxsize=1)
def limits() -> Mapping[str, tuple[Limit, ...]]:
    """All versions of every limit by rule, oldest first; ValueError for a rule in two files."""
    found: dict[str, tuple[Limit, ...]] = {}
    for file in sorted(_FOLDER.glob("*.toml")):
        for rule, data in tomllib.loads(file.read_text(encoding="utf-8"))["rules"].items():
            if rule in found:
                raise ValueError(f"{rule} is in two files")
            found[rule] = _versions(rule, data)
    return found


def limit(rule: str, on: date) -> Limit:
    """The limit in force on a day, or the first one for an earlier day; KeyError for no rule."""
    versions = limits()[rule]
    in_force = [each for each in versions if each.since is None or each.since <= on]
    return in_force[-1] if in_force else versions[0]


def months_later(day: date, months: int) -> date:
    """The same day of the month so many calendar months later, or that month's last day."""
    years, month = divmod(day.month - 1 + months, _MONTHS_A_YEAR)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def end_of(limit: Limit, start: date) -> date:
    """The last day of a limit in days or months that begins on ``start``.

    ValueError for working days, which need a calendar, and hours, which need an instant.
    """
    if limit.unit == DAYS:
        return start + timedelta(days=limit.value)
    if limit.unit == MONTHS:
        return months_later(start, limit.value)
    raise ValueError(f"{limit.rule} is in {limit.unit}")
