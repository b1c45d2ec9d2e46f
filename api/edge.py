"""What every request passes on its way in and out: limits, headers, the log, the last resort."""

import asyncio
import itertools
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars

from api import logs
from api.metrics import Metrics
from api.problems import RETRY_SECONDS, Problem, of_error

REQUEST_ID = b"x-request-id"
#: A UUID, or 32 hexadecimal digits: nothing that could be somebody's number.
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}", re.IGNORECASE)
#: Methods that are told apart; a caller can make up others.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
#: What a route that was not found is told as.
UNKNOWN = "unmatched"
#: Asked all day by machines: told in the log only where they fail.
_QUIET = ("/health", "/ready", "/metrics")
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cache-control", b"no-store"),
)
_VARY = b"Authorization, Ledger-Role"
_FAILED = 500

Headers = Iterable[tuple[bytes, bytes]]


def request_ids() -> Callable[[], str]:
    """Makes ids of 32 hexadecimal digits: half random for the process, half counted."""
    process, counted = secrets.token_hex(8), itertools.count()
    return lambda: f"{process}{next(counted):016x}"


@dataclass
class _Answer:
    """What has been seen of an answer: its status and after how many seconds it began."""

    status: int | None = None
    seconds: float = 0.0


class Requests:
    """The outermost: request id, headers, log and counts; an error never leaves it."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        metrics: Metrics,
        new_id: Callable[[], str] | None = None,
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._new_id = new_id or request_ids()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and tell what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = _header(scope, REQUEST_ID)
        request_id = given if _ID.fullmatch(given) else self._new_id()
        began, answer = perf_counter(), _Answer()

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status, answer.seconds = message["status"], perf_counter() - began
                message = {**message, "headers": _completed(message["headers"], request_id)}
            await send(message)

        # The server gives each request a context of its own, which ends with it.
        bind_contextvars(request_id=request_id)
        self._metrics.in_progress.inc()
        try:
            await self._app(scope, receive, tell)
        except Exception as error:  # noqa: BLE001 -- the last resort
            await self._tell_error(error, answer, scope, receive, tell)
        finally:
            self._metrics.in_progress.dec()
            self._record(scope, answer, perf_counter() - began)

    async def _tell_error(
        self, error: Exception, answer: _Answer, scope: Scope, receive: Receive, send: Send
    ) -> None:
        problem = error if isinstance(error, Problem) else of_error(error)
        if problem is not error:
            logs.failed(problem.code, error, method=_method(scope), route=_route(scope))
        if answer.status is None:
            self._metrics.problem(problem.code)
            await problem.response()(scope, receive, send)
        # An answer that has begun is broken off by the server, since it was never completed.

    def _record(self, scope: Scope, answer: _Answer, seconds: float) -> None:
        route, method, status = _route(scope), _method(scope), answer.status
        if status is None:  # the caller went away before there was an answer
            logs.said("request", method=method, route=route, duration_ms=_ms(seconds))
            return
        self._metrics.request(route, method, status, answer.seconds)
        if route.endswith(_QUIET) and status < _FAILED:
            return
        caller = scope.get("state", {}).get("caller")
        who = {} if caller is None else {"subject": caller.subject, "role": caller.role.name}
        told = {"method": method, "route": route, "status": status, "duration_ms": _ms(seconds)}
        logs.said("request", **told, **who)


def _route(scope: Scope) -> str:
    """The template of the route, such as ``/api/v1/leads/{number}``; never the path itself."""
    template = getattr(scope.get("route"), "path", None)
    return template if isinstance(template, str) else UNKNOWN


class Deadline:
    """An answer begins in time, or the caller is told 503 and what comes later is dropped.

    What runs in a thread cannot be stopped: it ends when it is done, and may still be recorded.
    A stream that has begun is not bounded.
    """

    def __init__(self, app: ASGIApp, *, seconds: float, metrics: Metrics) -> None:
        self._app = app
        self._seconds = seconds
        self._metrics = metrics
        self._telling: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = late = False

        async def in_time(message: Message) -> None:
            nonlocal begun
            if not late:
                begun = True
                await send(message)

        def give_up() -> None:
            nonlocal late
            if not begun:
                late = True
                self._metrics.problem("timeout")
                problem = Problem(503, "timeout", retry_after=RETRY_SECONDS)
                task = loop.create_task(_tell(problem, scope, receive, send))
                self._telling.add(task)
                task.add_done_callback(self._telling.discard)

        loop = asyncio.get_running_loop()
        timer = loop.call_later(self._seconds, give_up)
        try:
            await self._app(scope, receive, in_time)
        except Exception as error:
            if not late:
                raise
            logs.failed("after_timeout", error)
        finally:
            timer.cancel()


async def _tell(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    await problem.response()(scope, receive, send)


class BodyLimit:
    """No body is longer than a number of bytes, whether it says so before or turns out so."""

    def __init__(self, app: ASGIApp, *, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; Problem 413, at once or from where the body is read."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        stated = _header(scope, b"content-length")
        if stated.isdecimal() and int(stated) > self._limit:
            raise Problem(413, "body_too_large")
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._limit:
                raise Problem(413, "body_too_large")
            return message

        await self._app(scope, counted, send)


def _header(scope: Scope, name: bytes) -> str:
    found = next((value for key, value in scope["headers"] if key == name), b"")
    return bytes(found).decode("latin-1")


def _method(scope: Scope) -> str:
    """The method; a caller can make up others than those there are."""
    method = str(scope["method"])
    return method if method in _METHODS else "other"


def _completed(headers: Headers, request_id: str) -> list[tuple[bytes, bytes]]:
    """An answer's headers with what every answer has, unless it says otherwise itself."""
    given = list(headers)
    names = {name.lower() for name, _ in given}
    given += [header for header in _HEADERS if header[0] not in names]
    return [*given, (b"vary", _VARY), (REQUEST_ID, request_id.encode())]


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
