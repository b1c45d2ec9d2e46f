"""问题线索: a lead, the persons it names, and how it was handled (线索处置)."""

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar, TypeVar

from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.streams import Kind, stream_name

#: Sources whose 来源编号 is the number of another stream of this ledger.
SOURCE_STREAMS = {"信访举报": Kind.PETITION, "巡察移交": Kind.ROUND}


@fact
class LeadParticulars:
    """What the register says of a lead when it is received."""

    number: str
    source: Annotated[str, Code("lead_source")]
    source_number: str | None
    received_on: date
    organ: Annotated[str, Ref(Kind.ORGAN)]
    department: str | None
    persons: Annotated[tuple[str, ...], Ref(Kind.PERSON)]
    category: str | None
    summary: PersonalText | None


@fact
class Handling:
    """线索处置: one handling of a lead and what came of it."""

    decided_on: date
    method: Annotated[str, Code("handling_method")]
    approver: str | None
    concluded_on: date | None
    outcome: str | None


@fact
class Lead(LeadParticulars):
    """问题线索 as it stands."""

    handlings: tuple[Handling, ...]


@fact
class LeadRegistered(LeadParticulars):
    """线索登记."""

    OCCURRED: ClassVar = "received_on"


@fact
class LeadHandled:
    """线索处置: the lead's organ decided how to handle it."""

    OCCURRED: ClassVar = "decided_on"
    TELLS: ClassVar = ("method", "approver")

    lead: str
    organ: str
    decided_on: date
    method: str
    approver: str | None


@fact
class HandlingConcluded:
    """处置办结, with its outcome; the day may be unknown."""

    OCCURRED: ClassVar = "concluded_on"
    TELLS: ClassVar = ("concluded_on", "outcome")

    lead: str
    organ: str
    decided_on: date
    method: str
    concluded_on: date | None
    outcome: str | None


@fact
class LeadCorrected:
    """线索或其处置更正; ``item`` is the day of the handling corrected, if it was one."""

    correction: str
    field: str
    item: date | None
    basis: str | None
    before: Lead
    after: Lead


LeadOf = TypeVar("LeadOf", bound=Lead)


def source_stream(source: str, number: str | None) -> str | None:
    """The stream that 来源编号 names, or None where it is another body's document number."""
    kind = SOURCE_STREAMS.get(source)
    return stream_name(kind, number) if kind and number else None


def handling_of(lead: Lead, decided_on: date) -> Handling | None:
    """The handling decided on that day."""
    return next((each for each in lead.handlings if each.decided_on == decided_on), None)


def with_handling(lead: LeadOf, decided_on: date, changed: Handling) -> LeadOf:
    """The lead with the handling of that day replaced."""
    handlings = tuple(changed if h.decided_on == decided_on else h for h in lead.handlings)
    return replace(lead, handlings=handlings)


def last_handling(lead: Lead) -> Handling | None:
    """The handling decided last, in whatever order they were registered."""
    return max(lead.handlings, key=lambda each: each.decided_on, default=None)


def handled(lead: LeadOf, event: LeadHandled) -> LeadOf:
    """The lead with one more handling."""
    handling = restate(event, Handling, concluded_on=None, outcome=None)
    return replace(lead, handlings=(*lead.handlings, handling))


def concluded(lead: LeadOf, event: HandlingConcluded) -> LeadOf:
    """The lead with a handling concluded."""
    handling = handling_of(lead, event.decided_on)
    if handling is None:
        return lead
    done = replace(handling, concluded_on=event.concluded_on, outcome=event.outcome)
    return with_handling(lead, event.decided_on, done)
