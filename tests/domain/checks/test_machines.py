"""The lifecycles of daily supervision tried at random."""

from typing import Any

import pytest

from domain.campaigns import campaign
from domain.checks import problem
from domain.lifecycle import Lifecycle
from tests.domain.checks import samples as c
from tests.domain.samples import a_lead, a_person
from tests.domain.walks import FIRST, Acts, every_move_is_made

LATER = FIRST.replace(year=FIRST.year + 1)


def a_verification(day: Any, result: str) -> Any:
    due = None if result == "整改到位" else LATER
    return c.verified(verified_on=day, verification=result, extended_due_on=due)


PROBLEMS: Acts = {
    "include": lambda day, _: c.an_inclusion(included_on=day),
    "urge": lambda day, _: c.an_urging(urged_on=day),
    "extend": lambda day, _: c.an_extension(approved_on=day, extended_due_on=LATER),
    "rectify": lambda day, _: c.put_right(rectified_on=day),
    "verify": a_verification,
    "sign off": lambda day, _: c.a_sign_off(signed_off_on=day),
    "refer": lambda day, _: c.a_referral(referred_on=day),
}
CAMPAIGNS: Acts = {
    **{each: lambda day, _, each=each: c.a_phase(each, day) for each in c.PHASES},  # type: ignore[misc]  # bound early
    "account": lambda day, _: c.an_accountability(accountable_on=day),
    "conclude": lambda day, _: c.a_conclusion(concluded_on=day),
}
WITH_LEAD = (*c.RECORDED, c.a_campaign(), a_person(), a_lead())


@pytest.mark.parametrize(
    ("lifecycle", "number", "acts"),
    [
        (problem.LIFECYCLE, c.PROBLEM, PROBLEMS),
        (campaign.LIFECYCLE, c.CAMPAIGN, CAMPAIGNS),
    ],
    ids=["problem", "campaign"],
)
def test_every_move_of_the_table_is_made_and_no_other(
    lifecycle: Lifecycle, number: str, acts: Acts
) -> None:
    every_move_is_made(lifecycle, number, WITH_LEAD, acts, ends=frozenset({"refer"}))
