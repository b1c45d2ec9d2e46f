"""Measures (措施) of the four forms: the form of each, and which of several decides."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from domain.codes.tables import code_table, form_of_measure
from domain.dispositions.measure_form import MeasureForm
from domain.limits.limits import months_later
from domain.sanctions.sanction import SanctionParticulars

_SOURCE = Path(__file__).with_name("measures.toml")
#: How a sanction is called among the measures, where not by its own name.
_PREFIX = {"党纪处分": "党内", "政务处分": "政务"}


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a handling, by its name in the index, with its form on the day."""

    name: str
    form: str


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, list[dict[str, Any]]]:
    return tomllib.loads(_SOURCE.read_text(encoding="utf-8"))


def rule_in_force(kind: str, on: date) -> dict[str, Any]:
    """The rule of a kind (several, severity, effect) on a day, or the first for an earlier day."""
    versions = sorted(_rules()[kind], key=lambda each: each["since"])
    in_force = [each for each in versions if each["since"] <= on]
    return in_force[-1] if in_force else versions[0]


def index_name(measure: str) -> str:
    """The measure's name in the index: 行政警告 is 政务警告, 诫勉 is 诫勉（谈话）."""
    return code_table("measure").aliases.get(measure, measure)


def measure_of(measure: str, on: date, local: MeasureForm | None = None) -> Measure | None:
    """The measure with its form on a day; None where neither index nor office gives it one.

    A form that the office has set goes before the index.
    """
    name = index_name(measure)
    form = (local.on(on) if local is not None else None) or form_of_measure(name, on)
    return Measure(name, form) if form is not None else None


def _weight(measure: Measure, on: date) -> tuple[int, int]:
    """Form first; within the first form by severity, within the others in the index's order."""
    forms = list(code_table("form").terms)
    form = forms.index(measure.form)
    order = rule_in_force("severity", on)["measures"] if form == 0 else _index()
    return form, order.index(measure.name) if measure.name in order else -1


@lru_cache(maxsize=1)
def _index() -> list[str]:
    return list(code_table("measure").terms)


def heaviest(measures: Sequence[Measure], on: date) -> Measure:
    """The heaviest measure; of equal ones the first named."""
    return max(measures, key=lambda each: _weight(each, on))


def first_named(measures: Sequence[Measure], on: date) -> Measure:
    """The measure named first, whatever its weight."""
    return measures[0]


#: The ways in which several measures may come to one form, by the name used in the data.
WAYS: Mapping[str, Callable[[Sequence[Measure], date], Measure]] = {
    "heaviest_form": heaviest,
    "first_named": first_named,
}


def deciding_measure(measures: Sequence[Measure], on: date) -> Measure:
    """The measure that gives a handling its form, by the rule in force on the day."""
    return WAYS[rule_in_force("several", on)["rule"]](measures, on)


def measure_of_sanction(sanction: SanctionParticulars) -> str | None:
    """How a sanction is called in the index: 党内警告, 政务撤职, 开除党籍."""
    if sanction.kind is None:
        return None
    prefixed = _PREFIX[sanction.category] + sanction.kind
    return prefixed if prefixed in code_table("measure").terms else sanction.kind


def admonished_until(measures: Sequence[str], decided_on: date) -> date | None:
    """The first day on which an admonition (诫勉) has no more effect; None without one."""
    rule = rule_in_force("effect", decided_on)
    given = {index_name(each) for each in measures}
    return months_later(decided_on, rule["months"]) if rule["measure"] in given else None
