"""单位: concepts, stored names and acts."""

from domain.concept import Act, Concept
from domain.streams import Kind
from domain.units import decisions, unit

CONCEPTS = (
    Concept(
        kind=Kind.UNIT,
        plural="units",
        state=unit.Unit,
        evolve=unit.evolve,
        begins=(unit.UnitRegistered,),
        facts={
            "unit.registered.v1": unit.UnitRegistered,
            "unit.corrected.v1": unit.UnitCorrected,
        },
        check=decisions.check_unit,
        corrected=unit.UnitCorrected,
        key="code",
    ),
)

ACTS = (Act(decisions.RegisterUnit, decisions.register_unit, Kind.UNIT, key="code"),)
