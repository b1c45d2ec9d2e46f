"""The server process: one socket, one application, an end that lets what runs be finished."""

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from types import FrameType

import uvicorn

from api.app import create_app
from api.service import Service

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, so that whatever is wrong with it is known before a ledger is opened.

    OSError for an unknown host or a port in use.
    """
    family, _, _, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listening = socket.create_server(address[:2], family=family)
    # Connections inherit it. The event loop sets it only where a socket names its protocol, which
    # this one does not: each answer would then wait for the other side's delayed acknowledgement.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def is_loopback(listening: socket.socket) -> bool:
    """Whether only this machine can reach a socket."""
    return ip_address(listening.getsockname()[0].partition("%")[0]).is_loopback


def address_of(listening: socket.socket) -> str:
    """Where a socket is reached, as a URL."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run(service: Service, listening: socket.socket, started: Callable[[], None]) -> bool:
    """Serve until SIGTERM or SIGINT; returns whether the application could be started.

    What runs then is finished, for as long as a request may take; streams are ended at once.
    ``started`` is called when requests are answered.
    """
    config = uvicorn.Config(
        create_app(service),
        access_log=False,
        log_config=None,
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=int(service.office.settings.http_timeout_seconds) + 1,
    )
    server = _Server(config, service, started)
    try:
        server.run(sockets=[listening])
    except SystemExit:  # what the library does where the application does not start
        return False
    return True


class _Server(uvicorn.Server):
    """Ends streams first, and ends well where it is told to end."""

    def __init__(
        self, config: uvicorn.Config, service: Service, started: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._service = service
        self._started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._service.end_streams()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As the library does, but the signal is not raised again once all is finished."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {each: signal.signal(each, self._end) for each in _SIGNALS}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.handle_exit(number, frame)
