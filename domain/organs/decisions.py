"""机构: registering an organ."""

from domain.fields import fact, restate
from domain.organs.organ import Organ, OrganParticulars, OrganRegistered
from domain.rules import require_new


@fact
class RegisterOrgan(OrganParticulars):
    """登记机构."""


def check_organ(organ: OrganParticulars) -> None:
    """What holds of every organ.

    1. The organ above it may lie outside this ledger (台账规则).
    """


def register_organ(organ: Organ | None, act: RegisterOrgan) -> OrganRegistered:
    """Register an organ (登记机构).

    1. A code is registered once (台账规则).
    """
    require_new(organ, act.code, "code")
    return restate(act, OrganRegistered)
