"""The routes of single records: as they stood at any moment or version, and their histories."""

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from api.answers import JSON, tag_of, tagged
from api.asking import asked
from api.columns import Moment
from api.records import history_document, record, record_document
from api.routes import Number, address, admitted, offer
from api.service import Service
from domain.streams import TITLES, Kind
from projections.tables import NAMES
from reports.documents import to_json


class MomentOrVersion(Moment):
    """The moment asked about, or a version of the record."""

    at_version: int | None = Field(None, ge=1, lt=2**53, description="至该版本")


class RecordModel(BaseModel):
    """A record as it stands: its ETag is the version."""

    stream: str = Field(examples=["lead:XS-1"])
    number: str
    version: int
    position: int
    stage: str | None
    state: dict[str, Any]


class HistoryModel(BaseModel):
    """A record's events in order, each with actor, basis, three clocks and what it changed."""

    stream: str
    events: list[dict[str, Any]]
    state: dict[str, Any]


def record_routes(service: Service) -> APIRouter:
    """For every kind of stream a record and its history."""
    router = APIRouter()
    for kind in NAMES:
        _record_routes(router, service, kind)
    return router


def _record_routes(router: APIRouter, service: Service, kind: Kind) -> None:
    path, need = address(kind), f"read:{kind}"

    def get_record(request: Request, number: Number) -> Response:
        caller, query = admitted(service, request, need), asked(request, MomentOrVersion)
        found = record(service, caller, kind, number, query, query.at_version)
        document = record_document(found, caller)
        return tagged(request, to_json(document), f'"{document["version"]}"', {}, JSON)

    def get_history(request: Request, number: Number) -> Response:
        caller, query = admitted(service, request, need), asked(request, MomentOrVersion)
        found = record(service, caller, kind, number, query, query.at_version)
        body = to_json(history_document(found, caller))
        return tagged(request, body, tag_of(body), {}, JSON)

    for suffix, endpoint, title, model in (
        ("", get_record, "一项", RecordModel),
        ("/history", get_history, "历史", HistoryModel),
    ):
        offer(
            router,
            f"{path}/{{number}}{suffix}",
            endpoint,
            summary=f"{TITLES[kind]}：{title}",
            tag=TITLES[kind],
            operation=f"{'history_of' if suffix else 'get'}_{kind.value}",
            need=need,
            model=model,
            query=MomentOrVersion,
        )
