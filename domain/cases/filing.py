"""立案呈批: a request to file a case, and what the principal decides on it."""

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind


@fact
class CaseFilingParticulars:
    """What a request to file a case says."""

    number: str
    lead: Annotated[str | None, Ref(Kind.LEAD)]
    person: Annotated[str, Ref(Kind.PERSON)]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    requested_on: date
    rank: Annotated[str | None, Code("rank")]
    department: str | None
    grounds: PersonalText | None


@fact
class CaseFiling(CaseFilingParticulars):
    """立案呈批 as it stands; ``case`` is the number of the case filed on it."""

    case: str | None
    approved_on: date | None
    refused_on: date | None


@fact
class CaseFilingRequested(CaseFilingParticulars):
    """呈请立案."""

    OCCURRED: ClassVar = "requested_on"


@fact
class CaseFilingApproved:
    """批准立案."""

    OCCURRED: ClassVar = "approved_on"

    number: str
    organ: str
    case: str
    approved_on: date
    approver: Annotated[str, Code("approval")]


@fact
class CaseFilingRefused:
    """不予批准立案."""

    OCCURRED: ClassVar = "refused_on"

    number: str
    organ: str
    refused_on: date
    approver: Annotated[str, Code("approval")]
    reason: PersonalText | None


def evolve_filing(
    filing: CaseFiling | None,
    event: CaseFilingRequested | CaseFilingApproved | CaseFilingRefused,
) -> CaseFiling:
    """The request after one more event."""
    if isinstance(event, CaseFilingRequested):
        return restate(event, CaseFiling, case=None, approved_on=None, refused_on=None)
    assert filing is not None, "a filing begins with its request"  # noqa: S101 -- fold order
    if isinstance(event, CaseFilingApproved):
        return replace(filing, case=event.case, approved_on=event.approved_on)
    return replace(filing, refused_on=event.refused_on)


def stage_of_filing(filing: CaseFiling) -> str:
    """Whether the request is decided, and how."""
    if filing.approved_on is not None:
        return "approved"
    return "requested" if filing.refused_on is None else "refused"


FILING_LIFECYCLE = Lifecycle(
    kind=Kind.CASE_FILING,
    title="立案呈批",
    stages={"requested": "待批", "approved": "已批准立案", "refused": "不予批准"},
    stage=stage_of_filing,
    opened_by=("request_case_filing",),
    moves=(
        Move("approve_case_filing", ("requested",), ("approved",)),
        Move("refuse_case_filing", ("requested",), ("refused",)),
    ),
)
