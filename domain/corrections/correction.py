"""更正: a numbered correction; the stream that it changes carries what was and what is."""

from datetime import date

from domain.fields import PersonalText, fact, restate


@fact
class CorrectionParticulars:
    """What the register says of a correction; ``was`` and ``now`` are values as text."""

    number: str
    kind: str
    target: str
    item: date | None
    field: str
    was: PersonalText | None
    now: PersonalText | None
    basis: str | None


@fact
class Correction(CorrectionParticulars):
    """更正 as it stands; a correction is itself never corrected, a further one is made."""


@fact
class CorrectionRegistered(CorrectionParticulars):
    """更正登记."""


def evolve(correction: Correction | None, event: CorrectionRegistered) -> Correction:
    """The correction after its only event."""
    return restate(event, Correction)
