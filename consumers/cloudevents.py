"""CloudEvents 1.0 as Kafka messages: structured JSON and binary mode in, binary mode out.

CloudEvents core and JSON format 1.0.2, Kafka protocol binding 1.0.2. In binary mode the value of
the message is the data as it is and each attribute is a header ``ce_…``; in structured mode the
value is one JSON object. What an event says comes back the same; Chinese is not escaped.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import orjson

from consumers.malformed import MalformedMessageError

JSON = "application/json"
_STRUCTURED = "application/cloudevents+json"
_BATCH = "application/cloudevents-batch"
_STRUCTURED_KIND = "application/cloudevents"
_VERSION = "1.0"
_PREFIX = "ce_"
_REQUIRED = ("id", "source", "type")
_OPTIONAL = ("subject", "time", "datacontenttype", "dataschema")
_CONTEXT = frozenset((*_REQUIRED, *_OPTIONAL, "specversion"))
_NAME = re.compile(r"[a-z0-9]+")
#: Characters that no attribute may hold: controls and what is no character.
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
#: RFC 3339; Python's own reader takes more.
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_INTEGERS = 2**31

Headers = Iterable[tuple[str, bytes | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudEvent:
    """One event: its context attributes, and its data as bytes (JSON in UTF-8, as a rule).

    ``source`` and ``id`` together are unique. ``occurred_at`` is the attribute ``time``, an instant
    with its offset. ``extensions`` are further attributes as text, by names of lower-case letters
    and digits.
    """

    id: str
    source: str
    type: str
    subject: str | None = None
    occurred_at: datetime | None = None
    datacontenttype: str | None = None
    dataschema: str | None = None
    extensions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    data: bytes | None = None


def is_json(kind: str | None) -> bool:
    """Whether data of this content type is JSON; where nothing is said, it is."""
    known = JSON if kind is None else _media_type(kind)
    return known == JSON or known.endswith("+json")


def binary_message(event: CloudEvent) -> tuple[bytes | None, list[tuple[str, bytes]]]:
    """The value and the headers of the message that carries an event in binary mode.

    MalformedMessageError where it has an attribute that no reader would take.
    """
    said: dict[str, str] = {"specversion": _VERSION}
    for name in (*_REQUIRED, "subject", "dataschema"):
        if (value := getattr(event, name)) is not None:
            said[name] = value
    if event.occurred_at is not None:
        said["time"] = _written(event.occurred_at)
    for name, value in event.extensions.items():
        if name in _CONTEXT:
            raise MalformedMessageError("repeated", name)
        said[name] = value
    headers = [(_PREFIX + name, _held(name, value).encode()) for name, value in said.items()]
    if event.datacontenttype is not None:
        headers.insert(0, ("content-type", event.datacontenttype.encode()))
    return event.data, headers


def read_event(value: bytes | None, headers: Headers) -> CloudEvent:
    """The event that a message carries, in either mode.

    A JSON object without any header is read as structured: some senders set none.
    MalformedMessageError for anything else than a CloudEvent 1.0.
    """
    attributes = _attributes(headers)
    kind = _media_type(attributes.get("datacontenttype", ""))
    if kind.startswith(_BATCH):
        raise MalformedMessageError("unsupported_batch")
    if kind.startswith(_STRUCTURED_KIND):
        if kind != _STRUCTURED:
            raise MalformedMessageError("unsupported_content", "datacontenttype")
        return _structured(value)
    if attributes.keys() - {"datacontenttype"}:
        return _event(attributes, value)
    if kind:
        raise MalformedMessageError("not_a_cloudevent")
    return _structured(value)


def _attributes(headers: Headers) -> dict[str, str]:
    """The headers that this binding reads, by the names of their attributes."""
    found: dict[str, str] = {}
    for header, value in headers:
        name = _attribute(header)
        if name is None:
            continue
        if name in found:
            raise MalformedMessageError("repeated", _shown(name))
        try:
            found[name] = (value or b"").decode()
        except UnicodeDecodeError:
            raise MalformedMessageError("wrong_value", _shown(name)) from None
    return found


@lru_cache(maxsize=256)
def _attribute(header: str) -> str | None:
    """The attribute that a header is; None for headers of other kinds."""
    known = header.lower()
    if known == "content-type":
        return "datacontenttype"
    return known.removeprefix(_PREFIX) if known.startswith(_PREFIX) else None


def _structured(value: bytes | None) -> CloudEvent:
    try:
        said = orjson.loads(value or b"")
    except orjson.JSONDecodeError:
        raise MalformedMessageError("not_json") from None
    if not isinstance(said, dict):
        raise MalformedMessageError("not_a_cloudevent")
    plain, encoded = said.pop("data", None), said.pop("data_base64", None)
    attributes = {name: _canonical(name, each) for name, each in said.items() if each is not None}
    if plain is not None and encoded is not None:
        raise MalformedMessageError("repeated", "data")
    if plain is not None:
        kind = attributes.setdefault("datacontenttype", JSON)
        return _event(attributes, _plain_data(kind, plain))
    return _event(attributes, None if encoded is None else _decoded(encoded))


def _plain_data(kind: str, plain: Any) -> bytes:
    """Data that stands in the object itself: JSON as it is, a text of another type as a string."""
    try:
        if is_json(kind):
            return orjson.dumps(plain)
        if isinstance(plain, str):
            return plain.encode()
    except orjson.JSONEncodeError:  # nested deeper than is written
        pass
    raise MalformedMessageError("wrong_value", "data")


def _decoded(encoded: Any) -> bytes:
    try:
        return b64decode(encoded, validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise MalformedMessageError("wrong_value", "data_base64") from None


def _canonical(name: str, value: Any) -> str:
    """An attribute of a structured event as text; extensions may be booleans and integers."""
    if isinstance(value, str):
        return value
    if name not in _CONTEXT:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int) and -_INTEGERS <= value < _INTEGERS:
            return str(value)
    raise MalformedMessageError("wrong_value", _shown(name))


def _event(attributes: Mapping[str, str], data: bytes | None) -> CloudEvent:
    version = attributes.get("specversion")
    if version is None:
        raise MalformedMessageError("missing", "specversion")
    if version != _VERSION:
        raise MalformedMessageError("unsupported_version", "specversion")
    for name, value in attributes.items():
        _held(name, value)
    for name in _REQUIRED:
        if name not in attributes:
            raise MalformedMessageError("missing", name)
    time = attributes.get("time")
    return CloudEvent(
        id=attributes["id"],
        source=attributes["source"],
        type=attributes["type"],
        subject=attributes.get("subject"),
        occurred_at=None if time is None else _read(time),
        datacontenttype=attributes.get("datacontenttype"),
        dataschema=attributes.get("dataschema"),
        extensions=MappingProxyType(
            {name: value for name, value in attributes.items() if name not in _CONTEXT}
        ),
        data=data,
    )


def _held(name: str, value: str) -> str:
    """The value of an attribute, where name and value are what the specification allows."""
    if name in _CONTEXT:
        if not value:
            raise MalformedMessageError("wrong_value", name)
    elif _NAME.fullmatch(name) is None or name == "data":
        raise MalformedMessageError("wrong_value", _shown(name))
    # What Python holds for printable is allowed; the search is long, and seldom needed.
    if not value.isprintable() and _FORBIDDEN.search(value):
        raise MalformedMessageError("wrong_value", _shown(name))
    return value


def _shown(name: str) -> str:
    """The name of an attribute, where it is one; never other text that a sender chose."""
    return name if len(name) <= len("datacontenttype") and _NAME.fullmatch(name) else ""


def _read(text: str) -> datetime:
    known = text.upper()
    try:
        if _TIME.fullmatch(known):
            return datetime.fromisoformat(known)
    except ValueError:
        pass
    raise MalformedMessageError("wrong_value", "time")


def _written(time: datetime) -> str:
    """RFC 3339 in UTC; an instant without an offset is none."""
    if time.tzinfo is None:
        raise MalformedMessageError("wrong_value", "time")
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")


@lru_cache(maxsize=256)
def _media_type(text: str) -> str:
    return text.partition(";")[0].strip().lower()
