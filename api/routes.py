"""The routes of lists, records and acts, made from the domain's own catalogues."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field, create_model

from api.act_bodies import request_of
from api.admission import Caller
from api.answers import CSV, JSON, LINES, next_link, paged, problems, tag_of, tagged
from api.asking import asked, parameters_of
from api.columns import Columns, Moment
from api.commands import Asked, Done, carry_out, receipt_document
from api.lists import lines_of, page_of, rows_of
from api.policy import Offered, offered
from api.records import history_document, record, record_document
from api.service import ROLE_HEADER, Service
from domain.streams import TITLES, Kind, split_stream_name
from ledger.accesses import Action
from projections.tables import NAMES
from reports.documents import table_csv, to_json

#: What an official number may be in an address.
Number = Annotated[str, Path(min_length=1, max_length=200, description="编号", examples=["XS-1"])]
_QUERY_PROBLEMS = (400, 401, 403, 404, 422, 503)


class MomentOrVersion(Moment):
    """The moment asked about, or a version of the record."""

    at_version: int | None = Field(None, ge=1, lt=2**53, description="至该版本")


class RecordModel(BaseModel):
    """A record as it stands: its ETag is the version."""

    stream: str = Field(examples=["lead:XS-1"])
    number: str
    version: int
    position: int
    stage: str | None
    state: dict[str, Any]


class HistoryModel(BaseModel):
    """A record's events in order, each with actor, basis, three clocks and what it changed."""

    stream: str
    events: list[dict[str, Any]]
    state: dict[str, Any]


class ReceiptModel(BaseModel):
    """The receipt of a command."""

    stream: str
    number: str
    version: int
    first_position: int
    position: int
    command_id: str


def admitted(service: Service, request: Request, need: str) -> Caller:
    """The caller of a request to a route with a need."""
    headers = request.headers
    target = f"{request.method} {request.scope['route'].path}"
    caller = service.admit(headers.get("authorization"), headers.get(ROLE_HEADER), need, target)
    request.state.caller = caller
    return caller


def needs(need: str) -> dict[str, Any]:
    """What a route needs of the caller's role, told in its document."""
    return {"x-needs": need}


def address(kind: Kind) -> str:
    """The address of a kind's list."""
    return "/" + NAMES[kind].replace("_", "-")


def record_routes(service: Service) -> APIRouter:
    """For every kind of stream its list, CSV, lines, record and history, then every act."""
    router = APIRouter()
    for kind in NAMES:
        _list_routes(router, service, Columns(kind))
    for kind in NAMES:
        _item_routes(router, service, kind)
    for each in offered():
        _act_route(router, service, each)
    return router


def _list_routes(router: APIRouter, service: Service, columns: Columns) -> None:
    kind, path, need = columns.kind, address(columns.kind), f"read:{columns.kind}"
    title, model = TITLES[kind], columns.query
    page_model = create_model(
        f"{kind.name.title()}Page",
        items=(list[columns.row], ...),  # type: ignore[name-defined]  # a model made here
        position=(int, ...),
        next=(str | None, ...),
    )

    def list_records(request: Request) -> Response:
        caller, query = admitted(service, request, need), asked(request, model)
        page = page_of(service, caller, columns, query)
        _viewed(service, caller, columns, path)
        return paged(request, page)

    def list_csv(request: Request) -> Response:
        caller, query = admitted(service, request, need), asked(request, model)
        page = page_of(service, caller, columns, query)
        _viewed(service, caller, columns, f"{path}.csv", Action.EXPORT)
        rows = (map(_cell, row.values()) for row in rows_of(page))
        body = table_csv(tuple(columns.types), rows)
        headers = {"Ledger-Position": str(page.position), **next_link(request, page.next)}
        return tagged(request, body, tag_of(body), headers, CSV)

    def export(request: Request) -> StreamingResponse:
        caller, query = admitted(service, request, f"{need} exports"), asked(request, model)
        lines = lines_of(service, caller, columns, query)
        _viewed(service, caller, columns, f"{path}.jsonl", Action.EXPORT)
        return StreamingResponse(_started(lines), media_type=LINES)

    offers: tuple[tuple[str, Callable[..., Response], str, str, str], ...] = (
        ("", list_records, f"{title}：列表", JSON, need),
        (".csv", list_csv, f"{title}：列表（CSV）", "text/csv", need),
        (".jsonl", export, f"{title}：全部（JSON Lines）", LINES, f"{need} exports"),
    )
    for suffix, endpoint, summary, media, needed in offers:
        responses = problems(*_QUERY_PROBLEMS, 410)
        if media == JSON:
            responses[200] = {"model": page_model}
            responses[304] = {"description": "未变"}
        else:
            responses[200] = {"content": {media: {"schema": {"type": "string"}}}}
            responses[304] = {"description": "未变"}
        router.add_api_route(
            path + suffix,
            endpoint,
            methods=["GET"],
            response_class=Response,
            responses=responses,
            summary=summary,
            tags=[title],
            operation_id=f"list_{NAMES[kind]}{suffix.replace('.', '_')}",
            openapi_extra=needs(needed) | {"parameters": parameters_of(model)},
        )


