"""处分: imposing a sanction."""

from domain.cases.case import Case
from domain.codes.tables import code_table
from domain.fields import fact, restate
from domain.organs.organ import Organ
from domain.persons.person import Person
from domain.refusals import refuse_if
from domain.rules import require_codes, require_known, require_new, require_order
from domain.sanctions.sanction import KINDS, Sanction, SanctionImposed, SanctionParticulars


@fact
class ImposeSanction(SanctionParticulars):
    """给予处分."""


def check_sanction(
    sanction: SanctionParticulars,
    *,
    case: Case | None,
    person: Person | None,
    organ: Organ | None,
) -> None:
    """What holds of every sanction, when imposed and when corrected.

    1. Case, person and organ are registered (台账规则).
    2. Category and rank are terms in force on the day (台账规则).
    3. The kind is one of its category
       (《中国共产党纪律处分条例》（2023）；《公职人员政务处分法》第7条).
    4. It is not decided before the case was filed (《监察法》（2024修正）第42条).
    """
    require_known(sanction, {"case": case, "person": person, "organ": organ})
    require_codes(sanction, sanction.decided_on)
    if sanction.kind is not None:
        kinds = code_table(KINDS[sanction.category])
        refuse_if(
            not kinds.in_force(sanction.kind, sanction.decided_on),
            "unknown_code",
            f"“{sanction.kind}”不是{sanction.category}的种类",
            field="kind",
            provision=kinds.source,
        )
    if case is not None:
        reason = f"处分决定日期早于立案日期 {case.filed_on}"
        decided_on = sanction.decided_on
        require_order(case.filed_on, decided_on, reason, field="decided_on", code="before_filing")


def impose_sanction(
    sanction: Sanction | None,
    act: ImposeSanction,
    *,
    case: Case | None,
    person: Person | None,
    organ: Organ | None,
) -> SanctionImposed:
    """Impose a sanction as the register states it.

    1. A number is used once (台账规则).
    2. ``check_sanction`` holds (台账规则).
    """
    require_new(sanction, act.number)
    check_sanction(act, case=case, person=person, organ=organ)
    return restate(act, SanctionImposed)
