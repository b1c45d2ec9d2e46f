"""The routes of lists: for every kind of stream a page, its CSV, and all of it as lines."""

from collections.abc import Callable, Iterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, create_model

from api.admission import Caller
from api.answers import CSV, LINES, next_link, paged, tag_of, tagged
from api.asking import asked
from api.columns import Columns
from api.lists import lines_of, page_of, rows_of
from api.moments import is_reached
from api.routes import AtOnce, address, admitted, offer
from api.service import ROLE_HEADER, Service
from domain.streams import TITLES
from ledger.accesses import Action
from projections.brief import TakesLongerError
from projections.tables import NAMES
from reports.documents import table_csv

#: At most so many rows are told at once, without a thread.
_AT_ONCE = 100


def list_routes(service: Service) -> APIRouter:
    """For every kind of stream its list."""
    router = APIRouter()
    for kind in NAMES:
        _list_routes(router, service, Columns(kind))
    return router


def _list_routes(router: APIRouter, service: Service, columns: Columns) -> None:
    kind, path, need = columns.kind, address(columns.kind), f"read:{columns.kind}"
    model = columns.query

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

    suffixes: tuple[tuple[str, Callable[..., Response], str, Any, str], ...] = (
        ("", list_records, "列表", _page_model(columns), need),
        (".csv", list_csv, "列表（CSV）", "text/csv", need),
        (".jsonl", export, "全部（JSON Lines）", LINES, f"{need} exports"),
    )
    for suffix, endpoint, title, shape, needed in suffixes:
        offer(
            router,
            path + suffix,
            endpoint,
            summary=f"{TITLES[kind]}：{title}",
            tag=TITLES[kind],
            operation=f"list_{NAMES[kind]}{suffix.replace('.', '_')}",
            need=needed,
            model=shape,
            query=model,
            paged=True,
            at_once=None if suffix else _at_once(service, columns, need),
        )


def _at_once(service: Service, columns: Columns, need: str) -> AtOnce:
    """The answer of a page for which nothing is waited for."""

    def list_at_once(request: Request) -> Response | None:
        headers = request.headers
        caller = service.known(headers.get("authorization"), headers.get(ROLE_HEADER), need)
        # What is recorded waits for the disk.
        if caller is None or (columns.personal and caller.role.personal):
            return None
        request.state.caller = caller
        query = asked(request, columns.query)
        if not (query.limit <= _AT_ONCE and query.cursor is None and is_reached(service, query)):
            return None
        try:
            page = page_of(service, caller, columns, query, service.brief.reading)
        except TakesLongerError:
            return None
        return paged(request, page)

    return list_at_once


def _page_model(columns: Columns) -> type[BaseModel]:
    return create_model(
        f"{columns.kind.name.title()}Page",
        items=(list[columns.row], ...),  # type: ignore[name-defined]  # a model made here
        position=(int, ...),
        next=(str | None, ...),
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
