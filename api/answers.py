"""How answers leave: bytes made by orjson, entity tags, links, and the problems that are told."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Protocol
from urllib.parse import urlencode

from fastapi import Request, Response
from pydantic import BaseModel, Field

JSON = "application/json"
CSV = "text/csv; charset=utf-8"
LINES = "application/jsonl"


class ProblemModel(BaseModel):
    """A problem (RFC 9457)."""

    type: str = Field(examples=["urn:supervision-ledger:problem:wrong_stage"])
    title: str = Field(examples=["所处阶段不允许该行为"])
    status: int = Field(examples=[409])
    code: str = Field(examples=["wrong_stage"])
    pointer: str | None = Field(None, examples=["/number"])
    provision: str | None = None


_SAID = {
    400: "请求无法理解，或游标、时点不成立",
    401: "没有令牌，或令牌不被接受",
    403: "该角色无权，或不在本机构范围内",
    404: "没有所问的内容，或不在本机构范围内",
    409: "依规定不予登记",
    410: "翻页期间内容已变",
    412: "版本已旧",
    413: "内容过大",
    422: "内容不合格式，或幂等键已用于另一内容",
    428: "缺少 If-Match",
    503: "尚未跟进到所要求的位置，或台账、令牌签发方暂时不可用",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route can answer, for its document."""
    schema = {"$ref": "#/components/schemas/ProblemModel"}
    return {
        status: {
            "description": _SAID[status],
            "content": {"application/problem+json": {"schema": schema}},
        }
        for status in statuses
    }


def tagged(
    request: Request, body: bytes, tag: str, headers: Mapping[str, str], kind: str
) -> Response:
    """The body under an entity tag (RFC 9110); 304 without it where the caller has it already."""
    told = {"ETag": tag, "Cache-Control": "private, no-cache", **headers}
    given = request.headers.get("if-none-match")
    if given is not None and _matches(given, tag):
        return Response(status_code=304, headers=told)
    return Response(body, headers=told, media_type=kind)


def tag_of(body: bytes) -> str:
    """A strong entity tag of a body."""
    return f'"{sha256(body).hexdigest()[:32]}"'


def _matches(given: str, tag: str) -> bool:
    """Weak comparison, as If-None-Match asks for."""
    plain = tag.removeprefix("W/")
    tags = (each.strip().removeprefix("W/") for each in given.split(","))
    return given.strip() == "*" or plain in tags


def next_link(request: Request, cursor: str | None, name: str = "cursor") -> dict[str, str]:
    """The Link header (RFC 8288) to the next page, where there is one, and to the first.

    ``name`` is that of the parameter that says where a page begins.
    """
    path = request.scope["path"]
    asked = [
        (n, v)
        for n, v in (request.query_params.multi_items() if request.scope["query_string"] else ())
        if n != name
    ]
    links = [f'<{_address(path, asked)}>; rel="first"']
    if cursor is not None:
        links.insert(0, f'<{_address(path, [*asked, (name, cursor)])}>; rel="next"')
    return {"Link": ", ".join(links)}


class Paged(Protocol):
    """A page: its rows as a JSON array, the moment, and the cursor of the next page."""

    @property
    def items(self) -> bytes:
        """The rows."""

    @property
    def tag(self) -> str:
        """A weak entity tag: the same rows have the same."""

    @property
    def position(self) -> int:
        """The position of the moment."""

    @property
    def next(self) -> str | None:
        """The cursor."""


def paged(request: Request, page: Paged) -> Response:
    """A page as JSON, tagged by its rows."""
    further = b"null" if page.next is None else b'"%b"' % page.next.encode()
    body = b'{"items":%b,"position":%d,"next":%b}' % (page.items, page.position, further)
    headers = {"Ledger-Position": str(page.position), **next_link(request, page.next)}
    return tagged(request, body, page.tag, headers, JSON)


def _address(path: str, asked: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(asked)}" if asked else path
