"""Where publishing stands moves from where it was seen only, and goes back under a reason only."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from consumers.outbound.places import BeyondHeadError, OvertakenError, Place, Places
from ledger.application import Ledger
from tests.domain import samples
from tests.ledger.office import MONDAY, OfficeClock, open_ledger, record
from tests.support.commands import command

TOPIC = "8f0c6f2a"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path / "ledger.sqlite3", OfficeClock())
    record(opened, samples.an_organ(), samples.a_unit(), samples.a_person())
    yield opened
    opened.close()


@pytest.fixture
def places(ledger: Ledger) -> Places:
    return Places(ledger)


def test_nothing_is_published_at_first(places: Places) -> None:
    assert places.known() is None
    assert places.rewinds() == []


def test_a_place_is_kept_with_the_instant_and_the_topic(ledger: Ledger, places: Places) -> None:
    places.move(None, Place(0, 2), TOPIC)
    assert Places(ledger).known() == ((0, 2), TOPIC, MONDAY.isoformat())


def test_a_publisher_that_was_frozen_while_another_went_on_is_refused(places: Places) -> None:
    places.move(None, Place(0, 1), TOPIC)
    places.move(Place(0, 1), Place(0, 2), TOPIC)
    for expected in (Place(0, 1), Place(0, 3), None):
        with pytest.raises(OvertakenError):
            places.move(expected, Place(0, 3), TOPIC)
    known = places.known()
    assert known is not None
    assert known.place == (0, 2)


def test_going_back_begins_a_round_under_a_recorded_reason(places: Places) -> None:
    places.move(None, Place(0, 3), TOPIC)
    made = places.go_back(1, "office-7", "新的订阅方须从头读取")
    assert made == (1, MONDAY.isoformat(), "office-7", "新的订阅方须从头读取", 3, 1)
    assert places.rewinds() == [made]
    known = places.known()
    assert known is not None
    assert known.place == (1, 1) > (0, 3)
    assert known.topic_id == "", "whichever topic is there now is taken"


def test_a_publisher_that_runs_while_it_is_made_to_go_back_is_refused(places: Places) -> None:
    places.move(None, Place(0, 2), TOPIC)
    places.go_back(0, "office-7", "重发")
    with pytest.raises(OvertakenError):
        places.move(Place(0, 2), Place(0, 3), TOPIC)


def test_what_was_never_published_can_begin_anywhere(places: Places) -> None:
    places.go_back(2, "office-7", "以前的事实另行移交")
    known = places.known()
    assert known is not None
    assert known.place == (1, 2)


def test_nobody_goes_back_to_what_is_not_there_yet(places: Places) -> None:
    with pytest.raises(BeyondHeadError):
        places.go_back(4, "office-7", "误写")
    assert (places.known(), places.rewinds()) == (None, [])


def test_who_only_looks_how_far_it_has_come_makes_no_tables(ledger: Ledger, tmp_path: Path) -> None:
    answer = command(tmp_path / "ledger.sqlite3", "publish", "status")
    assert (answer.code, "回退" in answer.out.decode()) == (0, False)
    assert not ledger.store.columns("outbound_rewinds")
