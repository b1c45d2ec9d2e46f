"""Many commands at once, and a server that dies: through real servers over real sockets."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from httpx2 import Client, HTTPError, Response

from tests.support.offices import Desk, copied, opened
from tests.support.servers import Server, post, running

ORGAN = "441424-JW"
AT_ONCE = 50


def lead(number: str) -> dict[str, Any]:
    return {
        "number": number,
        "source": "信访举报",
        "received_on": "2021-01-04",
        "organ": ORGAN,
        "persons": [],
    }


def assignment(handler: str) -> dict[str, Any]:
    return {"assigned_on": "2021-01-05", "department": "第一纪检监察室", "handler": handler}


@pytest.fixture
def database(wuhua: Desk, tmp_path: Path) -> Path:
    return copied(wuhua.file, tmp_path / "ledger.sqlite3")


def events_of(database: Path, stream: str) -> list[str]:
    with opened(database) as desk:
        return [entry.event.type for entry in desk.ledger.history(stream)]


def at_once(asks: list[Callable[[], Response]]) -> list[Response]:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return [each.result() for each in [threads.submit(ask) for ask in asks]]


def test_one_command_fifty_times_at_once_is_one_event_with_fifty_equal_answers(
    database: Path, tmp_path: Path
) -> None:
    with running(tmp_path, database) as server, server.client(clerk(server)) as client:
        ask = [lambda: post(client, "/leads", lead("N-1"), Idempotency_Key="one")] * AT_ONCE
        answers = at_once(ask)
        assert {(each.status_code, each.content) for each in answers} == {(201, answers[0].content)}
    assert events_of(database, "lead:N-1") == ["lead.registered.v1"]


def test_fifty_commands_on_one_version_are_one_event_and_the_rest_stale(
    database: Path, tmp_path: Path
) -> None:
    def assign(client: Client, name: str) -> Response:
        path = "/leads/N-1/assignment"
        return post(client, path, assignment(name), If_Match='"1"')

    with running(tmp_path, database) as server, server.client(clerk(server)) as client:
        post(client, "/leads", lead("N-1"))
        asks = [lambda at=at: assign(client, f"承办人{at}") for at in range(AT_ONCE)]
        statuses = sorted(each.status_code for each in at_once(asks))
        assert statuses == [201] + [412] * (AT_ONCE - 1)
    assert events_of(database, "lead:N-1") == ["lead.registered.v1", "lead.assigned.v1"]


def test_two_servers_on_one_ledger_carry_out_a_key_once(database: Path, tmp_path: Path) -> None:
    shared = {"keys_dir": tmp_path / "keys"}
    with (
        running(tmp_path / "one", database, **shared) as one,
        running(tmp_path / "two", database, **shared) as two,
    ):
        token = clerk(one)
        with one.client(token) as left, two.client(token) as right:
            asks = [
                lambda client=client: post(client, "/leads", lead("N-1"), Idempotency_Key="one")
                for client in (left, right) * 10
            ]
            answers = at_once(asks)
    assert {(each.status_code, each.content) for each in answers} == {(201, answers[0].content)}
    assert events_of(database, "lead:N-1") == ["lead.registered.v1"]


def die_before_answering() -> None:
    """From now on this process is killed when a command is committed and not yet answered."""
    from api import act_routes

    def die(_: object) -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("unreachable")

    act_routes.receipt_document = die


def test_after_a_kill_between_commit_and_answer_the_retry_gets_the_first_receipt(
    database: Path, tmp_path: Path
) -> None:
    key = str(uuid4())
    with running(tmp_path, database, before=die_before_answering) as server:
        token = clerk(server)
        with server.client(token) as client, pytest.raises(HTTPError):
            post(client, "/leads", lead("N-1"), Idempotency_Key=key)
        assert server.ended().code == -signal.SIGKILL
    assert events_of(database, "lead:N-1") == ["lead.registered.v1"]
    with running(tmp_path, database) as server, server.client(token) as client:
        again = post(client, "/leads", lead("N-1"), Idempotency_Key=key)
        assert again.status_code == 201
        with opened(database) as desk:
            [entry] = desk.ledger.history("lead:N-1")
        said = again.json()
        assert (said["position"], said["version"]) == (entry.position, 1)
        assert said["command_id"] == entry.event.command_id


def clerk(server: Server) -> str:
    """A token of a case supervisor."""
    return server.token("case_supervision")
