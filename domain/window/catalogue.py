"""“办不成事”反映窗口: concepts, stored names and acts."""

from domain.concept import Act, Concept, nothing
from domain.streams import Kind
from domain.term import Mark, Term
from domain.window import decisions, matter

CONCEPTS = (
    Concept(
        kind=Kind.MATTER,
        plural="matters",
        state=matter.Matter,
        evolve=matter.evolve,
        begins=(matter.MatterAccepted,),
        facts={
            "matter.accepted.v1": matter.MatterAccepted,
            "matter.settled.v1": matter.MatterSettled,
            "matter.corrected.v1": matter.MatterCorrected,
        },
        check=decisions.check_matter,
        corrected=matter.MatterCorrected,
    ),
)

ACTS = (
    Act(decisions.AcceptMatter, decisions.accept_matter, Kind.MATTER),
    Act(decisions.SettleMatter, decisions.settle_matter, Kind.MATTER, nothing),
)

TERMS = (
    Term(
        rule="window.settlement",
        opens=(Mark(fact=matter.MatterAccepted, on="accepted_on"),),
        closes=(Mark(fact=matter.MatterSettled, on="settled_on"),),
    ),
)
