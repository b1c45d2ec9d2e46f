"""A matter of the window in every stage."""

from datetime import date
from typing import Any

from domain.window.decisions import SettleMatter
from domain.window.following import (
    AssignMatter,
    CopyMatter,
    EscalateMatter,
    PressMatter,
    RateMatter,
    ReopenMatter,
)
from tests.domain.samples import MATTER, ORGAN, a_matter, a_unit, an_organ

OTHER = "DW02"


def copied(**changes: Any) -> CopyMatter:
    said = {"number": MATTER, "copied_on": date(2021, 5, 11), "copied_to": ORGAN}
    return CopyMatter(**(said | changes))


def assigned(**changes: Any) -> AssignMatter:
    said = {"number": MATTER, "assigned_on": date(2021, 5, 11), "unit": OTHER}
    return AssignMatter(**(said | changes))


def pressed(**changes: Any) -> PressMatter:
    said = {
        "number": MATTER,
        "pressed_on": date(2021, 5, 18),
        "means": "质询",
        "pressed_by": "第二纪检监察室",
        "remarks": None,
    }
    return PressMatter(**(said | changes))


def settled(**changes: Any) -> SettleMatter:
    said = {"number": MATTER, "settled_on": date(2021, 5, 20), "outcome": "已办理"}
    return SettleMatter(**(said | changes))


def rated(**changes: Any) -> RateMatter:
    said = {"number": MATTER, "rated_on": date(2021, 5, 21), "satisfaction": "不满意"}
    return RateMatter(**(said | changes))


def reopened(**changes: Any) -> ReopenMatter:
    said = {"number": MATTER, "reopened_on": date(2021, 5, 22), "reason": "李大明称仍未办成"}
    return ReopenMatter(**(said | changes))


def escalated(**changes: Any) -> EscalateMatter:
    said = {
        "number": MATTER,
        "escalated_on": date(2021, 6, 1),
        "accountability_lead": "XS-WZ-1",
    }
    return EscalateMatter(**(said | changes))


#: A matter of the first unit, and a second one to assign it to.
ACCEPTED = (an_organ(), a_unit(), a_unit(code=OTHER, name="区行政服务中心"), a_matter())
PRESSED = (*ACCEPTED, pressed())
SETTLED = (*ACCEPTED, settled())
REOPENED = (*SETTLED, rated(), reopened())
