"""The routes of boards, deadlines, portraits, archives, case files and the record of accesses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, get_type_hints

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, create_model

from api.admission import Caller
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


@dataclass(frozen=True, slots=True)
class Rows:
    """Pages of rows that are offered: where, to whom, and what each row holds by type and title."""

    path: str
    title: str
    tag: str
    operation: str
    need: str
    query: type[Any]
    columns: Mapping[str, tuple[Any, str]]
    page: Callable[[Service, Caller, Any], Page]

    @property
    def model(self) -> type[BaseModel]:
        """The model of a page."""
        name = "".join(map(str.title, self.operation.split("_")))
        fields: dict[str, Any] = {
            column: (kind, Field(title=title)) for column, (kind, title) in self.columns.items()
        }
        row = create_model(f"{name}Row", **fields)
        return create_model(
            f"{name}Page",
            items=(list[row], ...),  # type: ignore[valid-type]  # a model made here
            position=(int, ...),
            next=(str | None, ...),
        )


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
        _board_routes(router, service, board)
    _deadline_routes(router, service)
    _document_routes(router, service)
    _access_routes(router, service)
    return router


def _board_routes(router: APIRouter, service: Service, board: Board) -> None:
    _offer_rows(
        router,
        service,
        Rows(
            path=f"/boards/{board.name.replace('_', '-')}",
            title=board.title,
            tag="台账",
            operation=f"board_{board.name}",
            need=board_needs()[board.name],
            query=board_query(board.name),
            columns={column.name: (Any, column.title) for column in board.columns},
            page=partial(_board_page, board),
        ),
    )


def _board_page(board: Board, service: Service, caller: Caller, query: Any) -> Page:
    return board_page(service, caller, board, query)


def _deadline_routes(router: APIRouter, service: Service) -> None:
    types = get_type_hints(Deadline) | {"said": str}
    _offer_rows(
        router,
        service,
        Rows(
            path="/deadlines",
            title="各项期限",
            tag="期限",
            operation="deadlines",
            need="deadlines",
            query=DeadlinesAsked,
            columns={name: (kind, name) for name, kind in types.items()},
            page=deadlines_page,
        ),
    )


def _offer_rows(router: APIRouter, service: Service, rows: Rows) -> None:
    """Pages of rows, and their CSV twin, whose taking is an export."""

    def get_rows(request: Request) -> Response:
        caller, query = admitted(service, request, rows.need), asked(request, rows.query)
        return paged(request, rows.page(service, caller, query))

    def get_csv(request: Request) -> Response:
        caller, query = admitted(service, request, rows.need), asked(request, rows.query)
        page = rows.page(service, caller, query)
        service.viewed(caller, f"{rows.path}.csv", Action.EXPORT)
        return paged_csv(request, tuple(rows.columns), page)

    for suffix, endpoint, title, shape in (
        ("", get_rows, rows.title, rows.model),
        (".csv", get_csv, f"{rows.title}（CSV）", "text/csv"),
    ):
        offer(
            router,
            rows.path + suffix,
            endpoint,
            summary=title,
            tag=rows.tag,
            operation=f"{rows.operation}{suffix.replace('.', '_')}",
            need=rows.need,
            model=shape,
            query=rows.query,
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
