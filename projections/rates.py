"""Rates: of what fell due within a period, how much was done or done in time, as of any day.

Read off the terms, so that a rate leads back to each matter it counts, and what was due is known
as of any date. Their definitions are data of their own: the base figures do not change with them.
"""

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection

from domain.terms import TERMS
from projections.cuts import Period
from projections.deadlines import Asked, Deadline, Standing, deadlines

_SOURCE = Path(__file__).with_name("definitions") / "rates.toml"
_COUNTED = {
    "done": (Standing.DONE, Standing.DONE_LATE),
    "in_time": (Standing.DONE,),
}
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class RateDefinition:
    """One rate: its code, name, the unit of what it counts, the term and what counts as done."""

    code: str
    name: str
    unit: str
    rule: str
    counts: str
    definition: str


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate with what it counts: the terms that fell due, and those of them that count."""

    definition: RateDefinition
    due: tuple[Deadline, ...]
    counted: tuple[Deadline, ...]

    @property
    def share(self) -> Decimal | None:
        """In per cent with one decimal, halves up; None where nothing fell due."""
        if not self.due:
            return None
        exact = Decimal(100 * len(self.counted)) / len(self.due)
        return exact.quantize(_TENTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class RateDefinitions:
    """One version of the definitions, and the SHA-256 of the text they were read from."""

    version: str
    sha256: str
    rates: tuple[RateDefinition, ...]


def read_rates(text: str) -> RateDefinitions:
    """Read definitions from TOML; ValueError where they name what there is not."""
    data = tomllib.loads(text)
    rates = tuple(RateDefinition(**each) for each in data["rate"])
    if len({rate.code for rate in rates}) != len(rates):
        raise ValueError("a code is defined twice")
    rules = {term.rule for term in TERMS}
    for rate in rates:
        if rate.counts not in _COUNTED or rate.rule not in rules:
            raise ValueError(f"{rate.code}: no such term, or no such way to count")
    return RateDefinitions(data["version"], sha256(text.encode()).hexdigest(), rates)


@lru_cache(maxsize=1)
def rate_definitions() -> RateDefinitions:
    """The definitions in force."""
    return read_rates(_SOURCE.read_text(encoding="utf-8"))


def rates(
    connection: Connection, period: Period, on: date, organs: Collection[str] | None = None
) -> Iterator[Rate]:
    """Every rate of a period, as known and as it stood on a day, in the order of definition.

    ``organs`` are the codes of those asked for (None: all); what is of no organ counts for each.
    """
    definitions = rate_definitions().rates
    rules = tuple({rate.rule for rate in definitions})
    last = min(period.last, on)
    due: dict[str, list[Deadline]] = defaultdict(list)
    for each in deadlines(connection, Asked(on, done=True, rules=rules)):
        asked = organs is None or each.organ is None or each.organ in organs
        if asked and each.due_on is not None and period.first <= each.due_on <= last:
            due[each.rule].append(each)
    for rate in definitions:
        fell_due = tuple(due[rate.rule])
        counted = tuple(e for e in fell_due if e.standing in _COUNTED[rate.counts])
        yield Rate(rate, fell_due, counted)
