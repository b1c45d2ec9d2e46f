"""The concepts of the ledger: for each kind of stream its state, fold, check and correction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from domain.archives import decisions as archive_decisions
from domain.archives import item
from domain.cases import case
from domain.cases import decisions as case_decisions
from domain.checks import check
from domain.checks import decisions as check_decisions
from domain.corrections import correction
from domain.dispositions import decisions as disposition_decisions
from domain.dispositions import disposition
from domain.fields import field_index
from domain.inspections import decisions as inspection_decisions
from domain.inspections import problem, round, work_suggestion
from domain.leads import decisions as lead_decisions
from domain.leads import lead
from domain.log_keys import log_key
from domain.organs import decisions as organ_decisions
from domain.organs import organ
from domain.persons import decisions as person_decisions
from domain.persons import person
from domain.petitions import decisions as petition_decisions
from domain.petitions import petition
from domain.recommendations import decisions as recommendation_decisions
from domain.recommendations import recommendation
from domain.sanctions import decisions as sanction_decisions
from domain.sanctions import sanction
from domain.statements import statement
from domain.streams import Kind, stream_name
from domain.units import decisions as unit_decisions
from domain.units import unit
from domain.window import decisions as window_decisions
from domain.window import matter


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A number that may name a stream of several kinds: the first that exists is meant."""

    names: tuple[str, ...]


Related = dict[str, str | AnyOf | tuple[str, ...] | None]


def annotated(record: Any) -> Related:
    """The streams that a record's reference fields name."""
    related: Related = {}
    for field, kind in field_index(type(record)).references:
        value = getattr(record, field)
        if isinstance(value, tuple):
            related[field] = tuple(stream_name(kind, each) for each in value)
        else:
            related[field] = None if value is None else stream_name(kind, value)
    return related


def of_lead(record: Any) -> Related:
    """A lead also names the petition or round it came from."""
    source = lead.source_stream(record.source, record.source_number)
    return {**annotated(record), "source_number": source}


def of_recommendation(record: Any) -> Related:
    """A letter also names the case or lead it springs from."""
    number = record.related
    kinds = (Kind.CASE, Kind.LEAD)
    either = AnyOf(tuple(stream_name(k, number) for k in kinds)) if number else None
    return {**annotated(record), "related": either}


def stream_names(related: Related) -> Iterator[str]:
    """Every stream that is named, in no particular order."""
    for names in related.values():
        match names:
            case str():
                yield names
            case AnyOf():
                yield from names.names
            case tuple():
                yield from names


def resolve(related: Related, look: Callable[[str], Any]) -> dict[str, Any]:
    """The states of the streams that each field names; None where there is none."""
    found: dict[str, Any] = {}
    for field, names in related.items():
        match names:
            case None:
                found[field] = None
            case str():
                found[field] = look(names)
            case AnyOf():
                states = map(look, names.names)
                found[field] = next((state for state in states if state is not None), None)
            case _:
                found[field] = tuple(map(look, names))
    return found


@dataclass(frozen=True, slots=True)
class Concept:
    """What the ledger knows of one kind of stream."""

    kind: Kind
    state: type
    evolve: Callable[[Any, Any], Any]
    check: Callable[..., None] | None
    corrected: type | None
    related: Callable[[Any], Related] = annotated
    key: str = "number"


_ALL = (
    Concept(
        Kind.ORGAN,
        organ.Organ,
        organ.evolve,
        organ_decisions.check_organ,
        organ.OrganCorrected,
        key="code",
    ),
    Concept(
        Kind.UNIT,
        unit.Unit,
        unit.evolve,
        unit_decisions.check_unit,
        unit.UnitCorrected,
        key="code",
    ),
    Concept(
        Kind.PERSON,
        person.Person,
        person.evolve,
        person_decisions.check_person,
        person.PersonCorrected,
    ),
    Concept(
        Kind.ARCHIVE_ITEM,
        item.ArchiveItem,
        item.evolve,
        archive_decisions.check_item,
        item.ArchiveItemCorrected,
    ),
    Concept(
        Kind.PETITION,
        petition.Petition,
        petition.evolve,
        petition_decisions.check_petition,
        petition.PetitionCorrected,
    ),
    Concept(
        Kind.LEAD,
        lead.Lead,
        lead.evolve,
        lead_decisions.check_lead,
        lead.LeadCorrected,
        of_lead,
    ),
    Concept(
        Kind.CASE,
        case.Case,
        case.evolve,
        case_decisions.check_case,
        case.CaseCorrected,
    ),
    Concept(
        Kind.DISPOSITION,
        disposition.Disposition,
        disposition.evolve,
        disposition_decisions.check_disposition,
        disposition.DispositionCorrected,
    ),
    Concept(
        Kind.SANCTION,
        sanction.Sanction,
        sanction.evolve,
        sanction_decisions.check_sanction,
        sanction.SanctionCorrected,
    ),
    Concept(
        Kind.RECOMMENDATION,
        recommendation.Recommendation,
        recommendation.evolve,
        recommendation_decisions.check_recommendation,
        recommendation.RecommendationCorrected,
        of_recommendation,
    ),
    Concept(
        Kind.ROUND,
        round.Round,
        round.evolve,
        inspection_decisions.check_round,
        round.RoundCorrected,
    ),
    Concept(
        Kind.PROBLEM,
        problem.Problem,
        problem.evolve,
        inspection_decisions.check_problem,
        problem.ProblemCorrected,
    ),
    Concept(
        Kind.WORK_SUGGESTION,
        work_suggestion.WorkSuggestion,
        work_suggestion.evolve,
        inspection_decisions.check_work_suggestion,
        work_suggestion.WorkSuggestionCorrected,
    ),
    Concept(
        Kind.CHECK,
        check.Check,
        check.evolve,
        check_decisions.check_check,
        check.CheckCorrected,
    ),
    Concept(
        Kind.MATTER,
        matter.Matter,
        matter.evolve,
        window_decisions.check_matter,
        matter.MatterCorrected,
    ),
    Concept(Kind.CORRECTION, correction.Correction, correction.evolve, None, None),
    Concept(Kind.STATEMENT, statement.PublishedStatement, statement.evolve, None, None),
    Concept(Kind.LOG_KEY, log_key.LogKey, log_key.evolve, None, None),
)

CONCEPTS: dict[Kind, Concept] = {concept.kind: concept for concept in _ALL}
_BY_PREFIX = {concept.kind.value: concept for concept in _ALL}


def concept_of(stream: str) -> Concept:
    """The concept that a stream belongs to; KeyError for a kind never stored."""
    return _BY_PREFIX[stream.partition(":")[0]]
