"""巡察: concepts, stored names, acts, terms and lifecycles."""

from collections.abc import Callable
from datetime import date

from domain.concept import Act, Concept, nothing, others
from domain.inspections import (
    decisions,
    plan,
    plan_decisions,
    problem,
    problem_decisions,
    round,
    round_decisions,
    suggestion_decisions,
    transfer,
    transfer_decisions,
    unit_decisions,
    unit_inspection,
    visit_decisions,
    work_suggestion,
)
from domain.inspections.problem import COMPLETE
from domain.limits.limits import limits
from domain.streams import Kind
from domain.term import Data, Mark, Term

CONCEPTS = (
    Concept(
        kind=Kind.ROUND,
        plural="rounds",
        state=round.RoundFile,
        record=round.Round,
        evolve=round.evolve,
        begins=(round.RoundOpened,),
        facts={
            "round.opened.v1": round.RoundOpened,
            "round.team_authorised.v1": round.InspectionTeamAuthorised,
            "round.ended.v1": round.RoundEnded,
            "round.report_heard.v1": round.RoundReportHeard,
            "round.corrected.v1": round.RoundCorrected,
        },
        check=decisions.check_round,
        corrected=round.RoundCorrected,
    ),
    Concept(
        kind=Kind.PROBLEM,
        plural="problems",
        state=problem.ProblemFile,
        record=problem.Problem,
        evolve=problem.evolve,
        begins=(problem.ProblemFedBack,),
        facts={
            "problem.fed_back.v1": problem.ProblemFedBack,
            "problem.classified.v1": problem.ProblemClassified,
            "problem.rectification_extended.v1": problem.ProblemRectificationExtended,
            "problem.rectified.v1": problem.ProblemRectified,
            "problem.rectification_evidenced.v1": problem.RectificationEvidenced,
            "problem.verified.v1": problem.ProblemVerified,
            "problem.returned.v1": problem.ProblemReturned,
            "problem.found_again.v1": problem.ProblemRecurred,
            "problem.corrected.v1": problem.ProblemCorrected,
        },
        check=decisions.check_problem,
        corrected=problem.ProblemCorrected,
    ),
    Concept(
        kind=Kind.WORK_SUGGESTION,
        plural="work_suggestions",
        state=work_suggestion.WorkSuggestionFile,
        record=work_suggestion.WorkSuggestion,
        evolve=work_suggestion.evolve,
        begins=(work_suggestion.WorkSuggestionIssued,),
        facts={
            "work_suggestion.issued.v1": work_suggestion.WorkSuggestionIssued,
            "work_suggestion.replied.v1": work_suggestion.WorkSuggestionReplied,
            "work_suggestion.evaluated.v1": work_suggestion.WorkSuggestionEvaluated,
            "work_suggestion.closed.v1": work_suggestion.WorkSuggestionClosed,
            "work_suggestion.corrected.v1": work_suggestion.WorkSuggestionCorrected,
        },
        check=decisions.check_work_suggestion,
        corrected=work_suggestion.WorkSuggestionCorrected,
    ),
    Concept(
        kind=Kind.INSPECTION_PLAN,
        plural="inspection_plans",
        state=plan.InspectionPlan,
        evolve=plan.evolve,
        begins=(plan.InspectionPlanApproved,),
        facts={
            "inspection_plan.approved.v1": plan.InspectionPlanApproved,
            "inspection_plan.amended.v1": plan.InspectionPlanAmended,
        },
    ),
    Concept(
        kind=Kind.INSPECTION,
        plural="inspections",
        state=unit_inspection.UnitInspection,
        evolve=unit_inspection.evolve,
        begins=(unit_inspection.UnitInspectionBegun,),
        facts={
            "inspection.begun.v1": unit_inspection.UnitInspectionBegun,
            "inspection.ended.v1": unit_inspection.UnitInspectionEnded,
            "inspection.reported.v1": unit_inspection.InspectionReportSubmitted,
            "inspection.fed_back.v1": unit_inspection.InspectionFeedbackGiven,
            "inspection.plan_submitted.v1": unit_inspection.RectificationPlanSubmitted,
            "inspection.progress_reported.v1": unit_inspection.RectificationProgressReported,
            "inspection.rectification_reported.v1": unit_inspection.RectificationReportSubmitted,
            "inspection.report_returned.v1": unit_inspection.RectificationReportReturned,
            "inspection.rectification_assessed.v1": unit_inspection.RectificationAssessed,
        },
    ),
    Concept(
        kind=Kind.INSPECTION_TRANSFER,
        plural="inspection_transfers",
        state=transfer.InspectionTransfer,
        evolve=transfer.evolve,
        begins=(transfer.InspectionMatterTransferred,),
        facts={
            "inspection_transfer.made.v1": transfer.InspectionMatterTransferred,
            "inspection_transfer.accepted.v1": transfer.InspectionTransferAccepted,
            "inspection_transfer.answered.v1": transfer.InspectionTransferAnswered,
        },
    ),
)


