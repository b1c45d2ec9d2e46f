"""The routes of boards, deadlines, portraits, archives, case files and the record of accesses."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.answers import CSV, JSON, next_link, paged, problems, tag_of, tagged
from api.asking import asked, parameters_of
from api.boards import (
    DeadlinesAsked,
    YearAsked,
    archive_document,
    board_needs,
    board_page,
    board_query,
    case_file_document,
    deadlines_page,
    portrait_of,
)
from api.columns import Moment
from api.lists import Page
from api.routes import Number, admitted, needs
from api.service import Service
from ledger.accesses import Action
from projections.boards.board import Board
from projections.boards.catalogue import BOARDS
from projections.deadlines import Deadline
from reports.documents import table_csv, to_json

_PROBLEMS = (400, 401, 403, 404, 410, 422, 503)
_SAME: dict[int | str, dict[str, Any]] = {304: {"description": "未变"}}
_CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}}
}


class RowsModel(BaseModel):
    """A page of rows."""

    items: list[dict[str, Any]]
    position: int
    next: str | None


class DocumentModel(BaseModel):
    """A document whose parts are told where it is made."""

    model_config = ConfigDict(extra="allow")


class AccessesAsked(BaseModel):
    """Which accesses: those after a number."""

    model_config = ConfigDict(extra="forbid")

    after: int = Field(0, ge=0, lt=2**53, description="该编号之后")
    limit: int = Field(100, ge=1, le=1000)


class AccessesModel(BaseModel):
    """Accesses in order, each with the digest of the chain up to it."""

    items: list[dict[str, Any]]


class ChainModel(BaseModel):
    """The number of the first row that the chain does not bear out; null where it holds."""

    first_broken: int | None


def paged_csv(request: Request, names: tuple[str, ...], page: Page) -> Response:
    """A page of rows as CSV."""
    body = table_csv(names, ([row[name] for name in names] for row in page.rows))
    headers = {"Ledger-Position": str(page.position), **next_link(request, page.next)}
    return tagged(request, body, tag_of(body), headers, CSV)


def board_routes(service: Service) -> APIRouter:
    """Every board by its name, and what else is told of the work."""
    router = APIRouter(default_response_class=Response)
    for board in BOARDS.values():
        _board_route(router, service, board, board_needs()[board.name])
    _deadline_routes(router, service)
    _document_routes(router, service)
    _access_routes(router, service)
    return router


def _board_route(router: APIRouter, service: Service, board: Board, need: str) -> None:
    model, path = board_query(board.name), f"/boards/{board.name.replace('_', '-')}"
    names = tuple(column.name for column in board.columns)

    def get_board(request: Request) -> Response:
        caller, query = admitted(service, request, need), asked(request, model)
        return paged(request, board_page(service, caller, board, query))

    def get_csv(request: Request) -> Response:
        caller, query = admitted(service, request, need), asked(request, model)
        page = board_page(service, caller, board, query)
        service.viewed(caller, f"{path}.csv", Action.EXPORT)
        return paged_csv(request, names, page)

    for suffix, endpoint, title, shape in (
        ("", get_board, board.title, RowsModel),
        (".csv", get_csv, f"{board.title}（CSV）", None),
    ):
        operation = f"board_{board.name}{suffix.replace('.', '_')}"
        _add(router, path + suffix, endpoint, title, operation, need, "台账", shape, model)


def _add(
    router: APIRouter,
    path: str,
    endpoint: Callable[..., Response],
    summary: str,
    operation: str,
    need: str,
    tag: str,
    model: type[BaseModel] | None,
    query: type[BaseModel] | None = None,
) -> None:
    told: dict[int | str, dict[str, Any]] = _CSV if model is None else {200: {"model": model}}
    router.add_api_route(
        path,
        endpoint,
        methods=["GET"],
        summary=summary,
        operation_id=operation,
        tags=[tag],
        responses={**problems(*_PROBLEMS), **_SAME, **told},
        openapi_extra=needs(need) | {"parameters": parameters_of(query) if query else []},
    )


def _deadline_routes(router: APIRouter, service: Service) -> None:
    need, names = "deadlines", (*Deadline.__slots__, "said")

    def get_deadlines(request: Request) -> Response:
        caller, query = admitted(service, request, need), asked(request, DeadlinesAsked)
        return paged(request, deadlines_page(service, caller, query))

    def get_csv(request: Request) -> Response:
        caller, query = admitted(service, request, need), asked(request, DeadlinesAsked)
        page = deadlines_page(service, caller, query)
        service.viewed(caller, "/deadlines.csv", Action.EXPORT)
        return paged_csv(request, names, page)

    for suffix, endpoint, title, shape in (
        ("", get_deadlines, "各项期限", RowsModel),
        (".csv", get_csv, "各项期限（CSV）", None),
    ):
        operation = f"deadlines{suffix.replace('.', '_')}"
        path = f"/deadlines{suffix}"
        _add(router, path, endpoint, title, operation, need, "期限", shape, DeadlinesAsked)


def _document_routes(router: APIRouter, service: Service) -> None:
    def get_portrait(
        request: Request, number: Number, query: Annotated[YearAsked, Query()]
    ) -> Response:
        caller = admitted(service, request, "portraits")
        return _document(request, portrait_of(service, caller, number, query))

    def get_archive(
        request: Request, number: Number, query: Annotated[Moment, Query()]
    ) -> Response:
        caller = admitted(service, request, "archives")
        return _document(request, archive_document(service, caller, number, query))

    def get_case_file(
        request: Request, number: Number, query: Annotated[Moment, Query()]
    ) -> Response:
        caller = admitted(service, request, "case_files")
        return _document(request, case_file_document(service, caller, number, query))

    for path, endpoint, summary, operation, need, tag in (
        ("/units/{number}/ecology", get_portrait, "单位画像", "portrait", "portraits", "单位"),
        ("/persons/{number}/archive", get_archive, "廉政档案", "archive", "archives", "监督对象"),
        ("/cases/{number}/file", get_case_file, "案件一览", "case_file", "case_files", "立案"),
    ):
        _add(router, path, endpoint, summary, operation, need, tag, DocumentModel)


def _document(request: Request, document: dict[str, Any]) -> Response:
    body = to_json(document)
    return tagged(request, body, tag_of(body), {}, JSON)


def _access_routes(router: APIRouter, service: Service) -> None:
    def get_accesses(request: Request, query: Annotated[AccessesAsked, Query()]) -> Response:
        admitted(service, request, "accesses")
        kept = service.accesses.page(query.after, query.limit)
        items = [
            {"number": each.number, **each.access._asdict(), "digest": each.digest.hex()}
            for each in kept
        ]
        return _document(request, {"items": items})

    def get_check(request: Request) -> Response:
        admitted(service, request, "accesses")
        return _document(request, {"first_broken": service.accesses.first_broken()})

    need = "accesses"
    _add(router, "/accesses", get_accesses, "访问记录", need, need, "访问", AccessesModel)
    _add(router, "/accesses/check", get_check, "访问记录核对", "check", need, "访问", ChainModel)
