"""Each message has exactly one effect, whoever brings it and however often."""

from contextlib import suppress
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consumers.inbound.intake import MostlyFailingError, OutOfStepError, TopicReplacedError
from consumers.inbound.letters import State
from consumers.inbound.messages import Received
from consumers.tables import read
from ledger.recorder import Writing
from tests.inbound.conftest import TOPIC, TOPIC_ID, Desk, batch, message, numbers, petition

#: Each example has a partition of its own.
PARTITIONS = count(1)


def petitions(first: int, until: int) -> list[Received]:
    return [message(at, petition(f"XF-{at:03}")) for at in range(first, until)]


def test_each_message_of_a_batch_is_an_event_and_the_place_moves(desk: Desk) -> None:
    sent = petitions(0, 5)
    taken = desk.take(*sent)
    assert (taken.recorded, taken.repeated, taken.dead, taken.parked) == (5, 0, 0, 0)
    assert desk.streams == numbers(sent)
    assert desk.next_offset == 5


def test_a_worker_that_wakes_after_another_took_over_is_refused_all_of_it(desk: Desk) -> None:
    frozen = petitions(0, 30)
    desk.take(*petitions(0, 20))
    with pytest.raises(OutOfStepError) as refused:
        desk.take(*frozen)
    assert refused.value.next_offset == 20
    assert desk.streams == numbers(petitions(0, 20))
    desk.take(*petitions(20, 30))
    assert desk.streams == numbers(frozen)


def test_what_was_passed_over_is_not_left_behind(desk: Desk) -> None:
    with pytest.raises(OutOfStepError):
        desk.take(*petitions(3, 6))
    assert (desk.streams, desk.next_offset) == ([], 0)


def test_offsets_without_a_message_are_passed(desk: Desk) -> None:
    first, last = message(0, petition("XF-1")), message(7, petition("XF-2"))
    desk.take(first)
    desk.inbound.take(batch(last, first=1))
    assert desk.next_offset == 8


def test_a_partition_is_begun_once_and_before_anything_is_taken(desk: Desk) -> None:
    with pytest.raises(OutOfStepError):
        desk.inbound.begin(TOPIC, TOPIC_ID, 0, 100)
    with pytest.raises(OutOfStepError) as refused:
        desk.inbound.take(batch(message(0, petition("XF-1")), partition=1))
    assert refused.value.next_offset is None


def test_a_topic_made_anew_under_the_same_name_is_noticed(desk: Desk) -> None:
    desk.take(*petitions(0, 3))
    with pytest.raises(TopicReplacedError):
        desk.inbound.take(batch(message(3, petition("XF-9")), topic_id="another"))


def test_a_sender_that_repeats_itself_has_one_effect(desk: Desk) -> None:
    desk.take(message(0, petition("XF-1"), sent_as="a"))
    taken = desk.take(message(1, petition("XF-1"), sent_as="a"))
    assert (taken.recorded, taken.repeated) == (0, 1)
    assert desk.streams == ["petition:XF-1"]


def test_a_sender_that_repeats_itself_within_a_batch_has_one_effect(desk: Desk) -> None:
    first, again = (message(at, petition("XF-1"), sent_as="a") for at in range(2))
    taken = desk.take(first, again)
    assert (taken.recorded, taken.repeated) == (1, 1)
    assert desk.streams == ["petition:XF-1"]


def test_one_id_with_two_contents_within_a_batch_is_a_dead_letter(desk: Desk) -> None:
    taken = desk.take(*(message(at, petition(f"XF-{at}"), sent_as="a") for at in range(2)))
    assert (taken.recorded, taken.dead) == (1, 1)
    [letter] = desk.letters.waiting()
    assert (letter.code, letter.offset) == ("command_reused", 1)
    assert desk.streams == ["petition:XF-0"]


