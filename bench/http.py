"""The API over loopback: a list beside a bare FastAPI, a command beside a bare SQLite commit.

``wrk`` makes the load of the reads; commands are sent one after another by one client, each beside
one commit of as many bytes to a file of its own, so that both wait for the same disk.
"""

import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Response

ROWS, COMMANDS, SECONDS, CONNECTIONS = 5000, 1500, 3, 8
READS = {
    "list": "/api/v1/leads",
    "as_of": "/api/v1/leads?as_of=2022-06-30",
    "at_position": "/api/v1/leads?at_position=3000",
    "one_organ": "/api/v1/leads?organ=JW01",
    "recorded": "/api/v1/leads",
}
ORGAN = {"code": "JW01"}


def supervision_ledger(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    program = Path(sys.executable).with_name("supervision-ledger")
    return subprocess.Popen(
        [str(program), *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """The server in a process of its own; its port."""
    process = supervision_ledger(folder, "serve", "--port", "0")
    assert process.stderr is not None
    port = None
    while port is None:
        line = process.stderr.readline()
        assert line, "the server did not start"
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        port = int(found[1]) if found else None
    threading.Thread(target=process.stderr.read, daemon=True).start()
    try:
        yield port
    finally:
        process.terminate()
        process.wait(60)


def bare(body: bytes) -> None:
    """A bare FastAPI that returns the same bytes; prints its port."""
    app = FastAPI()

    @app.get("/")
    def answer() -> Response:
        return Response(body, media_type="application/json")

    listening = socket.create_server(("127.0.0.1", 0))
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    print(listening.getsockname()[1], flush=True)
    config = uvicorn.Config(app, log_level="error", access_log=False)
    uvicorn.Server(config).run(sockets=[listening])


@contextmanager
def bare_served(body: Path) -> Iterator[int]:
    arguments = [sys.executable, "-m", "bench.http", "--bare", str(body)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(60)


def load(url: str, token: str) -> float:
    """Requests a second of one page, as wrk counts them."""
    wrk = shutil.which("wrk")
    assert wrk is not None, "wrk makes the load: install it (Debian: apt-get install wrk)"
    header = f"Authorization: Bearer {token}"
    arguments = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", header, url]
    text = subprocess.run(arguments, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in text, text
    found = re.search(r"Requests/sec:\s+([\d.]+)", text)
    assert found is not None, text
    return float(found[1])


def fetch(port: int, path: str, token: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, body
    return body


def reads(folder: Path, port: int, auditor: str, officer: str) -> dict[str, Any]:
    """Requests a second of each read, beside a bare FastAPI of its bytes, in turn.

    An officer sees personal data: each reading is on disk before the answer leaves.
    """
    found: dict[str, Any] = {}
    for name, path in READS.items():
        token = officer if name == "recorded" else auditor
        body = folder / f"{name}.json"
        body.write_bytes(fetch(port, path, token))
        with bare_served(body) as other:
            rates = [
                (
                    load(f"http://127.0.0.1:{other}/", token),
                    load(f"http://127.0.0.1:{port}{path}", token),
                )
                for _ in range(3)
            ]
        raw, ours = (sorted(column)[1] for column in zip(*rates, strict=True))
        found[name] = {"raw": raw, "ours": ours, "bytes": body.stat().st_size}
    return found


def commands(folder: Path, port: int, token: str) -> dict[str, Any]:
    """Milliseconds of each command and of a bare commit beside it: median and 99th of 100."""
    other = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("PRAGMA synchronous=FULL")
    other.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, state BLOB NOT NULL)")
    connection = HTTPConnection("127.0.0.1", port)
    connection.connect()
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    ours, raw = [], []
    for at in range(COMMANDS):
        ours.append(_post(connection, token, at))
        began = time.perf_counter()
        other.execute("INSERT INTO events (state) VALUES (?)", (bytes(700),))
        raw.append((time.perf_counter() - began) * 1000)
    return {name: _quantiles(times) for name, times in (("ours", ours), ("raw", raw))}


def _post(connection: HTTPConnection, token: str, at: int) -> float:
    values = {
        "number": f"N{at:06d}",
        "source": "监督检查发现",
        "received_on": "2021-01-04",
        "organ": "JW01",
        "persons": [],
    }
    headers = {
        "Authorization": f"Bearer {token}",
        "Idempotency-Key": f"bench-{at}",
        "Content-Type": "application/json",
    }
    body = json.dumps(values).encode()
    began = time.perf_counter()
    connection.request("POST", "/api/v1/leads", body, headers)
    answer = connection.getresponse()
    text = answer.read()
    seconds = time.perf_counter() - began
    assert answer.status == 201, text
    return seconds * 1000


def _quantiles(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {"p50": ordered[len(ordered) // 2], "p99": ordered[len(ordered) * 99 // 100]}


def main(folder: Path) -> None:
    from bench.lists import record
    from ledger.application import Ledger
    from ledger.settings import Settings

    file = folder / "var" / "ledger.sqlite3"
    ledger = Ledger.open(Settings(database_url=f"sqlite:///{file}"))
    record(ledger, ROWS)
    ledger.close()
    token = supervision_ledger(folder, "token", "--role", "case_supervision").communicate()[0]
    other = supervision_ledger(folder, "token", "--role", "auditor").communicate()[0]
    with served(folder) as port:
        found = {
            "reads": reads(folder, port, other.strip(), token.strip()),
            "commands": commands(folder, port, token.strip()),
        }
    print(json.dumps(found))


if __name__ == "__main__":
    if sys.argv[1] == "--bare":
        bare(Path(sys.argv[2]).read_bytes())
    else:
        main(Path(sys.argv[1]))
