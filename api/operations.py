"""What whoever runs the server asks: is it alive, is it ready, what does it count. For anyone."""

from typing import Literal

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from api.answers import JSON, problems
from api.service import Service
from api.standing import standing_of

TAG = "运行"
_FRESH = {"Cache-Control": "no-store"}


class HealthModel(BaseModel):
    """The process answers."""

    status: Literal["alive"]


class FollowedModel(BaseModel):
    """How far a read model has followed the ledger."""

    name: str
    position: int
    behind: int


class LogModel(BaseModel):
    """How far the transparency log has followed the ledger."""

    size: int
    position: int
    behind: int


class ReadyModel(BaseModel):
    """Where the server stands; ``failure`` is why following fails now."""

    status: Literal["ready", "unready"]
    position: int
    read_models: list[FollowedModel]
    log: LogModel
    failure: str | None


def operations_routes(service: Service) -> APIRouter:
    """Health, readiness and metrics: no token, nothing of any person."""
    router = APIRouter(tags=[TAG])

    @router.get("/health", summary="存活", responses={200: {"model": HealthModel}})
    def health() -> Response:
        return Response(b'{"status":"alive"}', headers=_FRESH, media_type=JSON)

    unready = {"model": ReadyModel, "description": "不能服务：跟进失败，或正在停止"}

    @router.get("/ready", summary="就绪", responses={200: {"model": ReadyModel}, 503: unready})
    def ready() -> Response:
        now = standing_of(service.office, service.follower)
        body = orjson.dumps(now.document)
        return Response(body, 200 if now.is_ready else 503, _FRESH, media_type=JSON)

    text = {"content": {"text/plain": {"schema": {"type": "string"}}}}

    @router.get(
        "/metrics",
        summary="指标（Prometheus）",
        response_class=Response,
        responses=problems(503) | {200: text},
    )
    def metrics(request: Request) -> Response:
        body, kind = service.metrics.told(request.headers.get("accept"))
        return Response(body, headers={"Content-Type": kind, **_FRESH})

    return router
