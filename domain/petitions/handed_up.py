"""径送上级件: that a report was handed straight up, and nothing of what it says.

A report on a cadre whom a higher organ manages, or on this organ's own principal, is not entered:
its number, its days and the organ that received it are all that is kept.
"""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Ref, fact, restate
from domain.organs.organ import Organ
from domain.rules import require_known, require_new, require_order
from domain.streams import Kind

PROVISION = "《纪检监察机关处理检举控告工作规则》（2020）第15条"


@fact
class HandedUpParticulars:
    """All that may be kept of such a report: no content, no person, no summary."""

    number: str
    organ: Annotated[str, Ref(Kind.ORGAN)]
    received_on: date
    handed_up_on: date
    receiving_organ: str


@fact
class HandUpReport(HandedUpParticulars):
    """径送上级机关."""


@fact
class ReportHandedUp(HandedUpParticulars):
    """径送上级机关: handed to the principal and sent up."""

    OCCURRED: ClassVar = "handed_up_on"


@fact
class HandedUpReport(HandedUpParticulars):
    """径送上级件 as it stands."""


def hand_up_report(
    report: HandedUpReport | None, act: HandUpReport, *, organ: Organ | None
) -> ReportHandedUp:
    """Hand a report straight up (径送上级机关), without entering it.

    1. A number is used once (台账规则).
    2. The organ is registered (台账规则).
    3. Not before it was received (《纪检监察机关处理检举控告工作规则》（2020）第15条).
    """
    require_new(report, act.number)
    require_known(act, {"organ": organ})
    require_order(act.received_on, act.handed_up_on, "径送日期早于收到日期", field="handed_up_on")
    return restate(act, ReportHandedUp)


def evolve(report: HandedUpReport | None, event: ReportHandedUp) -> HandedUpReport:
    """The report after its only event."""
    return restate(event, HandedUpReport)
