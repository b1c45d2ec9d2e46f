"""影响期 and 处分期, against tables worked out by hand.

The first day without effect is given: a warning of 1 March 2024 lasts through 28 February 2025.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.fields import restate
from domain.sanctions.course import evolve
from domain.sanctions.effect import Running, effects, on_probation, runs_until
from domain.sanctions.rules import _rules
from domain.sanctions.sanction import SanctionFile, SanctionImposed
from tests.domain.samples import a_sanction

LATE = date(2040, 1, 1)
PARTY, ADMINISTRATIVE = "党纪处分", "政务处分"
D = date


def given_on(day: date, kind: str, category: str = PARTY, **course: Any) -> SanctionFile:
    """A sanction decided on a day, numbered by it, with what is known of its course."""
    act = a_sanction(number=f"CF-{day}", category=category, kind=kind, decided_on=day, case=None)
    return replace(evolve(None, restate(act, SanctionImposed)), **course)


def ends(on: date, *sanctions: SanctionFile) -> list[date | None]:
    return [each.until for each in effects(sanctions, on)]


@pytest.mark.parametrize(
    ("category", "kind", "until"),
    [
        (PARTY, "警告", D(2025, 3, 1)),
        (PARTY, "严重警告", D(2025, 9, 1)),
        (PARTY, "撤销党内职务", D(2026, 3, 1)),
        (PARTY, "开除党籍", D(2029, 3, 1)),
        (ADMINISTRATIVE, "警告", D(2024, 9, 1)),
        (ADMINISTRATIVE, "记过", D(2025, 3, 1)),
        (ADMINISTRATIVE, "记大过", D(2025, 9, 1)),
        (ADMINISTRATIVE, "降级", D(2026, 3, 1)),
        (ADMINISTRATIVE, "撤职", D(2026, 3, 1)),
        (ADMINISTRATIVE, "开除", None),
    ],
)
def test_each_kind_has_its_own_period(category: str, kind: str, until: date | None) -> None:
    assert ends(LATE, given_on(D(2024, 3, 1), kind, category)) == [until]


def test_a_period_is_lifted_by_itself_when_it_is_over() -> None:
    warning = given_on(D(2024, 3, 1), "警告", ADMINISTRATIVE)
    (before,), (after,) = effects([warning], D(2024, 8, 31)), effects([warning], D(2024, 9, 1))
    assert (before.running, before.in_effect(D(2024, 8, 31))) == (Running.RUNNING, True)
    assert (after.running, after.in_effect(D(2024, 9, 1))) == (Running.ENDED, False)
    assert effects([warning], D(2024, 2, 29)) == ()
    assert effects([warning], D(2024, 3, 1))[0].in_effect(D(2024, 3, 1)), "from its first day"


def test_the_last_day_of_a_short_month_ends_a_period() -> None:
    assert ends(LATE, given_on(D(2024, 8, 31), "警告", ADMINISTRATIVE)) == [D(2025, 2, 28)]


def test_the_day_of_effect_counts_and_not_the_decision() -> None:
    warning = given_on(D(2024, 3, 1), "警告", effective_on=D(2024, 3, 15))
    assert ends(LATE, warning) == [D(2025, 3, 15)]
    assert effects([warning], D(2024, 3, 14)) == ()


@pytest.mark.parametrize(
    ("first", "second", "until"),
    [
        # 警告 to 2025-03-01; on 2024-09-01 half a year remains, then 12 months: 2026-03-01
        ((D(2024, 3, 1), "警告"), (D(2024, 9, 1), "警告"), D(2026, 3, 1)),
        # 严重警告 to 2025-09-01, then 24 months: 2027-09-01
        ((D(2024, 3, 1), "严重警告"), (D(2025, 8, 31), "撤销党内职务"), D(2027, 9, 1)),
        # the first is over on the day of the second: nothing remains
        ((D(2024, 3, 1), "警告"), (D(2025, 3, 1), "警告"), D(2026, 3, 1)),
        # no cap: 24 and 24 months
        ((D(2024, 3, 1), "撤销党内职务"), (D(2024, 3, 2), "撤销党内职务"), D(2028, 3, 1)),
    ],
)
def test_a_party_period_takes_over_what_remains_of_the_one_before(
    first: tuple[date, str], second: tuple[date, str], until: date
) -> None:
    earlier, later = effects([given_on(*second), given_on(*first)], LATE)
    assert later.until == until
    overlapping = second[0] < ends(LATE, given_on(*first))[0]  # type: ignore[operator]  # known
    assert (earlier.running is Running.JOINED) == overlapping
    assert (earlier.taken_over_by == later.sanction) == overlapping
    assert not overlapping or earlier.until == second[0]


def test_three_sanctions_add_up() -> None:
    """To 2025-03-01; then to 2026-03-01; on 2025-12-01 three months remain, then 18 more."""
    given = [
        given_on(D(2024, 3, 1), "警告"),
        given_on(D(2024, 9, 1), "警告"),
        given_on(D(2025, 12, 1), "严重警告"),
    ]
    assert ends(LATE, *given) == [D(2024, 9, 1), D(2025, 12, 1), D(2027, 9, 1)]
    assert runs_until(given, D(2025, 1, 1)) == D(2026, 3, 1), "the third was not yet known"
    assert runs_until(given, D(2026, 1, 1)) == D(2027, 9, 1)
    assert runs_until(given, D(2027, 9, 1)) is None


def test_probation_has_effect_for_two_years_from_the_restoration() -> None:
    probation = given_on(D(2024, 3, 1), "留党察看", rights_restored_on=D(2025, 4, 10))
    assert on_probation(probation, D(2025, 4, 9))
    assert ends(D(2025, 4, 9), probation) == [None]
    assert runs_until([probation], D(2025, 4, 9)) == date.max
    assert not on_probation(probation, D(2025, 4, 10))
    assert ends(LATE, probation) == [D(2027, 4, 10)]


def test_what_remained_before_probation_runs_on_after_it() -> None:
    """警告 to 2025-03-01: on 2024-12-01 ninety days remain; 2027-04-10 and 90 days: 2027-07-09."""
    warning = given_on(D(2024, 3, 1), "警告")
    probation = given_on(D(2024, 12, 1), "留党察看", rights_restored_on=D(2025, 4, 10))
    assert ends(LATE, warning, probation) == [D(2024, 12, 1), D(2027, 7, 9)]


def test_something_found_during_probation_adds_to_the_two_years() -> None:
    probation = given_on(D(2024, 3, 1), "留党察看", rights_restored_on=D(2025, 4, 10))
    warning = given_on(D(2024, 9, 1), "警告")
    assert ends(D(2024, 10, 1), probation, warning) == [D(2024, 9, 1), None]
    assert ends(LATE, probation, warning) == [D(2024, 9, 1), D(2028, 4, 10)]


def test_a_revoked_restoration_restores_nothing() -> None:
    probation = given_on(
        D(2024, 3, 1),
        "留党察看",
        rights_restored_on=D(2025, 4, 10),
        restoration_revoked_on=D(2025, 8, 1),
    )
    expulsion = given_on(D(2025, 8, 1), "开除党籍")
    assert ends(D(2025, 7, 31), probation, expulsion) == [D(2027, 4, 10)]
    assert ends(D(2025, 8, 1), probation) == [None]
    assert ends(LATE, probation, expulsion) == [D(2025, 8, 1), D(2030, 8, 1)]


def test_administrative_periods_add_up_to_48_months_at_most() -> None:
    """降级 to 2026-03-01, 撤职 of 2024-04-01 would end 2028-03-01: 47 months, within the 48."""
    first = given_on(D(2024, 3, 1), "降级", ADMINISTRATIVE)
    second = given_on(D(2024, 4, 1), "撤职", ADMINISTRATIVE)
    third = given_on(D(2024, 5, 1), "记过", ADMINISTRATIVE)
    assert ends(LATE, first, second)[-1] == D(2028, 3, 1)
    assert ends(LATE, first, second, third)[-1] == D(2028, 5, 1)


def test_a_period_that_the_decision_set_is_the_period() -> None:
    sanction = given_on(D(2024, 3, 1), "记过", ADMINISTRATIVE, period_months=20)
    assert ends(LATE, sanction) == [D(2025, 11, 1)]


def test_party_and_administrative_periods_run_side_by_side() -> None:
    both = [given_on(D(2024, 3, 1), "警告"), given_on(D(2024, 3, 2), "记过", ADMINISTRATIVE)]
    assert ends(LATE, *both) == [D(2025, 3, 1), D(2025, 3, 2)]


def test_dismissal_ends_what_ran_before() -> None:
    before = given_on(D(2024, 3, 1), "记过", ADMINISTRATIVE)
    dismissal = given_on(D(2024, 6, 1), "开除", ADMINISTRATIVE)
    first, last = effects([before, dismissal], LATE)
    assert (first.until, first.running) == (D(2024, 6, 1), Running.JOINED)
    assert (last.until, last.running) == (None, Running.PERMANENT)


def test_a_changed_sanction_has_the_period_of_its_kind_from_then_on() -> None:
    changed = given_on(D(2024, 3, 1), "警告", kind_before="严重警告", changed_on=D(2024, 10, 1))
    assert ends(D(2024, 9, 30), changed) == [D(2025, 9, 1)]
    assert ends(D(2024, 10, 1), changed) == [D(2025, 3, 1)]


def test_a_revoked_sanction_has_effect_until_its_revocation() -> None:
    first = given_on(D(2024, 3, 1), "警告", revoked_on=D(2024, 10, 1))
    second = given_on(D(2024, 9, 1), "警告")
    assert ends(D(2024, 9, 30), first, second) == [D(2024, 9, 1), D(2026, 3, 1)]
    assert ends(D(2024, 10, 1), first, second) == [D(2025, 9, 1)]


def test_another_rule_of_overlap_may_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    longest = {"category": PARTY, "since": D(2025, 1, 1), "rule": "later_end"}
    monkeypatch.setitem(_rules(), "overlap", [*_rules()["overlap"], longest])  # type: ignore[arg-type]  # a dict
    first, second = given_on(D(2024, 9, 1), "撤销党内职务"), given_on(D(2025, 2, 1), "警告")
    assert ends(LATE, first, second)[-1] == D(2026, 9, 1)


def test_a_sanction_of_unknown_kind_has_no_known_effect() -> None:
    assert effects([replace(given_on(D(2024, 3, 1), "警告"), kind=None)], LATE) == ()
