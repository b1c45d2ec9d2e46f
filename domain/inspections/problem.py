"""巡察问题: a problem fed back to an inspected unit, its rectification and what checks found."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, amended, fact, restate
from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind

#: The only verification (验收) after which a problem is signed off (销号).
COMPLETE = "整改到位"


@fact
class ProblemParticulars:
    """What the register says of a problem when it is fed back."""

    number: str
    round: Annotated[str, Ref(Kind.ROUND)]
    unit: Annotated[str, Ref(Kind.UNIT)]
    category: str | None
    summary: PersonalText | None
    fed_back_on: date
    rectify_due_on: date | None


@fact
class Problem(ProblemParticulars):
    """巡察问题 as registers tell of it."""

    rectified_on: date | None


@fact
class ProblemFile(Problem):
    """巡察问题 as it stands: its record and its course since.

    ``extended_due_on`` goes before ``rectify_due_on``; ``reopened_on`` is the last day it was sent
    back (退回) or found again (反弹), ``recurrences`` how many times it was found again.
    """

    focus: Annotated[str | None, Code("inspection_focus")]
    extended_due_on: date | None
    evidenced_on: date | None
    verified_on: date | None
    verification: Annotated[str | None, Code("rectification")]
    reopened_on: date | None
    recurrences: int | None


@fact
class ProblemFedBack(ProblemParticulars):
    """反馈巡察问题."""

    OCCURRED: ClassVar = "fed_back_on"


@fact
class ProblemRectified:
    """巡察问题整改完成."""

    OCCURRED: ClassVar = "rectified_on"

    number: str
    round: str
    unit: str
    rectified_on: date


@fact
class ProblemClassified:
    """巡察问题归类: which focus of inspection it falls under."""

    OCCURRED: ClassVar = "classified_on"

    number: str
    round: str
    unit: str
    classified_on: date
    focus: str


@fact
class ProblemRectificationExtended:
    """延长巡察问题整改期限."""

    OCCURRED: ClassVar = "approved_on"

    number: str
    round: str
    unit: str
    approved_on: date
    approver: str
    extended_due_on: date


@fact
class RectificationEvidenced:
    """提交整改佐证: what was done, and where the papers are that show it."""

    OCCURRED: ClassVar = "evidenced_on"

    number: str
    round: str
    unit: str
    evidenced_on: date
    measures: PersonalText
    evidence: PersonalText


@fact
class ProblemVerified:
    """验收巡察问题整改."""

    OCCURRED: ClassVar = "verified_on"

    number: str
    round: str
    unit: str
    verified_on: date
    verification: str
    verifier: str | None


@fact
class OpenAgain:
    """What no longer holds of a problem that is open again: these are empty from now on."""

    rectified_on: date | None
    evidenced_on: date | None
    verified_on: date | None
    verification: str | None


#: The values of these fields of a problem that is open again.
OPEN_AGAIN = dict.fromkeys(("rectified_on", "evidenced_on", "verified_on", "verification"))


@fact
class ProblemReturned(OpenAgain):
    """退回巡察问题重新整改, with a new deadline."""

    OCCURRED: ClassVar = "reopened_on"

    number: str
    round: str
    unit: str
    reopened_on: date
    extended_due_on: date
    reason: PersonalText | None


@fact
class ProblemRecurred(OpenAgain):
    """巡察问题反弹: a later round found it again; ``recurrences`` counts this time too.

    ``again`` is the number under which that round fed it back, where it did.
    """

    OCCURRED: ClassVar = "reopened_on"

    number: str
    round: str
    unit: str
    reopened_on: date
    lookback: Annotated[str, Ref(Kind.ROUND)]
    again: Annotated[str | None, Ref(Kind.PROBLEM)]
    extended_due_on: date | None
    recurrences: int
    circumstances: PersonalText | None


@fact
class ProblemCorrected:
    """巡察问题更正."""

    correction: str
    field: str
    basis: str | None
    before: Problem
    after: Problem


ProblemEvent = (
    ProblemFedBack
    | ProblemRectified
    | ProblemClassified
    | ProblemRectificationExtended
    | RectificationEvidenced
    | ProblemVerified
    | ProblemReturned
    | ProblemRecurred
    | ProblemCorrected
)
_UNTOLD = OPEN_AGAIN | dict.fromkeys(("focus", "extended_due_on", "reopened_on", "recurrences"))


def evolve(problem: ProblemFile | None, event: ProblemEvent) -> ProblemFile:
    """The problem after one more event."""
    if isinstance(event, ProblemFedBack):
        return restate(event, ProblemFile, **_UNTOLD)
    assert problem is not None, "a problem begins with its feedback"  # noqa: S101 -- fold order
    return amended(problem, event.after if isinstance(event, ProblemCorrected) else event)


def _stage(problem: ProblemFile) -> str:
    if problem.rectified_on is None:
        return "rectifying" if problem.reopened_on is None else "reopened"
    if problem.verification is not None:
        return "signed_off" if problem.verification == COMPLETE else "found_wanting"
    return "rectified" if problem.evidenced_on is None else "evidenced"


LIFECYCLE = Lifecycle(
    kind=Kind.PROBLEM,
    title="巡察问题",
    stages={
        "rectifying": "整改中",
        "rectified": "已整改",
        "evidenced": "待验收",
        "signed_off": "已销号",
        "found_wanting": "验收未通过",
        "reopened": "重新整改",
    },
    stage=_stage,
    opened_by=("feed_back_problem",),
    moves=(
        Move(
            "classify_problem",
            ("rectifying", "rectified", "evidenced", "signed_off", "found_wanting", "reopened"),
        ),
        Move("extend_problem_rectification", ("rectifying", "reopened")),
        Move("rectify_problem", ("rectifying", "reopened"), ("rectified",)),
        Move("submit_rectification_evidence", ("rectified", "evidenced"), ("evidenced",)),
        Move("verify_problem", ("evidenced",), ("signed_off", "found_wanting")),
        Move("return_problem", ("found_wanting",), ("reopened",)),
        Move("find_problem_again", ("rectified", "evidenced", "signed_off"), ("reopened",)),
    ),
)
