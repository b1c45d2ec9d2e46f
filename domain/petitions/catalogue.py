"""信访举报: concepts, stored names and acts."""

from domain.concept import Act, Concept
from domain.petitions import decisions, petition
from domain.streams import Kind

CONCEPTS = (
    Concept(
        kind=Kind.PETITION,
        plural="petitions",
        state=petition.Petition,
        evolve=petition.evolve,
        begins=(petition.PetitionReceived,),
        facts={
            "petition.received.v1": petition.PetitionReceived,
            "petition.corrected.v1": petition.PetitionCorrected,
        },
        check=decisions.check_petition,
        corrected=petition.PetitionCorrected,
    ),
)

ACTS = (Act(decisions.ReceivePetition, decisions.receive_petition, Kind.PETITION),)
