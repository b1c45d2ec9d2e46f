"""The feed as a stream (server-sent events): each client reads its next page when it has sent one.

Nothing is queued for anyone, so a slow client costs no memory; those at one place share a page.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from time import monotonic
from typing import NamedTuple

from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, format_sse_event
from starlette.types import Receive, Scope, Send

from api.feed import Told, View, page_of
from api.follower import Waiters
from api.problems import Problem
from api.service import Service

#: How many events and bytes a page of a stream holds, and how many pages are kept.
_EVENTS, _BYTES, _PAGES = 100, 2**16, 16
#: How long a client waits before it comes back, in milliseconds.
_RETRY = 3000
#: How long whoever finds all streams taken is asked to wait, in seconds.
_AGAIN = 30

#: Looks again at who asks: its view, or None where it may not read on.
Look = Callable[[], View | None]


class Rendered(NamedTuple):
    """A page as it is sent, the position of its last event, and the one to go on from."""

    body: bytes
    last: int
    next: int


class Feed:
    """What the streams of one server process share: pages, and one wait for something new."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.open = 0
        self._waiters: Waiters | None = None
        self._pages: OrderedDict[tuple[View, int], asyncio.Task[Rendered]] = OrderedDict()

    def enter(self) -> None:
        """One stream more; Problem 503 where there are as many as the settings allow."""
        if self.service.ending or self.open >= self.service.office.settings.http_streams:
            raise Problem(503, "too_many_streams", retry_after=_AGAIN)
        self.open += 1
        self.service.metrics.stream_opened()
        if self._waiters is None:
            self._waiters = Waiters(self.service.follower, asyncio.get_running_loop())

    def leave(self) -> None:
        """One stream less; the last one takes what was shared with it."""
        self.open -= 1
        self.service.metrics.stream_closed()
        if not self.open and self._waiters is not None:
            self._waiters.close()
            self._waiters = None
            self._pages.clear()

    async def page(self, view: View, after: int) -> Rendered:
        """The page after a position, read once for all who ask for it."""
        key = view, after
        task = self._pages.get(key)
        if task is None:
            task = asyncio.create_task(run_in_threadpool(self._render, view, after))
            self._pages[key] = task
            task.add_done_callback(lambda done: self._drop_unless_kept(key, done))
            while len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(key)
        # Whoever began the question may go away before it is answered.
        return await asyncio.shield(task)

    def _drop_unless_kept(self, key: tuple[View, int], done: asyncio.Task[Rendered]) -> None:
        """A page that moves nobody on, or could not be read, is asked for again."""
        failed = done.cancelled() or done.exception() is not None
        if (failed or done.result().next == key[1]) and self._pages.get(key) is done:
            del self._pages[key]

    def _render(self, view: View, after: int) -> Rendered:
        reached = self.service.follower.position
        told, further = page_of(self.service, view, after, _EVENTS, reached, _BYTES)
        last = told[-1].position if told else after
        return Rendered(b"".join(map(sse, told)), last, further)

    async def wait(self, after: int, seconds: float) -> None:
        """Wait until there is something after a position, at most so long."""
        if self._waiters is not None and not self._is_behind(after):
            await self._waiters.wait(seconds)

    def _is_behind(self, after: int) -> bool:
        return self.service.ending or self.service.follower.position > after


def sse(told: Told) -> bytes:
    """An event as it is sent: id (its position), event (its type), data (JSON in one line)."""
    return format_sse_event(data_str=told.line.decode(), event=told.type, id=str(told.position))


class EventStream(EventSourceResponse):
    """The answer to one client: what is there after a position, then what comes."""

    def __init__(self, feed: Feed, look: Look, view: View, after: int) -> None:
        super().__init__(
            self._events(feed, look, view, after),
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        self._feed = feed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send, for as long as the client listens and may."""
        self._feed.enter()
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._feed.leave()

    @staticmethod
    async def _events(feed: Feed, look: Look, view: View, after: int) -> AsyncIterator[bytes]:
        service = feed.service
        every = service.office.settings.http_stream_seconds
        yield format_sse_event(retry=_RETRY)
        told, looked_at = after, monotonic()
        while not service.ending:
            page = await feed.page(view, after)
            after = page.next
            if page.body:
                told = page.last
                yield page.body
            await feed.wait(after, max(0.0, looked_at + every - monotonic()))
            if monotonic() < looked_at + every:
                continue
            looked_at, seen = monotonic(), await run_in_threadpool(look)
            if seen is None:
                return
            view = seen
            # Also names how far was looked, so that whoever comes back need not begin before it.
            yield format_sse_event(comment="", id=str(after) if after > told else None)
            told = after
