"""廉政意见: an opinion on a person's integrity, requested and given, on a stated cut-off."""

from datetime import date
from typing import Annotated, Any, ClassVar

from domain.fields import Code, Ref, amended, fact, field_index, restate
from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind


@fact
class OpinionParticulars:
    """What a request for an opinion says."""

    number: str
    person: Annotated[str, Ref(Kind.PERSON)]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    requester: str
    purpose: Annotated[str, Code("opinion_purpose")]
    requested_on: date
    answer_due_on: date | None


@fact
class Relied:
    """What an opinion rests on: what the ledger held of the person up to its cut-off.

    The cut-off is a day of registration (``as_of``) or a position of the ledger.
    """

    as_of: date | None
    at_position: int | None
    leads: Annotated[tuple[str, ...], Ref(Kind.LEAD)]
    cases: Annotated[tuple[str, ...], Ref(Kind.CASE)]
    dispositions: Annotated[tuple[str, ...], Ref(Kind.DISPOSITION)]
    sanctions: Annotated[tuple[str, ...], Ref(Kind.SANCTION)]


@fact
class IntegrityOpinion(OpinionParticulars):
    """廉政意见 as it stands; the counts are those of what it rests on."""

    given_on: date | None
    conclusion: Annotated[str | None, Code("opinion_conclusion")]
    approved_by: str | None
    item: Annotated[str | None, Ref(Kind.ARCHIVE_ITEM)]
    as_of: date | None
    at_position: int | None
    leads_open: int | None
    cases_open: int | None
    sanctions_in_effect: int | None


@fact
class IntegrityOpinionRequested(OpinionParticulars):
    """征求廉政意见."""

    OCCURRED: ClassVar = "requested_on"


@fact
class IntegrityOpinionGiven(Relied):
    """廉政意见回复; the counts are of what it rests on, as it stood when the opinion was given."""

    OCCURRED: ClassVar = "given_on"

    number: str
    person: str
    organ: str
    given_on: date
    conclusion: str
    approved_by: str
    item: str
    leads_open: int
    cases_open: int
    sanctions_in_effect: int


_NOTHING_YET: dict[str, Any] = dict.fromkeys(
    set(field_index(IntegrityOpinion).names) - set(field_index(OpinionParticulars).names)
)


def evolve(
    opinion: IntegrityOpinion | None, event: IntegrityOpinionRequested | IntegrityOpinionGiven
) -> IntegrityOpinion:
    """The opinion after one more event."""
    if isinstance(event, IntegrityOpinionRequested):
        return restate(event, IntegrityOpinion, **_NOTHING_YET)
    assert opinion is not None, "an opinion begins with its request"  # noqa: S101 -- fold order
    return amended(opinion, event)


def stage(opinion: IntegrityOpinion) -> str:
    """Where the opinion stands."""
    return "requested" if opinion.given_on is None else "given"


OPINION = Lifecycle(
    kind=Kind.INTEGRITY_OPINION,
    title="廉政意见",
    stages={"requested": "待回复", "given": "已回复"},
    stage=stage,
    opened_by=("request_integrity_opinion",),
    moves=(Move("give_integrity_opinion", ("requested",), ("given",)),),
)
