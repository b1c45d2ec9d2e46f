"""监督发现问题: a problem that a check or a campaign found, followed to its sign-off (销号)."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, amended, fact, restate
from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind

#: The only verification (验收) after which a problem may be signed off.
COMPLETE = "整改到位"


@fact
class CheckProblemParticulars:
    """What is settled when a problem is entered: who is to put it right, and by when."""

    number: str
    check: Annotated[str | None, Ref(Kind.CHECK)]
    campaign: Annotated[str | None, Ref(Kind.CAMPAIGN)]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    unit: Annotated[str, Ref(Kind.UNIT)]
    found_on: date
    category: str | None
    summary: PersonalText | None
    responsible: PersonalText | None
    due_on: date | None


@fact
class CheckProblem(CheckProblemParticulars):
    """监督发现问题 as it stands.

    ``extended_due_on`` goes before ``due_on``; ``lead`` is the lead that came of it, if one did.
    """

    urged_on: date | None
    urgings: int | None
    extended_due_on: date | None
    rectified_on: date | None
    verified_on: date | None
    verification: Annotated[str | None, Code("rectification")]
    signed_off_on: date | None
    lead: Annotated[str | None, Ref(Kind.LEAD)]


@fact
class OfUnit:
    """Which problem a fact is about, with who found it and who is to put it right."""

    number: str
    organ: str
    unit: str


@fact
class CheckProblemRecorded(CheckProblemParticulars):
    """登记监督发现问题."""

    OCCURRED: ClassVar = "found_on"


@fact
class CheckProblemIncluded(OfUnit):
    """监督发现问题纳入专项整治."""

    OCCURRED: ClassVar = "included_on"

    campaign: Annotated[str, Ref(Kind.CAMPAIGN)]
    included_on: date


@fact
class CheckProblemUrged(OfUnit):
    """督促推查; ``urgings`` counts this time too."""

    OCCURRED: ClassVar = "urged_on"

    urged_on: date
    urgings: int
    demands: PersonalText | None


@fact
class CheckProblemExtended(OfUnit):
    """延长监督发现问题整改期限."""

    OCCURRED: ClassVar = "approved_on"

    approved_on: date
    approver: str
    extended_due_on: date


@fact
class CheckProblemRectified(OfUnit):
    """监督发现问题整改完成, with what was done and what shows it."""

    OCCURRED: ClassVar = "rectified_on"

    rectified_on: date
    measures: PersonalText
    evidence: PersonalText


@fact
class CheckProblemVerified(OfUnit):
    """验收监督发现问题整改; what is not complete is to be rectified again, by a new day."""

    OCCURRED: ClassVar = "verified_on"

    verified_on: date
    verification: str
    verifier: str | None
    rectified_on: date | None
    extended_due_on: date | None


@fact
class CheckProblemSignedOff(OfUnit):
    """监督发现问题销号."""

    OCCURRED: ClassVar = "signed_off_on"

    signed_off_on: date
    approver: str


@fact
class CheckProblemReferred(OfUnit):
    """监督发现问题转问题线索."""

    OCCURRED: ClassVar = "referred_on"

    referred_on: date
    lead: Annotated[str, Ref(Kind.LEAD)]


CheckProblemEvent = (
    CheckProblemRecorded
    | CheckProblemIncluded
    | CheckProblemUrged
    | CheckProblemExtended
    | CheckProblemRectified
    | CheckProblemVerified
    | CheckProblemSignedOff
    | CheckProblemReferred
)
_UNTOLD = dict.fromkeys(
    (
        "urged_on",
        "urgings",
        "extended_due_on",
        "rectified_on",
        "verified_on",
        "verification",
        "signed_off_on",
        "lead",
    )
)


def evolve(problem: CheckProblem | None, event: CheckProblemEvent) -> CheckProblem:
    """The problem after one more event."""
    if isinstance(event, CheckProblemRecorded):
        return restate(event, CheckProblem, **_UNTOLD)
    assert problem is not None, "a problem begins with its entry"  # noqa: S101 -- fold order
    return amended(problem, event)


def _stage(problem: CheckProblem) -> str:
    if problem.signed_off_on is not None:
        return "signed_off"
    if problem.rectified_on is None:
        return "rectifying"
    return "verified" if problem.verification == COMPLETE else "rectified"


_OPEN = ("rectifying", "rectified", "verified")

LIFECYCLE = Lifecycle(
    kind=Kind.CHECK_PROBLEM,
    title="监督发现问题",
    stages={
        "rectifying": "整改中",
        "rectified": "待验收",
        "verified": "待销号",
        "signed_off": "已销号",
    },
    stage=_stage,
    opened_by=("record_check_problem",),
    moves=(
        Move("include_in_campaign", _OPEN),
        Move("urge_check_problem", ("rectifying",)),
        Move("extend_check_problem", ("rectifying",)),
        Move("rectify_check_problem", ("rectifying",), ("rectified",)),
        Move("verify_check_problem", ("rectified",), ("verified", "rectifying")),
        Move("sign_off_check_problem", ("verified",), ("signed_off",)),
        Move("refer_check_problem", (*_OPEN, "signed_off")),
    ),
)
