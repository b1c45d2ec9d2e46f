"""The envelope of every recorded fact: which stream, which clocks, who, and because of what."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, NamedTuple, TypeVar

from domain.streams import derived_id, stream_id

Fact = TypeVar("Fact")


class Circumstances(NamedTuple):
    """Under what circumstances a command is given.

    ``registered_on`` is None for a register row without 登记日期: the fact then counts as
    registered on its own date, or as always known. The ids are UUIDs as text (RFC 9562).
    """

    actor: str
    command_id: str
    correlation_id: str
    registered_on: date | None
    causation_id: str | None = None
    #: Digest of the command where the caller has computed it already (ledger.canonical.digest).
    digest: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(Generic[Fact]):
    """One fact on the ledger, with its three clocks.

    - ``occurred_on``: when the fact happened, as claimed (date);
    - ``registered_on``: when it was registered (date, Asia/Shanghai for live entries);
    - ``recorded_at``: when this ledger recorded it (UTC instant, never decreasing).
    """

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 -- read by pydantic, not a field

    actor: str
    causation_id: str | None
    command_id: str
    correlation_id: str
    data: Fact
    event_id: str
    occurred_on: date
    recorded_at: datetime
    registered_on: date
    stream: str
    type: str
    version: int

    @property
    def originator_id(self) -> str:
        """The stream's id, as the library calls it."""
        return stream_id(self.stream)

    @property
    def originator_version(self) -> int:
        """The version in the stream, as the library calls it."""
        return self.version


class Receipt(NamedTuple):
    """What a command brought about: positions of its first and last event on the ledger."""

    command_id: str
    digest: bytes
    first_position: int
    last_position: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A recorded fact at its position (1-based, ascending, possibly with gaps)."""

    position: int
    event: Recorded[Any]


def event_id(stream: str, version: int) -> str:
    """The id of the event at a version of a stream: the same fact always has the same id."""
    return derived_id(f"{stream}@{version}")
