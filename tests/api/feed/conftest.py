"""Offices whose event stream is read over a socket."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.identity.issuers import open_verifier
from api.service import Service
from domain.streams import derived_id
from ledger.envelope import Circumstances
from tests.domain.samples import a_unit
from tests.support.live import PATIENCE, Live, live
from tests.support.offices import Desk
from tests.support.served import Served

Serve = Callable[..., Live]


@pytest.fixture
def over_socket() -> Iterator[Serve]:
    """Serve an office over a socket, with settings changed as told."""
    with ExitStack() as stack:

        def serve(desk: Desk, **settings: Any) -> Live:
            changed = replace(desk, settings=desk.settings.model_copy(update=settings))
            stack.callback(changed.close)
            service = Service(changed, open_verifier(changed.settings, loopback=True))
            app = create_app(service)
            client = TestClient(app, raise_server_exceptions=False)
            return stack.enter_context(live(Served(changed, service, app, client)))

        yield serve


def tell(office: Served, *commands: Any) -> int:
    """Record commands in one transaction, as any process may, and wait until they are followed.

    Returns the last position.
    """
    ledger = office.desk.ledger
    with ledger.transaction() as transaction:
        for command in commands:
            made = derived_id(repr(command))
            said = Circumstances("tester", made, made, ledger.today())
            receipt = transaction.execute(command, said, None)
    assert office.service.follower.reached(receipt.last_position, PATIENCE)
    return receipt.last_position


def units(first: int, count: int) -> list[Any]:
    """Commands that register units of different codes."""
    return [a_unit(code=f"DW{number:05}") for number in range(first, first + count)]
