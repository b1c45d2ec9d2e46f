"""信访举报: a petition received; repeats are kept and counted (件次)."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, fact
from domain.streams import Kind


@fact
class PetitionParticulars:
    """What the register says of a petition."""

    number: str
    received_on: date
    organ: Annotated[str, Ref(Kind.ORGAN)]
    channel: Annotated[str | None, Code("petition_channel")]
    category: Annotated[str | None, Code("petition_category")]
    signature: Annotated[str | None, Code("petition_signature")]
    repeat: bool | None
    summary: PersonalText | None


@fact
class Petition(PetitionParticulars):
    """信访举报 as the register tells it."""


@fact
class PetitionReceived(PetitionParticulars):
    """接收信访举报."""

    OCCURRED: ClassVar = "received_on"


@fact
class PetitionCorrected:
    """信访举报更正."""

    correction: str
    field: str
    basis: str | None
    before: Petition
    after: Petition
