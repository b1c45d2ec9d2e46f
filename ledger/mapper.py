"""Facts to stored bytes and back: canonical JSON written by orjson, read strictly by type."""

from datetime import timedelta
from typing import Any

import orjson
from eventsourcing.persistence import Mapper, StoredEvent, Transcoder
from pydantic import TypeAdapter, ValidationError

from domain.refusals import Refusal
from ledger.canonical import MAX_BYTES, OPTIONS, plain
from ledger.catalogue import Catalogue
from ledger.envelope import Recorded
from ledger.protection import Protection, opened, personal_paths, sealed


class UnreadableEventError(ValueError):
    """Stored bytes that are not an event of this ledger at that place."""


class NoTranscoder(Transcoder):
    """The library's untyped transcoder has no part here: facts are read by their type."""

    def encode(self, obj: object) -> bytes:  # noqa: ARG002 -- the library's signature
        """Never called; TypeError."""
        raise TypeError("facts are written by the ledger's mapper")

    def decode(self, data: bytes) -> object:  # noqa: ARG002 -- the library's signature
        """Never called; TypeError."""
        raise TypeError("facts are read by the ledger's mapper")


class LedgerMapper(Mapper[str]):
    """Writes and reads :class:`Recorded` facts; the one seam where personal data is sealed."""

    def __init__(
        self, catalogue: Catalogue | None = None, protection: Protection | None = None
    ) -> None:
        super().__init__(NoTranscoder())
        self.catalogue = catalogue or Catalogue()
        self.protection = protection
        self._adapters: dict[str, TypeAdapter[Recorded[Any]]] = {}

    def _adapter(self, name: str) -> TypeAdapter[Recorded[Any]]:
        """The reader of a stored name, made when first needed; KeyError for an unknown name."""
        if name not in self._adapters:
            cls = self.catalogue.types[name]
            self._adapters[name] = TypeAdapter(Recorded[cls])  # type: ignore[valid-type]  # data
        return self._adapters[name]

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """The stored form of a recorded fact; refuses one above 65,535 bytes."""
        state = self.entry(domain_event)
        return StoredEvent(
            domain_event.originator_id, domain_event.version, domain_event.type, state
        )

    def entry(self, event: Recorded[Any]) -> bytes:
        """The canonical bytes of a recorded fact with its envelope."""
        data = plain(event.data)
        if self.protection is not None and personal_paths(type(event.data)):
            sealed(self.protection, event.event_id, type(event.data), data)
        state = orjson.dumps(_envelope(event, data), option=OPTIONS)
        if len(state) > MAX_BYTES:
            raise Refusal("too_large", f"一项事实最多 {MAX_BYTES} 字节")
        return state

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """The recorded fact; UnreadableEventError unless bytes, stream, version and name agree."""
        event = self.read(stored_event.topic, stored_event.state)
        place = (stored_event.originator_id, stored_event.originator_version)
        if (event.originator_id, event.version) != place:
            raise UnreadableEventError(f"event {event.event_id} is stored at another place")
        return event

    def read(self, topic: str, state: bytes) -> Recorded[Any]:
        """The recorded fact in these bytes, in its current shape, every field of its type.

        UnreadableEventError unless the bytes are canonical; its message holds no personal data.
        """
        try:
            if topic not in self.catalogue.types or self.protection is not None:
                return self._read_changed(topic, state)
            event = self._adapter(topic).validate_json(state, strict=True)
            named = event.type == topic and event.recorded_at.utcoffset() == timedelta(0)
            canonical = named and self.entry(event) == state
        except ValidationError as error:
            raise UnreadableEventError(f"stored bytes are no {topic}: {_faults(error)}") from None
        except (KeyError, TypeError, orjson.JSONDecodeError):
            raise UnreadableEventError(f"stored bytes are no {topic}") from None
        if not canonical:
            raise UnreadableEventError(f"stored bytes of a {topic} are not as they were written")
        return event

    def _read_changed(self, topic: str, state: bytes) -> Recorded[Any]:
        """A fact stored in an older shape, or with sealed values."""
        if orjson.dumps(orjson.loads(state), option=OPTIONS | orjson.OPT_SORT_KEYS) != state:
            raise TypeError(topic)
        body = self._plain(topic, state)
        plainly = orjson.dumps(body, option=OPTIONS | orjson.OPT_SORT_KEYS)
        event = self._adapter(body["type"]).validate_json(plainly, strict=True)
        same = orjson.dumps(_envelope(event, plain(event.data)), option=OPTIONS) == plainly
        if not same or event.recorded_at.utcoffset() != timedelta(0):
            raise TypeError(topic)
        return event

    def plain(self, topic: str, state: bytes) -> dict[str, Any]:
        """The same as plain data, three times as fast: for followers that read every event."""
        try:
            body: dict[str, Any] = orjson.loads(state)
            current = topic in self.catalogue.types and self.protection is None
            return body if current and body["type"] == topic else self._plain(topic, state)
        except (KeyError, TypeError, orjson.JSONDecodeError):
            raise UnreadableEventError(f"stored bytes are no {topic}") from None

    def _plain(self, topic: str, state: bytes) -> dict[str, Any]:
        body: dict[str, Any] = orjson.loads(state)
        if body["type"] != topic:
            raise KeyError(topic)
        if topic in self.catalogue.types and self.protection is None:
            return body
        body["type"], body["data"] = self.catalogue.current(topic, body["data"])
        if self.protection is not None:
            cls = self.catalogue.types[body["type"]]
            opened(self.protection, body["event_id"], cls, body["data"])
        return body


def _faults(error: ValidationError) -> str:
    """Where and how bytes fail to be of a type, without what they hold."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, each['loc']))} {each['type']}" for each in faults)


def _envelope(event: Recorded[Any], data: dict[str, Any]) -> dict[str, Any]:
    return {
        "actor": event.actor,
        "causation_id": event.causation_id,
        "command_id": event.command_id,
        "correlation_id": event.correlation_id,
        "data": data,
        "event_id": event.event_id,
        "occurred_on": event.occurred_on,
        "recorded_at": event.recorded_at,
        "registered_on": event.registered_on,
        "stream": event.stream,
        "type": event.type,
        "version": event.version,
    }
