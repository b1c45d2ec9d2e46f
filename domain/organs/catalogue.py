"""机构: concepts, stored names and acts."""

from domain.concept import Act, Concept
from domain.organs import decisions, organ
from domain.streams import Kind

CONCEPTS = (
    Concept(
        kind=Kind.ORGAN,
        plural="organs",
        state=organ.Organ,
        evolve=organ.evolve,
        begins=(organ.OrganRegistered,),
        facts={
            "organ.registered.v1": organ.OrganRegistered,
            "organ.corrected.v1": organ.OrganCorrected,
        },
        check=decisions.check_organ,
        corrected=organ.OrganCorrected,
        key="code",
    ),
)

ACTS = (Act(decisions.RegisterOrgan, decisions.register_organ, Kind.ORGAN, key="code"),)
