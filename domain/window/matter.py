"""“办不成事”反映窗口: a matter accepted from a citizen or enterprise, and what becomes of it."""

from datetime import date
from typing import Annotated, Any, ClassVar

from domain.fields import Code, PersonalText, Ref, amended, fact, field_index, restate
from domain.streams import Kind


@fact
class MatterParticulars:
    """What the register says of a matter when it is accepted."""

    number: str
    accepted_on: date
    applicant: Annotated[str | None, Code("applicant")]
    unit: Annotated[str | None, Ref(Kind.UNIT)]
    summary: PersonalText | None


@fact
class Matter(MatterParticulars):
    """窗口事项 as it stands."""

    settled_on: date | None
    outcome: str | None


@fact
class MatterAccepted(MatterParticulars):
    """受理窗口事项."""

    OCCURRED: ClassVar = "accepted_on"


@fact
class MatterSettled:
    """窗口事项办结; the day may be unknown."""

    OCCURRED: ClassVar = "settled_on"
    TELLS: ClassVar = ("settled_on", "outcome")

    number: str
    unit: str | None
    settled_on: date | None
    outcome: str | None


@fact
class MatterCorrected:
    """窗口事项更正."""

    correction: str
    field: str
    basis: str | None
    before: Matter
    after: Matter


@fact
class MatterCopied:
    """抄送纪检监察机关."""

    OCCURRED: ClassVar = "copied_on"

    number: str
    unit: str | None
    copied_on: date
    copied_to: str


@fact
class MatterAssigned:
    """交办承办单位; ``unit`` is the unit now, ``former`` the one before.

    ``accepted_on`` and ``applicant`` are what the journal counted the matter under.
    """

    OCCURRED: ClassVar = "assigned_on"

    number: str
    accepted_on: date
    applicant: str | None
    unit: str
    former: str | None
    assigned_on: date


@fact
class MatterPressed:
    """质询或督办, once the term has run out."""

    OCCURRED: ClassVar = "pressed_on"

    number: str
    unit: str | None
    pressed_on: date
    means: str
    pressed_by: str
    remarks: PersonalText | None
    pressings: int


@fact
class MatterRated:
    """申请人满意度评价."""

    OCCURRED: ClassVar = "rated_on"

    number: str
    unit: str | None
    rated_on: date
    satisfaction: str


@fact
class MatterReopened:
    """重新办理; ``was_settled_on`` is the settling it undoes, day and outcome are empty again."""

    OCCURRED: ClassVar = "reopened_on"

    number: str
    unit: str | None
    reopened_on: date
    reason: PersonalText
    reopenings: int
    was_settled_on: date | None
    settled_on: date | None
    outcome: str | None
    satisfaction: str | None
    pressings: int | None


@fact
class MatterEscalated:
    """转问责: the lead that accountability (问责) is pursued by."""

    OCCURRED: ClassVar = "escalated_on"

    number: str
    unit: str | None
    escalated_on: date
    accountability_lead: str


@fact
class MatterFile(Matter):
    """窗口事项 with its course; counts are None while nothing of the kind happened.

    ``pressings`` counts since it was accepted or last reopened.
    """

    copied_on: date | None
    copied_to: Annotated[str | None, Ref(Kind.ORGAN)]
    assigned_on: date | None
    pressings: int | None
    pressed_on: date | None
    satisfaction: Annotated[str | None, Code("satisfaction")]
    reopened_on: date | None
    reopenings: int | None
    escalated_on: date | None
    accountability_lead: Annotated[str | None, Ref(Kind.LEAD)]


MatterEvent = (
    MatterAccepted
    | MatterSettled
    | MatterCorrected
    | MatterCopied
    | MatterAssigned
    | MatterPressed
    | MatterRated
    | MatterReopened
    | MatterEscalated
)

_NOTHING_YET: dict[str, Any] = dict.fromkeys(
    set(field_index(MatterFile).names) - set(field_index(MatterParticulars).names)
)


def evolve(matter: MatterFile | None, event: MatterEvent) -> MatterFile:
    """The matter after one more event."""
    if isinstance(event, MatterAccepted):
        return restate(event, MatterFile, **_NOTHING_YET)
    assert matter is not None, "a matter begins with its acceptance"  # noqa: S101 -- fold order
    return amended(matter, event.after if isinstance(event, MatterCorrected) else event)
