"""四种形态: concepts, stored names and acts."""

from domain.concept import Act, Concept
from domain.dispositions import decisions, disposition
from domain.streams import Kind

CONCEPTS = (
    Concept(
        kind=Kind.DISPOSITION,
        plural="dispositions",
        state=disposition.Disposition,
        evolve=disposition.evolve,
        begins=(disposition.DispositionMade,),
        facts={
            "disposition.made.v1": disposition.DispositionMade,
            "disposition.corrected.v1": disposition.DispositionCorrected,
        },
        check=decisions.check_disposition,
        corrected=disposition.DispositionCorrected,
    ),
)

ACTS = (Act(decisions.MakeDisposition, decisions.make_disposition, Kind.DISPOSITION),)
