"""机构层级: the level of an organ by its region, and which organ is next above it."""

from domain.organs.organ import Organ
from domain.refusals import refuse_if

NATIONAL, PROVINCE, CITY, COUNTY = "国家级", "省级", "设区的市级", "县级"

#: From the lowest to the highest.
LEVELS = (COUNTY, CITY, PROVINCE, NATIONAL)

_NATION = {"000000", "100000"}


def level_of(organ: Organ) -> str:
    """The level that an organ's region code (GB/T 2260) tells; 县级 where none is known.

    The lowest level has the strictest approvals, so what is not known never loosens a rule.
    """
    region = organ.region or ""
    if region in _NATION:
        return NATIONAL
    if region.endswith("0000"):
        return PROVINCE
    return CITY if region.endswith("00") else COUNTY


def at_least(organ: Organ, level: str) -> bool:
    """Whether an organ is of a level or above it."""
    return LEVELS.index(level_of(organ)) >= LEVELS.index(level)


def require_next_higher(organ: Organ, approver: str | None, field: str, provision: str) -> None:
    """The approving organ is the next higher one (code ``not_next_higher``).

    An organ whose parent is not registered takes any other organ's code: it may lie outside.
    """
    wrong = approver in {None, organ.code} or organ.parent not in {None, approver}
    reason = f"须由上一级机关{organ.parent or ''}批准"
    refuse_if(wrong, "not_next_higher", reason, field=field, provision=provision)
