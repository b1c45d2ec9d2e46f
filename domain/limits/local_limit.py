"""本地时限: a limit that one organ has set tighter than the law, by a document of its own."""

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Ref, fact, restate
from domain.streams import Kind


@fact
class LocalLimitParticulars:
    """What a local limit says; ``provision`` names the organ's document."""

    number: str
    organ: Annotated[str, Ref(Kind.ORGAN)]
    rule: str
    value: int
    unit: str
    since: date
    provision: str


@fact
class LocalLimit(LocalLimitParticulars):
    """本地时限 as it stands; ``repealed_on`` is the first day it no longer holds."""

    repealed_on: date | None


@fact
class LocalLimitSet(LocalLimitParticulars):
    """设定本地时限; it may be set before it is in force."""


@fact
class LocalLimitRepealed:
    """废止本地时限."""

    OCCURRED: ClassVar = "repealed_on"

    number: str
    organ: str
    repealed_on: date


def evolve(local: LocalLimit | None, event: LocalLimitSet | LocalLimitRepealed) -> LocalLimit:
    """The local limit after one more event."""
    if isinstance(event, LocalLimitSet):
        return restate(event, LocalLimit, repealed_on=None)
    assert local is not None, "a local limit begins with its setting"  # noqa: S101 -- fold order
    return replace(local, repealed_on=event.repealed_on)
