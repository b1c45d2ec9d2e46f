"""The witness over HTTP (C2SP tlog-witness): one call, its statuses, and nothing else."""

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool

from ledger.audit.add_checkpoint import LONGEST
from ledger.audit.witness import WillNotCosignError, Witness

#: What each reason for not cosigning is over HTTP; with a size, the body is that size.
STATUSES = {
    "bad_request": 400,
    "not_signed": 403,
    "unknown_log": 404,
    "other_size": 409,
    "not_consistent": 422,
    "clock_behind": 503,
}
SIZE = "text/x.tlog.size"
TEXT = "text/plain; charset=utf-8"


def witness_app(witness: Witness) -> FastAPI:
    """The application of one witness."""
    app = FastAPI(title="Witness", docs_url=None, redoc_url=None, openapi_url=None)

    @app.post("/add-checkpoint")
    async def add_checkpoint(request: Request) -> Response:
        answer = await run_in_threadpool(witness.add_checkpoint, await _body(request))
        return Response(answer, media_type=TEXT)

    @app.exception_handler(WillNotCosignError)
    async def refuse(_: Request, error: WillNotCosignError) -> Response:
        status = STATUSES[error.code]
        if error.size is not None:
            # As a header: starlette adds a charset to a media type of text.
            return Response(f"{error.size}\n", status, {"Content-Type": SIZE})
        return Response(f"{error.code}\n", status, media_type=TEXT)

    return app


async def _body(request: Request) -> bytes:
    """The request's body, so long as it is no longer than one may be."""
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > LONGEST:
            raise WillNotCosignError("bad_request", "请求太长")
    return data
