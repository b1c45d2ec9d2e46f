"""``follow``: read models and the transparency log kept at the ledger's head while it runs."""

import signal
import time
from threading import Event
from typing import Any

import structlog
from sqlalchemy.exc import DBAPIError

from cli.office import Office, open_office
from ledger.liveness import Pulse
from ledger.outages import OUTAGES

#: The name of its sign of life.
FOLLOW = "follow"
_LOG: Any = structlog.get_logger()
#: The database of the ledger, or that of the read models, is away or busy.
_OUTAGES: tuple[type[Exception], ...] = (DBAPIError, *OUTAGES)
#: How long it waits where nothing was recorded.
_POLL_SECONDS = 0.5
_LONGEST_WAIT_SECONDS = 30.0


def follow() -> None:
    """Follow the ledger until SIGTERM or SIGINT; several at once share the work."""
    from api import logs

    logs.configure()
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    office = open_office()
    pulse = Pulse(office.settings.alive_dir, FOLLOW)
    try:
        _follow(office, pulse, stopping)
    finally:
        office.close()


def _follow(office: Office, pulse: Pulse, stopping: Event) -> None:
    """One round after another; while the database is away it waits, longer each time."""
    failures = 0
    while not stopping.is_set():
        pulse.beat()
        try:
            _catch_up(office, pulse)
        except _OUTAGES as error:
            failures += 1
            seconds = min(_LONGEST_WAIT_SECONDS, _POLL_SECONDS * 2**failures)
            _LOG.warning("waits", worker=FOLLOW, error=type(error).__name__, seconds=seconds)
            _rest(seconds, pulse, stopping)
            continue
        failures = 0
        stopping.wait(_POLL_SECONDS)


def _catch_up(office: Office, pulse: Pulse) -> None:
    """Bring read models and log to the head, page by page, each a sign of life."""
    head = office.ledger.head()
    office.runner.catch_up(lambda _: pulse.beat())
    if office.log.state().position < head:
        office.follow(lambda _: pulse.beat())


def _rest(seconds: float, pulse: Pulse, stopping: Event) -> None:
    until = time.monotonic() + seconds
    while not stopping.is_set() and (left := until - time.monotonic()) > 0:
        pulse.beat()
        stopping.wait(min(left, 1.0))
