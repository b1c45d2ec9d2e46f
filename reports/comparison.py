"""What changed between two cut-offs: the figures, and the facts that changed them."""

from dataclasses import dataclass, replace

from sqlalchemy import Engine

from projections.cuts import Cut, Period
from projections.facts import CountedFact, bearing, facts
from projections.figures import figure
from projections.indicators import Definitions, base_definitions
from projections.store import reading
from reports.statement import ask


@dataclass(frozen=True, slots=True)
class Change:
    """One figure at two cut-offs, and the facts that stand at only one of them.

    The positions of a removed fact include those of what removed it; where that happened in a
    stream it hangs on (a lead's source corrected, say), see that stream's own history.
    """

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
            gone = [fact for key, fact in was.items() if key not in now]
            why = bearing(connection, indicator, after) if gone else {}
            removed = tuple(_with_reasons(fact, why) for fact in gone)
            added = tuple(fact for key, fact in now.items() if key not in was)
            about = (indicator.code, indicator.name, indicator.unit)
            changes.append(Change(*about, *values, removed, added))
    return Comparison(period, left, right, organ, tuple(changes))


def _with_reasons(fact: CountedFact, why: dict[tuple[str, str], tuple[int, ...]]) -> CountedFact:
    """The fact with the positions of what has put an end to it."""
    return replace(fact, positions=why.get(fact.key[:2], fact.positions))
