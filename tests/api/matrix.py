"""Who may do what, as the checked-in tables say it: read here, never made from the policy.

``routes.csv`` names the needs of every route (``public`` for none), ``matrix.csv`` the roles that
each need is open to. A route with several needs is open to the roles that all of them are open to.
"""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from api.segments import BySegment

HERE = Path(__file__).parent
PUBLIC = "public"


def _rows(name: str) -> list[list[str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@cache
def roles() -> tuple[str, ...]:
    """Every role that has a column."""
    return tuple(_rows("matrix.csv")[0][1:])


@cache
def open_to() -> dict[str, frozenset[str]]:
    """The roles that each need is open to."""
    heading, *rows = _rows("matrix.csv")
    assert all(set(row[1:]) <= {"x", ""} and len(row) == len(heading) for row in rows)
    return {
        need: frozenset(role for role, cell in zip(heading[1:], cells, strict=True) if cell)
        for need, *cells in rows
    }


@cache
def needs() -> dict[str, tuple[str, ...]]:
    """The needs of every route, such as ``GET /api/v1/leads``; none where it is public."""
    rows = {route: tuple(said.split()) for route, said in _rows("routes.csv")[1:]}
    return {route: () if said == (PUBLIC,) else said for route, said in rows.items()}


def public() -> list[str]:
    """The routes that are open to anyone."""
    return [route for route, said in needs().items() if not said]


def may(role: str, route: str) -> bool:
    """Whether a role may ask a route."""
    return all(role in open_to()[need] for need in needs()[route])


def routes_of(app: FastAPI) -> list[str]:
    """Every route that an application answers, however deep it is nested."""
    return sorted(
        f"{method} {route.path}" for route in _leaves(app.routes) for method in route.methods
    )


def _leaves(routes: list[BaseRoute]) -> Iterator[APIRoute]:
    for route in routes:
        nested = getattr(route, "original_router", None)
        if isinstance(route, APIRoute):
            yield route
        elif nested is not None:
            assert route.include_context.prefix == "", "an address that this test does not know"
            yield from _leaves(nested.routes)
        else:
            # An index of routes that stand beside it; anything else could answer unseen.
            assert isinstance(route, BySegment), route
            indexed = {id(each) for found in route._by_segment.values() for each in found}
            assert indexed <= {id(each) for each in routes}
