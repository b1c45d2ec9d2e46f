"""监督清单: one of a unit's three lists (duties, key posts, risks), version by version."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, Ref, amended, fact, restate
from domain.streams import Kind


@fact
class ListItem:
    """One item of a list: what it is about, never whom; ``measure`` is how the risk is held."""

    item: str
    content: str
    post: str | None
    watch: Annotated[str | None, Code("supervision_watch")]
    link: Annotated[str | None, Code("supervision_link")]
    level: Annotated[str | None, Code("risk_level")]
    measure: str | None


@fact
class OfUnitAndList:
    """Which list a fact is about; its number is unit/list."""

    number: str
    unit: Annotated[str, Ref(Kind.UNIT)]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    list: Annotated[str, Code("supervision_list")]


@fact
class SupervisionList(OfUnitAndList):
    """监督清单 as it stands, in its latest version."""

    version_number: int
    issued_on: date
    withdrawn_on: date | None
    items: tuple[ListItem, ...]


@fact
class SupervisionListIssued(OfUnitAndList):
    """公布监督清单; the items are all of this version, which is in force again if none was."""

    OCCURRED: ClassVar = "issued_on"

    version_number: int
    issued_on: date
    basis: str
    items: tuple[ListItem, ...]
    withdrawn_on: date | None


@fact
class SupervisionListWithdrawn(OfUnitAndList):
    """废止监督清单."""

    OCCURRED: ClassVar = "withdrawn_on"

    withdrawn_on: date
    basis: str


def number_of(unit: str, list_: str) -> str:
    """The number of a unit's list."""
    return f"{unit}/{list_}"


def evolve(
    list_: SupervisionList | None, event: SupervisionListIssued | SupervisionListWithdrawn
) -> SupervisionList:
    """The list after one more event."""
    if isinstance(event, SupervisionListIssued):
        return restate(event, SupervisionList)
    assert list_ is not None, "a list begins with its first version"  # noqa: S101 -- fold order
    return amended(list_, event)
