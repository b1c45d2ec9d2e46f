"""The routes of acts: one POST for each legal act of the domain."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from api.act_bodies import request_of
from api.answers import JSON, problems
from api.commands import Asked, Done, carry_out, receipt_document
from api.policy import Offered, offered
from api.routes import Number, address, admitted, needs, quoted
from api.service import Service
from domain.streams import TITLES, Kind, split_stream_name


class ReceiptModel(BaseModel):
    """The receipt of a command."""

    stream: str
    number: str
    version: int
    first_position: int
    position: int
    command_id: str


async def _body(request: Request) -> bytes:
    return await request.body()


#: The body as it came in: a command is read strictly by its act's own types.
RawBody = Annotated[bytes, Depends(_body)]


def act_routes(service: Service) -> APIRouter:
    """Every act that is offered: a first act at its list, a further one below its record."""
    router = APIRouter()
    for each in offered():
        _act_route(router, service, each)
    return router


def _act_route(router: APIRouter, service: Service, each: Offered) -> None:
    act, first = each.act, each.first
    need = f"act:{act.name}"

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
        act_address(each),
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


def act_address(each: Offered) -> str:
    """Where an act is posted, below the prefix."""
    parts = (address(each.act.kind), "" if each.first else "{number}", each.path)
    return "/".join(filter(None, parts))


def _created(done: Done) -> Response:
    kind, number = split_stream_name(done.stream)
    headers = {
        "ETag": f'"{done.version}"',
        "Location": f"/api/v1{address(kind)}/{quoted(number)}",
        "Ledger-Position": str(done.receipt.last_position),
    }
    return Response(receipt_document(done), 201, headers, media_type=JSON)


def _links(kind: Kind) -> dict[str, Any]:
    """Where a receipt leads: to the record and to its history (OpenAPI links)."""
    given = {"number": "$response.body#/number"}
    return {
        "record": {"operationId": f"get_{kind.value}", "parameters": given},
        "history": {"operationId": f"history_of_{kind.value}", "parameters": given},
    }
