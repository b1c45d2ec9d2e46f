"""巡察: concepts, stored names and acts."""

from domain.concept import Act, Concept, nothing
from domain.inspections import decisions, problem, round, work_suggestion
from domain.streams import Kind

CONCEPTS = (
    Concept(
        kind=Kind.ROUND,
        plural="rounds",
        state=round.Round,
        evolve=round.evolve,
        begins=(round.RoundOpened,),
        facts={
            "round.opened.v1": round.RoundOpened,
            "round.ended.v1": round.RoundEnded,
            "round.corrected.v1": round.RoundCorrected,
        },
        check=decisions.check_round,
        corrected=round.RoundCorrected,
    ),
    Concept(
        kind=Kind.PROBLEM,
        plural="problems",
        state=problem.Problem,
        evolve=problem.evolve,
        begins=(problem.ProblemFedBack,),
        facts={
            "problem.fed_back.v1": problem.ProblemFedBack,
            "problem.rectified.v1": problem.ProblemRectified,
            "problem.corrected.v1": problem.ProblemCorrected,
        },
        check=decisions.check_problem,
        corrected=problem.ProblemCorrected,
    ),
    Concept(
        kind=Kind.WORK_SUGGESTION,
        plural="work_suggestions",
        state=work_suggestion.WorkSuggestion,
        evolve=work_suggestion.evolve,
        begins=(work_suggestion.WorkSuggestionIssued,),
        facts={
            "work_suggestion.issued.v1": work_suggestion.WorkSuggestionIssued,
            "work_suggestion.closed.v1": work_suggestion.WorkSuggestionClosed,
            "work_suggestion.corrected.v1": work_suggestion.WorkSuggestionCorrected,
        },
        check=decisions.check_work_suggestion,
        corrected=work_suggestion.WorkSuggestionCorrected,
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
)
