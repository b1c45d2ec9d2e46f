"""Published figures: what a bulletin printed, to be set beside what the ledger computes."""

from dataclasses import dataclass
from pathlib import Path

import orjson


class NotPublishedFiguresError(ValueError):
    """The file does not hold published figures."""


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A number as printed; ``exact`` is False for "500余", which says no more than at least."""

    value: int
    exact: bool = True

    def __str__(self) -> str:
        return str(self.value) if self.exact else f"{self.value}余"

    def agrees(self, value: int) -> bool:
        """Whether a computed value is what was printed."""
        return value == self.value if self.exact else value >= self.value


def read_published(path: Path) -> dict[str, PublishedFigure]:
    """Published figures by code from a JSON file: ``{"figures": {code: n | {"at_least": n}}}``."""
    try:
        figures = orjson.loads(path.read_bytes())["figures"]
        return {code: _figure(entry) for code, entry in figures.items()}
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotPublishedFiguresError(str(path)) from error


def _figure(entry: object) -> PublishedFigure:
    if isinstance(entry, dict):
        return PublishedFigure(int(entry["at_least"]), exact=False)
    if isinstance(entry, int):
        return PublishedFigure(entry)
    raise TypeError("a published figure is a number")
