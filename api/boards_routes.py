"""The routes of boards, deadlines, portraits, archives, case files and the record of accesses."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.answers import CSV, JSON, next_link, paged, tag_of, tagged
from api.asking import asked
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
from api.routes import Number, admitted, admitted_to_all, offer
from api.service import Service
from ledger.accesses import Action
from projections.boards.board import Board
from projections.boards.catalogue import BOARDS
from projections.deadlines import Deadline
from reports.documents import table_csv, to_json


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
        (".csv", get_csv, f"{board.title}（CSV）", "text/csv"),
    ):
        offer(
            router,
            path + suffix,
            endpoint,
            summary=title,
            tag="台账",
            operation=f"board_{board.name}{suffix.replace('.', '_')}",
            need=need,
            model=shape,
            query=model,
            paged=True,
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
        (".csv", get_csv, "各项期限（CSV）", "text/csv"),
    ):
        offer(
            router,
            f"/deadlines{suffix}",
            endpoint,
            summary=title,
            tag="期限",
            operation=f"deadlines{suffix.replace('.', '_')}",
            need=need,
            model=shape,
            query=DeadlinesAsked,
            paged=True,
        )


def _document_routes(router: APIRouter, service: Service) -> None:
    def get_portrait(request: Request, number: Number) -> Response:
        caller, query = admitted(service, request, "portraits"), asked(request, YearAsked)
        return _document(request, portrait_of(service, caller, number, query))

    def get_archive(request: Request, number: Number) -> Response:
        caller, query = admitted(service, request, "archives"), asked(request, Moment)
        return _document(request, archive_document(service, caller, number, query))

    def get_case_file(request: Request, number: Number) -> Response:
        caller, query = admitted(service, request, "case_files"), asked(request, Moment)
        return _document(request, case_file_document(service, caller, number, query))

    cases, people, units = (
        "/cases/{number}/file",
        "/persons/{number}/archive",
        "/units/{number}/ecology",
    )
    offers: tuple[tuple[str, Callable[..., Response], str, str, str, str, type[BaseModel]], ...] = (
        (units, get_portrait, "单位画像", "portrait", "portraits", "单位", YearAsked),
        (people, get_archive, "廉政档案", "archive", "archives", "监督对象", Moment),
        (cases, get_case_file, "案件一览", "case_file", "case_files", "立案", Moment),
    )
    for path, endpoint, summary, operation, need, tag, query in offers:
        offer(
            router,
            path,
            endpoint,
            summary=summary,
            tag=tag,
            operation=operation,
            need=need,
            model=DocumentModel,
            query=query,
        )


def _document(request: Request, document: dict[str, Any]) -> Response:
    body = to_json(document)
    return tagged(request, body, tag_of(body), {}, JSON)


def _access_routes(router: APIRouter, service: Service) -> None:
    def get_accesses(request: Request) -> Response:
        admitted_to_all(service, request, "accesses")
        query = asked(request, AccessesAsked)
        kept = service.accesses.page(query.after, query.limit)
        items = [
            {"number": each.number, **each.access._asdict(), "digest": each.digest.hex()}
            for each in kept
        ]
        return _document(request, {"items": items})

    def get_check(request: Request) -> Response:
        admitted_to_all(service, request, "accesses")
        return _document(request, {"first_broken": service.accesses.first_broken()})

    need = "accesses"
    for path, endpoint, summary, operation, model, query in (
        ("/accesses", get_accesses, "访问记录", need, AccessesModel, AccessesAsked),
        ("/accesses/check", get_check, "访问记录核对", "check_accesses", ChainModel, None),
    ):
        offer(
            router,
            path,
            endpoint,
            summary=summary,
            tag="访问",
            operation=operation,
            need=need,
            model=model,
            query=query,
        )
