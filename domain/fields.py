"""What a field of a fact means beyond its type: personal, a reference, a code."""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache
from operator import attrgetter
from typing import (
    Annotated,
    Any,
    NamedTuple,
    TypeVar,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from domain.streams import Kind

#: The date of facts that were always known (an organ, a unit: their registers carry no date).
ALWAYS = date.min

T = TypeVar("T")
Answer = TypeVar("Answer", bound=Callable[..., Any])


def remembered(function: Answer) -> Answer:
    """Answer once for each argument, for the life of the process.

    functools.cache with its type kept: mypy takes no type for hashable.
    """
    return cast("Answer", cache(function))


@dataclass_transform(frozen_default=True, kw_only_default=True)
def fact(cls: type[T]) -> type[T]:
    """An immutable record of named values that refuses names it does not have when read back."""
    made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    made.__pydantic_config__ = {"extra": "forbid"}  # type: ignore[attr-defined]  # for the mapper
    return made


@dataclass(frozen=True, slots=True)
class Ref:
    """The field holds the official number of another stream of this kind."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Code:
    """The field holds a term of this code table (domain/codes)."""

    table: str


@dataclass(frozen=True, slots=True)
class Personal:
    """The field identifies or describes a natural person and is sealed where it is stored."""


PERSONAL = Personal()
PersonalText = Annotated[str, PERSONAL]


class FieldIndex(NamedTuple):
    """The annotated fields of one type of fact, in the order of their declaration."""

    names: tuple[str, ...]
    references: tuple[tuple[str, Kind], ...]
    codes: tuple[tuple[str, str], ...]
    personal: tuple[str, ...]
    dates: tuple[str, ...]
    records: tuple[str, ...]


def _marks(hint: Any) -> list[Any]:
    found = list(hint.__metadata__) if get_origin(hint) is Annotated else []
    return found + [mark for inner in get_args(hint) for mark in _marks(inner)]


def _plain(hint: Any) -> set[Any]:
    inner = get_args(hint)[:1] if get_origin(hint) is Annotated else get_args(hint)
    return {hint}.union(*(_plain(each) for each in inner)) if inner else {hint}


@remembered
def field_index(cls: type) -> FieldIndex:
    """Read the annotations of a type of fact."""
    hints = get_type_hints(cls, include_extras=True)
    names = tuple(f.name for f in fields(cls))
    marks = {name: _marks(hints[name]) for name in names}
    plain = {name: _plain(hints[name]) for name in names}
    return FieldIndex(
        names=names,
        references=tuple((n, m.kind) for n in names for m in marks[n] if isinstance(m, Ref)),
        codes=tuple((n, m.table) for n in names for m in marks[n] if isinstance(m, Code)),
        personal=tuple(n for n in names if PERSONAL in marks[n]),
        dates=tuple(n for n in names if date in plain[n]),
        records=tuple(n for n in names if any(is_dataclass(each) for each in plain[n])),
    )


@remembered
def _shared(source: type, target: type) -> tuple[tuple[str, ...], Any]:
    known = set(field_index(target).names)
    names = tuple(name for name in field_index(source).names if name in known)
    read = attrgetter(*names)
    return names, read if len(names) > 1 else lambda record: (read(record),)


def restate(source: object, target: type[T], **more: Any) -> T:
    """Build ``target`` from the fields of ``source`` that it has too, and ``more``."""
    names, read = _shared(type(source), target)
    return target(**dict(zip(names, read(source), strict=True)), **more)


def amended(state: T, record: object) -> T:
    """The state with the record within it replaced, and its course kept."""
    names, read = _shared(type(record), type(state))
    return replace(state, **dict(zip(names, read(record), strict=True)))  # type: ignore[type-var]  # a fact
