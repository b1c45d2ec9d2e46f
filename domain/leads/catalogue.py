"""问题线索: concepts, stored names and acts."""

from typing import Any

from domain.concept import Act, Concept, Related, annotated, nothing
from domain.leads import decisions, lead
from domain.streams import Kind


def of_lead(record: Any) -> Related:
    """A lead also names the petition or round it came from."""
    source = lead.source_stream(record.source, record.source_number)
    return {**annotated(record), "source_number": source}


CONCEPTS = (
    Concept(
        kind=Kind.LEAD,
        plural="leads",
        state=lead.Lead,
        evolve=lead.evolve,
        begins=(lead.LeadRegistered,),
        facts={
            "lead.registered.v1": lead.LeadRegistered,
            "lead.handled.v1": lead.LeadHandled,
            "lead.handling_concluded.v1": lead.HandlingConcluded,
            "lead.corrected.v1": lead.LeadCorrected,
        },
        check=decisions.check_lead,
        corrected=lead.LeadCorrected,
        related=of_lead,
    ),
)

ACTS = (
    Act(decisions.RegisterLead, decisions.register_lead, Kind.LEAD, of_lead),
    Act(decisions.HandleLead, decisions.handle_lead, Kind.LEAD, nothing, key="lead"),
    Act(decisions.ConcludeHandling, decisions.conclude_handling, Kind.LEAD, nothing, key="lead"),
)
