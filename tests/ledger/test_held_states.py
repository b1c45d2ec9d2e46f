"""States kept between transactions are those of the ledger, whoever wrote it in between."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path

import pytest
from eventsourcing.persistence import OperationalError

from domain.cases.decisions import CloseCase
from domain.refusals import Refusal
from ledger.application import Ledger
from ledger.held import HeldStates
from ledger.recorder import Writing
from tests.domain.samples import CASE, FILED_CASE, a_unit, an_organ, correct_case
from tests.ledger.office import OfficeClock, open_ledger, record, when

RANK = correct_case("rank", "乡科级", "县处级")
CLOSING = CloseCase(number=CASE, closed_on=date(2021, 7, 1))


def rank(ledger: Ledger) -> str | None:
    with ledger.transaction() as transaction:
        state = transaction.look(f"case:{CASE}")
    return None if state is None else str(state.rank)


def test_what_another_ledger_on_the_file_wrote_is_seen(path: Path, clock: OfficeClock) -> None:
    with open_ledger(path, clock) as here, open_ledger(path, clock) as there:
        record(here, *FILED_CASE)
        assert (rank(here), rank(there)) == ("乡科级", "乡科级")
        record(there, RANK)
        assert (rank(here), rank(there)) == ("县处级", "县处级")
        record(here, correct_case("rank", "县处级", "厅局级", number="GZ2"))
        assert (rank(here), rank(there)) == ("厅局级", "厅局级")


def test_a_number_that_another_ledger_registered_is_no_longer_new(
    path: Path, clock: OfficeClock
) -> None:
    with open_ledger(path, clock) as here, open_ledger(path, clock) as there:
        assert rank(here) is None
        record(there, *FILED_CASE)
        with pytest.raises(Refusal, match="already_registered"):
            here.execute(FILED_CASE[-1], when("again"))
        assert rank(here) == "乡科级"


def test_the_version_that_another_ledger_made_is_the_one_expected(
    path: Path, clock: OfficeClock
) -> None:
    with open_ledger(path, clock) as here, open_ledger(path, clock) as there:
        record(here, *FILED_CASE)
        record(there, RANK)
        with pytest.raises(Refusal, match="stale_version"):
            here.execute(CLOSING, when("closing"), expected_version=1)
        assert here.execute(CLOSING, when("closing"), expected_version=2).last_position == 8


def test_a_transaction_that_broke_leaves_no_state_behind(ledger: Ledger) -> None:
    record(ledger, *FILED_CASE)

    def broken() -> None:
        with ledger.transaction() as transaction:
            transaction.execute(RANK, when("correction"))
            assert transaction.look(f"case:{CASE}").rank == "县处级"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert rank(ledger) == "乡科级"
    assert ledger.head() == 5


def test_a_transaction_whose_commit_failed_leaves_no_state_behind(
    path: Path, clock: OfficeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another writes as many events meanwhile: the ledger is as long as it would have been."""
    with open_ledger(path, clock) as here, open_ledger(path, clock) as there:
        record(here, an_organ())
        with monkeypatch.context() as patched:
            patched.setattr(here.store, "writing", without_commit(here))
            with pytest.raises(OperationalError):
                record(here, a_unit(code="DW01"))
        record(there, a_unit(code="DW02"))
        with here.transaction() as transaction:
            assert transaction.look("unit:DW01") is None
            assert transaction.look("unit:DW02") is not None


def test_another_ledger_as_long_in_its_place_is_not_taken_for_the_same(
    tmp_path: Path, clock: OfficeClock
) -> None:
    """As after a backup was brought back while a process ran."""
    with open_ledger(tmp_path / "one.sqlite3", clock) as one:
        record(one, an_organ(), a_unit(code="DW01"))
        with open_ledger(tmp_path / "other.sqlite3", clock) as other:
            record(other, an_organ(), a_unit(code="DW02"))
            one.recorder = other.recorder
            with one.transaction() as transaction:
                assert transaction.look("unit:DW01") is None
                assert transaction.look("unit:DW02") is not None


def without_commit(ledger: Ledger) -> Callable[[], AbstractContextManager[Writing]]:
    """Writing whose commit the database does not carry out."""
    plain = ledger.store.writing

    @contextmanager
    def writing() -> Iterator[Writing]:
        with plain() as opened:
            yield opened
            raise OperationalError

    return writing


def test_a_refused_act_in_a_transaction_leaves_no_state_behind(ledger: Ledger) -> None:
    record(ledger, *FILED_CASE)
    with ledger.transaction() as transaction:
        with pytest.raises(Refusal, match="impossible_date"):
            transaction.record(CLOSING, when("future", date(2999, 1, 1)))
        assert transaction.look(f"case:{CASE}").closed_on is None
    assert ledger.head() == 5


def test_a_correction_refused_for_its_dates_leaves_neither_stream(ledger: Ledger) -> None:
    record(ledger, *FILED_CASE)
    with ledger.transaction() as transaction:
        with pytest.raises(Refusal, match="impossible_date"):
            transaction.record(RANK, when("future", date(2999, 1, 1)))
        assert transaction.look(f"correction:{RANK.number}") is None
        transaction.record(RANK, when("correction"))
    assert ledger.head() == 7


def test_memory_stays_flat(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HeldStates, "CAPACITY", 3)
    record(ledger, *FILED_CASE, a_unit(code="DW02"), an_organ(code="JW02"))
    record(ledger, RANK)
    assert rank(ledger) == "县处级"
    assert len(ledger._held.states) <= 3
