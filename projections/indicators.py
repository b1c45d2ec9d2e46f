"""Indicators: the definitions of the figures, read from ``definitions/*.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

_BASE = Path(__file__).with_name("definitions") / "base.toml"
_DIMENSIONS = {"category", "rank", "detail"}


class UnknownFigureError(KeyError):
    """No figure has that code."""


@dataclass(frozen=True, slots=True)
class Step:
    """An account that a posting's related stream must have a posting in."""

    account: str
    where: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure: its code, name and unit, and how it is computed from the journal."""

    code: str
    name: str
    unit: str
    account: str
    definition: str
    measure: str = "count"
    where: tuple[tuple[str, str], ...] = ()
    via: tuple[Step, ...] = ()
    or_via: tuple[Step, ...] = ()
    period: str = "within"
    share_of: str | None = None
    organ: str = "own"


@dataclass(frozen=True, slots=True)
class Identity:
    """A rule that must hold between figures; ``kind`` says which."""

    rule: str
    title: str
    kind: str
    total: str = ""
    parts: tuple[str, ...] = ()
    opened: str = ""
    closed: str = ""


@dataclass(frozen=True)
class Definitions:
    """One version of all definitions, and the SHA-256 of the text they were read from."""

    version: str
    text: str
    sha256: str
    indicators: tuple[Indicator, ...]
    identities: tuple[Identity, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Indicator]:
        """Indicators by code."""
        return {indicator.code: indicator for indicator in self.indicators}

    def indicator(self, code: str) -> Indicator:
        """The indicator with a code; UnknownFigureError where there is none."""
        try:
            return self.by_code[code]
        except KeyError:
            raise UnknownFigureError(code) from None


def _where(data: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    if not data.keys() <= _DIMENSIONS:
        raise ValueError(f"no such dimension: {sorted(data.keys() - _DIMENSIONS)}")
    return tuple(sorted(data.items()))


def _indicator(data: dict[str, Any]) -> Indicator:
    via, or_via = (
        tuple(Step(s["account"], _where(s.get("where", {}))) for s in data.pop(name, ()))
        for name in ("via", "or_via")
    )
    made = Indicator(where=_where(data.pop("where", {})), via=via, or_via=or_via, **data)
    if made.measure not in {"count", "persons", "units"}:
        raise ValueError(f"{made.code}: no such measure: {made.measure}")
    if made.period not in {"within", "until"} or made.organ not in {"own", "related", "region"}:
        raise ValueError(f"{made.code}: no such period or organ rule")
    return made


def read_definitions(text: str) -> Definitions:
    """Read definitions from TOML; ValueError where they contradict themselves."""
    data = tomllib.loads(text)
    indicators = tuple(_indicator(each) for each in data["figure"])
    codes = [indicator.code for indicator in indicators]
    if len(set(codes)) != len(codes):
        raise ValueError("a code is defined twice")
    identities = tuple(
        Identity(**{**each, "parts": tuple(each.get("parts", ()))})
        for each in data.get("identity", ())
    )
    named = {i.total for i in identities} | {code for i in identities for code in i.parts}
    if not named - {""} <= set(codes):
        raise ValueError(f"identities name unknown figures: {sorted(named - set(codes))}")
    return Definitions(
        data["version"], text, sha256(text.encode()).hexdigest(), indicators, identities
    )


@lru_cache(maxsize=1)
def base_definitions() -> Definitions:
    """The definitions in force."""
    return read_definitions(_BASE.read_text(encoding="utf-8"))
