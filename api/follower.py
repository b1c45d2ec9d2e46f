"""Following the ledger while the server runs, and waiting until a position is reached."""

import asyncio
import threading
from collections.abc import Callable
from time import monotonic

from api import logs
from projections.office import Office

#: How long without being woken until the ledger is looked at: other processes write to it too.
POLL_SECONDS = 0.5
#: How long is waited for more to follow at once, unless somebody waits to read it.
GATHERING_SECONDS = 0.02
#: How long between two looks of the transparency log, which waits for the disk.
LOG_SECONDS = 1.0


class Follower:
    """One thread that brings read models and log up to the head, and tells who waits."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._wake = threading.Event()
        self._hurry = threading.Event()
        self._changed = threading.Condition()
        self._stopping = False
        self._told: list[Callable[[], object]] = []
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)
        self._logged_at = 0.0
        self.position = 0
        #: Why following fails now; None while it works.
        self.failure: str | None = None

    @property
    def is_running(self) -> bool:
        """Whether what is recorded will be followed."""
        return self._thread.is_alive() and not self._stopping

    def start(self) -> None:
        """Catch up once, so that the first answer is current, then follow."""
        self._office.follow()
        self.position = self._office.catch_up_models()
        self._thread.start()

    def stop(self) -> None:
        """End the thread, when what it does is done."""
        self._stopping = True
        self._hurry.set()
        self._wake.set()
        self._thread.join(timeout=30)
        self.tell()

    def wake(self) -> None:
        """Something was recorded."""
        self._wake.set()

    def when_changed(self, tell: Callable[[], object]) -> Callable[[], None]:
        """Have ``tell`` called, from the thread, after each change; returns what ends that."""
        self._told.append(tell)
        return lambda: self._told.remove(tell)

    def reached(self, position: int, seconds: float) -> bool:
        """Wait until the read models have reached a position; False where they did not in time."""
        if self.position >= position:
            return True
        self._hurry.set()
        self.wake()
        with self._changed:
            return self._changed.wait_for(
                lambda: self.position >= position or self._stopping, seconds
            ) and (self.position >= position)

    def follow_log(self) -> None:
        """Bring the transparency log up to the head, for whoever needs its root now."""
        if self._office.log.state().position < self._office.ledger.head():
            with self._office.ledger.writing_alone:
                self._office.follow()

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait(POLL_SECONDS)
            self._wake.clear()
            self._hurry.wait(GATHERING_SECONDS)
            self._hurry.clear()
            self._follow()

    def _follow(self) -> None:
        try:
            reached = self.position
            if self._office.ledger.head() > reached:
                with self._office.ledger.writing_alone:
                    reached = self._office.catch_up_models()
            if reached != self.position:
                self.position = reached
                self.tell()
            self._follow_log()
            self.failure = None
        except Exception as error:  # noqa: BLE001 -- following goes on; /ready tells
            if self.failure is None:
                logs.failed("following_failed", error)
            self.failure = type(error).__name__

    def _follow_log(self) -> None:
        if monotonic() - self._logged_at >= LOG_SECONDS:
            with self._office.ledger.writing_alone:
                self._office.follow()
            self._logged_at = monotonic()

    def tell(self) -> None:
        """Wake everyone that waits, whether something is new or the end is near."""
        with self._changed:
            self._changed.notify_all()
        for tell in tuple(self._told):
            tell()


class Waiters:
    """Those of one event loop that wait for something new."""

    def __init__(self, follower: Follower, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._event = asyncio.Event()
        self._end = follower.when_changed(lambda: loop.call_soon_threadsafe(self._fire))

    def _fire(self) -> None:
        fired, self._event = self._event, asyncio.Event()
        fired.set()

    async def wait(self, seconds: float) -> None:
        """Wait until something is new, at most so long."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return

    def close(self) -> None:
        """Wait for nothing more."""
        self._end()
