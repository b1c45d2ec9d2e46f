"""What the routes share: who is admitted, how addresses are made, how a read is offered."""

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel

from api.admission import Caller
from api.answers import problems
from api.asking import parameters_of
from api.problems import Problem
from api.service import ROLE_HEADER, Service
from domain.streams import Kind
from projections.tables import NAMES

#: What an official number may be in an address; a stroke in it is written %2F.
Number = Annotated[str, Path(min_length=1, max_length=200, description="编号", examples=["XS-1"])]
AtOnce = Callable[[Request], Response | None]
_PROBLEMS = (400, 401, 403, 404, 422, 503)


def admitted(service: Service, request: Request, need: str) -> Caller:
    """The caller of a request to a route with a need."""
    headers = request.headers
    target = f"{request.method} {request.scope['route'].path}"
    caller = service.admit(headers.get("authorization"), headers.get(ROLE_HEADER), need, target)
    request.state.caller = caller
    return caller


def admitted_to_all(service: Service, request: Request, need: str) -> Caller:
    """The caller of a request for what is the whole ledger's; Problem 403 for one of an organ."""
    caller = admitted(service, request, need)
    if caller.organ is not None:
        service.deny(caller, f"{request.method} {request.scope['route'].path}", "out_of_scope")
        raise Problem(403, "out_of_scope")
    return caller


def needs(need: str) -> dict[str, Any]:
    """What a route needs of the caller's role, told in its document."""
    return {"x-needs": need}


def address(kind: Kind) -> str:
    """The address of a kind's list."""
    return "/" + NAMES[kind].replace("_", "-")


def quoted(number: str) -> str:
    """A number as one part of an address."""
    return quote(number, safe="")


def offer(
    router: APIRouter,
    path: str,
    endpoint: Callable[..., Response],
    *,
    summary: str,
    tag: str,
    operation: str,
    need: str,
    model: type[BaseModel] | str,
    query: type[BaseModel] | None = None,
    paged: bool = False,
    at_once: AtOnce | None = None,
) -> None:
    """Offer a read: ``model`` is that of its JSON, or another media type.

    ``query`` is the model that the endpoint itself reads its parameters by, where it does;
    ``at_once`` answers alike without a thread, or says None where that might take long.
    """
    if at_once is not None:
        endpoint.__dict__["at_once"] = at_once
    responses = problems(*_PROBLEMS, *((410,) if paged else ()))
    if isinstance(model, str):
        responses[200] = {"content": {model: {"schema": {"type": "string"}}}}
    else:
        responses[200] = {"model": model}
    responses[304] = {"description": "未变"}
    asks = {"parameters": parameters_of(query)} if query is not None else {}
    router.add_api_route(
        path,
        endpoint,
        methods=["GET"],
        response_class=Response,
        responses=responses,
        summary=summary,
        tags=[tag],
        operation_id=operation,
        openapi_extra=needs(need) | asks,
    )
