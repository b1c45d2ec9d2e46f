"""Read models kept apart from the ledger's file, and ledgers that turn their pages oddly."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine

from ledger.application import Followed, Ledger
from ledger.settings import Settings
from projections.runner import Runner, read_models
from projections.store import open_engine, reading
from tests.support.databases import url

NAMES = sorted(read_models())


@contextmanager
def read_models_in(file: Path) -> Iterator[Engine]:
    """A database for read models alone."""
    engine = open_engine(Settings(database_url=url(file)))
    try:
        yield engine
    finally:
        engine.dispose()


def rows(engine: Engine, name: str) -> list[tuple[Any, ...]]:
    """Every row of a read model."""
    with reading(engine) as connection:
        found = connection.exec_driver_sql(f"SELECT * FROM {name}").all()
    return sorted(map(tuple, found), key=repr)


def same_rows(one: Engine, other: Engine) -> bool:
    """Whether two databases hold the same read models, row by row."""
    return all(rows(one, name) == rows(other, name) for name in NAMES)


class PagesOfChance:
    """A ledger whose pages have as many entries as chance gives."""

    def __init__(self, ledger: Ledger, chance: Random, most: int) -> None:
        self._ledger, self._chance, self._most = ledger, chance, most

    def head(self) -> int:
        """Position of the last event."""
        return self._ledger.head()

    def follow(self, after: int = 0, **_: Any) -> Iterator[list[Followed]]:
        """Pages of one entry up to the most."""
        entries = (entry for page in self._ledger.follow(after) for entry in page)
        while page := list(islice(entries, self._chance.randint(1, self._most))):
            yield page


class AsItStood:
    """A ledger as it stood at an earlier position."""

    def __init__(self, ledger: Ledger, position: int) -> None:
        self._ledger, self._position = ledger, position

    def head(self) -> int:
        """That position."""
        return self._position

    def follow(self, after: int = 0, **_: Any) -> Iterator[list[Followed]]:
        """The ledger's pages up to there."""
        return self._ledger.follow(after, until=self._position)


class PagesReadBeforeSleep:
    """A ledger whose reader falls asleep with a page in hand; what happens then is given."""

    def __init__(self, ledger: Ledger, meanwhile: Callable[[], Any]) -> None:
        self._ledger, self._meanwhile = ledger, meanwhile
        self.slept = 0

    def head(self) -> int:
        """Position of the last event."""
        return self._ledger.head()

    def follow(self, after: int = 0, **_: Any) -> Iterator[list[Followed]]:
        """The ledger's pages; before the second one is handed over, others work."""
        for number, page in enumerate(self._ledger.follow(after, limit=700)):
            if number == 1:
                self.slept += 1
                self._meanwhile()
            yield page


def runner(ledger: Any, engine: Engine) -> Runner:
    """A runner over a ledger, or over what stands for one here."""
    return Runner(ledger, engine)
