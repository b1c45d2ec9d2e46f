"""监督对象: concepts, stored names and acts."""

from domain.concept import Act, Concept
from domain.persons import decisions, person
from domain.streams import Kind

CONCEPTS = (
    Concept(
        kind=Kind.PERSON,
        plural="persons",
        state=person.Person,
        evolve=person.evolve,
        begins=(person.PersonRegistered,),
        facts={
            "person.registered.v1": person.PersonRegistered,
            "person.corrected.v1": person.PersonCorrected,
        },
        check=decisions.check_person,
        corrected=person.PersonCorrected,
    ),
)

ACTS = (Act(decisions.RegisterPerson, decisions.register_person, Kind.PERSON),)
