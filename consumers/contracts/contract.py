"""A contract: what one type of message says, and the one command that it is turned into.

Messages are types of their own, never those of the domain: the domain may change its words, a
contract once published only grows, and whatever does not fit is a new version beside it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from consumers.malformed import MalformedMessageError
from domain.acts import ACTS
from domain.concept import Act

#: Begins the type of every message that comes in.
TYPES = "cn.gov.supervision"
#: Begins the topic of every sender.
TOPICS = "supervision.in"

_CONTROLS = r"\u0000-\u001F\u007F"
#: An official number or code, without spaces; it may be a key of messages, so it names nobody.
Number = Annotated[str, Field(pattern=rf"^[^\s{_CONTROLS}]+$", max_length=64)]
#: A name of a body, a document, a post: one line, and not blank.
Line = Annotated[
    str, Field(pattern=rf"^[^{_CONTROLS}]*[^\s{_CONTROLS}][^{_CONTROLS}]*$", max_length=200)
]
#: Prose, of several lines perhaps; a database keeps no zero bytes.
Prose = Annotated[
    str,
    Field(pattern=r"^[^\u0000-\u0008\u000B-\u001F\u007F]*$", min_length=1, max_length=4000),
]


class Message(BaseModel):
    """What one type of message says: read strictly, unknown fields refused, dates ISO 8601."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


M = TypeVar("M", bound=Message)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: its word in types and topics, and its name, which the ledger records as actor."""

    name: str
    title: str

    @property
    def topic(self) -> str:
        """The one topic that it writes to."""
        return f"{TOPICS}.{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Generic[M]):
    """One type of message, version and all.

    ``command`` turns what it says into a command of the domain. ``key`` is the field by whose
    value messages are kept in order. ``example`` is one that its schema and its document show.
    """

    sender: Sender
    fact: str
    title: str
    message: type[M]
    command: Callable[[M], Any]
    key: str
    example: Mapping[str, Any]
    version: int = 1

    @property
    def name(self) -> str:
        """Sender, fact and version, as its schema is called."""
        return f"{self.sender.name}.{self.fact}.v{self.version}"

    @property
    def type(self) -> str:
        """The ``type`` of its CloudEvents."""
        return f"{TYPES}.{self.name}"

    @property
    def topic(self) -> str:
        """The topic that it comes by."""
        return self.sender.topic

    @property
    def act(self) -> Act:
        """The legal act that such a message is turned into."""
        return ACTS[type(self.command(self.read(orjson.dumps(dict(self.example)))))]

    def read(self, data: bytes) -> M:
        """What a message of this type says; MalformedMessageError, which repeats no value."""
        try:
            return self.message.model_validate_json(data)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        known = self.message.model_fields
        where = [str(each) for each in first["loc"]]
        field = ".".join(where) if where and where[0] in known else ""
        raise MalformedMessageError(_CODES.get(first["type"], "wrong_value"), field)


_CODES = {"missing": "missing", "extra_forbidden": "unknown_field", "json_invalid": "not_json"}
