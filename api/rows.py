"""Rows of lists as JSON: how one is told, and those that were told before.

A version of a row never changes: what it was told as once, it is told as again. A page then asks
the database only which versions are on it, and for the rows of those that are not known.
"""

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson

from api.columns import Columns
from ledger.masking import MASK

#: How many bytes of rows are kept told, the oldest given up first.
MOST_BYTES = 64 * 2**20

#: Which version of a row of a list: its key, its position and the day since which it is known.
Version = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Source:
    """What versions are told from: a table, as built for the so manieth time, and to whom."""

    table: str
    generation: int
    personal: bool


class ToldRows:
    """The rows that were told, by version."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._rows: defaultdict[Source, dict[Version, bytes]] = defaultdict(dict)
        self._kept: deque[tuple[Source, Version]] = deque()
        self._lock = threading.Lock()

    def of(self, source: Source, versions: Sequence[Version]) -> list[bytes | None]:
        """Each version as JSON, None where it is not known."""
        return list(map(self._rows[source].get, versions))

    def keep(self, source: Source, told: Mapping[Version, bytes]) -> None:
        """Remember versions as JSON."""
        with self._lock:
            rows = self._rows[source]
            for version, row in told.items():
                if version not in rows:
                    rows[version] = row
                    self._kept.append((source, version))
                    self._bytes += len(row)
            while self._bytes > self._most_bytes:
                first, version = self._kept.popleft()
                self._bytes -= len(self._rows[first].pop(version))


Cell = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Telling:
    """How the rows of one list are told: the columns to select, and each row as JSON."""

    columns: tuple[str, ...]
    changed: tuple[tuple[int, Cell], ...]

    @property
    def names(self) -> str:
        """The columns to select."""
        return ", ".join(f'"{name}"' for name in self.columns)

    def json(self, row: Sequence[Any]) -> bytes:
        """A row as a JSON object, its values in the order of the columns."""
        values = list(row)
        for at, cell in self.changed:
            values[at] = cell(values[at])
        return orjson.dumps(dict(zip(self.columns, values, strict=True)))


@cache
def telling(columns: Columns, *, personal: bool) -> Telling:
    """How a list is told to who sees personal data, or does not."""
    cells = (
        _cell(kind, hidden=not personal and name in columns.personal)
        for name, kind in columns.types.items()
    )
    changed = tuple((at, cell) for at, cell in enumerate(cells) if cell is not None)
    return Telling(tuple(columns.types), changed)


def _cell(kind: type, *, hidden: bool) -> Cell | None:
    """How a stored value is told: several are a list, truth is true, what is hidden a mark."""
    if kind is tuple:
        return _hidden_values if hidden else _values
    if hidden:
        return _hidden
    return _truth if kind is bool else None


def _values(stored: str | None) -> list[str]:
    return stored.split(";") if stored else []


def _hidden_values(stored: str | None) -> list[str]:
    return [MASK] if stored else []


def _hidden(stored: Any) -> Any:
    return stored if stored is None or stored == "" else MASK


def _truth(stored: Any) -> bool | None:
    return None if stored is None else bool(stored)
