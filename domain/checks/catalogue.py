"""日常监督: concepts, stored names and acts."""

from domain.checks import check, decisions
from domain.concept import Act, Concept
from domain.streams import Kind

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
)

ACTS = (Act(decisions.ConductCheck, decisions.conduct_check, Kind.CHECK),)
