"""The routes of the transparency log (C2SP tlog-tiles), so that any client or witness reads it."""

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.answers import problems, tag_of, tagged
from api.asking import asked, parameters_of
from api.log import ReadLog, Tile, read_logs
from api.problems import Problem
from api.routes import admitted_to_all, needs
from api.service import Service
from ledger.accesses import Action

_TAG = "透明日志"
_NEED = "log_entries"
_TEXT = "text/plain; charset=utf-8"
_BYTES = "application/octet-stream"
_LARGEST = 2**53
#: A full tile never changes. A part of one neither, but soon there is a longer one to ask for.
_FULL, _PART = "max-age=31536000, immutable", "max-age=60"


class ProofAsked(BaseModel):
    """What to prove: that an entry is in a signed tree, or that a tree begins with a smaller one.

    Exactly one of ``position``, ``index`` and ``first``.
    """

    model_config = ConfigDict(extra="forbid")

    position: int | None = Field(None, ge=1, lt=_LARGEST, description="事件在台账中的位置")
    index: int | None = Field(None, ge=0, lt=_LARGEST, description="条目在日志中的序号")
    first: int | None = Field(None, ge=1, lt=_LARGEST, description="较早的项数")
    size: int | None = Field(
        None, ge=1, lt=_LARGEST, description="树的项数；未给时为最新检查点的项数"
    )


def _content(media: str, schema: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {media: {"schema": schema}}}, 304: {"description": "未变"}}


_IN_TEXT = _content("text/plain", {"type": "string"})
_IN_BYTES = _content(_BYTES, {"type": "string", "format": "binary"})


def log_routes(service: Service) -> APIRouter:
    """Checkpoint, tiles and proofs for anyone: hashes only; entries for who may see them."""
    router = APIRouter(tags=[_TAG], default_response_class=Response)
    for prefix, log in read_logs(service.office).items():
        name = prefix.strip("/").replace("/", "_")
        _signed_routes(router, log, prefix, name)
        _tile_routes(router, service, log, prefix, name)
    return router


def _signed_routes(router: APIRouter, log: ReadLog, prefix: str, name: str) -> None:
    """What is signed, and what is proven against it."""

    @router.get(
        f"{prefix}/checkpoint",
        summary="最新的签名检查点",
        operation_id=f"{name}_checkpoint",
        responses=_IN_TEXT | problems(404),
    )
    def get_checkpoint(request: Request) -> Response:
        note = log.newest()[1].data
        return tagged(request, note, tag_of(note), {"Cache-Control": "no-cache"}, _TEXT)

    @router.get(
        f"{prefix}/proof",
        summary="存在证明，或一致性证明",
        operation_id=f"{name}_proof",
        responses=_IN_TEXT | problems(400, 404, 422),
        openapi_extra={"parameters": parameters_of(ProofAsked)},
    )
    def get_proof(request: Request) -> Response:
        query = asked(request, ProofAsked)
        if len(query.model_dump(exclude={"size"}, exclude_none=True)) != 1:
            raise Problem(400, "one_proof", pointer="?position")
        if query.first is not None:
            body = log.consistency(query.first, query.size)
        else:
            body = log.inclusion(index=query.index, position=query.position, size=query.size)
        return tagged(request, body, tag_of(body), {"Cache-Control": "no-cache"}, _TEXT)


def _tile_routes(router: APIRouter, service: Service, log: ReadLog, prefix: str, name: str) -> None:
    """Tiles of hashes for anyone; entries, which hold what was recorded, for few."""

    @router.get(
        f"{prefix}/tile/entries/{{tile:path}}",
        summary="条目原始字节，各以两字节长度开头",
        operation_id=f"{name}_entries",
        responses=_IN_BYTES | problems(401, 403, 404, 503),
        openapi_extra=needs(_NEED),
    )
    def get_entries(request: Request, tile: str) -> Response:
        # A bundle holds what every organ recorded, and all of it.
        caller = admitted_to_all(service, request, _NEED)
        found = log.entries(tile)
        service.viewed(caller, f"{prefix}/tile/entries/{tile}", Action.EXPORT)
        return _answer(request, found, "private")

    @router.get(
        f"{prefix}/tile/{{level}}/{{tile:path}}",
        summary="树的瓦片",
        operation_id=f"{name}_tile",
        responses=_IN_BYTES | problems(404),
    )
    def get_tile(request: Request, level: str, tile: str) -> Response:
        return _answer(request, log.tile(level, tile), "public")


def _answer(request: Request, tile: Tile, who: str) -> Response:
    lasting = f"{who}, {_FULL if tile.is_full else _PART}"
    return tagged(request, tile.data, tag_of(tile.data), {"Cache-Control": lasting}, _BYTES)
