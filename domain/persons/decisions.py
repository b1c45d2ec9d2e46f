"""监督对象: registering a supervised person."""

from domain.fields import ALWAYS, fact, restate
from domain.persons.person import Person, PersonParticulars, PersonRegistered
from domain.rules import require_codes, require_known, require_new
from domain.units.unit import Unit


@fact
class RegisterPerson(PersonParticulars):
    """登记监督对象."""


def check_person(person: PersonParticulars, *, unit: Unit | None) -> None:
    """What holds of every person, when registered and when corrected.

    1. The unit is registered (台账规则).
    2. The rank is one in force when the archive was opened (可配置：职级表).
    """
    require_known(person, {"unit": unit})
    require_codes(person, person.archive_opened_on or ALWAYS)


def register_person(
    person: Person | None, act: RegisterPerson, *, unit: Unit | None
) -> PersonRegistered:
    """Register a supervised person (登记监督对象).

    1. A number is registered once (台账规则).
    2. What ``check_person`` says holds of it (台账规则).
    """
    require_new(person, act.number)
    check_person(act, unit=unit)
    return restate(act, PersonRegistered)
