"""Terms: signed lines of what set a time limit running, extended it or ended it.

As in the journal nothing is rubbed out: a correction writes the reverse of what was and what is
now, so that what was due is known as of any date.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection

from domain.concept import Concept
from domain.concepts import CONCEPTS
from domain.fields import field_index
from domain.streams import stream_name
from domain.term import Mark, Term
from domain.terms import TERMS
from ledger.application import Followed
from projections.line import Data
from projections.store import inserted
from projections.tables import Shape

OPENS, CLOSES, EXTENDS, VOIDS = "opens", "closes", "extends", "voids"

SHAPE = Shape(
    "terms",
    (
        ("rule", str),
        ("stream", str),
        ("item", str),
        ("does", str),
        ("marked_on", date),
        ("due_on", date),
        ("organ", str),
        ("unit", str),
        ("person", str),
        ("handler", str),
        ("quantity", int),
        ("registered_on", date),
        ("position", int),
        ("line", int),
    ),
    ("rule", "stream", "item", "position", "line"),
)


class TermLine(NamedTuple):
    """What one fact does to one term, without its place and sign; dates are ISO 8601."""

    rule: str
    stream: str
    item: str
    does: str
    marked_on: str
    due_on: str | None
    organ: str | None
    unit: str | None
    person: str | None
    handler: str | None


class _Marked(NamedTuple):
    """A mark with what is the same for every fact of its type."""

    rule: str
    does: str
    mark: Mark
    concept: Concept
    prefix: str
    key: str


def _marked(rule: str, does: str, mark: Mark, concept: Concept) -> _Marked:
    key = concept.key if concept.key in field_index(mark.fact).names else concept.kind.value
    return _Marked(rule, does, mark, concept, stream_name(concept.kind, ""), key)


def _marks(terms: Iterable[Term]) -> Iterator[_Marked]:
    of_fact = {cls: concept for concept in CONCEPTS.values() for cls in concept.facts.values()}
    for term in terms:
        for does, marks in (
            (OPENS, term.opens),
            (CLOSES, term.closes),
            (EXTENDS, term.extends),
            (VOIDS, term.voids),
        ):
            yield from (_marked(term.rule, does, mark, of_fact[mark.fact]) for mark in marks)


def _lines(marked: Iterable[_Marked], data: Data) -> Iterator[TermLine]:
    for rule, does, mark, concept, prefix, key in marked:
        if not data.get(mark.on) or not mark.when(data):
            continue
        if mark.stream is not None:
            stream = mark.stream(data)
        else:  # a record that a correction carries has its own number under its own name
            stream = prefix + (data[key] if key in data else data[concept.key])
        if stream is not None:
            yield TermLine(
                rule,
                stream,
                str(data[mark.item]) if mark.item else "",
                does,
                data[mark.on],
                data[mark.due] if mark.due else None,
                data.get("organ"),
                data.get("unit") or data.get("recipient"),
                data.get("person"),
                data.get("handler") or data.get("department"),
            )


class Terms:
    """The read model of the lines of every term."""

    #: Raise the number when the meaning of a line changes: the live table is then rebuilt, as it is
    #: where a term is added or reads other facts than it did.
    LOGIC = "1"

    name = SHAPE.name
    shapes: tuple[Shape, ...] = (SHAPE,)

    def __init__(self, terms: Iterable[Term] = TERMS) -> None:
        self._by_name: dict[str, list[_Marked]] = defaultdict(list)
        self._of_record: dict[str, list[_Marked]] = defaultdict(list)
        names = {cls: (n, c) for c in CONCEPTS.values() for n, cls in c.facts.items()}
        for marked in _marks(terms):
            name, concept = names[marked.mark.fact]
            self._by_name[name].append(marked)
            if concept.corrected is not None and _on_record(marked.mark, concept):
                self._of_record[names[concept.corrected][0]].append(marked)
        said = [
            (name, marked.rule, marked.does, marked.mark.on, marked.mark.item, marked.mark.due)
            for name, each in sorted(self._by_name.items())
            for marked in each
        ]
        self.LOGIC = f"{type(self).LOGIC} {sha256(repr(said).encode()).hexdigest()}"

    @property
    def wants(self) -> Iterable[str]:
        """Stored names of the events that bear on a term."""
        return (*self._by_name, *self._of_record)

    def write(self, connection: Connection, entries: list[Followed], suffix: str = "") -> int:
        """Write the lines of entries; returns how many."""
        rows: list[tuple[Any, ...]] = []
        for position, event in entries:
            known, signed = event["registered_on"], self._signed(event["type"], event["data"])
            rows += [(*line, n, known, position, at) for at, (line, n) in enumerate(signed)]
        if rows:
            inserted(connection, f"{self.name}{suffix}", SHAPE.names, rows)
        return len(rows)

    def _signed(self, name: str, data: Data) -> Iterator[tuple[TermLine, int]]:
        record = self._of_record.get(name)
        if record is None:
            yield from ((line, 1) for line in _lines(self._by_name.get(name, ()), data))
            return
        was, now = Counter(_lines(record, data["before"])), Counter(_lines(record, data["after"]))
        yield from ((line, -1) for line in (was - now).elements())
        yield from ((line, 1) for line in (now - was).elements())


def _on_record(mark: Mark, concept: Concept) -> bool:
    """Whether what the mark reads is in the record that a correction carries."""
    names = set(field_index(concept.recorded).names)
    return {mark.on, mark.item, mark.due} - {None} <= names
