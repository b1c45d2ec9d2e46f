"""Who may what, as agreed: read from matrix.csv and matrix.toml, never from what enforces it."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from api.app import PREFIX
from domain.acts import BY_NAME
from domain.streams import Kind
from projections.tables import NAMES

FOLDER = Path(__file__).parent
#: Each kind by how its list is addressed.
KINDS = {name.replace("_", "-"): kind for kind, name in NAMES.items()}
#: What a list may end in, with what that needs beside reading it.
SUFFIXES: Mapping[str, tuple[str, ...]] = {"": (), ".csv": (), ".jsonl": ("exports",)}


@dataclass(frozen=True, slots=True)
class Route:
    """A route of the application; ``name`` is the act where it is one."""

    method: str
    template: str
    name: str

    @property
    def title(self) -> str:
        """How the record of accesses names it."""
        return f"{self.method} {self.template}"


@cache
def agreed() -> Mapping[str, Mapping[str, bool]]:
    """For each need whether each role has it."""
    with (FOLDER / "matrix.csv").open(encoding="utf-8", newline="") as file:
        (_, *names), *rows = csv.reader(file)
    said = {"yes": True, "-": False}
    assert len({row[0] for row in rows}) == len(rows), "a need stands twice"
    return {need: dict(zip(names, (said[c] for c in cells), strict=True)) for need, *cells in rows}


@cache
def addressed() -> Mapping[str, Any]:
    """What matrix.toml says of routes: public ones, needs by address, kinds by board."""
    return tomllib.loads((FOLDER / "matrix.toml").read_text(encoding="utf-8"))


def boards() -> dict[str, tuple[str, ...]]:
    """What each address of a board needs."""
    return {
        f"/boards/{name}{suffix}": (
            tuple(kinds)
            if kinds == ["statistics"]
            else ("boards", *(f"read:{kind}" for kind in kinds))
        )
        for name, kinds in addressed()["boards"].items()
        for suffix in ("", ".csv")
    }


def needed(route: Route) -> tuple[str, ...] | None:
    """What a route needs of a role, None where it needs nothing; LookupError without a row."""
    if route.title in addressed()["public"]["routes"]:
        return None
    path = route.template.removeprefix(PREFIX)
    told = addressed()["needs"] | boards() | _lists()
    if route.method == "GET" and path in told:
        return tuple(told[path])
    act = BY_NAME.get(route.name)
    if route.method == "POST" and act is not None and KINDS[path.split("/")[1]] is act.kind:
        return (f"act:{act.name}",)
    raise LookupError(f"{route.title} has no row")


def _lists() -> dict[str, tuple[str, ...]]:
    """What the addresses need that every kind has."""
    told = {
        f"/{name}{suffix}": (f"read:{kind}", *more)
        for name, kind in KINDS.items()
        for suffix, more in SUFFIXES.items()
    }
    for name, kind in KINDS.items():
        for path in (f"/{name}/{{number}}", f"/{name}/{{number}}/history"):
            told[path] = (f"read:{kind}",)
    return told


def allowed(route: Route, role: str) -> bool:
    """Whether a role may use a route."""
    wanted = needed(route)
    return wanted is None or all(agreed()[need][role] for need in wanted)


def routes_of(app: FastAPI) -> list[Route]:
    """Every route of an application, wherever it hangs; TypeError for one of no known sort."""
    return sorted(set(_routes(app.routes)), key=lambda each: (each.template, each.method))


def _routes(found: Any) -> Iterator[Route]:
    for each in found:
        inner = getattr(each, "routes", None)
        router = getattr(each, "original_router", None)
        if inner is not None or router is not None:
            yield from _routes(inner if inner is not None else router.routes)
        elif hasattr(each, "methods"):
            name = getattr(each, "operation_id", None) or ""
            yield from (Route(m, each.path, name) for m in sorted(each.methods - {"HEAD"}))
        elif type(each).__name__ != "BySegment":  # holds the application's own routes, once more
            raise TypeError(f"a route of an unknown sort: {each!r}")


def needs_there_are() -> set[str]:
    """Every need that there is a reason for: a kind, an act, or an address."""
    told = (*addressed()["needs"].values(), *boards().values(), *SUFFIXES.values())
    uses = {need for needs in told for need in needs}
    acts = {f"act:{act.name}" for act in BY_NAME.values() if not act.of_program}
    return uses | acts | {f"read:{kind}" for kind in Kind}
