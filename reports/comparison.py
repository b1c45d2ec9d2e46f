"""What changed between two cut-offs: the figures, and the facts that changed them."""

from dataclasses import dataclass

from sqlalchemy import Engine

from projections.cuts import Cut, Period
from projections.facts import CountedFact, facts
from projections.figures import figure
from projections.indicators import Definitions, Indicator, base_definitions
from projections.store import reading
from reports.statement import ask


@dataclass(frozen=True, slots=True)
class Change:
    """One figure at two cut-offs, and the facts that stand at only one of them."""

    code: str
    name: str
    unit: str
    left: int
    right: int
    removed: tuple[CountedFact, ...]
    added: tuple[CountedFact, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A period as known at two cut-offs; figures that rest on the same facts are left out."""

    period: Period
    left: Cut
    right: Cut
    organ: str | None
    changes: tuple[Change, ...]


def compare(
    engine: Engine,
    period: Period,
    left: Cut,
    right: Cut,
    organ: str | None = None,
    definitions: Definitions | None = None,
) -> Comparison:
    """Compare a period at two cut-offs, figure by figure and fact by fact."""
    definitions = definitions or base_definitions()
    changes = []
    with reading(engine) as connection:
        before = ask(connection, period, left, organ)
        after = ask(connection, period, right, organ)
        for indicator in definitions.indicators:
            was = {fact.key: fact for fact in facts(connection, indicator, before)}
            now = {fact.key: fact for fact in facts(connection, indicator, after)}
            if was.keys() == now.keys():
                continue
            values = figure(connection, indicator, before), figure(connection, indicator, after)
            changes.append(_change(indicator, values, was, now))
    return Comparison(period, left, right, organ, tuple(changes))


def _change(
    indicator: Indicator,
    values: tuple[int, int],
    was: dict[tuple[str, str, int], CountedFact],
    now: dict[tuple[str, str, int], CountedFact],
) -> Change:
    removed = tuple(fact for key, fact in was.items() if key not in now)
    added = tuple(fact for key, fact in now.items() if key not in was)
    left, right = values
    return Change(indicator.code, indicator.name, indicator.unit, left, right, removed, added)
