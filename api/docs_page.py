"""``/docs``: the document of the API as a page, with every file it needs on this server."""

from importlib.resources import files

from fastapi import APIRouter, Response

from api.problems import Problem
from api.service import Service

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


def docs_routes(_: Service) -> APIRouter:
    """The page and its files, for anyone: they hold nothing of a ledger."""
    router = APIRouter(include_in_schema=False)

    @router.get("/docs")
    def page() -> Response:
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
        return Response(_read("docs.html"), headers=headers, media_type="text/html")

    @router.get("/docs/{file}")
    def asset(file: str) -> Response:
        found = FILES.get(file)
        if found is None:
            raise Problem(404, "not_found")
        path, kind = found
        return Response(_read(path), headers={"Cache-Control": "no-cache", "Content-Type": kind})

    return router


def _read(path: str) -> bytes:
    return (files("api") / "assets" / path).read_bytes()