def _started(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The lines, the first read at once so that what is wrong is told before the answer begins."""
    first = next(lines, b"")

    def all_lines() -> Iterator[bytes]:
        yield first
        yield from lines

    return all_lines()


def _cell(value: Any) -> Any:
    return ";".join(value) if isinstance(value, list) else value


def _viewed(
    service: Service, caller: Caller, columns: Columns, path: str, action: Action = Action.VIEW
) -> None:
    if columns.personal or action is Action.EXPORT:
        service.viewed(caller, path, action)


def _item_routes(router: APIRouter, service: Service, kind: Kind) -> None:
    path, need, title = address(kind), f"read:{kind}", TITLES[kind]

    def get_record(
        request: Request, number: Number, query: Annotated[MomentOrVersion, Query()]
    ) -> Response:
        caller = admitted(service, request, need)
        found = record(service, caller, kind, number, query, query.at_version)
        document = record_document(found, caller)
        return tagged(request, to_json(document), f'"{document["version"]}"', {}, JSON)

    def get_history(
        request: Request, number: Number, query: Annotated[MomentOrVersion, Query()]
    ) -> Response:
        caller = admitted(service, request, need)
        found = record(service, caller, kind, number, query, query.at_version)
        body = to_json(history_document(found, caller))
        return tagged(request, body, tag_of(body), {}, JSON)

    for suffix, endpoint, summary, model in (
        ("", get_record, f"{title}：一项", RecordModel),
        ("/history", get_history, f"{title}：历史", HistoryModel),
    ):
        responses = problems(*_QUERY_PROBLEMS)
        responses[200] = {"model": model}
        responses[304] = {"description": "未变"}
        router.add_api_route(
            f"{path}/{{number}}{suffix}",
            endpoint,
            methods=["GET"],
            response_class=Response,
            responses=responses,
            summary=summary,
            tags=[title],
            operation_id=f"{'history_of' if suffix else 'get'}_{kind.value}",
            openapi_extra=needs(need),
        )


async def _body(request: Request) -> bytes:
    return await request.body()


#: The body as it came in: a command is read strictly by its act's own types.
RawBody = Annotated[bytes, Depends(_body)]


def _act_route(router: APIRouter, service: Service, each: Offered) -> None:
    act, first = each.act, not each.path
    need, path = f"act:{act.name}", address(act.kind)

    def answer(request: Request, number: str | None, body: bytes) -> Response:
        caller = admitted(service, request, need)
        headers = request.headers
        key, match = headers.get("idempotency-key"), headers.get("if-match")
        done = carry_out(service, caller, Asked(act, number, body, key, match))
        return _created(done)

    def post_first(request: Request, body: RawBody) -> Response:
        return answer(request, None, body)

    def post_further(request: Request, number: Number, body: RawBody) -> Response:
        return answer(request, number, body)

    responses = problems(400, 401, 403, 404, 409, 412, 413, 422, 428, 503)
    responses[201] = {
        "model": ReceiptModel,
        "description": "已登记",
        "headers": {
            "ETag": {"schema": {"type": "string"}, "description": "该记录的版本"},
            "Location": {"schema": {"type": "string"}, "description": "该记录的地址"},
        },
        "links": _links(act.kind),
    }
    router.add_api_route(
        path if first else f"{path}/{{number}}/{each.path}",
        post_first if first else post_further,
        methods=["POST"],
        status_code=201,
        response_class=Response,
        responses=responses,
        summary=act.title,
        tags=[TITLES[act.kind]],
        operation_id=act.name,
        openapi_extra=needs(need) | request_of(each),
    )


def _created(done: Done) -> Response:
    kind, number = split_stream_name(done.stream)
    headers = {
        "ETag": f'"{done.version}"',
        "Location": f"/api/v1{address(kind)}/{quoted(number)}",
        "Ledger-Position": str(done.receipt.last_position),
    }
    return Response(receipt_document(done), 201, headers, media_type=JSON)


def quoted(number: str) -> str:
    """A number as one part of an address."""
    return quote(number, safe="")


def _links(kind: Kind) -> dict[str, Any]:
    """Where a receipt leads: to the record and to its history (OpenAPI links)."""
    given = {"number": "$response.body#/number"}
    return {
        "record": {"operationId": f"get_{kind.value}", "parameters": given},
        "history": {"operationId": f"history_of_{kind.value}", "parameters": given},
    }
