"""Problems as they are told (RFC 9457): a stable code, a Chinese title, never the input."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import orjson
from fastapi import Response

from api.identity.tokens import REASONS
from domain.refusals import Refusal

MEDIA_TYPE = "application/problem+json"
#: The status of each code of a refusal that the law of the domain does not give.
_STATUSES = {"stale_version": 412, "command_reused": 422, "too_large": 413}


class Problem(Exception):  # noqa: N818 -- the standard's word
    """Why a request is not carried out.

    ``pointer`` is the JSON Pointer (RFC 6901) of the field within the body, or ``?name`` for one of
    the query; ``retry_after`` in seconds. LookupError for a code without a title.
    """

    def __init__(
        self,
        status: int,
        code: str,
        *,
        pointer: str | None = None,
        provision: str | None = None,
        retry_after: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.title = titles()[code]
        self.pointer = pointer
        self.provision = provision
        self.headers = dict(headers or {})
        if retry_after is not None:
            self.headers["Retry-After"] = str(retry_after)

    @property
    def document(self) -> dict[str, Any]:
        """The problem as JSON."""
        said = {
            "type": f"urn:supervision-ledger:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "pointer": self.pointer,
            "provision": self.provision,
        }
        return {name: value for name, value in said.items() if value is not None}

    def response(self) -> Response:
        """The answer."""
        body = orjson.dumps(self.document)
        return Response(body, self.status, self.headers, media_type=MEDIA_TYPE)


@cache
def titles() -> Mapping[str, str]:
    """What each code says."""
    text = (files("api") / "titles.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, str]] = tomllib.loads(text)
    return tables["refusals"] | tables["problems"] | REASONS


def of_refusal(refusal: Refusal) -> Problem:
    """The problem that a refusal of the law of the domain is: 409 unless its code says otherwise.

    The refusal's own sentence may name values of the command, so only its code's title is told.
    """
    return Problem(
        _STATUSES.get(refusal.code, 409),
        refusal.code,
        pointer=f"/{refusal.field}" if refusal.field else None,
        provision=refusal.provision,
    )
