"""更正: concepts, stored names and acts."""

from domain.concept import Concept
from domain.corrections import correction
from domain.streams import Kind

CONCEPTS = (
    Concept(
        kind=Kind.CORRECTION,
        plural="corrections",
        state=correction.Correction,
        evolve=correction.evolve,
        begins=(correction.CorrectionRegistered,),
        facts={
            "correction.registered.v1": correction.CorrectionRegistered,
        },
    ),
)
