"""机构: a discipline-inspection and supervision organ, or an office or group it has posted."""

from domain.fields import fact, restate


@fact
class OrganParticulars:
    """What the register says of an organ; ``parent`` may be an organ outside this ledger."""

    code: str
    name: str
    type: str | None
    parent: str | None
    region: str | None


@fact
class Organ(OrganParticulars):
    """机构 as it stands."""


@fact
class OrganRegistered(OrganParticulars):
    """机构登记."""


@fact
class OrganCorrected:
    """机构更正: what was, what is, and on what ground."""

    correction: str
    field: str
    basis: str | None
    before: Organ
    after: Organ


def evolve(organ: Organ | None, event: OrganRegistered | OrganCorrected) -> Organ:
    """The organ after one more event."""
    match event:
        case OrganRegistered():
            return restate(event, Organ)
        case OrganCorrected():
            return event.after
