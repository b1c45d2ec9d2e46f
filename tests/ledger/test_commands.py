"""Commands: repeated without harm, refused when stale, all of their facts or none."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from eventsourcing.persistence import IntegrityError

from domain.cases.decisions import CloseCase, SendCaseToReview
from domain.refusals import Refusal
from domain.streams import Kind
from ledger.application import Ledger
from ledger.canonical import digest
from ledger.recorder import Writing
from tests.domain.samples import (
    CASE,
    CORRECTION,
    FILED_CASE,
    PERSON,
    a_correction,
    a_person,
    a_unit,
    an_organ,
    correct_case,
)
from tests.ledger.office import REGISTERED, open_ledger, record, when

CLOSING = CloseCase(number=CASE, closed_on=date(2021, 7, 1))
RANK = correct_case("rank", "乡科级", "县处级")


def refusal_of(act: Callable[[], Any]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value


def test_a_receipt_says_where_the_facts_are(ledger: Ledger) -> None:
    record(ledger, *FILED_CASE)
    receipt = ledger.execute(CLOSING, when("closing"))
    assert (receipt.first_position, receipt.last_position) == (6, 6)
    assert receipt.command_id == when("closing").command_id
    assert receipt.digest == digest(CLOSING)
    assert ledger.history(f"case:{CASE}")[-1].position == 6


def test_a_command_given_twice_happens_once(ledger: Ledger) -> None:
    record(ledger, *FILED_CASE)
    first = ledger.execute(CLOSING, when("closing"))
    assert ledger.execute(CLOSING, when("closing")) == first
    assert ledger.head() == 6


def test_a_repeated_command_is_answered_before_its_version_is_compared(ledger: Ledger) -> None:
    record(ledger, *FILED_CASE)
    first = ledger.execute(CLOSING, when("closing"), expected_version=1)
    assert ledger.execute(CLOSING, when("closing"), expected_version=1) == first


def test_a_command_given_again_after_reopening_happens_once(path: Path) -> None:
    with open_ledger(path) as ledger:
        record(ledger, *FILED_CASE)
        first = ledger.execute(RANK, when("correction"))
    with open_ledger(path) as ledger:
        assert ledger.execute(RANK, when("correction")) == first
        assert ledger.head() == 7


def test_a_command_given_twice_in_one_transaction_happens_once(ledger: Ledger) -> None:
    with ledger.transaction() as transaction:
        first = transaction.execute(an_organ(), when("organ"))
        assert transaction.execute(an_organ(), when("organ")) == first
    assert ledger.head() == 1


def test_a_command_asked_about_before_it_was_carried_out_is_known_afterwards(
    ledger: Ledger,
) -> None:
    organ = when("organ").command_id
    with ledger.transaction() as transaction:
        assert transaction.receipts([organ]) == {}
        receipt = transaction.execute(an_organ(), when("organ"))
        assert transaction.receipts([organ]) == {organ: receipt}
        transaction.flush()
        assert transaction.receipts([organ]) == {organ: receipt}


def test_a_command_that_was_undone_with_others_is_not_known(ledger: Ledger) -> None:
    organ = when("organ").command_id
    twice = [(an_organ(), when("organ")), (an_organ(), when("again"))]
    with ledger.transaction() as transaction:
        refusal_of(lambda: transaction.record_all(twice))
        assert transaction.receipts([organ]) == {}
        transaction.execute(an_organ(), when("organ"))
    assert ledger.head() == 1


def test_two_commands_under_one_id_are_never_recorded(ledger: Ledger) -> None:
    with ledger.transaction() as transaction:
        transaction.record(an_organ(), when("one"))
        with pytest.raises(IntegrityError):
            transaction.record(a_unit(), when("one"))
    assert ledger.head() == 1


def test_what_commands_look_at_is_fetched_at_once(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(ledger, an_organ())
    told = [(a_unit(code=f"DW-{at}"), when(f"unit {at}")) for at in range(40)]
    with ledger.transaction() as transaction:
        transaction.expect((each, under.command_id) for each, under in told)
        monkeypatch.setattr(Writing, "run", None)
        for each, circumstances in told:
            transaction.execute(each, circumstances)
        monkeypatch.undo()


@pytest.mark.parametrize(
    "other",
    [
        CloseCase(number=CASE, closed_on=date(2021, 7, 2)),
        SendCaseToReview(number=CASE, sent_to_review_on=date(2021, 7, 1)),
    ],
    ids=["another day", "another act"],
)
def test_a_command_id_is_good_for_one_command(ledger: Ledger, other: Any) -> None:
    record(ledger, *FILED_CASE)
    ledger.execute(CLOSING, when("closing"))
    refusal = refusal_of(lambda: ledger.execute(other, when("closing")))
    assert refusal.code == "command_reused"
    assert ledger.head() == 6


def test_a_refused_command_may_be_given_again_under_its_id(ledger: Ledger) -> None:
    assert refusal_of(lambda: record(ledger, a_person())).code == "missing_reference"
    record(ledger, a_unit(), a_person())
    assert ledger.head() == 2


@pytest.mark.parametrize(("version", "stale"), [(0, True), (1, False), (2, True)])
def test_an_act_on_a_stale_version_is_refused(ledger: Ledger, version: int, *, stale: bool) -> None:
    record(ledger, *FILED_CASE)

    def close() -> Any:
        return ledger.execute(CLOSING, when("closing"), expected_version=version)

    if stale:
        assert refusal_of(close).code == "stale_version"
        assert ledger.head() == 5
    else:
        assert close().last_position == 6


def test_version_0_expects_a_stream_that_is_not_there_yet(ledger: Ledger) -> None:
    ledger.execute(an_organ(), when("first"), expected_version=0)
    again = refusal_of(lambda: ledger.execute(an_organ(), when("second"), expected_version=0))
    assert again.code == "stale_version"


def test_a_correction_is_recorded_on_both_of_its_streams(ledger: Ledger) -> None:
    record(ledger, *FILED_CASE)
    receipt = ledger.execute(RANK, when("correction"))
    assert (receipt.first_position, receipt.last_position) == (6, 7)
    own, changed = ledger.history(f"correction:{CORRECTION}"), ledger.history(f"case:{CASE}")
    assert [entry.position for entry in own] == [6]
    assert [entry.position for entry in changed] == [5, 7]
    assert own[0].event.command_id == changed[1].event.command_id


#: Before and after together are too large for one entry, though each text is not.
ROOMY = a_person(post="职" * 7_000)
TOO_LARGE = a_correction(Kind.PERSON, PERSON, "political_status", was="中共党员", now="群" * 8_000)


def test_a_correction_whose_second_fact_cannot_be_stored_leaves_no_first(ledger: Ledger) -> None:
    record(ledger, a_unit(), ROOMY)
    assert refusal_of(lambda: ledger.execute(TOO_LARGE, when("correction"))).code == "too_large"
    assert ledger.head() == 2
    assert ledger.history(f"correction:{CORRECTION}") == []
    assert len(ledger.history(f"person:{PERSON}")) == 1


def test_nor_does_it_where_the_transaction_goes_on(ledger: Ledger) -> None:
    record(ledger, a_unit(), ROOMY)
    with ledger.transaction() as transaction:
        refusal = refusal_of(lambda: transaction.execute(TOO_LARGE, when("correction")))
        assert refusal.code == "too_large"
        transaction.execute(an_organ(), when("organ"))
    assert ledger.history(f"correction:{CORRECTION}") == []
    assert ledger.head() == 3


def test_several_acts_of_a_transaction_happen_together_or_not_at_all(ledger: Ledger) -> None:
    def both() -> None:
        with ledger.transaction() as transaction:
            transaction.execute(an_organ(), when("organ"))
            transaction.execute(a_person(), when("person"))

    assert refusal_of(both).code == "missing_reference"
    assert ledger.head() == 0
    ledger.execute(an_organ(), when("organ"))
    assert ledger.head() == 1


def test_a_refused_group_leaves_the_acts_before_it(ledger: Ledger) -> None:
    closing_twice = [(CLOSING, when("one")), (CLOSING, when("two"))]
    with ledger.transaction() as transaction:
        for number, command in enumerate(FILED_CASE):
            transaction.execute(command, when(number))
        before = transaction.look(f"case:{CASE}")
        refusal = refusal_of(lambda: transaction.record_all(closing_twice))
        assert refusal.code == "already_registered"
        assert transaction.look(f"case:{CASE}") == before
        assert transaction.record_all(closing_twice[:1]) == 1
    assert [entry.event.version for entry in ledger.history(f"case:{CASE}")] == [1, 2]
    assert ledger.head() == 6


def test_a_refused_group_forgets_the_streams_it_began(ledger: Ledger) -> None:
    with ledger.transaction() as transaction:
        group = [(a_unit(), when("unit")), (a_person(unit="DW99"), when("person"))]
        assert refusal_of(lambda: transaction.record_all(group)).code == "missing_reference"
        assert transaction.look("unit:DW01") is None
        transaction.execute(a_unit(), when("unit again"))
    assert ledger.head() == 1


def test_text_that_cannot_be_stored_is_refused_and_nothing_recorded(ledger: Ledger) -> None:
    record(ledger, *FILED_CASE)
    act = a_correction(Kind.CASE, CASE, "rank", was="乡科级", now="县处级", basis="\ud800")
    with pytest.raises((Refusal, TypeError, ValueError)):
        ledger.execute(act, when("surrogate"))
    assert ledger.head() == 5


@pytest.mark.parametrize(
    ("registered_on", "last"), [(None, "null"), (date(2021, 7, 5), '"2021-07-05"')]
)
def test_a_digest_is_of_the_name_of_the_act_its_values_and_its_registration(
    registered_on: date | None, last: str
) -> None:
    """Stored beside the events for ever: a register imported again is recognised by it."""
    said = f'["2021-07-01","AJ2021-001",{last}]'
    assert digest(CLOSING, registered_on) == sha256(b"CloseCase\0" + said.encode()).digest()


def test_a_command_is_recognised_by_the_digest_that_its_caller_computed(ledger: Ledger) -> None:
    circumstances = when("organ", digest=digest(an_organ(), REGISTERED))
    first = ledger.execute(an_organ(), circumstances)
    assert first.digest == circumstances.digest
    assert ledger.execute(an_organ(), circumstances) == first


def test_two_acts_with_the_same_values_have_different_digests() -> None:
    sent = SendCaseToReview(number=CASE, sent_to_review_on=date(2021, 7, 1))
    assert digest(sent) != digest(CLOSING)
