"""The catalogue of stored names: explicit, versioned, for ever.

A name once stored is never reused or dropped. A new shape of a fact gets the next version, and an
upcaster that turns the stored data of the old version into the new.
"""

from collections.abc import Callable, Mapping
from typing import Any

from domain.archives.item import ArchiveItemCorrected, ArchiveItemEntered
from domain.cases import case
from domain.checks.check import CheckConducted, CheckCorrected
from domain.corrections.correction import CorrectionRegistered
from domain.dispositions.disposition import DispositionCorrected, DispositionMade
from domain.inspections import problem, round, work_suggestion
from domain.leads import lead
from domain.log_keys.log_key import LogKeyChanged
from domain.organs.organ import OrganCorrected, OrganRegistered
from domain.persons.person import PersonCorrected, PersonRegistered
from domain.petitions.petition import PetitionCorrected, PetitionReceived
from domain.recommendations import recommendation
from domain.sanctions.sanction import SanctionCorrected, SanctionImposed
from domain.statements.statement import StatementPublished
from domain.units.unit import UnitCorrected, UnitRegistered
from domain.window.matter import MatterAccepted, MatterCorrected, MatterSettled

#: Stored data of an old version in, stored data and name of the next version out.
Upcaster = Callable[[dict[str, Any]], tuple[str, dict[str, Any]]]

STORED_NAMES: Mapping[str, type] = {
    "organ.registered.v1": OrganRegistered,
    "organ.corrected.v1": OrganCorrected,
    "unit.registered.v1": UnitRegistered,
    "unit.corrected.v1": UnitCorrected,
    "person.registered.v1": PersonRegistered,
    "person.corrected.v1": PersonCorrected,
    "archive_item.entered.v1": ArchiveItemEntered,
    "archive_item.corrected.v1": ArchiveItemCorrected,
    "petition.received.v1": PetitionReceived,
    "petition.corrected.v1": PetitionCorrected,
    "lead.registered.v1": lead.LeadRegistered,
    "lead.handled.v1": lead.LeadHandled,
    "lead.handling_concluded.v1": lead.HandlingConcluded,
    "lead.corrected.v1": lead.LeadCorrected,
    "case.filed.v1": case.CaseFiled,
    "case.sent_to_review.v1": case.CaseSentToReview,
    "case.closed.v1": case.CaseClosed,
    "case.transferred_to_procuratorate.v1": case.CaseTransferredToProcuratorate,
    "case.corrected.v1": case.CaseCorrected,
    "disposition.made.v1": DispositionMade,
    "disposition.corrected.v1": DispositionCorrected,
    "sanction.imposed.v1": SanctionImposed,
    "sanction.corrected.v1": SanctionCorrected,
    "recommendation.issued.v1": recommendation.RecommendationIssued,
    "recommendation.replied.v1": recommendation.RecommendationReplied,
    "recommendation.evaluated.v1": recommendation.RecommendationEvaluated,
    "recommendation.closed.v1": recommendation.RecommendationClosed,
    "recommendation.corrected.v1": recommendation.RecommendationCorrected,
    "round.opened.v1": round.RoundOpened,
    "round.ended.v1": round.RoundEnded,
    "round.corrected.v1": round.RoundCorrected,
    "problem.fed_back.v1": problem.ProblemFedBack,
    "problem.rectified.v1": problem.ProblemRectified,
    "problem.corrected.v1": problem.ProblemCorrected,
    "work_suggestion.issued.v1": work_suggestion.WorkSuggestionIssued,
    "work_suggestion.closed.v1": work_suggestion.WorkSuggestionClosed,
    "work_suggestion.corrected.v1": work_suggestion.WorkSuggestionCorrected,
    "check.conducted.v1": CheckConducted,
    "check.corrected.v1": CheckCorrected,
    "matter.accepted.v1": MatterAccepted,
    "matter.settled.v1": MatterSettled,
    "matter.corrected.v1": MatterCorrected,
    "correction.registered.v1": CorrectionRegistered,
    "statement.published.v1": StatementPublished,
    "log_key.changed.v1": LogKeyChanged,
}

UPCASTERS: Mapping[str, Upcaster] = {}


class Catalogue:
    """Stored names and types of facts, both ways, and the upcasters between versions.

    ValueError where two names store one type, or an upcaster's name is also a current one.
    """

    def __init__(
        self,
        names: Mapping[str, type] = STORED_NAMES,
        upcasters: Mapping[str, Upcaster] = UPCASTERS,
    ) -> None:
        self.types = dict(names)
        self.names = {cls: name for name, cls in names.items()}
        self.upcasters = dict(upcasters)
        if len(self.names) != len(self.types) or self.types.keys() & self.upcasters.keys():
            raise ValueError("a stored name and its type must match one to one")

    def current(self, name: str, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The data in its current shape, and that shape's name; KeyError for an unknown name."""
        while name in self.upcasters:
            name, data = self.upcasters[name](data)
        if name not in self.types:
            raise KeyError(name)
        return name, data
