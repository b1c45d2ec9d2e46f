"""``/docs``: the document of the API as a page, with every file it needs on this server."""

from collections.abc import Callable
from functools import cache
from gzip import compress
from importlib.resources import files
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from api.answers import JSON, tag_of, tagged
from api.problems import Problem

#: Only from this server; the page sets styles on its elements, which no file can do.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
#: Each file beside the page: where it is, and its media type.
FILES = {
    "docs.js": ("docs.js", "text/javascript; charset=utf-8"),
    "swagger-ui.css": ("swagger-ui/swagger-ui.css", "text/css; charset=utf-8"),
    "swagger-ui-bundle.js": (
        "swagger-ui/swagger-ui-bundle.js",
        "text/javascript; charset=utf-8",
    ),
    "favicon-32x32.png": ("swagger-ui/favicon-32x32.png", "image/png"),
}


def docs_routes(address: str, make: Callable[[], dict[str, Any]]) -> APIRouter:
    """The document at an address, the page and its files, for anyone: nothing of a ledger."""
    router = APIRouter(include_in_schema=False)

    @cache
    def document() -> tuple[bytes, bytes, str]:
        """The document, the same packed, and its entity tag."""
        plain = orjson.dumps(make())
        return plain, compress(plain, mtime=0), tag_of(plain)

    @router.get(address)
    def openapi(request: Request) -> Response:
        plain, packed, tag = document()
        told = {"Vary": "Accept-Encoding", "Cache-Control": "no-cache"}
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return tagged(request, plain, tag, told, JSON)
        # Of two forms of one document each has a tag of its own.
        told["Content-Encoding"] = "gzip"
        return tagged(request, packed, f'"{tag[1:-1]}-gzip"', told, JSON)

    @router.get("/docs")
    def page() -> Response:
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
        return Response(_read("docs.html"), headers=headers, media_type="text/html")

    @router.get("/docs/{file}")
    def asset(request: Request, file: str) -> Response:
        found = FILES.get(file)
        if found is None:
            raise Problem(404, "not_found")
        path, kind = found
        body = _read(path)
        return tagged(request, body, tag_of(body), {"Cache-Control": "no-cache"}, kind)

    return router


@cache
def _read(path: str) -> bytes:
    return (files("api") / "assets" / path).read_bytes()
