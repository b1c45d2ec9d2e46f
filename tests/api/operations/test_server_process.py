"""The server process: limits and ends as they are seen from outside, over a socket."""

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support.commands import command
from tests.support.databases import ON_SERVER
from tests.support.servers import Server, post, running, until

ORGAN = {"code": "JW01", "name": "某纪委监委"}
LIMIT = 2000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with short limits."""
    folder = tmp_path_factory.mktemp("limits")
    limits = {"http_max_body_bytes": LIMIT, "lock_timeout_seconds": 1}
    with running(folder, **limits) as server:
        yield server


@pytest.fixture(scope="module")
def token(server: Server) -> str:
    return server.token("system_administrator")


def send(server: Server, token: str, parts: list[bytes]) -> tuple[int, bytes]:
    """POST a body in chunks, its length not stated."""
    connection = HTTPConnection(urlsplit(server.address).netloc)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "chunked"}
    try:
        connection.request("POST", "/api/v1/organs", iter(parts), headers, encode_chunked=True)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_a_body_that_states_to_be_too_long_is_refused(server: Server, token: str) -> None:
    with server.client(token) as client:
        answer = post(client, "/organs", ORGAN | {"name": "某" * LIMIT})
    assert answer.status_code == 413
    assert answer.json()["code"] == "body_too_large"
    assert answer.headers["content-type"] == "application/problem+json"


def test_it_is_refused_even_where_nobody_would_read_it(server: Server) -> None:
    with server.client() as client:
        answer = client.request("GET", "/health", content=b"x" * (LIMIT + 1))
    assert answer.status_code == 413


def test_a_body_that_turns_out_to_be_too_long_is_refused(server: Server, token: str) -> None:
    status, body = send(server, token, [b'{"code":"', b"x" * LIMIT, b'"}'])
    assert status == 413
    assert b"body_too_large" in body


def test_a_body_in_chunks_within_the_limit_is_read(server: Server, token: str) -> None:
    status, body = send(server, token, [b'{"code":"JW', b'77","name":"x"}'])
    assert (status, b"organ:JW77" in body) == (201, True), body


def test_while_another_process_writes_too_long_the_ledger_is_unavailable(
    server: Server, token: str
) -> None:
    with server.client(token) as client:
        with server.database_held():
            answer = post(client, "/organs", ORGAN, Idempotency_Key="held")
        assert answer.status_code == 503
        assert answer.json()["code"] == "unavailable"
        assert int(answer.headers["retry-after"]) > 0
        again = post(client, "/organs", ORGAN, Idempotency_Key="held")
    assert again.status_code == 201


def test_what_takes_too_long_is_answered_and_finished_all_the_same(tmp_path: Path) -> None:
    with running(tmp_path, http_timeout_seconds=3) as server:
        token = server.token("system_administrator")
        with server.client(token) as client:
            with server.database_held():
                late = post(client, "/organs", ORGAN, Idempotency_Key="late")
            until(lambda: server.metric("ledger_http_requests_in_progress") == 1)
            again = post(client, "/organs", ORGAN, Idempotency_Key="late")
            other = post(client, "/organs", ORGAN, Idempotency_Key="other")
    assert (late.status_code, late.json()["code"]) == (503, "timeout")
    assert again.status_code == 201
    assert (other.status_code, other.json()["code"]) == (428, "if_match_required")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_request_that_runs_is_finished_before_the_server_ends(
    tmp_path: Path, number: signal.Signals
) -> None:
    with running(tmp_path) as server, ThreadPoolExecutor(1) as pool:
        token = server.token("system_administrator")
        with server.client(token) as client:
            with server.database_held():
                asked = pool.submit(post, client, "/organs", ORGAN)
                until(lambda: server.metric("ledger_http_requests_in_progress") == 2)
                server.end(number)
                until(lambda: "Shutting down" in server.log)
            answer = asked.result()
        ended = server.ended()
    assert answer.status_code == 201
    assert ended.code == 0, ended.err


def test_who_may_not_be_believed_beyond_this_machine_keeps_the_server_from_starting(
    tmp_path: Path,
) -> None:
    answer = command(tmp_path / "ledger.sqlite3", "serve", "--host", "0.0.0.0", "--port", "0")
    assert answer.code == 2
    assert "LEDGER_OIDC_ISSUER" in answer.err
    assert ON_SERVER or not (tmp_path / "ledger.sqlite3").exists()
