"""Small answers leave at once: connections do not wait for acknowledgements (TCP_NODELAY)."""

import socket

from api.server import listen


def test_connections_of_the_server_leave_nothing_waiting() -> None:
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
