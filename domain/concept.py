"""What the ledger knows of a kind of stream, and of a legal act: the types of the catalogues."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.fields import field_index
from domain.streams import Kind, stream_name


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A number that may name a stream of several kinds: the first that exists is meant."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Via:
    """A stream that another stream's state names in a field, as a case names its organ.

    ``stream`` may itself be named so: an appeal names a sanction, which names its case.
    """

    stream: "str | Via"
    field: str
    kind: Kind

    @property
    def known(self) -> str:
        """The stream that the way begins with."""
        return self.stream if isinstance(self.stream, str) else self.stream.known

    def follow(self, look: Callable[[str], Any]) -> str | None:
        """The name of the stream that the way leads to; None where a step names none."""
        stream = self.stream if isinstance(self.stream, str) else self.stream.follow(look)
        number = getattr(look(stream), self.field, None) if stream is not None else None
        return None if number is None else stream_name(self.kind, number)


Related = dict[str, str | AnyOf | Via | tuple[str, ...] | None]
#: Commands of one kind of stream, each with its decision.
Decided = tuple[tuple[type, Callable[..., Any]], ...]


def annotated(record: Any) -> Related:
    """The streams that a record's reference fields name."""
    related: Related = {}
    for field, kind in field_index(type(record)).references:
        value = getattr(record, field)
        if isinstance(value, tuple):
            related[field] = tuple(stream_name(kind, each) for each in value)
        else:
            related[field] = None if value is None else stream_name(kind, value)
    return related


def never(_: Any) -> str | None:
    """Nothing stands in the way."""
    return None


def others(command: Any) -> Related:
    """The streams that a command names beside its own."""
    return {field: names for field, names in annotated(command).items() if field != "number"}


def nothing(_: Any) -> Related:
    """The act names no stream but its own."""
    return {}


def stream_names(related: Related) -> Iterator[str]:
    """Every stream that is named, in no particular order."""
    for names in related.values():
        match names:
            case str():
                yield names
            case AnyOf():
                yield from names.names
            case Via():
                yield names.known
            case tuple():
                yield from names


def resolve(related: Related, look: Callable[[str], Any]) -> dict[str, Any]:
    """The states of the streams that each field names; None where there is none."""
    found: dict[str, Any] = {}
    for field, names in related.items():
        match names:
            case None:
                found[field] = None
            case str():
                found[field] = look(names)
            case AnyOf():
                states = map(look, names.names)
                found[field] = next((state for state in states if state is not None), None)
            case Via():
                stream = names.follow(look)
                found[field] = None if stream is None else look(stream)
            case _:
                found[field] = tuple(map(look, names))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """What the ledger knows of one kind of stream.

    ``state`` is what its facts add up to. ``record`` is the part of it that a correction (更正)
    can change and carries before and after; what lies beyond is the course of the matter, which
    only further facts change. ``facts`` are the stored names of its facts, for ever; ``begins``
    the types of those that may come first. ``plural`` names its read model and its address.
    ``settled`` says, of a state, why its record is no longer corrected: a later fact has already
    reversed what it counts for.
    """

    kind: Kind
    plural: str
    state: type
    evolve: Callable[[Any, Any], Any]
    begins: tuple[type, ...]
    facts: Mapping[str, type]
    record: type | None = None
    check: Callable[..., None] | None = None
    corrected: type | None = None
    related: Callable[[Any], Related] = annotated
    key: str = "number"
    settled: Callable[[Any], str | None] = never

    @property
    def recorded(self) -> type:
        """The record within the state; the whole state where nothing lies beyond."""
        return self.record or self.state


@dataclass(frozen=True, slots=True)
class Act:
    """One legal act: its command, the decision that may refuse it, and the streams it needs.

    ``of_program`` are acts whose hashes and signatures the program makes: nobody enters one.
    """

    command: type
    decide: Callable[..., Any]
    kind: Kind
    related: Callable[[Any], Related] = annotated
    key: str = "number"
    of_program: bool = False

    @property
    def name(self) -> str:
        """The act in words, as in ``close_case``."""
        return self.decide.__name__

    @property
    def title(self) -> str:
        """The act's official name."""
        return (self.command.__doc__ or "").splitlines()[0].rstrip(".。")

    def stream(self, command: Any) -> str:
        """The stream that the act is about."""
        return stream_name(self.kind, getattr(command, self.key))

    def streams(self, command: Any) -> Iterator[str]:
        """Every stream that deciding it looks at, as far as the command names them."""
        yield self.stream(command)
        yield from stream_names(self.related(command))
