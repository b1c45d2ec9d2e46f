"""The application: every route below /api/v1, and how what goes wrong is told."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute

from api.boards_routes import board_routes
from api.document import described
from api.feed_routes import feed_routes
from api.log_routes import log_routes
from api.problems import Problem
from api.routes import record_routes
from api.segments import BySegment
from api.service import Service
from api.statistics_routes import statistics_routes

PREFIX = "/api/v1"
#: What makes the routers of a service, in the order of the document.
ROUTERS: tuple[Callable[[Service], APIRouter], ...] = (
    statistics_routes,
    board_routes,
    feed_routes,
    log_routes,
    record_routes,
)
_CODES = {404: "not_found", 405: "method_not_allowed"}


def create_app(service: Service) -> FastAPI:
    """The application of one service, which it starts and stops."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(service.start)
        try:
            yield
        finally:
            await run_in_threadpool(service.stop)

    app = FastAPI(
        title="监督台账",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{PREFIX}/openapi.json",
    )
    app.state.service = service
    for make in ROUTERS:
        for route in make(service).routes:
            _add(app, route)
    app.router.routes.insert(0, BySegment(app.router.routes))
    _tell_problems(app)
    plain = app.openapi

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = described(plain())
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # the framework's own way to extend it
    return app


def _add(app: FastAPI, route: BaseRoute) -> None:
    """A router's route, below the prefix, as one of the application's own."""
    if not isinstance(route, APIRoute):
        raise TypeError(route)
    app.add_api_route(
        PREFIX + route.path,
        route.endpoint,
        methods=sorted(route.methods or ()),
        status_code=route.status_code,
        response_class=Response,
        responses=route.responses,
        summary=route.summary,
        description=route.description,
        tags=route.tags,
        operation_id=route.operation_id,
        openapi_extra=route.openapi_extra,
        include_in_schema=route.include_in_schema,
    )


def _tell_problems(app: FastAPI) -> None:
    @app.exception_handler(Problem)
    async def tell(_: Request, problem: Problem) -> Response:
        return problem.response()

    @app.exception_handler(RequestValidationError)
    async def malformed(_: Request, error: RequestValidationError) -> Response:
        return Problem(422, "malformed", pointer=_pointer(error)).response()

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> Response:
        code = _CODES.get(error.status_code, "bad_request")
        return Problem(error.status_code, code, headers=error.headers).response()

    @app.exception_handler(Exception)
    async def internal(_: Request, __: Exception) -> Response:
        return Problem(500, "internal").response()


def _pointer(error: RequestValidationError) -> str | None:
    """Where the first fault is: a field of the body, or ``?name`` of the query."""
    faults = error.errors()
    if not faults:
        return None
    where, *path = faults[0]["loc"]
    name = "/".join(map(str, path))
    return f"?{name}" if where == "query" else f"/{name}"
