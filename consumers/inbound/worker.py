"""The worker that takes messages in: one round after another, until it is told to stop.

What time mends (the database away or busy, the brokers away) is waited out, longer each time, and
nothing is put aside for it. What only a person can mend stops the worker with an alarm.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import structlog
from kafka.errors import KafkaError, KafkaTimeoutError

from consumers.inbound.alarm import AlarmError
from consumers.inbound.intake import Inbound, MostlyFailingError, OutOfStepError, TopicReplacedError
from consumers.inbound.lags import tell_ends
from consumers.inbound.letter_publisher import LetterPublisher
from consumers.inbound.messages import Batch
from consumers.inbound.reader import Reader
from consumers.standing import say
from ledger.application import Ledger
from ledger.leadership import Leadership
from ledger.liveness import Pulse
from ledger.outages import OUTAGES

_LOG: Any = structlog.get_logger()
#: How often it is told where topics end.
LOOK_SECONDS = 5.0
#: How often one that does not lead asks whether it may.
_STANDBY_SECONDS = 0.25
_FIRST_WAIT_SECONDS, _LONGEST_WAIT_SECONDS = 0.5, 30.0


@dataclass
class Worker:
    """Takes in what topics bring; ``name`` is how it is told among the consumers of the ledger.

    Without a ``leadership`` it works at once, as a member of a group does.
    """

    name: str
    ledger: Ledger
    inbound: Inbound
    open_reader: Callable[[], Reader]
    pulse: Pulse
    leadership: Leadership | None = None
    letters: LetterPublisher | None = None
    _stopping: Event = field(default_factory=Event, init=False)
    _reader: Reader | None = field(default=None, init=False)
    _failures: int = field(default=0, init=False)
    _looked_at: float = field(default=0.0, init=False)
    _said: str = field(default="", init=False)

    def stop(self) -> None:
        """End after the batch in hand; may be called by a handler of signals."""
        self._stopping.set()

    def run(self) -> None:
        """Work until told to stop; AlarmError where only a person can help."""
        if self.letters is not None:
            self.letters.start()
        try:
            while not self._stopping.is_set():
                self.pulse.beat()
                try:
                    if self._leads():
                        self._round(self._open())
                except (KafkaError, *OUTAGES) as error:
                    self._wait_out(error)
            if self._said:
                self._say("stopped")
        except AlarmError as error:
            _LOG.error("alarm", code=error.code, **error.told)
            self._say("alarm", error.code, error.detail)
            raise
        except Exception as error:
            self._say("alarm", "internal", type(error).__name__)
            raise
        finally:
            self._close()

    def _close(self) -> None:
        if self.letters is not None:
            self.letters.end()
        self._close_reader()
        if self.leadership is not None:
            self.leadership.release()

    def _leads(self) -> bool:
        if self.leadership is None or self.leadership.held():
            return True
        self._close_reader()
        self._said = ""
        if self.leadership.take():
            _LOG.info("leading", consumer=self.name)
            return True
        self._stopping.wait(_STANDBY_SECONDS)
        return False

    def _open(self) -> Reader:
        if self._reader is None:
            self._reader = self.open_reader()
        return self._reader

    def _close_reader(self) -> None:
        reader, self._reader = self._reader, None
        if reader is not None:
            with suppress(KafkaError):
                reader.close()

    def _round(self, reader: Reader) -> None:
        """Take in what one poll brings; from time to time look around."""
        found = reader.poll()
        for batch in found:
            if self._stopping.is_set():
                return
            self._take(reader, batch)
            self.pulse.beat()
        self._went_well()
        if time.monotonic() - self._looked_at >= LOOK_SECONDS:
            if not found:
                for batch in reader.behind_marks():
                    self._take(reader, batch)
            self._look(reader)

    def _take(self, reader: Reader, batch: Batch) -> None:
        where = {"topic": batch.topic, "partition": batch.partition, "offset": batch.first_offset}
        try:
            taken = self.inbound.take(batch)
        except OutOfStepError as error:
            _LOG.warning("out of step", **where, next_offset=error.next_offset)
            reader.misplaced()
        except TopicReplacedError as error:
            raise AlarmError("topic_replaced", topic=batch.topic) from error
        except MostlyFailingError as error:
            raise AlarmError("mostly_failing", **where, codes=str(error)) from error
        else:
            reader.took(batch)
            if taken.dead or taken.parked:
                _LOG.warning("dead letters", **where, dead=taken.dead, parked=taken.parked)

    def _look(self, reader: Reader) -> None:
        """Tell where topics end."""
        with suppress(KafkaTimeoutError):  # the age of the last word tells of it
            tell_ends(self.ledger, {tuple(at): end for at, end in reader.ends().items()})
        self._looked_at = time.monotonic()

    def _went_well(self) -> None:
        if self._failures:
            _LOG.info("works again", consumer=self.name)
        self._failures = 0
        self._say("running")

    def _wait_out(self, error: Exception) -> None:
        """Wait, longer each time; read on from where the ledger then stands."""
        self._failures += 1
        seconds = min(_LONGEST_WAIT_SECONDS, _FIRST_WAIT_SECONDS * 2 ** (self._failures - 1))
        kind = type(error).__name__
        _LOG.warning("waits", consumer=self.name, error=kind, seconds=seconds)
        self._say("waiting", kind)
        if isinstance(error, KafkaError):
            self._close_reader()
        if self._reader is None:
            self._pass(seconds)
            return
        try:
            self._reader.rest(seconds, self._goes_on)
        except KafkaError:
            self._close_reader()

    def _pass(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self._goes_on() and (left := until - time.monotonic()) > 0:
            self._stopping.wait(min(left, 1.0))

    def _goes_on(self) -> bool:
        self.pulse.beat()
        return not self._stopping.is_set()

    def _say(self, state: str, code: str = "", detail: str = "") -> None:
        """Keep how it stands in the ledger's database, if that can be had now."""
        told = f"{state} {code} {detail}"
        if told == self._said:
            return
        with suppress(*OUTAGES):
            say(self.ledger, self.name, state, code, detail)
            self._said = told
