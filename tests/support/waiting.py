"""Waiting for what surely comes, and a port to wait at."""

import os
import socket
import time
from collections.abc import Callable
from itertools import count

#: How long something that surely comes is waited for, in seconds; never how long it may take.
PATIENCE = 60.0
HOST = "127.0.0.1"
#: Below the ports that systems hand to clients: a client that tries a port of a killed broker
#: from that very port would connect to itself and keep the broker from its port.
PORTS, PORTS_END = 20_000, 30_000
_NEXT = count(os.getpid() * 20)


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds that surely will."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def free_port() -> int:
    """A port that nobody listens on now."""
    while True:
        port = PORTS + next(_NEXT) % (PORTS_END - PORTS)
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((HOST, port))
            except OSError:
                continue
            return port
