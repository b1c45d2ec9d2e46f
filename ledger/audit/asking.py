"""Asking a witness over HTTP, with the standard library: no redirects, no waiting without end."""

from http.client import HTTPException, HTTPResponse
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from ledger.audit.add_checkpoint import LONGEST
from ledger.audit.cosigning import Ask, NotAnsweredError


class _Stays(HTTPRedirectHandler):
    """A witness answers where it is asked."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow nothing."""


def http_ask(timeout: float) -> Ask:
    """Ask a witness by ``add-checkpoint`` under its submission prefix, within so many seconds."""
    opener = build_opener(_Stays)

    def ask(address: str, body: bytes) -> tuple[int, bytes]:
        if urlsplit(address).scheme not in ("http", "https"):
            raise NotAnsweredError(f"{address} 不是 http 或 https 地址")
        deadline = monotonic() + timeout
        url = f"{address.rstrip('/')}/add-checkpoint"
        request = Request(url, data=body, method="POST")  # noqa: S310 -- the scheme is checked
        request.add_header("Content-Type", "text/plain; charset=utf-8")
        try:
            with opener.open(request, timeout=timeout) as response:
                return response.status, _read(response, deadline)
        except HTTPError as error:
            with error:
                return error.code, error.read(LONGEST)
        except (OSError, HTTPException, ValueError) as error:
            raise NotAnsweredError(f"问不到：{getattr(error, 'reason', error)}") from None

    return ask


def _read(response: HTTPResponse, deadline: float) -> bytes:
    """The body, so long as it is short and comes in time."""
    data = b""
    while part := response.read1(4096):
        data += part
        if len(data) > LONGEST:
            raise NotAnsweredError("答复太长")
        if monotonic() > deadline:
            raise NotAnsweredError("答复太慢")
    return data
