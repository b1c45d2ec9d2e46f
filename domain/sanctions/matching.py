"""党纪政务处分相匹配: whether the sanctions of one person for one case fit each other.

A warning, never a refusal: there are exceptions. One sanction of each category is held against the
other; a light one may stand alone.
"""

from collections.abc import Iterable
from datetime import date

from domain.sanctions.effect import kind_on
from domain.sanctions.rules import ADMINISTRATIVE, PARTY, rule_of, severity
from domain.sanctions.sanction import SanctionFile


def mismatch(
    party: str | None, administrative: str | None, on: date, *, both: bool = True
) -> str | None:
    """Why a party and an administrative sanction do not match, in words; None where they do.

    ``both`` says that the person is subject to both: a member who holds a public office. Only then
    is a heavy one that stands alone a mismatch.
    """
    rule = rule_of("matching", on)
    if party is not None and administrative is not None:
        fitting = rule["pairs"][party]
        if administrative in fitting:
            return None
        return f"党内{party}一般匹配政务{'或'.join(fitting)}，现为{administrative}"
    alone, category = (party, PARTY) if party is not None else (administrative, ADMINISTRATIVE)
    if alone is None or not both or alone not in rule["obliged"][category]:
        return None
    other = ADMINISTRATIVE if category == PARTY else PARTY
    return f"{category}{alone}未见相匹配的{other}"


def mismatch_of(sanctions: Iterable[SanctionFile], on: date, *, both: bool = True) -> str | None:
    """Why the sanctions of one person for one case, as of a day, do not match.

    The heaviest of each category counts; revoked ones do not.
    """
    heaviest: dict[str, str] = {}
    for each in sanctions:
        kind = kind_on(each, on)
        gone = each.revoked_on is not None and each.revoked_on <= on
        if kind is None or gone or each.decided_on > on:
            continue
        held = heaviest.get(each.category)
        if held is None or severity(each.category, kind) > severity(each.category, held):
            heaviest[each.category] = kind
    return mismatch(heaviest.get(PARTY), heaviest.get(ADMINISTRATIVE), on, both=both)
