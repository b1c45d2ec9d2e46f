"""立案: one person's case as registers tell it: filed, sent to review, closed, transferred."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, Ref, fact
from domain.streams import Kind


@fact
class CaseParticulars:
    """What the register says of a case when it is filed."""

    number: str
    lead: Annotated[str | None, Ref(Kind.LEAD)]
    person: Annotated[str, Ref(Kind.PERSON)]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    filed_on: date
    rank: Annotated[str | None, Code("rank")]


@fact
class Case(CaseParticulars):
    """立案案件 as it stands."""

    sent_to_review_on: date | None
    closed_on: date | None
    transferred_on: date | None


@fact
class CaseFiled(CaseParticulars):
    """立案."""

    OCCURRED: ClassVar = "filed_on"


@fact
class CaseSentToReview:
    """移送审理."""

    OCCURRED: ClassVar = "sent_to_review_on"

    number: str
    organ: str
    sent_to_review_on: date


@fact
class CaseClosed:
    """结案."""

    OCCURRED: ClassVar = "closed_on"

    number: str
    organ: str
    closed_on: date


@fact
class CaseTransferredToProcuratorate:
    """移送检察机关."""

    OCCURRED: ClassVar = "transferred_on"

    number: str
    organ: str
    transferred_on: date


@fact
class CaseCorrected:
    """立案更正."""

    correction: str
    field: str
    basis: str | None
    before: Case
    after: Case
