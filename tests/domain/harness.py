"""Given what happened, when an act is asked for, then this happens or it is refused."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, get_args, get_type_hints

from domain.acts import ACTS
from domain.concept import resolve
from domain.concepts import CONCEPTS
from domain.corrections.decisions import CorrectRecord
from domain.refusals import Refusal
from domain.streams import Kind, split_stream_name, stream_name

Event = TypeVar("Event")
Happened = tuple[tuple[str, Any], ...]


@dataclass
class Office:
    """A ledger without a database: streams in a dictionary, the same decisions and folds."""

    states: dict[str, Any] = field(default_factory=dict)
    events: list[tuple[str, Any]] = field(default_factory=list)

    def carry_out(self, command: Any) -> Happened:
        """What the act brought about; Refusal where the law of the domain refuses."""
        act = ACTS[type(command)]
        stream = act.stream(command)
        related = resolve(act.related(command), self.states.get)
        if isinstance(command, CorrectRecord):
            related["look"] = self.states.get
        outcome = act.decide(self.states.get(stream), command, **related)
        happened: Happened = outcome if isinstance(outcome, tuple) else ((stream, outcome),)
        for name, event in happened:
            self.states[name] = fold(name, self.states.get(name), event)
        self.events.extend(happened)
        return happened

    def look(self, kind: Kind, number: str) -> Any:
        """The state of one official number."""
        return self.states.get(stream_name(kind, number))


def fold(name: str, state: Any, event: Any) -> Any:
    """The state of a stream after one more event."""
    kind, _ = split_stream_name(name)
    return CONCEPTS[kind].evolve(state, event)


def facts_of(kind: Kind) -> Iterator[Any]:
    """The types of fact that the fold of a concept takes, as its annotations say."""
    hint = get_type_hints(CONCEPTS[kind].evolve)["event"]
    yield from get_args(hint) or (hint,)


def stated(command: Any, event: Callable[..., Event], **more: Any) -> Event:
    """The event that says exactly what the command said, and ``more``."""
    names = {each.name for each in fields(event)}  # type: ignore[arg-type]  # a dataclass
    said = {each.name: getattr(command, each.name) for each in fields(command)}
    return event(**{name: value for name, value in said.items() if name in names} | more)


@dataclass
class Asked:
    """An act that was asked for, and what came of it."""

    office: Office
    happened: Happened
    refusal: Refusal | None

    def then(self, *events: Any) -> Office:
        """Exactly these events happened, in this order."""
        assert self.refusal is None, f"refused: {self.refusal}"
        assert [event for _, event in self.happened] == list(events)
        return self.office

    def refused(self, code: str, *, field: str | None) -> Refusal:
        """The act was refused with this code, about this field, in a Chinese sentence."""
        assert self.refusal is not None, f"not refused: {self.happened}"
        assert (self.refusal.code, self.refusal.field) == (code, field), self.refusal
        assert any("一" <= letter <= "鿿" for letter in self.refusal.reason)
        return self.refusal


@dataclass
class Given:
    """What happened before."""

    office: Office

    def when(self, command: Any) -> Asked:
        """Ask for an act."""
        before = dict(self.office.states)
        try:
            return Asked(self.office, self.office.carry_out(command), None)
        except Refusal as refusal:
            assert self.office.states == before, "a refused act changed something"
            return Asked(self.office, (), refusal)


def given(*commands: Any) -> Given:
    """An office where these acts were carried out, none of them refused."""
    office = Office()
    for command in commands:
        office.carry_out(command)
    return Given(office)
