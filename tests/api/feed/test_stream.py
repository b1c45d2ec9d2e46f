"""The event stream over a socket: every event once, in order, whatever happens to its readers."""

import random
import threading

import pytest

from domain.grants.decisions import RevokeRole
from tests.api.feed.conftest import Serve, tell, units
from tests.domain.samples import EVERYONE, a_lead
from tests.support.live import PATIENCE, Live
from tests.support.offices import Desk

BATCHES, EACH, ROUNDS = 40, 7, 400


def recorded(running: Live) -> list[int]:
    """The position of every event of the ledger."""
    return [at for page in running.office.desk.ledger.follow() for at, _ in page]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_reader_cut_off_again_and_again_is_told_every_event_once_in_order(
    desk: Desk, over_socket: Serve, seed: int
) -> None:
    running, chance = over_socket(desk), random.Random(seed)
    token = running.office.caller("auditor").token
    first = tell(running.office, *EVERYONE)
    head = first + BATCHES * EACH

    def record() -> None:
        for at in range(BATCHES):
            tell(running.office, *units(at * EACH, EACH))

    writer = threading.Thread(target=record)
    writer.start()
    told: list[int] = []
    for _ in range(ROUNDS):
        if told and told[-1] == head:
            break
        reader = running.listen(token, told[-1] if told else None)
        for _ in range(chance.randrange(1, 30)):
            if reader.last == head:
                break
            assert reader.next_block()
        if chance.random() < 0.5:  # cut off within a block
            reader.response.read(chance.randrange(1, 200)) if reader.last < head else None
        reader.close()
        told += reader.positions
    writer.join()
    assert told == recorded(running)


def test_a_reader_goes_on_after_the_position_that_it_names(desk: Desk, over_socket: Serve) -> None:
    running = over_socket(desk)
    token = running.office.caller("auditor").token
    head = tell(running.office, *EVERYONE, *units(0, 20))
    by_header, by_query = running.listen(token, 5), running.listen(token, None, "?after=7")
    by_header.read_to(head)
    by_query.read_to(head)
    assert by_header.positions == list(range(6, head + 1))
    assert by_query.positions == list(range(8, head + 1))


def test_what_is_received_last_counts_more_than_where_the_address_begins(
    desk: Desk, over_socket: Serve
) -> None:
    running = over_socket(desk)
    token = running.office.caller("auditor").token
    head = tell(running.office, *EVERYONE)
    reader = running.listen(token, 3, "?after=0")
    reader.read_to(head)
    assert reader.positions == list(range(4, head + 1))


def test_two_readers_at_different_places_are_both_told_what_is_new(
    desk: Desk, over_socket: Serve
) -> None:
    running = over_socket(desk)
    token = running.office.caller("auditor").token
    early = tell(running.office, *EVERYONE)
    behind, ahead = running.listen(token), running.listen(token, early)
    head = tell(running.office, *units(0, 150))
    ahead.read_to(head)
    behind.read_to(head)
    assert ahead.positions == list(range(early + 1, head + 1))
    assert behind.positions == list(range(1, head + 1))


def test_an_event_of_the_stream_is_that_of_the_pages(desk: Desk, over_socket: Serve) -> None:
    running = over_socket(desk)
    head = tell(running.office, *EVERYONE, a_lead())
    caller = running.office.caller("auditor")
    reader = running.listen(caller.token)
    reader.read_to(head)
    pages = caller.get("/events", until=head).json()["events"]
    assert [event for _, _, event in reader.told] == pages
    assert all(event["type"] == kind for _, kind, event in reader.told)
    assert all(event["position"] == position for position, _, event in reader.told)
    assert reader.retry is not None


def test_personal_data_is_marked_for_who_may_not_see_it(desk: Desk, over_socket: Serve) -> None:
    running = over_socket(desk)
    head = tell(running.office, *EVERYONE, a_lead())
    reader = running.listen(running.office.caller("auditor").token)
    reader.read_to(head)
    person, lead = (
        event["data"] for _, kind, event in reader.told if kind[:5] in ("perso", "lead.")
    )
    assert person["name"] == lead["summary"] == "〔已隐去〕"
    assert person["number"] in lead["persons"]


def test_the_personnel_department_is_told_nothing_of_leads(desk: Desk, over_socket: Serve) -> None:
    running = over_socket(desk, http_stream_seconds=0.2)
    reader = running.listen(running.office.caller("personnel_feed").token)
    head = tell(running.office, *EVERYONE, a_lead())
    reader.read_to(head)  # it learns that the ledger has gone on, and not by what
    kinds = {kind for _, kind, _ in reader.told}
    assert kinds == {"organ.registered.v1", "unit.registered.v1", "person.registered.v1"}
    assert (
        running.listen(
            running.office.caller("personnel_feed").token, None, "?kinds=lead"
        ).response.status
        == 403
    )


def test_streams_end_when_the_server_is_told_to_stop(desk: Desk, over_socket: Serve) -> None:
    running = over_socket(desk)
    token = running.office.caller("auditor").token
    head = tell(running.office, *EVERYONE)
    readers = [running.listen(token) for _ in range(5)]
    for reader in readers:
        reader.read_to(head)
    running.stop()
    for reader in readers:
        reader.read_until_ended()
        assert reader.positions == list(range(1, head + 1))


def test_a_stream_ends_when_its_reader_loses_the_role(desk: Desk, over_socket: Serve) -> None:
    running = over_socket(desk, http_stream_seconds=0.2)
    token = running.office.caller("auditor").token
    reader = running.listen(token)
    reader.next_block()
    revoked = RevokeRole(
        number="local-auditor-all-y:auditor", revoked_on=running.office.desk.ledger.today()
    )
    tell(running.office, revoked)
    reader.read_until_ended()
    again = running.listen(token)
    assert again.response.status == 403


def test_no_more_streams_than_the_settings_allow(desk: Desk, over_socket: Serve) -> None:
    running = over_socket(desk, http_streams=2, http_stream_seconds=0.2)
    token = running.office.caller("auditor").token
    readers = [running.listen(token) for _ in range(2)]
    for reader in readers:
        assert reader.next_block()
    refused = running.listen(token)
    assert (refused.response.status, refused.response.headers["Retry-After"]) == (503, "30")
    assert b"too_many_streams" in refused.response.read()
    readers[0].close()
    statuses = [503]
    for _ in range(PATIENCE * 10):  # the server learns of it when it next writes or reads
        again = running.listen(token)
        statuses.append(again.response.status)
        if statuses[-1] == 200:
            break
        again.response.read()
        threading.Event().wait(0.1)
    assert statuses[-1] == 200


@pytest.mark.parametrize("said", ["-1", "1x", "1.0", "99999999999999999"])
def test_a_last_event_id_that_is_none_is_refused(desk: Desk, over_socket: Serve, said: str) -> None:
    running = over_socket(desk)
    caller = running.office.caller("auditor")
    refused = caller.get("/events/stream", headers={"Last-Event-ID": said})
    assert refused.status_code == 422


def test_who_was_told_more_than_the_ledger_holds_is_told_so(desk: Desk, over_socket: Serve) -> None:
    running = over_socket(desk)
    caller = running.office.caller("auditor")
    refused = caller.get("/events/stream", headers={"Last-Event-ID": "1000"})
    assert (refused.status_code, refused.json()["code"]) == (400, "position_ahead")
