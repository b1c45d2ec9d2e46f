"""纪检监察建议: the course of a letter beyond its register: suggestions, objections, returns."""

from datetime import date
from typing import ClassVar

from domain.fields import PersonalText, fact


@fact
class SuggestionListed:
    """列明一条建议 (条): its requirement and deadline; ``listed`` is how many there are by now."""

    OCCURRED: ClassVar = "listed_on"

    number: str
    organ: str
    suggestion: int
    requirement: PersonalText
    due_on: date | None
    listed_on: date
    listed: int


@fact
class RecommendationDelivered:
    """送达, signed for by ``received_by``."""

    OCCURRED: ClassVar = "delivered_on"

    number: str
    organ: str
    delivered_on: date
    received_by: PersonalText


@fact
class RecommendationObjected:
    """被建议单位提出异议, with reasons; to the suggestions ``disputed``, or to the whole letter."""

    OCCURRED: ClassVar = "objected_on"

    number: str
    organ: str
    objected_on: date
    disputed: tuple[int, ...]
    reasons: PersonalText
    objections: int


@fact
class ObjectionDecided:
    """异议审查决定; ``revoked_on`` where nothing of the letter is left."""

    OCCURRED: ClassVar = "decided_on"

    number: str
    organ: str
    decided_on: date
    upheld: bool
    decided_by: str
    grounds: PersonalText
    objections_decided: int
    lifted: int | None
    revoked_on: date | None


@fact
class SuggestionLifted:
    """撤销一条建议, upon an objection upheld."""

    OCCURRED: ClassVar = "lifted_on"

    number: str
    organ: str
    suggestion: int
    lifted_on: date


@fact
class ReplyExtended:
    """延长回复期限, as approved."""

    OCCURRED: ClassVar = "approved_on"

    number: str
    organ: str
    approved_on: date
    approved_by: str
    extended_to: date
    reason: PersonalText


@fact
class SuggestionExtended:
    """延长一条建议的整改期限, as approved."""

    OCCURRED: ClassVar = "approved_on"

    number: str
    organ: str
    suggestion: int
    approved_on: date
    approved_by: str
    until: date
    reason: PersonalText


@fact
class ReplyFiled:
    """书面回复; ``adopted`` says whether the unit takes the suggestions up.

    ``returns_answered`` is how many returns for further rectification are answered by now.
    """

    OCCURRED: ClassVar = "filed_on"

    number: str
    organ: str
    filed_on: date
    adopted: bool
    account: PersonalText
    attachments: tuple[str, ...]
    returns_answered: int


@fact
class SiteChecked:
    """实地核查整改情况."""

    OCCURRED: ClassVar = "checked_on"

    number: str
    organ: str
    checked_on: date
    checked_by: str
    finding: PersonalText


@fact
class SuggestionEvaluated:
    """评估一条建议的整改; ``evaluation`` is what the whole letter comes to with it.

    ``evaluated`` and ``rectified`` are how many suggestions are so by now.
    """

    OCCURRED: ClassVar = "evaluated_on"
    TELLS: ClassVar = ("evaluation",)

    number: str
    organ: str
    suggestion: int
    evaluated_on: date
    result: str
    remarks: PersonalText | None
    evaluated: int
    rectified: int
    evaluation: str | None


@fact
class SuggestionReturned:
    """退回一条建议继续整改, with a new deadline."""

    OCCURRED: ClassVar = "returned_on"

    number: str
    organ: str
    suggestion: int
    returned_on: date
    demand: PersonalText
    due_on: date
    returns: int
    evaluated: int


@fact
class RecommendationRevisited:
    """回访; ``relapsed`` where problems put right have come back."""

    OCCURRED: ClassVar = "revisited_on"

    number: str
    organ: str
    revisited_on: date
    revisited_by: str
    finding: PersonalText
    relapsed: bool


@fact
class RecommendationEscalated:
    """转问责: the lead that accountability (问责) is pursued by."""

    OCCURRED: ClassVar = "escalated_on"

    number: str
    organ: str
    escalated_on: date
    ground: str
    accountability_lead: str


@fact
class Suggestion:
    """一条建议 (条) as it stands; ``result`` is None while not evaluated, or again to be."""

    suggestion: int
    requirement: str
    due_on: date | None
    extended_to: date | None
    result: str | None
    lifted_on: date | None


@fact
class Objection:
    """一次异议 and how it was decided."""

    objected_on: date
    disputed: tuple[int, ...]
    upheld: bool | None
