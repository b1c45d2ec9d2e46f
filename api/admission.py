"""Who calls, in which role, and of which organs: one request, one role."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from api.policy import Role
from domain.concepts import CONCEPTS
from domain.ownership import HANDLED, OWNED, Belongs, is_handled_by, owner
from domain.streams import Kind
from projections.cuts import Cut
from projections.figures import Clause, Scope, scope_of
from projections.tables import NAMES

Look = Callable[[str], Any]
_KEYS = {kind: concept.key for kind, concept in CONCEPTS.items()}


@dataclass(frozen=True, slots=True)
class Caller:
    """A subject in one of its roles.

    ``organ`` is the organ whose subtree it sees, None for the whole ledger; ``officer`` how
    records name it where they name who handles.
    """

    subject: str
    role: Role
    organ: str | None
    officer: str | None

    @property
    def actor(self) -> str:
        """How events name it: the number of its grant."""
        return f"{self.subject}:{self.role.name}"

    def scope(self, connection: Connection, cut: Cut) -> Scope | None:
        """The organs it sees as known at a cut; None for all."""
        return None if self.organ is None else scope_of(connection, self.organ, cut)


def is_within(scope: Scope | None, kind: Kind, record: Any, look: Look) -> bool:
    """Whether a record, or the one that a command makes, is one of the organs' own."""
    if scope is None:
        return True
    found = owner(kind, record, look)
    if found is None:
        return False
    belongs, value = found
    known = {
        Belongs.TO_EVERYONE: (None,),
        Belongs.TO_ORGAN: scope.organs,
        Belongs.TO_REGION: scope.regions,
    }
    return value in known[belongs]


def is_handled(caller: Caller, kind: Kind, record: Any, look: Look) -> bool:
    """Whether the caller, where it sees only its own, handles the record."""
    if not caller.role.own:
        return True
    return caller.officer is not None and is_handled_by(caller.officer, kind, record, look)


def restrict(clause: Clause, caller: Caller, kind: Kind, scope: Scope | None) -> None:
    """The rows of a kind's table that the caller sees, as conditions."""
    if scope is not None:
        part, values = _owned(kind, scope)
        clause.add(part, *values)
    if caller.role.own:
        part, values = _handled(kind, caller.officer)
        clause.add(part, *values)


def seen_tables(caller: Caller, kind: Kind) -> set[str]:
    """The tables that :func:`restrict` asks for a kind, the kind's own among them."""
    tables = {NAMES[kind]}
    if caller.organ is not None:
        tables |= {"postings", *_led_to(kind)}
    if caller.role.own:
        tables |= {NAMES[Kind.LEAD], NAMES[Kind.CASE]}
    return tables


def _led_to(kind: Kind) -> Iterator[str]:
    owned = OWNED[kind]
    if owned.belongs is Belongs.WITH_STREAM:
        for each in _kinds_of(kind):
            yield NAMES[each]
            yield from _led_to(each)


def _kinds_of(kind: Kind) -> Sequence[Kind]:
    owned = OWNED[kind]
    if owned.kind is not None:
        return (owned.kind,)
    return tuple(each for each in Kind if each is not kind)


def _in(column: str, values: Sequence[str]) -> tuple[str, tuple[Any, ...]]:
    if not values:
        return "1 = 0", ()
    return f'"{column}" IN ({",".join("?" * len(values))})', tuple(values)


def _owned(kind: Kind, scope: Scope) -> tuple[str, tuple[Any, ...]]:
    owned = OWNED[kind]
    match owned.belongs:
        case Belongs.TO_EVERYONE:
            return "1 = 1", ()
        case Belongs.TO_ORGAN:
            return _in(owned.field, scope.organs)
        case Belongs.TO_REGION:
            return _in(owned.field, scope.regions)
        case Belongs.WITH_STREAM:
            return _with_stream(kind, scope)


def _with_stream(kind: Kind, scope: Scope) -> tuple[str, tuple[Any, ...]]:
    owned = OWNED[kind]
    parts: list[str] = []
    values: list[Any] = []
    for each in _kinds_of(kind):
        inner, given = _owned(each, scope)
        part = f'"{owned.field}" IN (SELECT "{_KEYS[each]}" FROM {NAMES[each]} WHERE {inner})'  # noqa: S608 -- own names
        if owned.kind_field is not None:
            part = f"(\"{owned.kind_field}\" = '{each.value}' AND {part})"
        parts.append(part)
        values += given
    return f"({' OR '.join(parts)})", tuple(values)


def _handled(kind: Kind, officer: str | None) -> tuple[str, tuple[Any, ...]]:
    if officer is None or kind not in HANDLED:
        return "1 = 0", ()
    way = HANDLED[kind]
    if not way.of:
        return f'"{way.field}" = ?', (officer,)
    parts, values = zip(*(_handled(of, officer) for of in way.of), strict=True)
    numbers = (
        f'"{way.field}" IN (SELECT "number" FROM {NAMES[of]} WHERE {part})'  # noqa: S608 -- own names
        for of, part in zip(way.of, parts, strict=True)
    )
    return f"({' OR '.join(numbers)})", tuple(each for given in values for each in given)
