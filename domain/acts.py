"""The catalogue of legal acts: each command, its decision, and the stream it is about."""

from collections.abc import Iterator, Mapping

from domain.archives import catalogue as archives
from domain.calendar import catalogue as calendar
from domain.cases import catalogue as cases
from domain.checks import catalogue as checks
from domain.concept import Act, Related
from domain.corrections.decisions import CorrectRecord, correct_record
from domain.dispositions import catalogue as dispositions
from domain.inspections import catalogue as inspections
from domain.leads import catalogue as leads
from domain.limits import catalogue as limits
from domain.organs import catalogue as organs
from domain.persons import catalogue as persons
from domain.petitions import catalogue as petitions
from domain.recommendations import catalogue as recommendations
from domain.sanctions import catalogue as sanctions
from domain.statements import catalogue as statements
from domain.streams import Kind, stream_name
from domain.units import catalogue as units
from domain.window import catalogue as window


def target_of(act: CorrectRecord) -> Related:
    """A correction names the record it corrects, if it names a kind there is."""
    known = act.kind in Kind.__members__.values()
    return {"target": stream_name(Kind(act.kind), act.target) if known else None}


def _all() -> Iterator[Act]:
    yield from organs.ACTS
    yield from units.ACTS
    yield from persons.ACTS
    yield from archives.ACTS
    yield from petitions.ACTS
    yield from leads.ACTS
    yield from cases.ACTS
    yield from dispositions.ACTS
    yield from sanctions.ACTS
    yield from recommendations.ACTS
    yield from inspections.ACTS
    yield from checks.ACTS
    yield from window.ACTS
    yield from statements.ACTS
    yield from calendar.ACTS
    yield from limits.ACTS
    yield Act(CorrectRecord, correct_record, Kind.CORRECTION, target_of)


ACTS: Mapping[type, Act] = {act.command: act for act in _all()}
BY_NAME: Mapping[str, Act] = {act.name: act for act in ACTS.values()}
