"""Commands of joint work of an office, a resident group and a street."""

from datetime import date
from typing import Any

from domain.joint_work.decisions import AddJointHelper, AgreeJointWork, EndJointWork
from tests.domain.samples import CASE, FILED_CASE, ORGAN, a_check, an_organ

JOINT, GROUP, STREET = "LH2021-001", "PZ01", "JD01"


def joint_work(**changes: Any) -> AgreeJointWork:
    said = {
        "number": JOINT,
        "case": CASE,
        "lead": None,
        "check": None,
        "organ": ORGAN,
        "helpers": (GROUP,),
        "agreed_on": date(2021, 4, 5),
        "document": None,
    }
    return AgreeJointWork(**(said | changes))


def another_helper(**changes: Any) -> AddJointHelper:
    said = {"number": JOINT, "helper": STREET, "added_on": date(2021, 4, 20)}
    return AddJointHelper(**(said | changes))


def its_end(**changes: Any) -> EndJointWork:
    return EndJointWork(**({"number": JOINT, "ended_on": date(2021, 6, 1)} | changes))


ORGANS = (
    an_organ(code=GROUP, name="派驻第一纪检监察组", parent=ORGAN),
    an_organ(code=STREET, name="某街道纪工委监察组", parent=ORGAN),
)
EVERYBODY = (*FILED_CASE, a_check(), *ORGANS)
AGREED = (*EVERYBODY, joint_work())
