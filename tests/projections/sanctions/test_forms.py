"""人次 of the four forms, as results are replaced and withdrawn."""

from datetime import date

from domain.streams import derived_id
from ledger.envelope import Circumstances
from projections.cuts import Cut, Period
from tests.domain import samples as s
from tests.domain.dispositions import samples as d
from tests.projections.sanctions.told import everyone, tell
from tests.support.offices import Desk

Y2021, Y2022 = (
    Period(date(2021, 1, 1), date(2021, 12, 31)),
    Period(date(2022, 1, 1), date(2022, 12, 31)),
)
BOTH = Period(date(2021, 1, 1), date(2022, 12, 31))
BEFORE, AFTER = Cut(as_of=date(2022, 1, 31)), Cut(as_of=date(2022, 2, 1))


def forms(desk: Desk, period: Period, cut: Cut | None = None) -> tuple[int, int, int, int]:
    figures = desk.figures(period, cut)
    return (
        figures["forms.first"],
        figures["forms.second"],
        figures["forms.total"],
        figures["forms.persons"],
    )


def test_the_earlier_period_keeps_what_was_known_and_the_change_appears_now(desk: Desk) -> None:
    tell(desk, *everyone(), s.a_lead(), d.a_conclusion_of_forms())
    assert forms(desk, Y2021) == (1, 0, 1, 1)
    tell(desk, d.a_replacement())
    assert forms(desk, Y2021, BEFORE) == (1, 0, 1, 1), "as published"
    assert forms(desk, Y2021, AFTER) == (0, 0, 0, 0)
    assert forms(desk, Y2022) == (0, 1, 1, 1)
    assert forms(desk, BOTH) == (0, 1, 1, 1), "one person on one lead is counted once"
    assert forms(desk, BOTH, BEFORE) == (1, 0, 1, 1)
    assert all(check.holds for check in desk.statement(BOTH).checks)


def test_a_result_withdrawn_counts_no_more(desk: Desk) -> None:
    tell(desk, *everyone(), s.a_lead(), d.a_conclusion_of_forms(), d.a_withdrawal())
    assert forms(desk, Y2021) == (0, 0, 0, 0)
    assert forms(desk, Y2021, Cut(as_of=date(2022, 2, 28))) == (1, 0, 1, 1)


def test_what_another_body_did_is_in_no_figure(desk: Desk) -> None:
    tell(desk, *everyone(), s.a_lead())
    before = desk.figures()
    tell(desk, d.another_bodys(lead=s.LEAD))
    assert desk.figures() == before


def test_nothing_is_taken_back_before_it_was_known(desk: Desk) -> None:
    """Registered late, replaced in its own time: the reversal waits for what it undoes."""

    tell(desk, *everyone(), s.a_lead())
    late = Circumstances("tester", derived_id("late"), derived_id("late"), date(2022, 6, 1))
    desk.ledger.execute(d.a_conclusion_of_forms(), late)
    tell(desk, d.a_replacement())
    assert forms(desk, Y2021, Cut(as_of=date(2022, 5, 1))) == (0, 0, 0, 0)
    assert forms(desk, Y2021, Cut(as_of=date(2022, 7, 1))) == (0, 0, 0, 0)
    assert forms(desk, Y2022, Cut(as_of=date(2022, 5, 1))) == (0, 1, 1, 1)
