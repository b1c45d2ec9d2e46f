"""影响期 and 处分期: how long a person's sanctions have effect, as of any day.

Pure functions over what is known of the sanctions. A period begins on the day of effect and ends
before the same day of its last month; ``until`` is the first day without effect. At any day at most
one sanction of a category runs: one that is given while another runs takes over what remains of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from domain.limits.limits import months_later
from domain.sanctions.rules import EXPULSION, PROBATION, period_months, rule_of
from domain.sanctions.sanction import KINDS, SanctionFile


class Running(StrEnum):
    """How a sanction's effect stands on a day."""

    RUNNING = "影响期内"
    PROBATION = "留党察看期间"
    JOINED = "并入后一处分"
    ENDED = "期满解除"
    PERMANENT = "不设期间"


@dataclass(frozen=True, slots=True)
class Effect:
    """The effect of one sanction; ``until`` is None where its end is not known, or never comes.

    ``taken_over_by`` is the later sanction into whose period the rest went.
    """

    sanction: str
    category: str
    kind: str
    since: date
    until: date | None
    running: Running
    taken_over_by: str | None = None

    def in_effect(self, on: date) -> bool:
        """Whether it has effect on a day."""
        return self.since <= on and (self.until is None or on < self.until)


def kind_on(sanction: SanctionFile, on: date) -> str | None:
    """The kind of a sanction as it was on a day, before a change made later."""
    changed = sanction.changed_on
    return sanction.kind_before if changed is not None and on < changed else sanction.kind


def effective_on(sanction: SanctionFile) -> date:
    """The day of effect: the decision's own unless another is known."""
    return sanction.effective_on or sanction.decided_on


def effects(sanctions: Iterable[SanctionFile], on: date) -> tuple[Effect, ...]:
    """The effects of one person's sanctions as of a day, in the order in which they began.

    Sanctions that were not yet given, were revoked by then, or whose kind is unknown have none.
    """
    known = [
        each
        for each in sanctions
        if effective_on(each) <= on
        and (each.revoked_on is None or on < each.revoked_on)
        and kind_on(each, on) is not None
    ]
    found = [
        effect
        for category in KINDS
        for effect in _of_category([each for each in known if each.category == category], on)
    ]
    return tuple(sorted(found, key=lambda each: (each.since, each.sanction)))


def _of_category(sanctions: list[SanctionFile], on: date) -> Iterator[Effect]:
    earlier: Effect | None = None
    for sanction in sorted(sanctions, key=lambda each: (effective_on(each), each.number)):
        effect = _effect(sanction, earlier, on)
        if earlier is not None:
            yield _taken_over(earlier, effect)
        earlier = effect
    if earlier is not None:
        yield earlier


def _taken_over(earlier: Effect, later: Effect) -> Effect:
    """The earlier effect ends where a later one begins within it; 开除 ends everything."""
    runs = earlier.running is not Running.PERMANENT
    if runs and (earlier.until is None or later.since < earlier.until):
        return replace(
            earlier,
            until=later.since,
            running=Running.JOINED,
            taken_over_by=later.sanction,
        )
    return earlier


def _effect(sanction: SanctionFile, earlier: Effect | None, on: date) -> Effect:
    kind = kind_on(sanction, on) or ""
    since = effective_on(sanction)
    months = sanction.period_months or period_months(sanction.category, kind, since)
    if months is None:
        return Effect(sanction.number, sanction.category, kind, since, None, Running.PERMANENT)
    if kind == PROBATION:
        until = _after_probation(sanction, months, earlier, on)
    elif kind == EXPULSION:
        until = months_later(since, months)
    else:
        until = _joined(sanction.category, months, since, earlier)
    if until is None:
        running = Running.PROBATION
    else:
        running = Running.RUNNING if on < until else Running.ENDED
    return Effect(sanction.number, sanction.category, kind, since, until, running)


def _joined(category: str, months: int, since: date, earlier: Effect | None) -> date | None:
    """The end of a period that begins on a day, with what remains of the earlier one."""
    own = months_later(since, months)
    if earlier is None or earlier.running is Running.PERMANENT:
        return own
    if earlier.until is None:
        return None
    if earlier.until <= since:
        return own
    rule = rule_of("overlap", since, category=category)
    if rule["rule"] == "later_end":
        return max(own, earlier.until)
    joint = months_later(earlier.until, months)
    return min(joint, months_later(since, rule["most"])) if "most" in rule else joint


def _after_probation(
    sanction: SanctionFile, months: int, earlier: Effect | None, on: date
) -> date | None:
    """The end of the period after 留党察看: None until the rights are restored.

    What remained of an earlier period on the day of effect runs on after it.
    """
    restored, revoked = sanction.rights_restored_on, sanction.restoration_revoked_on
    if restored is None or on < restored or (revoked is not None and revoked <= on):
        return None
    since = effective_on(sanction)
    rest = timedelta()
    if earlier is not None and earlier.until is not None and since < earlier.until:
        rest = earlier.until - since
    return months_later(restored, months) + rest


def on_probation(sanction: SanctionFile, on: date) -> bool:
    """Whether a person is on probation (留党察看) under a sanction on a day."""
    found = effects([sanction], on)
    return bool(found) and found[0].running is Running.PROBATION


def runs_until(sanctions: Iterable[SanctionFile], on: date) -> date | None:
    """The first day on which none of a person's periods running on a day has effect any more.

    None where nothing runs; the greatest date where an end is not known or never comes.
    """
    running = [each for each in effects(sanctions, on) if each.in_effect(on)]
    return max((each.until or date.max for each in running), default=None)
