"""Facts registered before others, several in one page, corrections: every state is there."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.corrections.decisions import CorrectRecord
from domain.leads.decisions import ConcludeHandling, HandleLead, RegisterLead
from domain.organs.decisions import RegisterOrgan
from domain.refusals import Refusal
from domain.streams import derived_id
from ledger.envelope import Circumstances
from projections.cuts import Cut
from projections.moments import reading_at
from tests.projections.moments.told import folded, shown, streams_of
from tests.support.offices import Desk, opened

FIRST = date(2020, 1, 1)
DAYS = range(14)


def day(number: int) -> date:
    """A day of that January."""
    return FIRST + timedelta(days=number)


ORGAN = RegisterOrgan(code="JW01", name="区纪委监委", type="纪委监委", parent=None, region="350503")
LEAD = RegisterLead(
    number="XS1",
    source="监督检查发现",
    source_number=None,
    received_on=FIRST,
    organ="JW01",
    department=None,
    persons=(),
    category="违反工作纪律",
    summary=None,
)


def handled(on: int) -> HandleLead:
    """The lead handled on a day."""
    return HandleLead(lead="XS1", decided_on=day(on), method="初步核实", approver=None)


def concluded(on: int) -> ConcludeHandling:
    """That handling concluded two days later."""
    return ConcludeHandling(
        lead="XS1", decided_on=day(on), concluded_on=day(on + 2), outcome="已办结"
    )


def corrected(number: int, field: str, was: str | None, now: str, on: int | None) -> CorrectRecord:
    """A field of the lead, or of its handling of a day, corrected."""
    return CorrectRecord(
        number=f"GZ{number}",
        kind="lead",
        target="XS1",
        item=None if on is None else day(on),
        field=field,
        was=was,
        now=now,
        basis=None,
    )


CORRECTIONS = (
    corrected(1, "department", None, "一室", None),
    corrected(2, "approver", None, "书记", 1),
    corrected(3, "approver", None, "副书记", 2),
    corrected(4, "department", "一室", "二室", None),
)
ACTS = (handled(1), handled(2), handled(3), concluded(1), concluded(2), *CORRECTIONS)


def record(desk: Desk, told: list[tuple[Any, int]]) -> None:
    """Record acts, each registered on a day; those that are refused are not."""
    for at, (act, registered) in enumerate(told):
        made = derived_id(f"{desk.ledger.head()} {at}")
        try:
            desk.ledger.execute(act, Circumstances("tester", made, made, day(registered)))
        except Refusal:
            continue


def cuts(desk: Desk) -> list[Cut]:
    """Every day and every position."""
    days = [Cut(as_of=day(number)) for number in DAYS]
    return [*days, *(Cut(at_position=at) for at in range(desk.ledger.head() + 2))]


def says_what_histories_fold_to(desk: Desk) -> None:
    """Hold every table at every cut to the histories."""
    streams = streams_of(desk)
    for cut in cuts(desk):
        assert shown(desk, cut) == folded(streams, cut), str(cut)


registered = st.tuples(st.sampled_from(ACTS), st.integers(0, 12))


@settings(max_examples=60, deadline=None)
@given(lead_on=st.integers(0, 8), acts=st.lists(registered, max_size=9), page=st.integers(1, 9))
def test_whenever_facts_are_registered_every_cut_says_what_was_known(
    lead_on: int, acts: list[tuple[Any, int]], page: int
) -> None:
    with TemporaryDirectory() as folder, opened(Path(folder) / "ledger.sqlite3") as desk:
        record(desk, [(ORGAN, 0), (LEAD, lead_on), *acts])
        desk.runner.catch_up(page=page)
        says_what_histories_fold_to(desk)
        for name in ("leads", "handlings"):
            assert desk.runner.rebuild(name).differing == 0


def at(desk: Desk, cut: Cut, statement: str) -> list[tuple[Any, ...]]:
    """Rows of a query at a cut."""
    with reading_at(desk.engine, cut) as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


HANDLINGS = "SELECT decided_on, outcome FROM handlings ORDER BY decided_on"


def test_a_handling_registered_before_its_lead_is_known_with_the_lead(desk: Desk) -> None:
    record(desk, [(ORGAN, 0), (LEAD, 6), (handled(1), 2), (concluded(1), 4)])
    desk.runner.catch_up()
    assert at(desk, Cut(as_of=day(5)), HANDLINGS) == []
    assert at(desk, Cut(as_of=day(6)), HANDLINGS) == [("2020-01-02", "已办结")]


def test_a_correction_registered_before_the_handling_tells_of_it(desk: Desk) -> None:
    first = [(ORGAN, 0), (LEAD, 1), (handled(1), 9), (CORRECTIONS[0], 5)]
    record(desk, [*first, (concluded(1), 7)])
    desk.runner.catch_up()
    assert at(desk, Cut(as_of=day(4)), HANDLINGS) == []
    assert at(desk, Cut(as_of=day(5)), HANDLINGS) == [("2020-01-02", None)]
    assert at(desk, Cut(as_of=day(7)), HANDLINGS) == [("2020-01-02", "已办结")]
    assert at(desk, Cut(as_of=day(9)), HANDLINGS) == [("2020-01-02", "已办结")]
    says_what_histories_fold_to(desk)


def test_a_late_fact_overlays_all_that_was_known_from_its_day_on(desk: Desk) -> None:
    early = (corrected(1, "department", None, "一室", None), 3)
    record(desk, [(ORGAN, 0), (LEAD, 1), (handled(1), 5), (handled(2), 8), early])
    desk.runner.catch_up()
    said = "SELECT department, version FROM leads"
    assert at(desk, Cut(as_of=day(2)), said) == [(None, 1)]
    assert at(desk, Cut(as_of=day(3)), said) == [("一室", 4)]
    assert at(desk, Cut(as_of=day(8)), said) == [("一室", 4)]
    assert at(desk, Cut(at_position=4), said) == [(None, 3)]
    says_what_histories_fold_to(desk)


@pytest.mark.parametrize("page", [1, 2, 4000])
def test_several_changes_in_one_page_are_all_there(desk: Desk, page: int) -> None:
    record(desk, [(ORGAN, 0), (LEAD, 1), (handled(1), 2), (concluded(1), 4), (CORRECTIONS[0], 5)])
    desk.runner.catch_up(page=page)
    versions = [at(desk, Cut(at_position=n), "SELECT version FROM leads") for n in range(1, 5)]
    assert versions == [[], [(1,)], [(2,)], [(3,)]]
    says_what_histories_fold_to(desk)


def test_a_rebuild_finds_a_past_row_that_was_changed(
    desk: Desk, copy_of: Callable[[Desk], Desk]
) -> None:
    record(desk, [(ORGAN, 0), (LEAD, 1), (handled(1), 2), (concluded(1), 4)])
    desk.runner.catch_up()
    copy = copy_of(desk)
    with copy.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE leads_past SET organ = 'JW02' WHERE version = 1")
    assert copy.runner.rebuild("leads").differing == 2
    assert copy.runner.rebuild("leads").differing == 0
    says_what_histories_fold_to(copy)
