"""处分 beyond the record: its decision, execution, probation and revision, and the fold."""

from datetime import date
from typing import ClassVar

from domain.fields import PersonalText, amended, fact, field_index, restate
from domain.sanctions.sanction import Sanction, SanctionCorrected, SanctionFile, SanctionImposed


@fact
class SanctionDecided:
    """处分决定书: what the decision says beyond the record."""

    OCCURRED: ClassVar = "decided_on"

    number: str
    organ: str
    person: str
    category: str
    kind: str
    decided_on: date
    effective_on: date
    approver: str
    standing: str | None
    heard_on: date | None
    facts: PersonalText
    basis: str
    remedy: str
    posts_removed: PersonalText | None
    probation_months: int | None
    probation_until: date | None
    merged: int | None
    period_months: int | None
    violated_on: date | None
    earlier: tuple[str, ...]
    elected: bool
    removed_from_office_on: date | None


@fact
class SanctionAnnounced:
    """宣布处分决定, to the person and within the scope stated."""

    OCCURRED: ClassVar = "announced_on"

    number: str
    organ: str
    announced_on: date
    scope: str


@fact
class PostChangeExtended:
    """延长办理职务、工资变更."""

    OCCURRED: ClassVar = "extended_on"

    number: str
    organ: str
    extended_on: date
    post_change_due_on: date
    extended_by: str


@fact
class PostChanged:
    """办结职务、工资变更."""

    OCCURRED: ClassVar = "post_changed_on"

    number: str
    organ: str
    post_changed_on: date


@fact
class SanctionExecutionReported:
    """报告处分执行情况."""

    OCCURRED: ClassVar = "execution_reported_on"

    number: str
    organ: str
    execution_reported_on: date


@fact
class ProbationExtended:
    """延长留党察看期限."""

    OCCURRED: ClassVar = "probation_extended_on"

    number: str
    organ: str
    probation_extended_on: date
    probation_months: int
    probation_until: date
    extended_by: str


@fact
class RestorationApplied:
    """申请恢复党员权利."""

    OCCURRED: ClassVar = "restoration_applied_on"

    number: str
    organ: str
    restoration_applied_on: date


@fact
class RestorationResolved:
    """支部大会通过恢复党员权利的决议: ``entitled`` could vote, ``in_favour`` did so in favour."""

    OCCURRED: ClassVar = "branch_resolved_on"

    number: str
    organ: str
    branch_resolved_on: date
    entitled: int
    in_favour: int


@fact
class RightsRestored:
    """恢复党员权利, by the party committee that may decide it."""

    OCCURRED: ClassVar = "rights_restored_on"

    number: str
    organ: str
    rights_restored_on: date
    restored_by: str


@fact
class RestorationRevoked:
    """撤销恢复党员权利的决定; ``expulsion`` is the sanction that follows."""

    OCCURRED: ClassVar = "restoration_revoked_on"

    number: str
    organ: str
    restoration_revoked_on: date
    expulsion: str


@fact
class SanctionChanged:
    """变更处分: another kind in place of ``before``'s; ``appeal`` is the one that led to it."""

    OCCURRED: ClassVar = "changed_on"
    TELLS: ClassVar = ("kind",)

    number: str
    organ: str
    changed_on: date
    kind: str
    kind_before: str | None
    changed_by: str
    grounds: str
    appeal: str | None
    before: Sanction


@fact
class SanctionRevoked:
    """撤销处分: ``before`` no longer counts; ``appeal`` is the one that led to it."""

    OCCURRED: ClassVar = "revoked_on"

    number: str
    organ: str
    revoked_on: date
    revoked_by: str
    grounds: str
    appeal: str | None
    before: Sanction


@fact
class SanctionUpheld:
    """维持处分, after the ruling that it rested on was changed."""

    OCCURRED: ClassVar = "upheld_on"

    number: str
    organ: str
    upheld_on: date
    grounds: str


@fact
class RehandlingRequired:
    """原生效裁判、决定改变，应当重新处理."""

    OCCURRED: ClassVar = "rehandling_on"

    number: str
    organ: str
    rehandling_on: date
    ruling: str


@fact
class PersonReinstated:
    """恢复级别、待遇、名誉 after a revocation."""

    OCCURRED: ClassVar = "reinstated_on"

    number: str
    organ: str
    reinstated_on: date
    restored: str


@fact
class SanctionAppealed:
    """对处分提出申诉、复审或者复核; the sanction is carried out all the same."""

    OCCURRED: ClassVar = "appealed_on"

    number: str
    organ: str
    appealed_on: date
    under_appeal: str


@fact
class SanctionAppealEnded:
    """申诉、复审或者复核终结; ``appeal`` is the one that ended, ``under_appeal`` then none."""

    OCCURRED: ClassVar = "appeal_ended_on"

    number: str
    organ: str
    appeal_ended_on: date
    appeal: str
    under_appeal: str | None


SanctionEvent = (
    SanctionImposed
    | SanctionDecided
    | SanctionAnnounced
    | PostChangeExtended
    | PostChanged
    | SanctionExecutionReported
    | ProbationExtended
    | RestorationApplied
    | RestorationResolved
    | RightsRestored
    | RestorationRevoked
    | SanctionChanged
    | SanctionRevoked
    | SanctionUpheld
    | RehandlingRequired
    | PersonReinstated
    | SanctionAppealed
    | SanctionAppealEnded
    | SanctionCorrected
)

#: What is known of the course when only a register has told of the sanction: nothing.
_UNKNOWN = {
    name: () if name == "earlier" else None
    for name in field_index(SanctionFile).names
    if name not in field_index(Sanction).names
}


def evolve(sanction: SanctionFile | None, event: SanctionEvent) -> SanctionFile:
    """The sanction after one more event; each fact names its fields as the state does."""
    if isinstance(event, SanctionImposed):
        return restate(event, SanctionFile, **_UNKNOWN)
    assert sanction is not None, "a sanction begins with its imposition"  # noqa: S101 -- fold order
    if isinstance(event, SanctionCorrected):
        return amended(sanction, event.after)
    return amended(sanction, event)
