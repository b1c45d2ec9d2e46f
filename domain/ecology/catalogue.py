"""政治生态分析研判: concepts, stored names, acts, terms and lifecycles."""

from domain.concept import Act, Concept, Related, others
from domain.ecology import assessment, decisions, list_decisions, supervision_list
from domain.streams import Kind, stream_name
from domain.term import Mark, Term

CONCEPTS = (
    Concept(
        kind=Kind.ECOLOGY_ASSESSMENT,
        plural="ecology_assessments",
        state=assessment.EcologyAssessment,
        evolve=assessment.evolve,
        begins=(assessment.EcologyAssessmentOpened,),
        facts={
            "ecology_assessment.opened.v1": assessment.EcologyAssessmentOpened,
            "ecology_assessment.indicator_recorded.v1": assessment.EcologyIndicatorRecorded,
            "ecology_assessment.graded.v1": assessment.EcologyGraded,
            "ecology_assessment.fed_back.v1": assessment.EcologyFedBack,
            "ecology_assessment.replied.v1": assessment.EcologyReplied,
            "ecology_assessment.closed.v1": assessment.EcologyAssessmentClosed,
        },
    ),
    Concept(
        kind=Kind.SUPERVISION_LIST,
        plural="supervision_lists",
        state=supervision_list.SupervisionList,
        evolve=supervision_list.evolve,
        begins=(supervision_list.SupervisionListIssued,),
        facts={
            "supervision_list.issued.v1": supervision_list.SupervisionListIssued,
            "supervision_list.withdrawn.v1": supervision_list.SupervisionListWithdrawn,
        },
    ),
)


def year_before(command: decisions.GradeEcology) -> Related:
    """The assessment of the same unit in the year before, where the number names a year."""
    unit, _, year = command.number.rpartition("/")
    if not year.isdecimal():
        return {"previous": None}
    before = assessment.number_of(unit, int(year) - 1)
    return {"previous": stream_name(Kind.ECOLOGY_ASSESSMENT, before)}


ACTS = (
    *(
        Act(command, decide, Kind.ECOLOGY_ASSESSMENT, others)
        for command, decide in decisions.DECIDED
    ),
    Act(decisions.GradeEcology, decisions.grade_ecology, Kind.ECOLOGY_ASSESSMENT, year_before),
    *(
        Act(command, decide, Kind.SUPERVISION_LIST, others)
        for command, decide in list_decisions.DECIDED
    ),
)

TERMS = (
    Term(
        rule="ecology.reply",
        title="回复政治生态研判意见",
        provision="研判意见确定的回复期限",
        opens=(
            Mark(
                fact=assessment.EcologyFedBack,
                on="fed_back_on",
                due="reply_due_on",
                when=lambda data: data["reply_due_on"] is not None,
            ),
        ),
        closes=(Mark(fact=assessment.EcologyReplied, on="replied_on"),),
    ),
)

LIFECYCLES = (assessment.LIFECYCLE,)
