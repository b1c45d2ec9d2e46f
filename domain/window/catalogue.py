"""“办不成事”反映窗口: concepts, stored names and acts."""

from domain.concept import Act, Concept, nothing
from domain.streams import Kind
from domain.term import Mark, Term
from domain.window import decisions, following, matter
from domain.window.lifecycle import MATTER

CONCEPTS = (
    Concept(
        kind=Kind.MATTER,
        plural="matters",
        state=matter.MatterFile,
        record=matter.Matter,
        evolve=matter.evolve,
        begins=(matter.MatterAccepted,),
        facts={
            "matter.accepted.v1": matter.MatterAccepted,
            "matter.settled.v1": matter.MatterSettled,
            "matter.corrected.v1": matter.MatterCorrected,
            "matter.copied.v1": matter.MatterCopied,
            "matter.assigned.v1": matter.MatterAssigned,
            "matter.pressed.v1": matter.MatterPressed,
            "matter.rated.v1": matter.MatterRated,
            "matter.reopened.v1": matter.MatterReopened,
            "matter.escalated.v1": matter.MatterEscalated,
        },
        check=decisions.check_matter,
        corrected=matter.MatterCorrected,
    ),
)

ACTS = (
    Act(decisions.AcceptMatter, decisions.accept_matter, Kind.MATTER),
    Act(decisions.SettleMatter, decisions.settle_matter, Kind.MATTER, nothing),
    Act(following.CopyMatter, following.copy_matter, Kind.MATTER),
    Act(following.AssignMatter, following.assign_matter, Kind.MATTER),
    Act(following.PressMatter, following.press_matter, Kind.MATTER, nothing),
    Act(following.RateMatter, following.rate_matter, Kind.MATTER, nothing),
    Act(following.ReopenMatter, following.reopen_matter, Kind.MATTER, nothing),
    Act(following.EscalateMatter, following.escalate_matter, Kind.MATTER),
)

TERMS = (
    Term(
        rule="window.settlement",
        opens=(
            Mark(fact=matter.MatterAccepted, on="accepted_on"),
            Mark(fact=matter.MatterReopened, on="reopened_on"),
        ),
        closes=(Mark(fact=matter.MatterSettled, on="settled_on"),),
    ),
)

LIFECYCLES = (MATTER,)
