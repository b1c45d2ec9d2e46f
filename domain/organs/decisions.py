"""机构: registering an organ."""

from domain.fields import fact, restate
from domain.organs.organ import Organ, OrganParticulars, OrganRegistered
from domain.rules import require_new


@fact
class RegisterOrgan(OrganParticulars):
    """登记机构."""


def check_organ(organ: OrganParticulars) -> None:
    """What holds of every organ: nothing more; the organ above may be outside this ledger."""


def register_organ(organ: Organ | None, act: RegisterOrgan) -> OrganRegistered:
    """Register an organ: a code is registered once."""
    require_new(organ, act.code, "code")
    return restate(act, OrganRegistered)
