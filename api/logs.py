"""What the server says of its work: one JSON object a line on standard error, and no value of it.

Never a number of a record, a name, a query, a body or a token: a route is told by its template, a
caller by the opaque subject, an error by its type and where it happened. What the client of Kafka
says at these levels is of brokers and topics, never of what a message holds.
"""

import logging
import sys
import traceback
from pathlib import Path
from typing import Any

import orjson
import structlog

_ROOT = Path(__file__).parents[1]
#: How deep an error's causes are followed.
_CAUSES = 5
_LOG: Any = structlog.get_logger()
#: Whose sentences are told filled in: with addresses of brokers, topics, and errors of theirs.
_FILLED_IN = "kafka"


def configure() -> None:
    """Log to standard error, the server's own remarks and those of what it runs on too."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.processors.JSONRenderer(serializer=_line),
        ],
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.INFO, handlers=[_Forward()], force=True)


def said(event: str, **more: Any) -> None:
    """Something happened."""
    _LOG.info(event, **more)


def failed(event: str, error: BaseException, **more: Any) -> None:
    """Something failed; of the error its type, its causes' types and its frames are told."""
    _LOG.error(event, **more, **described(error))


def described(error: BaseException) -> dict[str, Any]:
    """An error without its words, which may hold values of a ledger."""
    causes: list[str] = []
    cause = error.__cause__ or error.__context__
    while cause is not None and len(causes) < _CAUSES:
        causes.append(_type(cause))
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": _type(error),
        "causes": causes,
        "frames": [f"{_file(each.filename)}:{each.lineno} {each.name}" for each in frames],
    }


def _line(said: dict[str, Any], **_: Any) -> bytes:
    return orjson.dumps(said)


def _type(error: BaseException) -> str:
    kind = type(error)
    return f"{kind.__module__}.{kind.__qualname__}"


def _file(name: str) -> str:
    """A file as the program or its library names it, not where this machine keeps it."""
    path = Path(name)
    if path.is_relative_to(_ROOT) and "site-packages" not in path.parts:
        return path.relative_to(_ROOT).as_posix()
    return "/".join(path.parts[-2:])


class _Forward(logging.Handler):
    """What libraries log, as lines of the same form: the sentence, not what it is filled with."""

    def emit(self, record: logging.LogRecord) -> None:
        more: dict[str, Any] = {"logger": record.name}
        if record.exc_info is not None and record.exc_info[1] is not None:
            more |= described(record.exc_info[1])
        filled_in = record.name.partition(".")[0] == _FILLED_IN
        sentence = record.getMessage() if filled_in else str(record.msg)
        _LOG.log(record.levelno, sentence.partition("\n")[0], **more)
