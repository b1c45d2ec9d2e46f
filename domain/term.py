"""Terms: which facts set a time limit running, end it or extend it; a type for the catalogues."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.fields import field_index

Data = Mapping[str, Any]


def always(_: Data) -> bool:
    """Whatever the fact says."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A fact that bears on a term.

    ``fact`` is the event's type and ``on`` its date field. ``item`` is the field that tells several
    terms of one stream apart. ``stream`` gives the name of the stream that the term is on, where
    it is not the fact's own; ``when`` which such facts count; both read the event's data as stored
    (dates as ISO 8601 text). ``due`` is the field with the day agreed, which goes before the limit.
    """

    fact: type
    on: str
    item: str | None = None
    due: str | None = None
    stream: Callable[[Data], str | None] | None = None
    when: Callable[[Data], bool] = always

    def __post_init__(self) -> None:
        names = field_index(self.fact).names
        unknown = {self.on, self.item, self.due} - {None, *names}
        if unknown:
            raise ValueError(f"{self.fact.__name__} has no {', '.join(map(str, unknown))}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One time limit (domain/limits) and the facts that open, extend, close or void it.

    ``rule`` names the limit; a term whose every opening carries its own day needs none and then
    gives ``title`` and ``provision`` itself. ``voids`` end it without its having been kept (what it
    was for has fallen away), every term of the rule on the stream where the mark has no ``item``.
    """

    rule: str
    opens: tuple[Mark, ...]
    closes: tuple[Mark, ...] = ()
    extends: tuple[Mark, ...] = ()
    voids: tuple[Mark, ...] = ()
    title: str | None = None
    provision: str | None = None
