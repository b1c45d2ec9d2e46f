"""Sanctions as data: the dated rules of ``rules.toml``."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from domain.codes.tables import code_table

_SOURCE = Path(__file__).with_name("rules.toml")
PARTY, ADMINISTRATIVE = "党纪处分", "政务处分"
#: Kinds that the acts speak of by name.
REMOVAL, PROBATION, EXPULSION = "撤销党内职务", "留党察看", "开除党籍"
DISMISSALS = ("撤职", "开除")
#: Administrative sanctions after which post and pay are changed (公职人员政务处分法 第54条).
CHANGING_PAY = ("降级", "撤职", "开除")

Rule = Mapping[str, Any]


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, list[dict[str, Any]]]:
    return tomllib.loads(_SOURCE.read_text(encoding="utf-8"))


def rule_of(group: str, on: date, **having: str) -> Rule:
    """The rule of a group in force on a day, or the first one for an earlier day.

    ``having`` are fields with the value that they have in it; LookupError where there is none.
    """
    found = [
        each
        for each in _rules()[group]
        if all(each[name] == value for name, value in having.items())
    ]
    if not found:
        raise LookupError(f"{group} {having}")
    versions = sorted(found, key=lambda each: each["since"])
    in_force = [each for each in versions if each["since"] <= on]
    return in_force[-1] if in_force else versions[0]


def period_months(category: str, kind: str, on: date) -> int | None:
    """How many months a kind of sanction has effect; None for 开除, which has no period."""
    months: int | None = rule_of("period", on, category=category)["months"].get(kind)
    return months


def limits_of_standing(standing: str | None, on: date) -> Rule | None:
    """The rule that limits which administrative sanctions a person of a standing may be given."""
    found = [
        each
        for each in _rules()["standing"]
        if standing in each["standings"] and each["since"] <= on
    ]
    return max(found, key=lambda each: each["since"], default=None)


def is_member(political_status: str | None, on: date) -> bool:
    """Whether a political status is that of a member; an unknown one is taken for it."""
    return political_status is None or political_status in rule_of("members", on)["statuses"]


def severity(category: str, kind: str) -> int:
    """The place of a kind among those of its category, the lightest first."""
    table = {PARTY: "party_sanction", ADMINISTRATIVE: "administrative_sanction"}[category]
    return list(code_table(table).terms).index(kind)
