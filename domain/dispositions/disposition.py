"""四种形态: one completed handling of one person, counted in exactly one form (人次)."""

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, Ref, amended, fact, restate
from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind


@fact
class DispositionParticulars:
    """What the register says of a disposition."""

    number: str
    lead: Annotated[str | None, Ref(Kind.LEAD)]
    case: Annotated[str | None, Ref(Kind.CASE)]
    person: Annotated[str, Ref(Kind.PERSON)]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    form: Annotated[str, Code("form")]
    measure: str | None
    decided_on: date
    rank: Annotated[str | None, Code("rank")]


@fact
class Disposition(DispositionParticulars):
    """四种形态处置 as it stands."""


@fact
class DispositionFile(Disposition):
    """四种形态处置 with its course: every measure given, and what became of it."""

    measures: tuple[str, ...]
    applied_by: Annotated[str | None, Code("applying_body")]
    approver: str | None
    replaced_on: date | None
    replaced_by: str | None
    withdrawn_on: date | None


@fact
class DispositionMade(DispositionParticulars):
    """作出四种形态处置."""

    OCCURRED: ClassVar = "decided_on"


@fact
class DispositionConcluded:
    """四种形态处置的全部措施: what a handling came to for one person."""

    OCCURRED: ClassVar = "decided_on"
    TELLS: ClassVar = ("measures", "applied_by", "approver")

    number: str
    organ: str
    decided_on: date
    measures: tuple[str, ...]
    applied_by: str
    approver: str | None


@fact
class DispositionReplaced:
    """被替代: the same handling of the same person has since come to another result.

    ``before`` is the record that no longer counts.
    """

    OCCURRED: ClassVar = "replaced_on"

    number: str
    organ: str
    replaced_on: date
    replaced_by: str
    basis: str
    before: Disposition


@fact
class DispositionWithdrawn:
    """撤销四种形态处置; ``before`` is the record that no longer counts."""

    OCCURRED: ClassVar = "withdrawn_on"

    number: str
    organ: str
    withdrawn_on: date
    basis: str
    before: Disposition


@fact
class DispositionCorrected:
    """四种形态处置更正."""

    correction: str
    field: str
    basis: str | None
    before: Disposition
    after: Disposition


DispositionEvent = (
    DispositionMade
    | DispositionConcluded
    | DispositionReplaced
    | DispositionWithdrawn
    | DispositionCorrected
)


def evolve(disposition: DispositionFile | None, event: DispositionEvent) -> DispositionFile:
    """The disposition after one more event."""
    if isinstance(event, DispositionMade):
        return restate(
            event,
            DispositionFile,
            measures=(),
            applied_by=None,
            approver=None,
            replaced_on=None,
            replaced_by=None,
            withdrawn_on=None,
        )
    assert disposition is not None, "a disposition begins with its making"  # noqa: S101 -- fold order
    match event:
        case DispositionConcluded():
            return replace(
                disposition,
                measures=event.measures,
                applied_by=event.applied_by,
                approver=event.approver,
            )
        case DispositionReplaced():
            return replace(
                disposition, replaced_on=event.replaced_on, replaced_by=event.replaced_by
            )
        case DispositionWithdrawn():
            return replace(disposition, withdrawn_on=event.withdrawn_on)
        case DispositionCorrected():
            return amended(disposition, event.after)


def stage(disposition: DispositionFile) -> str:
    """Whether it counts, and if not, why."""
    if disposition.withdrawn_on is not None:
        return "withdrawn"
    return "replaced" if disposition.replaced_on is not None else "standing"


def settled(disposition: DispositionFile) -> str | None:
    """Why the record is no longer corrected: its figures are already reversed."""
    reasons = {"withdrawn": "该处置已撤销，不再更正", "replaced": "该处置已被替代，不再更正"}
    return reasons.get(stage(disposition))


LIFECYCLE = Lifecycle(
    kind=Kind.DISPOSITION,
    title="四种形态处置",
    stages={"standing": "有效", "replaced": "已被替代", "withdrawn": "已撤销"},
    stage=stage,
    opened_by=("make_disposition", "conclude_disposition"),
    moves=(
        Move("replace_disposition", ("standing",), ("replaced",)),
        Move("withdraw_disposition", ("standing",), ("withdrawn",)),
    ),
)
