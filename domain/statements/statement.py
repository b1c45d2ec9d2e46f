"""统计表: a statement as published: what it asked, and the hashes that pin what it said."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Ref, fact, restate
from domain.streams import Kind


@fact
class StatementParticulars:
    """A statement's question and its hashes.

    ``definition_sha256`` and ``manifest_sha256`` are SHA-256 in lower-case hexadecimal; ``size`` is
    how many entries of the log it rests on, ``root`` the tree's root there in base64.
    """

    number: str
    period_from: date
    period_to: date
    organ: Annotated[str | None, Ref(Kind.ORGAN)]
    as_of: date | None
    definition_sha256: str
    manifest_sha256: str
    size: int
    root: str
    published_on: date


@fact
class PublishedStatement(StatementParticulars):
    """统计表 as it stands; one is never changed, a later one is published beside it."""


@fact
class StatementPublished(StatementParticulars):
    """公布统计表."""

    OCCURRED: ClassVar = "published_on"


def evolve(statement: PublishedStatement | None, event: StatementPublished) -> PublishedStatement:
    """The statement after its only event."""
    return restate(event, PublishedStatement)
