"""Dead letters: looked at, tried again, discarded; what waits behind them follows in order."""

import pytest

from consumers.inbound.letters import ContentNotKeptError, NoSuchLetterError, State
from tests.inbound.conftest import Desk, message, petition

ANSWER = {"answered_on": "2026-03-09", "answer": "登记受理"}


@pytest.fixture
def early(desk: Desk) -> Desk:
    """A petition of an organ that is registered later, two messages behind it."""
    desk.take(
        message(0, petition("XF-1", organ="JW-002")),
        message(1, petition("XF-1", organ="JW-002"), sent_as="m-0"),
        message(2, petition("XF-1", organ=5)),
        message(3, petition("XF-1", organ="JW-002"), sent_as="m-0"),
    )
    return desk


def states(desk: Desk) -> list[State]:
    return [desk.letters.letter(number).state for number in range(1, 5)]


def test_a_letter_tried_in_vain_stays_and_counts_its_attempts(early: Desk) -> None:
    settled = early.letters.retry(1, "王", "再试")
    assert settled.fault is not None
    assert (settled.followed, settled.waiting) == (0, 3)
    assert early.letters.letter(1).attempts == 2
    assert early.streams == []


def test_a_letter_whose_cause_is_gone_is_taken_and_those_behind_it_follow(early: Desk) -> None:
    early.register("JW-002")
    settled = early.letters.retry(1, "王", "机构已登记")
    assert (settled.fault, settled.followed, settled.waiting) == (None, 1, 2)
    assert early.streams == ["petition:XF-1"]
    assert states(early) == [State.TAKEN, State.TAKEN, State.DEAD, State.PARKED]
    [(_, who, act, why, outcome)] = early.letters.acts(1)
    assert (who, act, why, outcome) == ("王", "retry", "机构已登记", "taken")


def test_a_letter_given_up_lets_those_behind_it_go_on(early: Desk) -> None:
    early.register("JW-002")
    early.letters.retry(1, "王", "机构已登记")
    settled = early.letters.discard(3, "王", "内容有误，已请对方重发")
    assert (settled.followed, settled.waiting) == (1, 0)
    assert states(early) == [State.TAKEN, State.TAKEN, State.DISCARDED, State.TAKEN]
    assert early.letters.waiting() == []


def test_of_a_dry_run_nothing_is_kept(early: Desk) -> None:
    early.register("JW-002")
    head = early.ledger.head()
    assert early.letters.retry(1, "王", "试", dry_run=True).fault is None
    assert early.letters.discard(1, "王", "试", dry_run=True).followed == 1
    assert (early.ledger.head(), early.letters.acts(1)) == (head, [])
    assert states(early) == [State.DEAD, State.PARKED, State.PARKED, State.PARKED]


@pytest.mark.parametrize("number", [2, 99])
def test_only_what_waits_for_somebody_is_settled(early: Desk, number: int) -> None:
    for settle in (early.letters.retry, early.letters.discard):
        with pytest.raises(NoSuchLetterError):
            settle(number, "王", "试")


def test_what_was_not_kept_can_only_be_given_up(desk: Desk) -> None:
    desk.take(message(0, petition("XF-1", reported_level="本机关主要负责人")))
    with pytest.raises(ContentNotKeptError):
        desk.letters.retry(1, "王", "试")
    desk.letters.discard(1, "王", "应径送上级机关")
    assert desk.letters.waiting() == []
    assert desk.take(message(1, petition("XF-1"))).recorded == 1
