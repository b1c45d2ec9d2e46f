"""The event stream with a thousand clients: what each costs the server, and what they are told.

``python -m bench.feed FOLDER CLIENTS EVENTS`` starts the server as a process of its own.
"""

import asyncio
import json
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn

from api.app import PREFIX, create_app
from api.identity.issuers import open_verifier
from api.identity.local import LocalIssuer
from api.service import Service
from bench.lists import leads
from domain.grants.decisions import GrantRole
from domain.grants.roles import roles
from domain.streams import derived_id
from ledger.application import Ledger
from ledger.envelope import Circumstances
from ledger.settings import Settings
from projections.office import Office

SUBJECT, ROLE = "bench", "auditor"
#: Clients that connect at the same time, and how long anything may take, in seconds.
TOGETHER, PATIENCE = 50, 120
KIB = 1024


def settings_in(folder: Path) -> Settings:
    url = f"sqlite:///{folder / 'feed.sqlite3'}"
    return Settings(database_url=url, keys_dir=folder / "feed-keys", http_streams=100_000)


def serve(folder: Path) -> None:
    """The server; it prints its port first."""
    office = Office(settings_in(folder))
    service = Service(office, open_verifier(office.settings, loopback=True))
    listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
    print(listening.getsockname()[1], flush=True)
    config = uvicorn.Config(create_app(service), log_level="critical")
    uvicorn.Server(config).run(sockets=[listening])


def record(ledger: Ledger, acts: list[tuple[Any, Any]], first: int = 0) -> int:
    """Record acts in one transaction; returns the last position."""
    with ledger.transaction() as transaction:
        for at, (act, day) in enumerate(acts, first):
            made = derived_id(f"bench {at}")
            transaction.record(act, Circumstances("bench", made, made, day))
    return ledger.head()


def granted(ledger: Ledger, settings: Settings) -> str:
    """A token of someone who may read the stream."""
    day = ledger.today()
    grant = GrantRole(
        number=f"{SUBJECT}:{ROLE}",
        subject=SUBJECT,
        role=roles()[ROLE],
        organ=None,
        officer=None,
        granted_on=day,
        basis=None,
    )
    made = derived_id("bench grant")
    ledger.execute(grant, Circumstances("bench", made, made, day))
    issuer, now = LocalIssuer.at(settings.keys_dir), datetime.now(UTC)
    lasting = timedelta(hours=1)
    return issuer.issue(
        SUBJECT, audience=settings.oidc_audience, now=now, valid_for=lasting, token_id=made
    )


class Client:
    """One reader of the stream; it keeps the position that it was told last."""

    def __init__(self, port: int, token: str, after: int) -> None:
        self._port = port
        self._asked = (
            f"GET {PREFIX}/events/stream HTTP/1.1\r\nHost: bench\r\n"
            f"Authorization: Bearer {token}\r\nLast-Event-ID: {after}\r\n\r\n"
        ).encode()
        self.last, self.events = after, 0

    async def open(self, together: asyncio.Semaphore) -> None:
        async with together:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
            self._writer.write(self._asked)
            status = await self._reader.readline()
            if b" 200 " not in status:
                raise RuntimeError(status.decode())
            while not (await self._reader.readline()).startswith(b"retry:"):
                pass

    async def read_to(self, position: int) -> None:
        while self.last < position:
            line = await self._reader.readline()
            if line.startswith(b"id: "):
                self.last = int(line[4:])
                self.events += 1

    def close(self) -> None:
        self._writer.close()


def resident(process: int) -> int:
    """Resident memory of a process, in bytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    line = next(each for each in status.splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) * KIB


async def measured(
    ledger: Ledger, acts: list[tuple[Any, Any]], server: tuple[int, int, str], count: int
) -> dict[str, Any]:
    process, port, token = server
    head, together = ledger.head(), asyncio.Semaphore(TOGETHER)
    warm = Client(port, token, head - 1)
    await warm.open(together)
    await warm.read_to(head)
    before = resident(process)
    clients = [Client(port, token, head) for _ in range(count)]
    start = time.perf_counter()
    await asyncio.gather(*(each.open(together) for each in clients))
    opened_s, opened = time.perf_counter() - start, resident(process)
    start = time.perf_counter()
    last = await asyncio.to_thread(record, ledger, acts, head)
    await asyncio.gather(*(each.read_to(last) for each in clients))
    told_s, told = time.perf_counter() - start, resident(process)
    for each in (warm, *clients):
        each.close()
    events = sum(each.events for each in clients)
    assert events == count * (last - head), (events, count, last - head)
    return {
        "clients": count,
        "events": last - head,
        "before_mib": before / KIB**2,
        "opened_mib": opened / KIB**2,
        "told_mib": told / KIB**2,
        "client_kib": (opened - before) / count / KIB,
        "client_told_kib": (told - before) / count / KIB,
        "opened_s": opened_s,
        "told_s": told_s,
        "told_per_s": events / told_s,
    }


def main(folder: Path, count: int, events: int) -> None:
    settings, acts = settings_in(folder), list(leads(events + 100))
    with Ledger.open(settings) as ledger:
        record(ledger, acts[:101])
        token = granted(ledger, settings)
        command = [sys.executable, "-m", "bench.feed", "--serve", str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                port = int(server.stdout.readline())
                work = measured(ledger, acts[101:], (server.pid, port, token), count)
                found = asyncio.run(asyncio.wait_for(work, PATIENCE))
            finally:
                server.kill()
    print(json.dumps(found))


if __name__ == "__main__":
    if sys.argv[1] == "--serve":
        serve(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
