"""Placeholder until the temporal read models land."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine

from projections.cuts import Cut
from projections.store import reading


@contextmanager
def reading_at(engine: Engine, cut: Cut, tables: Any = None) -> Iterator[Connection]:
    """Now only."""
    with reading(engine) as connection:
        yield connection
