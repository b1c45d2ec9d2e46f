"""An export leaves a page at a time: its memory does not grow with the ledger."""

import http.client
import tracemalloc

import pytest

from api.app import PREFIX
from tests.api.feed.conftest import Serve, tell, units
from tests.domain.samples import EVERYONE
from tests.support.live import PATIENCE
from tests.support.offices import Desk

FEW, MANY = 3000, 12_000


def peak_while_read(port: int, path: str, headers: dict[str, str]) -> tuple[int, int]:
    """Bytes of memory at the peak while an export is read and thrown away, and its length."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    tracemalloc.start()
    try:
        connection.request("GET", PREFIX + path, headers=headers)
        response, length = connection.getresponse(), 0
        assert response.status == 200
        while part := response.read(65_536):
            length += len(part)
        return tracemalloc.get_traced_memory()[1], length
    finally:
        tracemalloc.stop()
        connection.close()


@pytest.mark.parametrize("path", ["/events.jsonl", "/units.jsonl"])
def test_four_times_the_export_takes_no_more_memory(
    desk: Desk, over_socket: Serve, path: str
) -> None:
    running = over_socket(desk)
    headers = running.office.caller("auditor").headers
    log = running.office.service.follower.follow_log  # else it may follow while this is measured
    tell(running.office, *EVERYONE, *units(0, FEW))
    log()
    peak_while_read(running.port, path, headers)  # what is made once is there from now on
    peak, length = peak_while_read(running.port, path, headers)
    tell(running.office, *units(FEW, MANY - FEW))
    log()
    larger_peak, larger_length = peak_while_read(running.port, path, headers)
    assert larger_length > 3 * length
    assert larger_peak < peak + larger_length / 8
