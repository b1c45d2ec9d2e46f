"""监察措施: one measure, from its approval to its end."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, amended, fact, restate
from domain.streams import Kind


@fact
class MeasureParticulars:
    """What is approved: which measure, in which matter, against whom or what, by whom."""

    number: str
    kind: str
    case: Annotated[str | None, Ref(Kind.CASE)]
    lead: Annotated[str | None, Ref(Kind.LEAD)]
    person: Annotated[str | None, Ref(Kind.PERSON)]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    approved_on: date
    approver: Annotated[str, Code("approval")]
    approving_organ: str | None
    document: str | None
    target: PersonalText | None


@fact
class Measure(MeasureParticulars):
    """监察措施 as it stands; ``until`` its last day, ``until_at`` its last minute, if limited."""

    carried_out_on: date | None
    carried_out_at: str | None
    officers: tuple[str, ...]
    until: date | None
    until_at: str | None
    extensions: int | None
    restarted_on: date | None
    notified_on: date | None
    notified_at: str | None
    obstacle: Annotated[str | None, Code("notice_obstacle")]
    delivered_on: date | None
    delivered_at: str | None
    change_requests: int | None
    change_requested_on: date | None
    change_answers: int | None
    irrelevant_on: date | None
    recorded_on: date | None
    lifted_on: date | None
    lifted_at: str | None
    changed_on: date | None
    changed_at: str | None
    successor: Annotated[str | None, Ref(Kind.MEASURE)]


@fact
class MeasureApproved(MeasureParticulars):
    """批准采取措施; a measure limited from its approval has its last day from then."""

    OCCURRED: ClassVar = "approved_on"

    until: date | None


@fact
class MeasureCarriedOut:
    """执行措施; the last days are of the measure, of the notice and of the delivery."""

    OCCURRED: ClassVar = "carried_out_on"

    number: str
    kind: str
    case: str | None
    person: str | None
    organ: str
    carried_out_on: date
    carried_out_at: str | None
    officers: tuple[str, ...]
    until: date | None
    until_at: str | None
    notice_until: date | None
    delivery_until: date | None


@fact
class MeasureExtended:
    """延长措施期限; ``extensions`` counts them."""

    OCCURRED: ClassVar = "decided_on"

    number: str
    kind: str
    organ: str
    decided_on: date
    extensions: int
    ground: Annotated[str, Code("extension_ground")]
    until: date | None
    until_at: str | None
    extension_approver: Annotated[str, Code("approval")]
    extension_organ: str | None


@fact
class DetentionTermRestarted:
    """重新计算留置时间."""

    OCCURRED: ClassVar = "restarted_on"

    number: str
    kind: str
    person: str | None
    organ: str
    restarted_on: date
    restart_ground: Annotated[str, Code("restart_ground")]
    until: date
    extensions: int
    restart_approver: Annotated[str, Code("approval")]


@fact
class MeasureNoticeGiven:
    """通知单位和家属."""

    OCCURRED: ClassVar = "notified_on"

    number: str
    organ: str
    notified_on: date
    notified_at: str


@fact
class MeasureNoticeDeferred:
    """因有碍调查暂不通知."""

    OCCURRED: ClassVar = "deferred_on"

    number: str
    organ: str
    deferred_on: date
    obstacle: Annotated[str, Code("notice_obstacle")]
    reason: PersonalText | None


@fact
class PersonDelivered:
    """送留置场所."""

    OCCURRED: ClassVar = "delivered_on"

    number: str
    organ: str
    delivered_on: date
    delivered_at: str


@fact
class MeasureChangeRequested:
    """申请变更措施; ``change_requests`` counts them."""

    OCCURRED: ClassVar = "change_requested_on"

    number: str
    person: str | None
    organ: str
    change_requested_on: date
    change_requests: int
    requester: PersonalText | None


@fact
class MeasureChangeAnswered:
    """答复变更措施申请."""

    OCCURRED: ClassVar = "answered_on"

    number: str
    organ: str
    answered_on: date
    change_answers: int
    granted: bool
    reason: PersonalText | None


@fact
class PropertyFoundIrrelevant:
    """查明财物与案件无关."""

    OCCURRED: ClassVar = "irrelevant_on"

    number: str
    organ: str
    irrelevant_on: date


@fact
class MeasureFiledForRecord:
    """报国家监察委员会备案."""

    OCCURRED: ClassVar = "recorded_on"

    number: str
    organ: str
    recorded_on: date


@fact
class MeasureLifted:
    """解除措施."""

    OCCURRED: ClassVar = "lifted_on"

    number: str
    kind: str
    organ: str
    lifted_on: date
    lifted_at: str | None
    reason: PersonalText | None


@fact
class MeasureChanged:
    """变更措施; ``successor`` is the number of the measure that takes its place."""

    OCCURRED: ClassVar = "changed_on"

    number: str
    kind: str
    organ: str
    changed_on: date
    changed_at: str | None
    successor: str


MeasureEvent = (
    MeasureApproved
    | MeasureCarriedOut
    | MeasureExtended
    | DetentionTermRestarted
    | MeasureNoticeGiven
    | MeasureNoticeDeferred
    | PersonDelivered
    | MeasureChangeRequested
    | MeasureChangeAnswered
    | PropertyFoundIrrelevant
    | MeasureFiledForRecord
    | MeasureLifted
    | MeasureChanged
)

_NOTHING_YET = {**dict.fromkeys(Measure.__annotations__), "officers": ()}


def evolve(measure: Measure | None, event: MeasureEvent) -> Measure:
    """The measure after one more event; a fact's fields are named as the state's."""
    if isinstance(event, MeasureApproved):
        return restate(event, Measure, **{k: v for k, v in _NOTHING_YET.items() if k != "until"})
    assert measure is not None, "a measure begins with its approval"  # noqa: S101 -- fold order
    return amended(measure, event)
