"""Who may do what: each act's address and roles, and what each role reads and uses."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from domain.acts import ACTS
from domain.concept import Act
from domain.grants.roles import roles as known_roles
from domain.streams import Kind


@dataclass(frozen=True, slots=True)
class Role:
    """What a role reads and uses; ``own``: only what its officer handles."""

    name: str
    title: str
    personal: bool
    own: bool
    reads: frozenset[Kind]
    uses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Offered:
    """An act as it is offered: its address and who may do it.

    ``first`` acts give a stream its number: they are posted to the list, or to ``path`` below it;
    further ones to ``path`` below the stream.
    """

    act: Act
    path: str
    roles: frozenset[str]
    first: bool


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("api") / name).read_text(encoding="utf-8"))


@cache
def roles() -> Mapping[str, Role]:
    """Every role by its identifier; LookupError unless they are those of the domain."""
    said, titles = _table("roles.toml"), known_roles()
    if said.keys() != titles.keys():
        raise LookupError(f"roles.toml: {sorted(said.keys() ^ titles.keys())}")
    return {name: _role(name, titles[name], row) for name, row in said.items()}


def _role(name: str, title: str, row: dict[str, Any]) -> Role:
    reads = frozenset(Kind) if row["reads"] == ["*"] else frozenset(map(Kind, row["reads"]))
    own = bool(row.get("own", False))
    return Role(name, title, row["personal"], own, reads, frozenset(row["uses"]))


@cache
def offered() -> tuple[Offered, ...]:
    """Every act that is offered, in the order of the domain's catalogue.

    LookupError where acts.toml and the domain's catalogue differ, or a role is unknown.
    """
    said = _table("acts.toml")
    acts = {act.name: act for act in ACTS.values() if not act.of_program}
    if said.keys() != acts.keys():
        raise LookupError(f"acts.toml: {sorted(said.keys() ^ acts.keys())}")
    unknown = {role for row in said.values() for role in row["roles"]} - roles().keys()
    if unknown:
        raise LookupError(f"acts.toml: {sorted(unknown)}")
    return tuple(
        Offered(act, row["path"], frozenset(row["roles"]), row.get("first", not row["path"]))
        for name, act in acts.items()
        for row in (said[name],)
    )


def may(role: Role, need: str) -> bool:
    """Whether a role may do what a route needs.

    A need is ``read:KIND``, ``act:NAME`` or one of the further uses, or several with spaces
    between; KeyError for an unknown act.
    """
    return all(_may(role, each) for each in need.split())


@cache
def _acting() -> Mapping[str, frozenset[str]]:
    return {each.act.name: each.roles for each in offered()}


def _may(role: Role, need: str) -> bool:
    what, _, name = need.partition(":")
    if what == "read":
        return Kind(name) in role.reads
    if what == "act":
        return role.name in _acting()[name]
    return need in role.uses
