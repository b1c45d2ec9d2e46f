"""The routes of the feed: events by pages, as a stream, and a period of them as lines."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from api.answers import JSON, LINES, next_link, problems, tag_of, tagged
from api.asking import Day, asked, parameters_of
from api.event_stream import EventStream, Feed
from api.feed import View, known_names, page_of, pages_of, view_of
from api.moments import wait_for
from api.problems import Problem
from api.routes import admitted, needs
from api.service import Service
from domain.streams import Kind
from ledger.accesses import Action

_TAG = "事件"
_LARGEST = 2**53
_PATH = "/events"
#: A stored name, as :func:`view_of` takes it.
_Type = Annotated[str, Field(json_schema_extra={"enum": sorted(known_names())})]


class Narrowed(BaseModel):
    """Which events: all that the role reads, or some types or kinds of them."""

    model_config = ConfigDict(extra="forbid")

    types: list[_Type] = Field(
        [], max_length=100, description="只要这些类型，如 lead.registered.v1"
    )
    kinds: list[Kind] = Field([], max_length=100, description="只要这些种类的记录的事件")


class FromPosition(Narrowed):
    """Where to begin, and where to end."""

    after: int = Field(0, ge=0, lt=_LARGEST, description="从该位置之后开始")
    limit: int = Field(100, ge=1, le=1000, description="一页至多几个事件")
    until: int | None = Field(None, ge=0, lt=_LARGEST, description="至该位置（含）为止")


class Listened(Narrowed):
    """Where a stream begins, unless the client says what it received last."""

    after: int = Field(0, ge=0, lt=_LARGEST, description="从该位置之后开始")


class OfPeriod(Narrowed):
    """A period by registered date, or by position, or both; every end is included."""

    first: Day | None = Field(None, alias="from", description="登记日期的起日")
    last: Day | None = Field(None, alias="to", description="登记日期的止日（含）")
    from_position: int = Field(1, ge=1, lt=_LARGEST, description="自该位置（含）")
    until: int | None = Field(None, ge=0, lt=_LARGEST, description="至该位置（含）为止")


class EventModel(BaseModel):
    """One event: position, envelope with the three clocks, and data."""

    position: int = Field(examples=[1])
    stream: str = Field(examples=["lead:XS-1"])
    type: str = Field(examples=["lead.registered.v1"])
    version: int = Field(examples=[1])
    actor: str
    occurred_on: date
    registered_on: date
    recorded_at: str = Field(examples=["2026-01-01T08:00:00Z"])
    event_id: str
    command_id: str
    correlation_id: str
    causation_id: str | None
    data: dict[str, Any]


class EventsModel(BaseModel):
    """Events in order; ``next`` is the position to go on from, past those not shown."""

    events: list[EventModel]
    next: int


_REFUSED = problems(400, 401, 403, 422, 503)
#: One message of the stream, as OpenAPI 3.1 tells it: the event itself is in ``data``.
_MESSAGE = {
    "type": "object",
    "required": ["id", "event", "data"],
    "properties": {
        "id": {"type": "string", "pattern": "^[0-9]+$", "description": "位置"},
        "event": {"type": "string", "description": "事件类型"},
        "data": {
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": {"$ref": "#/components/schemas/EventModel"},
        },
    },
}
_STREAM = {"text/event-stream": {"schema": _MESSAGE}}
_LINES = {LINES: {"schema": {"type": "string"}}}


def feed_routes(service: Service) -> APIRouter:
    """The ledger's events, in order."""
    router = APIRouter(tags=[_TAG], default_response_class=Response)
    _pages(router, service)
    _stream(router, service)
    _export(router, service)
    return router


def _pages(router: APIRouter, service: Service) -> None:
    @router.get(
        _PATH,
        summary="台账的事件，按次序",
        operation_id="events",
        responses={200: {"model": EventsModel}, 304: {"description": "未变"}, **_REFUSED},
        openapi_extra=needs("events") | {"parameters": parameters_of(FromPosition)},
    )
    def get_events(request: Request) -> Response:
        caller, query = admitted(service, request, "events"), asked(request, FromPosition)
        view = view_of(service, caller, query.types, query.kinds)
        wait_for(service, query.after, "after")
        service.viewed(caller, _PATH)
        reached = service.follower.position
        until = reached if query.until is None else min(query.until, reached)
        page = page_of(service, view, query.after, query.limit, until)
        lines = b",".join(each.line for each in page.events)
        body = b'{"events":[%b],"next":%d}' % (lines, page.next)
        headers = {"Ledger-Position": str(reached), **_further(request, page.next, until)}
        return tagged(request, body, tag_of(body), headers, JSON)


def _stream(router: APIRouter, service: Service) -> None:
    feed = Feed(service)

    @router.get(
        f"{_PATH}/stream",
        summary="台账的事件，随记随发（Server-Sent Events）",
        operation_id="event_stream",
        responses={200: {"content": _STREAM}, **_REFUSED},
        openapi_extra=needs("events") | {"parameters": parameters_of(Listened)},
    )
    def stream_events(
        request: Request,
        last_event_id: Annotated[
            str | None, Header(pattern=r"^(0|[1-9][0-9]{0,14})$", description="收到的最后位置")
        ] = None,
    ) -> Response:
        caller, query = admitted(service, request, "events"), asked(request, Listened)
        view = view_of(service, caller, query.types, query.kinds)
        after = query.after if last_event_id is None else int(last_event_id)
        wait_for(service, after, "after")
        service.viewed(caller, f"{_PATH}/stream")

        def look() -> View | None:
            try:
                again = admitted(service, request, "events")
                return view_of(service, again, query.types, query.kinds)
            except Problem:
                return None

        return EventStream(feed, look, view, after)


def _export(router: APIRouter, service: Service) -> None:
    @router.get(
        f"{_PATH}.jsonl",
        summary="一段期间的事件（JSON Lines）",
        operation_id="export_events",
        responses={200: {"content": _LINES}, **_REFUSED},
        openapi_extra=needs("events exports") | {"parameters": parameters_of(OfPeriod)},
    )
    def export_events(request: Request) -> Response:
        caller, query = admitted(service, request, "events exports"), asked(request, OfPeriod)
        if query.first and query.last and query.last < query.first:
            raise Problem(400, "impossible_period", pointer="?to")
        view = view_of(service, caller, query.types, query.kinds)
        reached = service.follower.position
        until = reached if query.until is None else min(query.until, reached)
        service.viewed(caller, f"{_PATH}.jsonl", Action.EXPORT)
        lines = _exported(service, view, query, until)
        headers = {"Ledger-Position": str(until)}
        return StreamingResponse(lines, media_type=LINES, headers=headers)


def _further(request: Request, further: int, until: int) -> dict[str, str]:
    return next_link(request, str(further) if further < until else None, "after")


def _exported(service: Service, view: View, query: OfPeriod, until: int) -> Iterator[bytes]:
    """The events of a period, a page in memory at a time."""
    first = str(query.first or date.min)
    last = str(query.last or date.max)
    for page in pages_of(service, view, query.from_position - 1, until):
        yield b"".join(each.line + b"\n" for each in page if first <= each.registered_on <= last)
