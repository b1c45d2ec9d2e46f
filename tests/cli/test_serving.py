"""``serve``: where it listens, how it ends, and what keeps it from starting."""

import signal
import socket
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.test_operations import says_in_one_line
from tests.support.commands import Answer, command, finish, start
from tests.support.databases import ON_SERVER, intruder
from tests.support.servers import running


def refused(folder: Path, *options: str, **settings: object) -> Answer:
    """How ``serve`` ends with these settings, where it does not start."""
    folder.mkdir(exist_ok=True)
    lines = [f"LEDGER_{name.upper()}={value}\n" for name, value in settings.items()]
    (folder / ".env").write_text("".join(lines), encoding="utf-8")
    file = folder / "ledger.sqlite3"
    return finish(start(file, folder, "serve", "--port", "0", *options), folder)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_listens_answers_and_ends_well(
    tmp_path: Path, number: signal.Signals
) -> None:
    with running(tmp_path) as server:
        with server.client() as client:
            assert client.get("/health").json() == {"status": "alive"}
        server.end(number)
        ended = server.ended()
    assert ended.code == 0, ended.err
    assert ended.out == b""
    assert f"{server.address}/docs" in ended.err
    assert "supervision-ledger token --role ROLE" in ended.err


def test_a_token_of_the_command_line_is_believed(tmp_path: Path) -> None:
    with running(tmp_path) as server, server.client(server.token("case_supervision")) as client:
        answer = client.get("/api/v1/leads")
    assert (answer.status_code, answer.json()["items"]) == (200, [])


def test_a_port_in_use_keeps_it_from_starting(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        answer = command(tmp_path / "ledger.sqlite3", "serve", "--port", str(port))
    said = says_in_one_line(answer)
    assert "端口已被占用" in said
    assert ON_SERVER or not (tmp_path / "ledger.sqlite3").exists()


def test_a_ledger_that_cannot_be_read_keeps_it_from_starting(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite3"
    assert command(file, "calendar", "seed").code == 0
    with intruder(file) as connection:
        connection.execute(
            "INSERT INTO stored_events (rowid, originator_id, originator_version, topic, state) "
            "VALUES (99999, 'x', 1, 'unheard.of.v1', x'7B7D')"
        )
    said = says_in_one_line(refused(tmp_path))
    assert "台账中有无法读取的事件" in said


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_beyond_this_machine_an_issuer_must_be_named(tmp_path: Path, host: str) -> None:
    said = says_in_one_line(refused(tmp_path, "--host", host))
    assert "LEDGER_OIDC_ISSUER" in said


def test_on_this_machine_too_somebody_must_be_believed(tmp_path: Path) -> None:
    said = says_in_one_line(refused(tmp_path, local_tokens="false"))
    assert "LEDGER_OIDC_ISSUER" in said


def test_local_tokens_are_believed_beyond_this_machine_where_the_settings_say_so(
    tmp_path: Path,
) -> None:
    with running(tmp_path, http_host="0.0.0.0", local_tokens="true") as server:
        assert "传输未加密" in server.log


def test_an_unknown_host_keeps_it_from_starting(tmp_path: Path) -> None:
    said = says_in_one_line(refused(tmp_path, "--host", "256.256.256.256"))
    assert "不能在 256.256.256.256:0 上监听" in said
