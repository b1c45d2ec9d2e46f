"""Stated defaults of recommendations, read from ``rules.toml``: addressees, evaluation."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

_SOURCE = Path(__file__).with_name("rules.toml")

#: The best evaluation (整改评估): nothing is left to be done.
COMPLETE = "整改到位"


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a letter's evaluation follows from those of its suggestions, from ``since`` on."""

    since: date
    order: tuple[str, ...]
    mixed: str | None = None

    def of(self, results: Collection[str]) -> str:
        """The letter's evaluation; ValueError where no suggestion has a known one."""
        if self.mixed is not None and len(set(results)) > 1:
            return self.mixed
        for grade in self.order:
            if grade in results:
                return grade
        raise ValueError("no suggestion is evaluated")


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, Any]:
    return tomllib.loads(_SOURCE.read_text(encoding="utf-8"))


def _in_force(name: str, on: date) -> Mapping[str, Any]:
    """The version in force on a day, or the first one for an earlier day."""
    versions: list[Mapping[str, Any]] = sorted(_rules()[name], key=lambda each: each["since"])
    in_force = [version for version in versions if version["since"] <= on]
    return in_force[-1] if in_force else versions[0]


def addressees(category: str, on: date) -> tuple[str, ...]:
    """The kinds of addressee that a letter of a category may go to on a day."""
    return tuple(_in_force("addressees", on)["kinds"].get(category, ()))


def derivation(on: date) -> Derivation:
    """How a letter's evaluation is derived on a day."""
    data = _in_force("evaluation", on)
    return Derivation(data["since"], tuple(data["order"]), data.get("mixed"))
