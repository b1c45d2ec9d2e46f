"""申诉复审复核: a person's appeal against a sanction, from its acceptance to its decision."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, Ref, amended, fact, restate
from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind

PARTY_APPEAL, REEXAMINATION, REVIEW = "党纪申诉", "复审", "复核"
UPHELD, CHANGED, REVOKED = "维持", "变更", "撤销"


@fact
class AppealParticulars:
    """Who appeals against which sanction, and since when.

    ``received_on`` is when the person received the decision appealed against; ``earlier`` the 复审
    that a 复核 follows; ``late_reason`` why an application after its time limit is accepted.
    """

    number: str
    kind: Annotated[str, Code("appeal_kind")]
    sanction: Annotated[str, Ref(Kind.SANCTION)]
    person: Annotated[str, Ref(Kind.PERSON)]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    earlier: Annotated[str | None, Ref(Kind.APPEAL)]
    received_on: date
    applied_on: date
    accepted_on: date
    late_reason: str | None


@fact
class Appeal(AppealParticulars):
    """申诉复审复核 as it stands."""

    handlers: tuple[str, ...]
    decided_on: date | None
    outcome: Annotated[str | None, Code("appeal_outcome")]
    withdrawn_on: date | None


@fact
class AppealAccepted(AppealParticulars):
    """受理申诉、复审、复核."""

    OCCURRED: ClassVar = "accepted_on"


@fact
class AppealAssigned:
    """确定申诉承办人; ``handlers`` are named by their numbers, not by their names."""

    OCCURRED: ClassVar = "assigned_on"

    number: str
    organ: str
    assigned_on: date
    handlers: tuple[str, ...]
    original_handlers: tuple[str, ...]


@fact
class AppealDecided:
    """作出申诉、复审、复核决定."""

    OCCURRED: ClassVar = "decided_on"

    number: str
    organ: str
    sanction: str
    decided_on: date
    outcome: str
    decided_by: str
    grounds: str


@fact
class AppealWithdrawn:
    """撤回申诉、复审、复核申请."""

    OCCURRED: ClassVar = "withdrawn_on"

    number: str
    organ: str
    withdrawn_on: date


AppealEvent = AppealAccepted | AppealAssigned | AppealDecided | AppealWithdrawn


def evolve(appeal: Appeal | None, event: AppealEvent) -> Appeal:
    """The appeal after one more event; each fact names its fields as the state does."""
    if isinstance(event, AppealAccepted):
        return restate(event, Appeal, handlers=(), decided_on=None, outcome=None, withdrawn_on=None)
    assert appeal is not None, "an appeal begins with its acceptance"  # noqa: S101 -- fold order
    return amended(appeal, event)


def stage(appeal: Appeal) -> str:
    """How far the appeal has come."""
    if appeal.withdrawn_on is not None:
        return "withdrawn"
    if appeal.decided_on is not None:
        return "decided"
    return "assigned" if appeal.handlers else "accepted"


LIFECYCLE = Lifecycle(
    kind=Kind.APPEAL,
    title="申诉复审复核",
    stages={
        "accepted": "已受理",
        "assigned": "承办中",
        "decided": "已决定",
        "withdrawn": "已撤回",
    },
    stage=stage,
    opened_by=("accept_appeal",),
    moves=(
        Move("assign_appeal", ("accepted", "assigned"), ("assigned",)),
        Move("decide_appeal", ("assigned",), ("decided",)),
        Move("withdraw_appeal", ("accepted", "assigned"), ("withdrawn",)),
    ),
)
