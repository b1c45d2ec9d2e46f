"""Commands that grant roles to two subjects of an office."""

from datetime import date
from typing import Any

from domain.grants.decisions import GrantRole, RevokeRole
from domain.grants.grant import grant_number
from tests.domain.samples import ORGAN, an_organ

SUBJECT, NUMBER, OTHER_ORGAN = "u-1021", "u-1021:handler", "JW02"
ORGANS = (an_organ(), an_organ(code=OTHER_ORGAN, name="街道纪工委"))


def a_grant(role: str = "承办", subject: str = SUBJECT, **changes: Any) -> GrantRole:
    said = {
        "number": grant_number(subject, role) if "number" not in changes else None,
        "subject": subject,
        "role": role,
        "organ": ORGAN,
        "officer": "王承办",
        "granted_on": date(2021, 3, 1),
        "basis": "区纪〔2021〕3号",
    }
    return GrantRole(**(said | changes))


def its_revocation(role: str = "承办", subject: str = SUBJECT, **changes: Any) -> RevokeRole:
    said = {"number": grant_number(subject, role), "revoked_on": date(2021, 9, 1)}
    return RevokeRole(**(said | changes))


HELD = (*ORGANS, a_grant())
REVOKED = (*HELD, its_revocation())
