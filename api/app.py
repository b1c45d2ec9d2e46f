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

from api.act_routes import act_routes
from api.boards_routes import board_routes
from api.docs_page import docs_routes
from api.document import described
from api.edge import BodyLimit, Deadline, Requests
from api.feed_routes import feed_routes
from api.list_routes import list_routes
from api.log_routes import log_routes
from api.operations import operations_routes
from api.problems import Problem
from api.record_routes import record_routes
from api.segments import BySegment
from api.service import Service
from api.statistics_routes import statistics_routes

PREFIX = "/api/v1"
#: What makes the routers of a service, in the order of the document.
ROUTERS: tuple[Callable[[Service], APIRouter], ...] = (
    statistics_routes,
    board_routes,
    list_routes,
    feed_routes,
    log_routes,
    record_routes,
    act_routes,
    operations_routes,
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
        openapi_url=None,
    )
    app.state.service = service
    for make in ROUTERS:
        for route in make(service).routes:
            _add(app, PREFIX, route)
    plain = app.openapi

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = described(plain())
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # the framework's own way to extend it
    for router in (operations_routes(service), docs_routes(f"{PREFIX}/openapi.json", document)):
        for route in router.routes:
            _add(app, "", route, told=False)
    app.router.routes.insert(0, BySegment(app.router.routes))
    _tell_problems(app, service)
    _pass_edge(app, service)
    return app


def _add(app: FastAPI, prefix: str, route: BaseRoute, *, told: bool = True) -> None:
    """A router's route, below a prefix, as one of the application's own; in its document or not."""
    if not isinstance(route, APIRoute):
        raise TypeError(route)
    app.add_api_route(
        prefix + route.path,
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
        include_in_schema=told and route.include_in_schema,
    )


def _pass_edge(app: FastAPI, service: Service) -> None:
    """The last added is the first that a request passes."""
    settings, metrics = service.office.settings, service.metrics
    app.add_middleware(BodyLimit, limit=settings.http_max_body_bytes)
    app.add_middleware(Deadline, seconds=settings.http_timeout_seconds, metrics=metrics)
    app.add_middleware(Requests, metrics=metrics)


def _tell_problems(app: FastAPI, service: Service) -> None:
    def told(problem: Problem) -> Response:
        service.metrics.problem(problem.code)
        return problem.response()

    @app.exception_handler(Problem)
    async def tell(_: Request, problem: Problem) -> Response:
        return told(problem)

    @app.exception_handler(RequestValidationError)
    async def malformed(_: Request, error: RequestValidationError) -> Response:
        return told(Problem(422, "malformed", pointer=_pointer(error)))

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> Response:
        code = _CODES.get(error.status_code, "bad_request")
        return told(Problem(error.status_code, code, headers=error.headers))


def _pointer(error: RequestValidationError) -> str | None:
    """Where the first fault is: a field of the body, or ``?name`` of the query.

    A parameter that there is none of is not named: its name is only what somebody wrote.
    """
    faults = error.errors()
    if not faults:
        return None
    where, *path = faults[0]["loc"]
    name = "" if faults[0]["type"] == "extra_forbidden" else "/".join(map(str, path))
    return f"?{name}" if where == "query" else f"/{name}"
