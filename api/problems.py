"""Problems as they are told (RFC 9457): a stable code, a Chinese title, never the input."""

import sqlite3
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import orjson
import psycopg
from eventsourcing.persistence import InterfaceError, OperationalError, PersistenceError
from fastapi import Response
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from api.identity.tokens import REASONS
from domain.refusals import Refusal

MEDIA_TYPE = "application/problem+json"
#: The status of each code of a refusal that the law of the domain does not give.
_STATUSES = {"stale_version": 412, "command_reused": 422, "too_large": 413}

#: How a database that may be usable again in a while says that it is not now (SQLite's codes).
_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
#: The same of PostgreSQL: it is away, or a replica, which takes nothing.
_AWAY = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction)
#: After how many seconds asking again makes sense.
RETRY_SECONDS = 5


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


def of_error(error: Exception) -> Problem:
    """The problem that an error of the program is: 503 where the database is busy, else 500."""
    if _is_unavailable(error):
        return Problem(503, "unavailable", retry_after=RETRY_SECONDS)
    return Problem(500, "internal")


def _is_unavailable(error: BaseException | None) -> bool:
    """Whether a database could not be reached in time; a wrong statement is no such case."""
    if isinstance(error, sqlite3.OperationalError):
        return (error.sqlite_errorcode & 0xFF) in _PASSING
    if isinstance(error, psycopg.Error):
        return isinstance(error, _AWAY)
    if isinstance(error, DBAPIError):
        return _is_unavailable(error.orig)
    if isinstance(error, PersistenceError) and error.__cause__ is not None:
        return _is_unavailable(error.__cause__)
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return isinstance(error, PoolTimeoutError)
