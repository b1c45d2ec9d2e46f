"""An office served over a socket on this machine, and clients that read its event stream."""

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import orjson
import uvicorn

from api.app import PREFIX
from api.service import Service
from tests.support.served import Served

#: How long a test waits for what should come at once, in seconds: a limit, not a measure.
PATIENCE = 60
#: More blocks than any test has events.
_BLOCKS = 2000


class Server(uvicorn.Server):
    """Ends streams before it waits for answers, as the server that ships does."""

    def __init__(self, config: uvicorn.Config, service: Service) -> None:
        super().__init__(config)
        self.service = service
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.service.end_streams()
        await super().shutdown(sockets)


@dataclass
class Live:
    """A served office with a port, for as long as it runs."""

    office: Served
    port: int
    server: Server
    thread: threading.Thread
    listeners: list["Listener"] = field(default_factory=list)

    def stop(self) -> None:
        """Have the server end, as a signal does, and wait until it has."""
        self.server.should_exit = True
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()

    def listen(self, token: str, after: int | None = None, asked: str = "") -> "Listener":
        """Open the event stream, after the position that was received last."""
        headers = {"Authorization": f"Bearer {token}"}
        if after is not None:
            headers["Last-Event-ID"] = str(after)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", f"{PREFIX}/events/stream{asked}", headers=headers)
        self.listeners.append(Listener(connection, connection.getresponse(), after or 0))
        return self.listeners[-1]


@dataclass
class Listener:
    """A client of the stream; ``last`` is what it would send as Last-Event-ID."""

    connection: http.client.HTTPConnection
    response: http.client.HTTPResponse
    last: int
    retry: int | None = None
    told: list[tuple[int, str, dict[str, object]]] = field(default_factory=list)

    @property
    def positions(self) -> list[int]:
        """Positions of the events that it was told."""
        return [position for position, _, _ in self.told]

    def next_block(self) -> bool:
        """Read up to the next blank line; False where the stream has ended."""
        said: dict[str, str] = {}
        while line := self.response.readline():
            text = line.decode().rstrip("\n")
            if text:
                name, _, value = text.partition(":")
                said[name] = value.removeprefix(" ")
                continue
            if "id" in said:
                self.last = int(said["id"])
            if "retry" in said:
                self.retry = int(said["retry"])
            if "data" in said:
                self.told.append((self.last, said["event"], orjson.loads(said["data"])))
            return True
        return False

    def read_to(self, position: int) -> None:
        """Read until it knows of a position."""
        for _ in range(_BLOCKS):
            if self.last >= position:
                return
            assert self.next_block(), f"the stream ended at {self.last}"
        raise AssertionError(f"after {_BLOCKS} blocks the stream is at {self.last}")

    def read_until_ended(self) -> None:
        """Read whatever comes until the server ends the stream."""
        while self.next_block():
            pass

    def close(self) -> None:
        """Go away, in the middle of whatever is being sent."""
        self.response.close()
        self.connection.close()


@contextmanager
def live(office: Served) -> Iterator[Live]:
    """A served office over a socket; the service is the socket's alone, and stops with it."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(office.app, log_level="critical", timeout_graceful_shutdown=PATIENCE)
    server = Server(config, office.service)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    running = Live(office, listening.getsockname()[1], server, thread)
    try:
        assert server.ready.wait(PATIENCE)
        yield running
        running.stop()
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        listening.close()
        for each in running.listeners:
            each.close()
