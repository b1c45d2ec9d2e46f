"""The server as an office runs it: ``serve`` in a process of its own, spoken to over a socket."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from uuid import uuid4

from httpx2 import Client, Response

from tests.support.commands import Answer, finish, nothing, start
from tests.support.databases import held
from tests.support.waiting import PATIENCE, until

_LISTENS = re.compile(r"监督台账在 (http://\S+?)，")


@dataclass
class Server:
    """A running server."""

    database: Path
    folder: Path
    process: BaseProcess
    address: str

    @property
    def log(self) -> str:
        """What it has said so far."""
        return (self.folder / "err").read_text("utf-8")

    def token(self, role: str, *more: str) -> str:
        """A token as the command line gives it."""
        folder = self.folder / f"token-{uuid4()}"
        folder.mkdir()
        (folder / ".env").write_bytes((self.folder / ".env").read_bytes())
        answer = finish(start(self.database, folder, "token", "--role", role, *more), folder)
        assert answer.code == 0, answer.err
        return answer.out.decode().strip()

    def client(self, token: str | None = None) -> Client:
        """A client of it, with a token."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return Client(base_url=self.address, headers=headers, timeout=PATIENCE)

    def metric(self, name: str) -> float:
        """The value of a metric without labels."""
        with self.client() as client:
            text = client.get("/metrics").text
        found = re.search(rf"^{name} (\S+)$", text, re.MULTILINE)
        assert found is not None, text
        return float(found[1])

    @contextmanager
    def database_held(self) -> Iterator[None]:
        """Another process writes: nobody else may."""
        with held(self.database):
            yield

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Tell it to end."""
        assert self.process.pid is not None
        os.kill(self.process.pid, number)

    def ended(self) -> Answer:
        """How it ended."""
        return finish(self.process, self.folder)


def post(client: Client, path: str, values: Any, **headers: str) -> Response:
    """POST a command under a new key, or the one among the headers."""
    told = {"Idempotency-Key": str(uuid4())} | {n.replace("_", "-"): v for n, v in headers.items()}
    return client.post(f"/api/v1{path}", json=values, headers=told)


@contextmanager
def running(
    folder: Path,
    database: Path | None = None,
    *,
    before: Callable[[], None] = nothing,
    **settings: Any,
) -> Iterator[Server]:
    """A server in a folder, with settings by name (``http_timeout_seconds=1``), until the end."""
    file = database or folder / "ledger.sqlite3"
    home = folder / "server"
    home.mkdir(parents=True, exist_ok=True)
    given = {"keys_dir": folder / "keys", "lock_timeout_seconds": 60} | settings
    lines = [f"LEDGER_{name.upper()}={value}\n" for name, value in given.items()]
    (home / ".env").write_text("".join(lines), encoding="utf-8")
    (home / "err").write_text("")
    process = start(file, home, "serve", "--port", "0", before=before)
    try:
        server = Server(file, home, process, "")
        until(lambda: _LISTENS.search(server.log) or not process.is_alive())
        found = _LISTENS.search(server.log)
        assert found is not None, server.log
        server.address = found[1]
        yield server
    finally:
        if not _is_closed(process):
            process.kill()
            process.join()


def _is_closed(process: BaseProcess) -> bool:
    try:
        return not process.is_alive()
    except ValueError:  # closed once it had ended
        return True