def test_a_batch_asks_the_database_as_often_whatever_its_size(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    run = Writing.run

    def counted(writing: Writing, statement: str, *values: Any) -> Any:
        asked.append(statement)
        return run(writing, statement, *values)

    monkeypatch.setattr(Writing, "run", counted)
    desk.take(*petitions(0, 2))
    of_two = len(asked)
    desk.take(*petitions(2, 52))
    assert len(asked) - of_two <= of_two


def test_one_id_with_two_contents_is_a_dead_letter(desk: Desk) -> None:
    desk.take(message(0, petition("XF-1"), sent_as="a"))
    taken = desk.take(message(1, petition("XF-2"), sent_as="a"))
    assert taken.dead == 1
    [letter] = desk.letters.waiting()
    assert (letter.code, letter.offset, letter.state) == ("command_reused", 1, State.DEAD)
    assert desk.streams == ["petition:XF-1"]


def test_poison_is_put_aside_as_it_came_and_says_why_without_its_values(desk: Desk) -> None:
    poison = message(1, petition("XF-2", organ=17))
    desk.take(message(0, petition("XF-1")), poison, message(2, petition("XF-3")))
    assert desk.streams == ["petition:XF-1", "petition:XF-3"]
    [letter] = desk.letters.waiting()
    assert (letter.code, letter.field, letter.attempts) == ("wrong_value", "organ", 1)
    assert letter.message == poison
    assert "17" not in letter.reason


def test_poison_that_its_sender_repeats_is_put_aside_once(desk: Desk) -> None:
    said = petition("XF-2", organ=17)
    desk.take(message(0, said | {"number": "XF-2"}, sent_as="a"))
    other_key = message(1, said, sent_as="a")
    desk.take(Received(1, "another", other_key.value, other_key.headers))
    assert len(desk.letters.waiting()) == 1


def test_what_is_no_event_at_all_is_put_aside(desk: Desk) -> None:
    desk.take(Received(0, None, b"\xff", ()), Received(1, None, None, ()))
    assert [(each.code, each.key) for each in desk.letters.waiting()] == [
        ("not_json", None),
        ("not_json", None),
    ]


def test_later_messages_of_a_dead_letters_key_wait_behind_it_and_others_do_not(desk: Desk) -> None:
    taken = desk.take(
        message(0, petition("XF-1", organ="JW-404")),
        message(
            1,
            {"number": "XF-1", "answered_on": "2026-03-09", "answer": "登记受理"},
            fact="petition.transfer_answered",
        ),
        message(2, petition("XF-2")),
    )
    assert (taken.dead, taken.parked, taken.recorded) == (1, 1, 1)
    assert [each.state for each in desk.letters.waiting()] == [State.DEAD, State.PARKED]
    assert desk.take(message(3, petition("XF-1"))).parked == 1


def test_a_batch_that_mostly_fails_leaves_nothing_behind(desk: Desk) -> None:
    sent = [message(at, petition(f"XF-{at:03}", organ="JW-404")) for at in range(11)]
    sent += petitions(11, 20)
    with pytest.raises(MostlyFailingError) as alarm:
        desk.take(*sent)
    assert sum(alarm.value.codes.values()) == 11
    assert (desk.streams, desk.next_offset, desk.letters.waiting()) == ([], 0, [])


def test_what_may_not_be_entered_is_not_kept_as_a_dead_letter_either(desk: Desk) -> None:
    desk.take(
        message(
            0, petition("XF-1", reported_level="本机关主要负责人", summary="本机关主要负责人的材料")
        )
    )
    [letter] = desk.letters.waiting()
    assert letter.code == "not_entered"
    assert letter.message.value is None
    files = desk.file.parent.glob("ledger.sqlite3*")
    assert "本机关主要负责人的材料".encode() not in b"".join(each.read_bytes() for each in files)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)), max_size=30))
def test_whatever_workers_bring_each_message_has_one_effect(
    desk: Desk, brought: list[tuple[int, int]]
) -> None:
    """Workers that were frozen, restarted or quicker bring batches from anywhere."""
    partition = next(PARTITIONS)
    desk.inbound.begin(TOPIC, TOPIC_ID, partition, 0)
    sent = [
        message(at, petition(f"XF-{partition}-{at}"), sent_as=f"{partition}-{at}")
        for at in range(12)
    ]
    before = len(desk.streams)
    for first, length in [*brought, *((at, 12) for at in range(12))]:
        part = sent[first : first + length]
        if part:
            with suppress(OutOfStepError):
                desk.inbound.take(batch(*part, partition=partition))
    assert desk.streams[before:] == numbers(sent)


SENT = st.tuples(
    st.integers(0, 3),  # sent as
    st.integers(0, 2),  # number
    st.sampled_from(["JW-001", "JW-404", 17, None]),  # organ; nothing is no event at all
    st.sampled_from(["received", "transfer_answered", "forgotten"]),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(SENT, max_size=12))
def test_a_batch_does_what_its_messages_would_one_by_one(
    unbegun: Desk, other_office: Desk, sent: list[tuple[int, int, Any, str]]
) -> None:
    partition = next(PARTITIONS)

    def made(offset: int, told: tuple[int, int, Any, str]) -> Received:
        name, number, organ, fact = told
        said = petition(f"XF-{partition}-{number}", organ=organ)
        if fact == "transfer_answered":
            said = {"number": said["number"], "answered_on": "2026-03-09", "answer": "登记受理"}
        made = message(offset, said, fact=f"petition.{fact}", sent_as=f"{partition}-{name}")
        return made if organ is not None else Received(offset, made.key, b"\xff", ())

    messages = [made(at, each) for at, each in enumerate(sent)]
    whole, single = unbegun, other_office
    for desk in (whole, single):
        desk.inbound.begin(TOPIC, TOPIC_ID, partition, 0)
    if messages:
        whole.inbound.take(batch(*messages, partition=partition))
    for each in messages:
        single.inbound.take(batch(each, partition=partition))
    assert told_of(whole) == told_of(single)


def told_of(desk: Desk) -> Any:
    """What an office holds after what came in: its events, its letters, its inbox."""
    pages = desk.ledger.follow()
    events = [(each["stream"], each["type"], each["data"]) for page in pages for _, each in page]
    letters = [
        (each.number, each.offset, each.key, each.state, each.code, each.field, each.attempts)
        for each in desk.letters.waiting(limit=10_000)
    ]
    inbox = read(desk.ledger, "SELECT source, id, digest FROM inbox ORDER BY source, id")
    return events, letters, inbox
