"""The three clocks: when it happened, when it was registered, when this ledger recorded it."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from domain.cases.decisions import CloseCase
from domain.fields import ALWAYS
from domain.refusals import Refusal
from ledger.application import Ledger
from ledger.envelope import Recorded
from tests.domain.samples import (
    CASE,
    FILED_CASE,
    MATTER,
    PERSON,
    a_conclusion,
    a_handling,
    a_lead,
    a_matter,
    a_person,
    a_petition,
    a_unit,
    an_organ,
    correct_case,
    correct_handling,
)
from tests.ledger.office import MONDAY, OfficeClock, open_ledger, record, when

TODAY = date(2026, 1, 5)
RANK = correct_case("rank", "乡科级", "县处级")


def last(ledger: Ledger, stream: str) -> Recorded[Any]:
    return ledger.history(stream)[-1].event


def refused(ledger: Ledger, command: Any, registered_on: date | None) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        ledger.execute(command, when(command, registered_on))
    return refusal.value


def test_the_three_clocks_of_a_fact(ledger: Ledger) -> None:
    record(ledger, a_unit(), a_matter(), registered_on=date(2021, 6, 1))
    event = last(ledger, f"matter:{MATTER}")
    assert event.occurred_on == date(2021, 5, 10)
    assert event.registered_on == date(2021, 6, 1)
    assert event.recorded_at == MONDAY


def test_an_instant_is_stored_in_utc_whatever_the_zone_of_the_clock(path: Path) -> None:
    office = timezone(timedelta(hours=8))
    with open_ledger(path, OfficeClock(datetime(2026, 1, 5, 9, 30, tzinfo=office))) as ledger:
        record(ledger, an_organ())
        (_, _, state), *_ = ledger.store.page(0, 1)
    assert b'"recorded_at":"2026-01-05T01:30:00Z"' in state


def test_the_instant_of_recording_never_decreases(ledger: Ledger, clock: OfficeClock) -> None:
    for number, hours in enumerate([0, -5, 2, -1, -1, 6]):
        clock.move(hours=hours)
        record(ledger, an_organ(code=f"JW{number}"), registered_on=None)
    instants = [entry["recorded_at"] for page in ledger.follow() for _, entry in page]
    assert instants == sorted(instants)
    assert len(set(instants)) == 2


def test_it_never_decreases_across_a_reopening_either(path: Path) -> None:
    with open_ledger(path, OfficeClock(MONDAY)) as ledger:
        record(ledger, an_organ())
    with open_ledger(path, OfficeClock(MONDAY - timedelta(days=400))) as ledger:
        record(ledger, a_unit(), registered_on=None)
        assert last(ledger, "unit:DW01").recorded_at == MONDAY


def test_acts_of_one_transaction_share_their_instant(ledger: Ledger, clock: OfficeClock) -> None:
    with ledger.transaction() as transaction:
        transaction.execute(an_organ(), when("organ"))
        clock.move(minutes=1)
        transaction.execute(a_unit(), when("unit"))
    assert last(ledger, "unit:DW01").recorded_at == MONDAY


def test_a_fact_without_registration_date_counts_as_registered_on_its_own(ledger: Ledger) -> None:
    record(ledger, a_unit(), a_matter(), registered_on=None)
    assert last(ledger, f"matter:{MATTER}").registered_on == date(2021, 5, 10)


def test_a_fact_without_any_date_was_always_known(ledger: Ledger) -> None:
    record(ledger, an_organ(), a_unit(), a_person(archive_opened_on=None), registered_on=None)
    for stream in ("organ:JW01", "unit:DW01", f"person:{PERSON}"):
        event = last(ledger, stream)
        assert (event.occurred_on, event.registered_on) == (ALWAYS, ALWAYS)


def test_a_fact_without_a_date_of_its_own_occurred_when_it_was_registered(ledger: Ledger) -> None:
    record(ledger, an_organ(), registered_on=date(2021, 6, 1))
    assert last(ledger, "organ:JW01").occurred_on == date(2021, 6, 1)


def test_a_conclusion_on_an_unknown_day_occurred_when_it_was_registered(ledger: Ledger) -> None:
    record(ledger, *FILED_CASE, a_handling(), a_conclusion(concluded_on=None))
    event = last(ledger, "lead:XS2021-001")
    assert event.occurred_on == event.registered_on == date(2025, 12, 31)


def test_registered_before_it_happened_is_refused(ledger: Ledger) -> None:
    record(ledger, an_organ(), registered_on=None)
    refusal = refused(ledger, a_petition(), date(2021, 2, 19))
    assert (refusal.code, refusal.field) == ("impossible_date", "registered_on")


def test_registered_on_the_day_it_happened_is_recorded(ledger: Ledger) -> None:
    record(ledger, an_organ(), registered_on=None)
    record(ledger, a_petition(), registered_on=date(2021, 2, 20))
    assert ledger.head() == 2


@pytest.mark.parametrize(
    ("received_on", "registered_on", "field"),
    [
        (TODAY + timedelta(days=1), None, "received_on"),
        (TODAY + timedelta(days=1), TODAY + timedelta(days=1), "received_on"),
        (TODAY, TODAY + timedelta(days=1), "registered_on"),
    ],
)
def test_a_date_after_today_is_refused(
    ledger: Ledger, received_on: date, registered_on: date | None, field: str
) -> None:
    record(ledger, an_organ())
    refusal = refused(ledger, a_petition(received_on=received_on), registered_on)
    assert (refusal.code, refusal.field) == ("impossible_date", field)


def test_today_is_the_date_of_the_office(path: Path) -> None:
    """17:00 in UTC is already the next day in the office."""
    clock = OfficeClock(datetime(2026, 1, 5, 17, 0, tzinfo=UTC))
    with open_ledger(path, clock) as ledger:
        assert ledger.today() == date(2026, 1, 6)
        record(ledger, an_organ(), registered_on=date(2026, 1, 6))
        assert ledger.head() == 1


def test_an_act_registered_before_its_stream_began_still_has_its_own_dates(ledger: Ledger) -> None:
    record(ledger, *FILED_CASE, registered_on=date(2022, 1, 1))
    closing = CloseCase(number=CASE, closed_on=date(2021, 7, 1))
    record(ledger, closing, registered_on=None)
    assert last(ledger, f"case:{CASE}").registered_on == date(2021, 7, 1)


def test_a_correction_registered_before_the_fact_is_refused(ledger: Ledger) -> None:
    record(ledger, *FILED_CASE, registered_on=date(2022, 1, 1))
    refusal = refused(ledger, RANK, date(2021, 12, 31))
    assert (refusal.code, refusal.field) == ("impossible_date", "registered_on")
    record(ledger, RANK, registered_on=date(2022, 1, 1))
    assert ledger.head() == 7


def test_a_correction_registered_before_an_earlier_correction_is_refused(ledger: Ledger) -> None:
    """It starts from what that one made of the record, which was not known before it."""
    record(ledger, *FILED_CASE, registered_on=date(2022, 1, 1))
    record(ledger, RANK, registered_on=date(2022, 3, 1))
    again = correct_case("rank", "县处级", "一般干部", number="GZ2")
    refusal = refused(ledger, again, date(2022, 2, 1))
    assert (refusal.code, refusal.field) == ("impossible_date", "registered_on")


def test_a_correction_of_a_day_registered_before_that_day_was_is_refused(ledger: Ledger) -> None:
    closing = CloseCase(number=CASE, closed_on=date(2021, 7, 1))
    record(ledger, *FILED_CASE, registered_on=date(2021, 5, 1))
    record(ledger, closing, registered_on=date(2022, 3, 1))
    act = correct_case("closed_on", "2021-07-01", "2021-07-02")
    refusal = refused(ledger, act, date(2022, 2, 1))
    assert (refusal.code, refusal.field) == ("impossible_date", "registered_on")


def test_a_correction_of_one_handling_does_not_wait_for_another(ledger: Ledger) -> None:
    another = a_handling(decided_on=date(2021, 8, 2), method="初步核实")
    record(ledger, *FILED_CASE, a_handling(), registered_on=date(2021, 5, 1))
    record(ledger, another, registered_on=date(2022, 3, 1))
    record(
        ledger,
        correct_handling("method", "谈话函询", "予以了结"),
        registered_on=date(2022, 2, 1),
    )
    assert ledger.head() == 9


def test_a_correction_without_registration_date_is_not_older_than_its_fact(ledger: Ledger) -> None:
    record(ledger, *FILED_CASE, registered_on=date(2022, 1, 1))
    ledger.execute(RANK, when("correction", None))
    first, second = ledger.history(f"case:{CASE}")
    assert second.event.registered_on >= first.event.registered_on


def test_a_live_act_is_registered_today(ledger: Ledger) -> None:
    record(ledger, an_organ(), a_lead(persons=()), registered_on=ledger.today())
    assert last(ledger, "lead:XS2021-001").registered_on == TODAY
