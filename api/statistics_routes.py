"""The routes of statistics."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel

from api.answers import JSON, problems, tag_of, tagged
from api.routes import admitted, needs
from api.service import Service
from api.statistics import (
    AskedAt,
    AskedBetween,
    comparison,
    definitions_document,
    figure_facts,
    statistics,
)

Code = Annotated[str, Path(min_length=1, max_length=100, examples=["forms.first"])]
_TAG = "统计"


class FigureModel(BaseModel):
    """One figure in its unit; a share in per cent where it is part of a total."""

    code: str
    name: str
    unit: str
    value: int
    share: float | None = None


class StatisticsModel(BaseModel):
    """The figures of a period, checks and provenance."""

    period: dict[str, str]
    as_of: str | None
    organ: str | None
    figures: list[FigureModel]
    checks: list[dict[str, Any]]
    provenance: dict[str, Any]


class FactsModel(BaseModel):
    """The facts behind a figure."""

    code: str
    as_of: str | None
    at_position: int | None
    count: int
    facts: list[dict[str, Any]]


class ComparisonModel(BaseModel):
    """Figures that rest on other facts at two cuts."""

    period: dict[str, str]
    left: dict[str, Any]
    right: dict[str, Any]
    organ: str | None
    changes: list[dict[str, Any]]


class DefinitionsModel(BaseModel):
    """The definitions of the figures."""

    sha256: str
    figures: list[dict[str, Any]]


def statistics_routes(service: Service) -> APIRouter:
    """Figures, the facts behind them, comparisons, definitions."""
    router = APIRouter(prefix="/statistics", tags=[_TAG], default_response_class=Response)
    refused = problems(400, 401, 403, 404, 422, 503)

    @router.get(
        "",
        summary="期间的各项指标",
        operation_id="statistics",
        responses={200: {"model": StatisticsModel}, **refused},
        openapi_extra=needs("statistics"),
    )
    def get_statistics(request: Request, query: Annotated[AskedAt, Query()]) -> Response:
        caller = admitted(service, request, "statistics")
        return Response(statistics(service, caller, query), media_type=JSON)

    @router.get(
        "/definitions",
        summary="指标的定义",
        operation_id="definitions",
        responses={200: {"model": DefinitionsModel}, 304: {"description": "未变"}, **refused},
        openapi_extra=needs("statistics"),
    )
    def get_definitions(request: Request) -> Response:
        admitted(service, request, "statistics")
        body = definitions_document()
        return tagged(request, body, tag_of(body), {}, JSON)

    @router.get(
        "/compare",
        summary="两个截止点之间的变化",
        operation_id="compare",
        responses={200: {"model": ComparisonModel}, **refused},
        openapi_extra=needs("statistics facts"),
    )
    def get_comparison(request: Request, query: Annotated[AskedBetween, Query()]) -> Response:
        caller = admitted(service, request, "statistics facts")
        return Response(comparison(service, caller, query), media_type=JSON)

    @router.get(
        "/{code}/facts",
        summary="一项指标所依据的事实",
        operation_id="figure_facts",
        responses={200: {"model": FactsModel}, 304: {"description": "未变"}, **refused},
        openapi_extra=needs("facts"),
    )
    def get_facts(request: Request, code: Code, query: Annotated[AskedAt, Query()]) -> Response:
        caller = admitted(service, request, "facts")
        body = figure_facts(service, caller, query, code)
        return tagged(request, body, tag_of(body), {}, JSON)

    return router
