"""处分: concepts, stored names and acts."""

from domain.concept import Act, Concept
from domain.sanctions import decisions, sanction
from domain.streams import Kind

CONCEPTS = (
    Concept(
        kind=Kind.SANCTION,
        plural="sanctions",
        state=sanction.Sanction,
        evolve=sanction.evolve,
        begins=(sanction.SanctionImposed,),
        facts={
            "sanction.imposed.v1": sanction.SanctionImposed,
            "sanction.corrected.v1": sanction.SanctionCorrected,
        },
        check=decisions.check_sanction,
        corrected=sanction.SanctionCorrected,
    ),
)

ACTS = (Act(decisions.ImposeSanction, decisions.impose_sanction, Kind.SANCTION),)