ACTS = (
    Act(decisions.OpenRound, decisions.open_round, Kind.ROUND),
    Act(decisions.EndRound, decisions.end_round, Kind.ROUND, nothing),
    Act(decisions.FeedBackProblem, decisions.feed_back_problem, Kind.PROBLEM),
    Act(decisions.RectifyProblem, decisions.rectify_problem, Kind.PROBLEM, nothing),
    Act(decisions.IssueWorkSuggestion, decisions.issue_work_suggestion, Kind.WORK_SUGGESTION),
    Act(
        decisions.CloseWorkSuggestion,
        decisions.close_work_suggestion,
        Kind.WORK_SUGGESTION,
        nothing,
    ),
    *(Act(command, decide, Kind.ROUND, others) for command, decide in round_decisions.DECIDED),
    *(Act(command, decide, Kind.PROBLEM, others) for command, decide in problem_decisions.DECIDED),
    *(
        Act(command, decide, Kind.WORK_SUGGESTION, others)
        for command, decide in suggestion_decisions.DECIDED
    ),
    *(
        Act(command, decide, Kind.INSPECTION_PLAN, others)
        for command, decide in plan_decisions.DECIDED
    ),
    *(
        Act(command, decide, Kind.INSPECTION, others)
        for command, decide in (*visit_decisions.DECIDED, *unit_decisions.DECIDED)
    ),
    *(
        Act(command, decide, Kind.INSPECTION_TRANSFER, others)
        for command, decide in transfer_decisions.DECIDED
    ),
)


def since_in_force(rule: str, field: str) -> Callable[[Data], bool]:
    """Whether a fact's day is not before the first version of a limit."""
    first = limits()[rule][0].since or date.min
    return lambda data: date.fromisoformat(data[field]) >= first


def unsettled(data: Data) -> bool:
    """Whether an assessment asks for another report."""
    return bool(data["assessment"] != COMPLETE)


_PLAN, _REPORT = "inspection.rectification_plan", "inspection.rectification_report"
_GIVEN = unit_inspection.InspectionFeedbackGiven

TERMS = (
    Term(
        rule=_PLAN,
        opens=(Mark(fact=_GIVEN, on="fed_back_on", when=since_in_force(_PLAN, "fed_back_on")),),
        closes=(Mark(fact=unit_inspection.RectificationPlanSubmitted, on="plan_submitted_on"),),
    ),
    Term(
        rule=_REPORT,
        opens=(
            Mark(fact=_GIVEN, on="fed_back_on"),
            Mark(
                fact=unit_inspection.RectificationReportReturned,
                on="returned_on",
                due="rectification_due_on",
            ),
            Mark(
                fact=unit_inspection.RectificationAssessed,
                on="assessed_on",
                due="rectification_due_on",
                when=unsettled,
            ),
        ),
        closes=(
            Mark(fact=unit_inspection.RectificationReportSubmitted, on="rectification_reported_on"),
        ),
    ),
    Term(
        rule="inspection.transfer_feedback",
        opens=(Mark(fact=transfer.InspectionMatterTransferred, on="transferred_on"),),
        closes=(Mark(fact=transfer.InspectionTransferAnswered, on="answered_on"),),
    ),
    Term(
        rule="inspection.problem",
        title="巡察问题整改",
        provision="反馈意见或批准延期、退回时确定的整改期限",
        opens=(
            Mark(
                fact=problem.ProblemFedBack,
                on="fed_back_on",
                due="rectify_due_on",
                when=lambda data: data["rectify_due_on"] is not None,
            ),
            Mark(fact=problem.ProblemReturned, on="reopened_on", due="extended_due_on"),
            Mark(
                fact=problem.ProblemRecurred,
                on="reopened_on",
                due="extended_due_on",
                when=lambda data: data["extended_due_on"] is not None,
            ),
        ),
        extends=(
            Mark(
                fact=problem.ProblemRectificationExtended, on="approved_on", due="extended_due_on"
            ),
        ),
        closes=(Mark(fact=problem.ProblemRectified, on="rectified_on"),),
    ),
)

LIFECYCLES = (
    round.LIFECYCLE,
    problem.LIFECYCLE,
    work_suggestion.LIFECYCLE,
    unit_inspection.LIFECYCLE,
    transfer.LIFECYCLE,
)
