"""The routes of statistics."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel

from api.answers import JSON, tag_of, tagged
from api.asking import asked
from api.routes import admitted, offer
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
_BOTH = "statistics facts"
_CHANGES, _BEHIND = "两个截止点的变化", "一项指标所依据的事实"
_Offer = tuple[str, Callable[..., Response], str, str, str, type[BaseModel], type[BaseModel] | None]


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
    router = APIRouter(prefix="/statistics")

    def get_statistics(request: Request) -> Response:
        caller, query = admitted(service, request, "statistics"), asked(request, AskedAt)
        return Response(statistics(service, caller, query), media_type=JSON)

    def get_definitions(request: Request) -> Response:
        admitted(service, request, "statistics")
        body = definitions_document()
        return tagged(request, body, tag_of(body), {}, JSON)

    def get_comparison(request: Request) -> Response:
        caller, query = admitted(service, request, _BOTH), asked(request, AskedBetween)
        return Response(comparison(service, caller, query), media_type=JSON)

    def get_facts(request: Request, code: Code) -> Response:
        caller, query = admitted(service, request, "facts"), asked(request, AskedAt)
        body = figure_facts(service, caller, query, code)
        return tagged(request, body, tag_of(body), {}, JSON)

    figures, facts, defined = "statistics", "facts", "definitions"
    offers: tuple[_Offer, ...] = (
        ("", get_statistics, "期间的各项指标", figures, figures, StatisticsModel, AskedAt),
        ("/definitions", get_definitions, "指标的定义", defined, figures, DefinitionsModel, None),
        ("/compare", get_comparison, _CHANGES, "compare", _BOTH, ComparisonModel, AskedBetween),
        ("/{code}/facts", get_facts, _BEHIND, "figure_facts", facts, FactsModel, AskedAt),
    )
    for each in offers:
        _offer(router, *each)
    return router


def _offer(
    router: APIRouter,
    path: str,
    endpoint: Callable[..., Response],
    summary: str,
    operation: str,
    need: str,
    model: type[BaseModel],
    query: type[BaseModel] | None,
) -> None:
    offer(
        router,
        path,
        endpoint,
        summary=summary,
        tag="统计",
        operation=operation,
        need=need,
        model=model,
        query=query,
    )
