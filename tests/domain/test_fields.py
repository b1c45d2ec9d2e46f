"""What the fields of facts mean: which are personal, which refer, which are coded."""

from typing import Annotated

import pytest

from domain.cases.case import CaseFiled
from domain.concepts import CONCEPTS
from domain.fields import PERSONAL, PersonalText, Ref, fact, field_index, restate
from domain.leads.lead import Lead, LeadRegistered
from domain.recommendations.recommendation import Recommendation
from domain.streams import Kind
from tests.domain.harness import facts_of

#: The personal fields of every fact; one not named here has none.
PERSONAL_FIELDS = {
    "PersonRegistered": ("name",),
    "ArchiveItemEntered": ("content",),
    "PetitionReceived": ("summary",),
    "LeadRegistered": ("summary",),
    "RecommendationIssued": ("summary",),
    "ProblemFedBack": ("summary",),
    "WorkSuggestionIssued": ("content",),
    "MatterAccepted": ("summary",),
    "CorrectionRegistered": ("was", "now"),
    "PetitionReturned": ("reason",),
    "PetitionSplit": ("part",),
    "PetitionConcluded": ("outcome",),
    "LeadHandlingProposed": ("opinion",),
    "LeadHandlingReturned": ("reason",),
    "TalkInquiryReported": ("finding",),
    "VerificationReported": ("finding",),
    "LeadReactivated": ("reason",),
    "LeadReopened": ("reason",),
    "CaseFilingRequested": ("grounds",),
    "CaseFilingRefused": ("reason",),
    "InvestigationExtended": ("reason",),
    "ReviewExtended": ("reason",),
    "CaseReturnedToInvestigation": ("reason",),
    "ReviewConcluded": ("opinion",),
    "RecusalRequested": ("reason",),
    "CaseWithdrawn": ("reason",),
    "SanctionWaived": ("reason",),
    "CaseReturnedForSupplement": ("reason",),
    "SuggestionListed": ("requirement",),
    "RecommendationDelivered": ("received_by",),
    "RecommendationObjected": ("reasons",),
    "ObjectionDecided": ("grounds",),
    "ReplyExtended": ("reason",),
    "SuggestionExtended": ("reason",),
    "ReplyFiled": ("account",),
    "SiteChecked": ("finding",),
    "SuggestionEvaluated": ("remarks",),
    "SuggestionReturned": ("demand",),
    "RecommendationRevisited": ("finding",),
    "RecommendationDrafted": ("findings",),
    "SuggestionProposed": ("requirement",),
    "RecommendationDraftReturned": ("reason",),
    "RecommendationDraftRevised": ("findings",),
    "RecommendationDraftWithdrawn": ("reason",),
    "MatterPressed": ("remarks",),
    "MatterReopened": ("reason",),
    "KeeperNamed": ("keeper",),
    "RecusalDeclared": ("who", "reason", "keeper"),
    "ArchiveAccessRequested": ("requested_by", "reason"),
    "ArchiveAccessRefused": ("grounds",),
    "ArchiveLookedInto": ("looked_by", "attended_by"),
    "SanctionDecided": ("facts", "posts_removed"),
    "InspectionTeamAuthorised": ("leader",),
    "RectificationEvidenced": ("measures", "evidence"),
    "ProblemReturned": ("reason",),
    "ProblemRecurred": ("circumstances",),
    "WorkSuggestionReplied": ("reply",),
    "InspectionReportSubmitted": ("summary",),
    "RectificationReportReturned": ("reason",),
    "InspectionMatterTransferred": ("summary",),
    "ComplaintAccepted": ("complainant", "summary"),
    "CheckProblemRecorded": ("summary", "responsible"),
    "CheckProblemUrged": ("demands",),
    "CheckProblemRectified": ("measures", "evidence"),
    "CampaignPhaseEntered": ("note",),
    "CampaignConcluded": ("summary",),
    "EcologyIndicatorRecorded": ("finding",),
    "EcologyGraded": ("conclusion",),
    "EcologyFedBack": ("demands",),
    "EcologyReplied": ("reply",),
    "MeasureApproved": ("target",),
    "MeasureNoticeDeferred": ("reason",),
    "MeasureChangeRequested": ("requester",),
    "MeasureChangeAnswered": ("reason",),
    "MeasureLifted": ("reason",),
    "RoleGranted": ("officer",),
}
#: The personal fields of every state; a correcting fact carries the state twice.
PERSONAL_STATES = {
    Kind.PERSON: ("name", "keeper"),
    Kind.ARCHIVE_ITEM: ("content",),
    Kind.PETITION: ("summary", "outcome"),
    Kind.LEAD: ("summary",),
    Kind.RECOMMENDATION: ("summary", "received_by"),
    Kind.PROBLEM: ("summary",),
    Kind.WORK_SUGGESTION: ("content",),
    Kind.MATTER: ("summary",),
    Kind.CORRECTION: ("was", "now"),
    Kind.CASE_FILING: ("grounds",),
    Kind.RECOMMENDATION_DRAFT: ("findings",),
    Kind.ARCHIVE_ACCESS: ("requested_by", "reason"),
    Kind.INSPECTION_TRANSFER: ("summary",),
    Kind.SANCTION: ("facts", "posts_removed"),
    Kind.COMPLAINT: ("complainant", "summary"),
    Kind.CHECK_PROBLEM: ("summary", "responsible"),
    Kind.MEASURE: ("target",),
    Kind.GRANT: ("officer",),
}


