"""A ledger on a file, with a clock that the test sets."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.streams import derived_id
from ledger.application import Ledger, environment
from ledger.envelope import Circumstances
from ledger.settings import Settings
from tests.support.databases import url

#: Monday 2026-01-05, 09:30 in the office.
MONDAY = datetime(2026, 1, 5, 1, 30, 0, 123456, tzinfo=UTC)
REGISTERED = date(2025, 12, 31)


class OfficeClock:
    """A clock that stands still until the test moves it."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Move forwards, or backwards where negative."""
        self.now += timedelta(**by)


def open_ledger(path: Path, clock: OfficeClock | None = None, **more: Any) -> Ledger:
    """The ledger that a path stands for."""
    settings = Settings(database_url=url(path), lock_timeout_seconds=20, _env_file=None)
    return Ledger(environment(settings), clock=clock or OfficeClock(), **more)


def when(command: object, registered_on: date | None = REGISTERED, **more: Any) -> Circumstances:
    """Circumstances of a command; its id is ``command`` in words, so it can be repeated."""
    said = {
        "actor": "经办人",
        "command_id": derived_id(f"command {command}"),
        "correlation_id": derived_id("correlation"),
        "registered_on": registered_on,
    }
    return Circumstances(**(said | more))


def record(ledger: Ledger, *commands: Any, registered_on: date | None = REGISTERED) -> None:
    """Carry out commands, each under an id of its own."""
    for command in commands:
        ledger.execute(command, when(command, registered_on))
