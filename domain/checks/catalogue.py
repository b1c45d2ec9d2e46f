"""日常监督: concepts, stored names, acts, terms and lifecycles."""

from domain.checks import check, decisions, problem, problem_decisions, rectification
from domain.checks.problem_decisions import SignOffCheckProblem
from domain.concept import Act, Concept, Related, Via, others
from domain.streams import Kind, stream_name
from domain.term import Mark, Term

CONCEPTS = (
    Concept(
        kind=Kind.CHECK,
        plural="checks",
        state=check.Check,
        evolve=check.evolve,
        begins=(check.CheckConducted,),
        facts={
            "check.conducted.v1": check.CheckConducted,
            "check.corrected.v1": check.CheckCorrected,
        },
        check=decisions.check_check,
        corrected=check.CheckCorrected,
    ),
    Concept(
        kind=Kind.CHECK_PROBLEM,
        plural="check_problems",
        state=problem.CheckProblem,
        evolve=problem.evolve,
        begins=(problem.CheckProblemRecorded,),
        facts={
            "check_problem.recorded.v1": problem.CheckProblemRecorded,
            "check_problem.included.v1": problem.CheckProblemIncluded,
            "check_problem.urged.v1": problem.CheckProblemUrged,
            "check_problem.extended.v1": problem.CheckProblemExtended,
            "check_problem.rectified.v1": problem.CheckProblemRectified,
            "check_problem.verified.v1": problem.CheckProblemVerified,
            "check_problem.signed_off.v1": problem.CheckProblemSignedOff,
            "check_problem.referred.v1": problem.CheckProblemReferred,
        },
    ),
)


def through_its_problem(command: SignOffCheckProblem) -> Related:
    """The campaign that the problem is in."""
    own = stream_name(Kind.CHECK_PROBLEM, command.number)
    return {"campaign": Via(own, "campaign", Kind.CAMPAIGN)}


ACTS = (
    Act(decisions.ConductCheck, decisions.conduct_check, Kind.CHECK),
    *(
        Act(command, decide, Kind.CHECK_PROBLEM, others)
        for command, decide in (*problem_decisions.DECIDED, *rectification.DECIDED)
    ),
    Act(
        SignOffCheckProblem,
        problem_decisions.sign_off_check_problem,
        Kind.CHECK_PROBLEM,
        through_its_problem,
    ),
)

TERMS = (
    Term(
        rule="check_problem.rectification",
        title="监督发现问题整改",
        provision="问题清单或批准延期、验收时确定的整改期限",
        opens=(
            Mark(
                fact=problem.CheckProblemRecorded,
                on="found_on",
                due="due_on",
                when=lambda data: data["due_on"] is not None,
            ),
            Mark(
                fact=problem.CheckProblemVerified,
                on="verified_on",
                due="extended_due_on",
                when=lambda data: data["verification"] != problem.COMPLETE,
            ),
        ),
        extends=(Mark(fact=problem.CheckProblemExtended, on="approved_on", due="extended_due_on"),),
        closes=(Mark(fact=problem.CheckProblemRectified, on="rectified_on"),),
    ),
)

LIFECYCLES = (problem.LIFECYCLE,)
