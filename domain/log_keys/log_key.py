"""日志密钥: a change of the transparency log's key, signed by the old key and by the new."""

from datetime import date
from typing import ClassVar

from domain.fields import fact, restate

_HEAD = "supervision-ledger/log-key-change/v1"


@fact
class LogKeyParticulars:
    """A change of a log's key.

    ``number`` is the log's origin, ``#``, and which change it is, from 1. Keys are verifier keys
    of C2SP signed-note; signatures are Ed25519 over ``change_text``, in base64.
    """

    number: str
    origin: str
    old_vkey: str
    new_vkey: str
    old_signature: str
    new_signature: str
    changed_on: date


@fact
class LogKey(LogKeyParticulars):
    """日志密钥 as it came into force; one is never changed, the next change is another record."""


@fact
class LogKeyChanged(LogKeyParticulars):
    """更换日志密钥."""

    OCCURRED: ClassVar = "changed_on"


def evolve(key: LogKey | None, event: LogKeyChanged) -> LogKey:
    """The key after its only event."""
    return restate(event, LogKey)


def change_text(origin: str, old_vkey: str, new_vkey: str, number: str) -> str:
    """What both keys sign: a line each for the format, the log, the keys and the number."""
    return f"{_HEAD}\n{origin}\n{old_vkey}\n{new_vkey}\n{number}\n"


def change_number(origin: str, ordinal: int) -> str:
    """The number of a log's change of key."""
    return f"{origin}#{ordinal}"


def previous_number(number: str) -> str | None:
    """The number of the change before; None for the first, and for what is no such number."""
    origin, _, ordinal = number.rpartition("#")
    if not (ordinal.isascii() and ordinal.isdecimal()) or int(ordinal) <= 1:
        return None
    return change_number(origin, int(ordinal) - 1)
