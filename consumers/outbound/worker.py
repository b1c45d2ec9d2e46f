"""The worker that publishes: one transaction after another, until it is told to stop.

What fails within a transaction ends it, and whoever supervises it starts it anew: from what was
committed. What only a person can mend ends it with an alarm.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import structlog

from consumers.inbound.alarm import AlarmError
from consumers.outbound.publisher import PAGE, Publisher
from consumers.standing import say
from consumers.tables import make_tables
from ledger.application import Ledger
from ledger.leadership import Leadership
from ledger.liveness import Pulse
from ledger.outages import OUTAGES

_LOG: Any = structlog.get_logger()
#: How often the ledger is looked at where nothing was recorded.
POLL_SECONDS = 0.25
#: How often it is told that the publisher lives where there is nothing to publish.
LOOK_SECONDS = 5.0
#: How often one that does not lead asks whether it may.
_STANDBY_SECONDS = 0.25


@dataclass
class PublishingWorker:
    """Publishes what is recorded; ``name`` is how it is told among the workers of the ledger."""

    name: str
    ledger: Ledger
    open_publisher: Callable[[], Publisher]
    pulse: Pulse
    leadership: Leadership
    batch: int = PAGE
    _stopping: Event = field(default_factory=Event, init=False)
    _publisher: Publisher | None = field(default=None, init=False)
    _looked_at: float = field(default=0.0, init=False)

    def stop(self) -> None:
        """End after the transaction in hand; may be called by a handler of signals."""
        self._stopping.set()

    def run(self) -> None:
        """Work until told to stop; AlarmError where only a person can help.

        Whatever else it raises is of the brokers, the database or another publisher: it is to be
        started anew.
        """
        make_tables(self.ledger)
        try:
            while not self._stopping.is_set():
                self.pulse.beat()
                if self._leads():
                    self._round(self._open())
        except AlarmError as error:
            _LOG.error("alarm", code=error.code, **error.told)
            self._say("alarm", error.code, error.detail)
            raise
        except Exception as error:
            kind = type(error).__name__
            _LOG.warning("ends", worker=self.name, error=kind)
            self._say("stopped", kind)
            raise
        else:
            self._say("stopped")
        finally:
            self._close()
            self.leadership.release()

    def _leads(self) -> bool:
        if self.leadership.held():
            return True
        self._close()
        if self.leadership.take():
            _LOG.info("leading", worker=self.name)
            return True
        self._stopping.wait(_STANDBY_SECONDS)
        return False

    def _open(self) -> Publisher:
        if self._publisher is None:
            self._publisher = self.open_publisher()
            _LOG.info("publishes", worker=self.name, **self._publisher.place._asdict())
            self._say("running")
            self._looked_at = time.monotonic()
        return self._publisher

    def _round(self, publisher: Publisher) -> None:
        """One transaction, or a wait where there is nothing to publish."""
        if publisher.publish(self.batch):
            self._looked_at = time.monotonic()
            return
        if time.monotonic() - self._looked_at >= LOOK_SECONDS:
            publisher.seen()
            self._looked_at = time.monotonic()
        self._stopping.wait(POLL_SECONDS)

    def _close(self) -> None:
        publisher, self._publisher = self._publisher, None
        if publisher is not None:
            publisher.close()

    def _say(self, state: str, code: str = "", detail: str = "") -> None:
        """Keep how it stands in the ledger's database, if that can be had now."""
        with suppress(*OUTAGES):
            say(self.ledger, self.name, state, code, detail)
