"""Which measures the law knows, read from ``measures.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

_SOURCE = Path(__file__).with_name("measures.toml")

#: The day on which the law as amended on 2024-12-25 came into force.
AMENDED = date(2025, 6, 1)

#: Approvals by an organ other than the one that takes the measure.
NEXT_HIGHER, PROVINCIAL, NATIONAL_COMMISSION = "上一级机关", "省级机关", "国家监察委员会"
BY_ANOTHER_ORGAN = {NEXT_HIGHER, PROVINCIAL, NATIONAL_COMMISSION}

#: By level of the organ (domain/organs/levels): the approvals of which one is needed.
Approval = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """One extension that the law allows; ``from_start`` where its limit is the whole time."""

    limit: str
    ground: str
    approval: Approval
    from_start: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureKind:
    """One measure: since when, who approves, how long, and what may follow.

    ``earlier`` is the provision before the amendment, ``until`` the last day it was in force.
    ``limit`` and ``interval`` are rules of domain/limits; ``recorded`` the levels of organ that
    file it with the national commission.
    """

    name: str
    english: str
    provision: str
    earlier: str | None = None
    since: date
    until: date | None = None
    approval: Approval
    extensions: tuple[Extension, ...] = ()
    limit: str | None = None
    interval: str | None = None
    changes_to: tuple[str, ...] = ()
    recorded: tuple[str, ...] = ()
    verification: bool = False
    lasting: bool = False
    person: bool = False
    property: bool = False
    notice: bool = False
    delivery: bool = False
    renewable: bool = False
    from_approval: bool = False

    def provision_on(self, day: date) -> str:
        """The provision in force on a day: articles were numbered anew by the amendment."""
        return self.earlier if self.earlier is not None and day < AMENDED else self.provision

    def in_force(self, on: date) -> bool:
        """Whether the law knew the measure on that day."""
        return self.since <= on and (self.until is None or on <= self.until)

    def extension(self, made: int) -> Extension | None:
        """The extension that may follow so many; None where the law allows no more."""
        if made < len(self.extensions):
            return self.extensions[made]
        return self.extensions[-1] if self.renewable and self.extensions else None


def _approval(data: Mapping[str, list[str]], levels: Mapping[str, list[str]]) -> Approval:
    return {level: tuple(who) for group, who in data.items() for level in levels[group]}


def _kind(name: str, data: dict[str, Any], levels: Mapping[str, list[str]]) -> MeasureKind:
    extensions = tuple(
        Extension(**{**each, "approval": _approval(each["approval"], levels)})
        for each in data.get("extensions", ())
    )
    lists = {key: tuple(data.get(key, ())) for key in ("changes_to", "recorded")}
    approval = _approval(data["approval"], levels)
    return MeasureKind(
        name=name, **{**data, **lists, "approval": approval, "extensions": extensions}
    )


@lru_cache(maxsize=1)
def measure_kinds() -> Mapping[str, MeasureKind]:
    """Every measure by its official name."""
    data = tomllib.loads(_SOURCE.read_text(encoding="utf-8"))
    return {name: _kind(name, each, data["levels"]) for name, each in data["measures"].items()}
