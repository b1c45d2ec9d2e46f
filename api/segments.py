"""Finding a route among hundreds: by the first part of its address below the prefix."""

from collections import defaultdict
from collections.abc import Sequence

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

#: Where the first part below /api/v1 stands when an address is split at its strokes.
_AT = 3


class BySegment(BaseRoute):
    """All routes of an application as one, which looks only at those that begin alike.

    The framework tries every route in turn, twice: with hundreds that costs more than a page does.
    """

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._by_segment: dict[str, list[Route]] = defaultdict(list)
        for route in routes:
            if isinstance(route, Route):
                self._by_segment[_segment(route.path)].append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The first route that matches, as the framework itself would find it."""
        if scope["type"] != "http":
            return Match.NONE, {}
        partial: tuple[Match, Scope] = (Match.NONE, {})
        for route in self._by_segment.get(_segment(scope["path"]), ()):
            match, child = route.matches(scope)
            if match is Match.FULL:
                return match, {**child, "route_found": route}
            if match is Match.PARTIAL and partial[0] is Match.NONE:
                partial = match, {**child, "route_found": route}
        return partial

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the route that was found answer."""
        route = scope["route_found"]
        scope["route"] = route
        await route.handle(scope, receive, send)


def _segment(path: str) -> str:
    parts = path.split("/", _AT + 1)
    return parts[_AT] if len(parts) > _AT else ""
