"""Finding a route among hundreds: by the first part of its address below the prefix."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from inspect import iscoroutinefunction, signature
from typing import Any
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

Endpoint = Callable[..., Response]
AtOnce = Callable[[Request], Response | None]

#: Where the first part below /api/v1 stands when an address is split at its strokes.
_AT = 3
_STROKE = re.compile("%2f", re.IGNORECASE)
#: Stands for a stroke within a part; no address holds it otherwise, being no character.
_MARK = "\ufdd0"


class BySegment(BaseRoute):
    """All routes of an application as one, which looks only at those that begin alike.

    The framework tries every route in turn, twice: with hundreds that costs more than a page does.
    """

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._by_segment: dict[str, list[Route]] = defaultdict(list)
        self._plain: set[int] = set()
        for route in routes:
            if isinstance(route, Route):
                self._by_segment[_segment(route.path)].append(route)
                if _is_plain(route.endpoint):
                    self._plain.add(id(route))
        # An address that stands by itself is none of a record (OpenAPI, Paths Object).
        for known in self._by_segment.values():
            known.sort(key=lambda route: bool(route.param_convertors))

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The first route that matches; where an address stands by itself, none of a record."""
        if scope["type"] != "http":
            return Match.NONE, {}
        asked = _whole(scope)
        others: set[str] = set()
        fixed = False
        for route in self._by_segment.get(_segment(scope["path"]), ()):
            if fixed and route.param_convertors:
                break
            match, child = route.matches(asked)
            if match is not Match.NONE:
                if match is Match.FULL:
                    return match, {**child, "route_found": route, "path_params": _parts(child)}
                others |= route.methods or set()
                fixed = not route.param_convertors
        return (Match.PARTIAL, {"methods_found": others}) if others else (Match.NONE, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the route that was found answer; 405 with every method of the address without."""
        route = scope.get("route_found")
        if route is None:
            allowed = ", ".join(sorted(scope["methods_found"]))
            raise HTTPException(405, headers={"Allow": allowed})
        scope["route"] = route
        if id(route) not in self._plain:
            await route.handle(scope, receive, send)
            return
        request = Request(scope, receive, send)
        at_once: AtOnce = getattr(route.endpoint, "at_once", _never)
        answer = at_once(request)
        if answer is None:
            told: Response = await run_in_threadpool(route.endpoint, request)
            answer = told
        await answer(scope, receive, send)


def _never(_: Request) -> Response | None:
    return None


def _is_plain(endpoint: Endpoint) -> bool:
    """Whether an endpoint takes the request as it is, and nothing that the framework reads of it.

    It is called at once: solving what there is not to solve costs as much as a small page.
    """
    if iscoroutinefunction(endpoint):
        return False
    return [each.annotation for each in signature(endpoint).parameters.values()] == [Request]


def _segment(path: str) -> str:
    parts = path.split("/", _AT + 1)
    return parts[_AT] if len(parts) > _AT else ""


def _whole(scope: Scope) -> Scope:
    """The scope with each stroke that was written %2F kept apart from those between parts.

    The framework sees them alike, but an official number may hold one.
    """
    raw = scope.get("raw_path") or b""
    if b"%2f" not in raw.lower():
        return scope
    path = unquote(_STROKE.sub(_MARK, raw.partition(b"?")[0].decode("latin-1")))
    return {**scope, "path": path}


def _parts(child: Scope) -> dict[str, Any]:
    return {
        name: value.replace(_MARK, "/") if isinstance(value, str) else value
        for name, value in child.get("path_params", {}).items()
    }
