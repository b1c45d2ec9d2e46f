"""处分: a party sanction (党纪处分) or an administrative one (政务处分) of one person."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, fact
from domain.streams import Kind

#: The code table of 处分种类 for each 处分类别.
KINDS = {"党纪处分": "party_sanction", "政务处分": "administrative_sanction"}


@fact
class SanctionParticulars:
    """What the register says of a sanction."""

    number: str
    case: Annotated[str | None, Ref(Kind.CASE)]
    person: Annotated[str, Ref(Kind.PERSON)]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    category: Annotated[str, Code("sanction_category")]
    kind: str | None
    decided_on: date
    rank: Annotated[str | None, Code("rank")]


@fact
class Sanction(SanctionParticulars):
    """处分 as it stands."""


@fact
class SanctionFile(Sanction):
    """处分 with its course: the decision's contents, its execution, probation and revision.

    ``effective_on`` is the day of effect, the decision's own where it is unknown. ``probation_*``,
    ``restoration_*`` and ``rights_restored_on`` are of 留党察看. ``kind_before`` is the kind before
    it was changed on ``changed_on``.
    """

    effective_on: date | None
    approver: str | None
    standing: Annotated[str | None, Code("sanction_standing")]
    heard_on: date | None
    facts: PersonalText | None
    basis: str | None
    remedy: str | None
    posts_removed: PersonalText | None
    period_months: int | None
    violated_on: date | None
    earlier: Annotated[tuple[str, ...], Ref(Kind.SANCTION)]
    announced_on: date | None
    post_change_due_on: date | None
    post_changed_on: date | None
    execution_reported_on: date | None
    probation_months: int | None
    probation_until: date | None
    probation_extended_on: date | None
    restoration_applied_on: date | None
    branch_resolved_on: date | None
    rights_restored_on: date | None
    restoration_revoked_on: date | None
    expulsion: Annotated[str | None, Ref(Kind.SANCTION)]
    kind_before: str | None
    changed_on: date | None
    rehandling_on: date | None
    upheld_on: date | None
    revoked_on: date | None
    reinstated_on: date | None
    under_appeal: Annotated[str | None, Ref(Kind.APPEAL)]


@fact
class SanctionImposed(SanctionParticulars):
    """给予处分."""

    OCCURRED: ClassVar = "decided_on"


@fact
class SanctionCorrected:
    """处分更正."""

    correction: str
    field: str
    basis: str | None
    before: Sanction
    after: Sanction
