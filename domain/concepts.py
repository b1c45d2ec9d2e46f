"""The concepts of the ledger: for each kind of stream its state, fold, check and stored facts."""

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from domain.appeals import catalogue as appeals
from domain.archives import catalogue as archives
from domain.calendar import catalogue as calendar
from domain.campaigns import catalogue as campaigns
from domain.cases import catalogue as cases
from domain.checks import catalogue as checks
from domain.concept import Concept
from domain.corrections import catalogue as corrections
from domain.dispositions import catalogue as dispositions
from domain.ecology import catalogue as ecology
from domain.grants import catalogue as grants
from domain.inspections import catalogue as inspections
from domain.joint_work import catalogue as joint_work
from domain.leads import catalogue as leads
from domain.limits import catalogue as limits
from domain.log_keys import catalogue as log_keys
from domain.measures import catalogue as measures
from domain.organs import catalogue as organs
from domain.persons import catalogue as persons
from domain.petitions import catalogue as petitions
from domain.recommendations import catalogue as recommendations
from domain.sanctions import catalogue as sanctions
from domain.statements import catalogue as statements
from domain.streams import Kind
from domain.units import catalogue as units
from domain.window import catalogue as window

#: The catalogue of each package of the domain.
CATALOGUES: tuple[ModuleType, ...] = (
    organs,
    units,
    persons,
    archives,
    petitions,
    leads,
    cases,
    dispositions,
    sanctions,
    recommendations,
    inspections,
    checks,
    window,
    corrections,
    statements,
    calendar,
    limits,
    appeals,
    campaigns,
    measures,
    joint_work,
    log_keys,
    ecology,
    grants,
)


def collected(name: str) -> Iterator[Any]:
    """What every catalogue has under a name, in the order of the catalogues."""
    for catalogue in CATALOGUES:
        yield from getattr(catalogue, name, ())


CONCEPTS: Mapping[Kind, Concept] = {concept.kind: concept for concept in collected("CONCEPTS")}
_BY_PREFIX = {concept.kind.value: concept for concept in CONCEPTS.values()}

#: Every stored name with its type: explicit, versioned, for ever.
STORED_NAMES: Mapping[str, type] = {
    name: cls for concept in CONCEPTS.values() for name, cls in concept.facts.items()
}


def concept_of(stream: str) -> Concept:
    """The concept that a stream belongs to; KeyError for a kind never stored."""
    return _BY_PREFIX[stream.partition(":")[0]]
