"""The statement: every figure for a period, with shares, checks and provenance."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version

from sqlalchemy import Connection, Engine

from ledger.application import Clock, utc_now
from projections.cuts import Cut, Period
from projections.figures import Question, bearing_positions, figure, scope_of
from projections.identities import Check, check_identities
from projections.indicators import Definitions, Indicator, base_definitions
from projections.shares import shares
from projections.store import reading


class UnknownOrganError(LookupError):
    """No organ on the ledger has that code, as known at the cut-off."""


RootAt = Callable[[int], bytes | None]


def no_root(_: int) -> None:
    """No transparency log."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its value in its unit, and its share of a total in per cent where it has one."""

    code: str
    name: str
    unit: str
    value: int
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the statement rests on.

    ``position`` is the last position taken into account; ``root`` the root of the transparency
    log up to it, in base64, None where there is no such log; ``produced_at`` an instant in UTC.
    """

    position: int
    root: str | None
    definition_sha256: str
    code_version: str
    produced_at: datetime


@dataclass(frozen=True, slots=True)
class Statement:
    """The figures of a period as known at a cut-off."""

    period: Period
    cut: Cut
    organ: str | None
    figures: tuple[Figure, ...]
    checks: tuple[Check, ...]
    provenance: Provenance
    #: By code: positions of the events that bear on the figure; empty unless asked for.
    contributing: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def code_version() -> str:
    """Version of the installed package, or that of a plain checkout."""
    try:
        return version("supervision-ledger")
    except PackageNotFoundError:
        return "0.1.0+source"


def ask(connection: Connection, period: Period, cut: Cut, organ: str | None) -> Question:
    """The question behind a statement; UnknownOrganError for an organ not on the ledger."""
    if organ is None:
        return Question(period, cut)
    scope = scope_of(connection, organ, cut)
    if not scope.organs:
        raise UnknownOrganError(organ)
    return Question(period, cut, scope)


def followed_to(connection: Connection, cut: Cut) -> int:
    """The last position that the journal, cut there, takes into account."""
    row = connection.exec_driver_sql("SELECT position FROM followers WHERE name = 'postings'")
    head = int(row.scalar_one())
    return head if cut.at_position is None else min(cut.at_position, head)


def make_statement(
    engine: Engine,
    period: Period,
    cut: Cut | None = None,
    organ: str | None = None,
    definitions: Definitions | None = None,
    *,
    root_at: RootAt = no_root,
    clock: Clock = utc_now,
    contributing: bool = False,
) -> Statement:
    """Compute a statement in one consistent view of the journal.

    ``root_at`` tells the transparency log's root (32 bytes) up to a position; ``contributing``
    asks for the positions behind each figure too.
    """
    cut = cut or Cut()
    definitions = definitions or base_definitions()
    with reading(engine) as connection:
        question = ask(connection, period, cut, organ)
        values = {i.code: figure(connection, i, question) for i in definitions.indicators}
        behind = {
            i.code: bearing_positions(connection, i, question)
            for i in (definitions.indicators if contributing else ())
        }
        checks = check_identities(connection, definitions, question, values)
        position = followed_to(connection, cut)
    root = root_at(position)
    provenance = Provenance(
        position=position,
        root=b64encode(root).decode() if root is not None else None,
        definition_sha256=definitions.sha256,
        code_version=code_version(),
        produced_at=clock(),
    )
    figures = _figures(definitions.indicators, values)
    return Statement(period, cut, organ, figures, tuple(checks), provenance, behind)


def _figures(indicators: tuple[Indicator, ...], values: dict[str, int]) -> tuple[Figure, ...]:
    share: dict[str, Decimal] = {}
    for total in {i.share_of for i in indicators if i.share_of is not None}:
        parts = [i.code for i in indicators if i.share_of == total]
        found = shares([values[code] for code in parts])
        if found is not None:
            share |= dict(zip(parts, found, strict=True))
    return tuple(
        Figure(i.code, i.name, i.unit, values[i.code], share.get(i.code)) for i in indicators
    )