@pytest.mark.parametrize("kind", list(Kind))
def test_the_personal_fields_of_a_fact_are_known(kind: Kind) -> None:
    for event in facts_of(kind):
        assert field_index(event).personal == PERSONAL_FIELDS.get(event.__name__, ())


@pytest.mark.parametrize("kind", list(Kind))
def test_the_personal_fields_of_a_state_are_known(kind: Kind) -> None:
    assert field_index(CONCEPTS[kind].state).personal == PERSONAL_STATES.get(kind, ())


@pytest.mark.parametrize("kind", [kind for kind in Kind if CONCEPTS[kind].corrected])
def test_a_correcting_fact_carries_the_state_before_and_after(kind: Kind) -> None:
    assert field_index(CONCEPTS[kind].corrected).records == ("before", "after")


def test_references_codes_and_dates_are_read_from_the_annotations() -> None:
    index = field_index(CaseFiled)
    assert index.names == ("number", "lead", "person", "organ", "filed_on", "rank")
    assert index.references == (
        ("lead", Kind.LEAD),
        ("person", Kind.PERSON),
        ("organ", Kind.ORGAN),
    )
    assert index.codes == (("rank", "rank"),)
    assert index.dates == ("filed_on",)
    assert index.records == ()


def test_a_reference_to_several_persons_is_one_reference_field() -> None:
    assert ("persons", Kind.PERSON) in field_index(LeadRegistered).references
    assert field_index(Lead).records == ("handlings",)


def test_an_optional_field_keeps_its_meaning() -> None:
    @fact
    class Note:
        text: PersonalText | None
        either: Annotated[str, Ref(Kind.CASE), PERSONAL]

    assert field_index(Note).personal == ("text", "either")
    assert field_index(Note).references == (("either", Kind.CASE),)


def test_a_fact_never_changes() -> None:
    @fact
    class Note:
        text: str

    note = Note(text="一")
    with pytest.raises(AttributeError):
        note.text = "二"  # type: ignore[misc]  # that it fails is the point
    with pytest.raises(TypeError):
        Note("一")  # type: ignore[misc]  # a fact names its values


def test_restating_takes_what_both_have_and_asks_for_the_rest() -> None:
    @fact
    class Short:
        number: str

    @fact
    class Long:
        number: str
        extra: int

    assert restate(Long(number="1", extra=2), Short) == Short(number="1")
    assert restate(Short(number="1"), Long, extra=2) == Long(number="1", extra=2)
    with pytest.raises(TypeError):
        restate(Short(number="1"), Recommendation)


def test_every_fact_named_here_exists() -> None:
    names = {event.__name__ for kind in Kind for event in facts_of(kind)}
    assert set(PERSONAL_FIELDS) < names
