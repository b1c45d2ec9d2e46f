"""Following the ledger: pages of entries, one transaction a page, the position stored with it.

The position moves by compare-and-swap: of two followers that read the same page only one writes
it, and one that slept while another worked is turned away. A position that may only grow is not
enough, since a sleeper's page may begin before and end after what others have written.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, MetaData, Row, inspect, select

from ledger.application import Followed, Ledger
from projections.current import current_states
from projections.journal import Journal
from projections.store import reading, writing
from projections.tables import Shape, digest_of, followers_table, journal_table
from projections.terms import Terms

PAGE = 4000
Progress = Callable[[int], None]


def no_progress(_: int) -> None:
    """Tell nobody."""


class ReadModel(Protocol):
    """One or more tables that follow the ledger; the first has the read model's name."""

    name: str
    shapes: tuple[Shape, ...]
    LOGIC: str

    @property
    def wants(self) -> Iterable[str]:
        """Stored names of the events that change it."""

    def write(self, connection: Connection, entries: list[Followed], suffix: str = "") -> int:
        """Apply entries that it wants, in order; returns the rows written."""


class LeftBehindError(RuntimeError):
    """Another follower has moved the read model on since this one read its position."""


@dataclass(frozen=True, slots=True)
class Lag:
    """How far a read model has come."""

    name: str
    position: int
    behind: int


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild found: rows of the first table; rows of any that differed from the live."""

    name: str
    rows: int
    differing: int


def read_models() -> dict[str, ReadModel]:
    """Every read model by name."""
    models: list[ReadModel] = [*current_states(), Terms(), Journal()]
    return {model.name: model for model in models}


class Runner:
    """Brings read models up to the head of the ledger."""

    def __init__(self, ledger: Ledger, engine: Engine, models: Sequence[ReadModel] = ()) -> None:
        self._ledger = ledger
        self._engine = engine
        self._models = list(models) or list(read_models().values())
        self._followers = followers_table(MetaData())
        self._routes: dict[str, list[int]] = defaultdict(list)
        for at, model in enumerate(self._models):
            for name in model.wants:
                self._routes[name].append(at)
        if not self._is_prepared():
            with writing(engine) as connection:
                self._followers.create(connection, checkfirst=True)
                for model in self._models:
                    self._prepare(connection, model)

    def _is_prepared(self) -> bool:
        """Whether every table is there in its shape: only then no write lock is needed."""
        with reading(self._engine) as connection:
            if not inspect(connection).has_table(self._followers.name):
                return False
            rows = [(model, self._row(connection, model.name)) for model in self._models]
        return all(row is not None and row.shape == self._shape(model) for model, row in rows)

    def _shape(self, model: ReadModel) -> str:
        return digest_of(model.shapes, model.LOGIC)

    def _prepare(self, connection: Connection, model: ReadModel) -> None:
        """Create tables that are missing; start over those that were built with another shape."""
        row = self._row(connection, model.name)
        if row is not None and row.shape == self._shape(model):
            return
        generation = 1 if row is None else row.generation + 1
        _drop(connection, model)
        _create(connection, model, "", generation)
        table = self._followers
        connection.execute(table.delete().where(table.c.name == model.name))
        values = {"position": 0, "shape": self._shape(model), "generation": generation}
        connection.execute(table.insert().values(name=model.name, **values))

    def _row(self, connection: Connection, name: str) -> Row[Any] | None:
        table = self._followers
        return connection.execute(select(table).where(table.c.name == name)).first()

    def positions(self) -> dict[str, int]:
        """Position of each read model."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(self._followers)).all()
        known = {model.name for model in self._models}
        return {row.name: row.position for row in rows if row.name in known}

    def lags(self) -> list[Lag]:
        """Position of each read model and how many positions it is behind the ledger's head."""
        head = self._ledger.head()
        return [Lag(name, at, head - at) for name, at in sorted(self.positions().items())]

    def catch_up(self, progress: Progress = no_progress, *, page: int = PAGE) -> int:
        """Follow to the head; returns the position reached.

        Where another follower is quicker, its work is taken as done.
        """
        while True:
            positions = self.positions()
            start = min(positions.values())
            try:
                return self._follow(positions, start, progress, page)
            except LeftBehindError:
                continue

    def _follow(self, positions: dict[str, int], start: int, progress: Progress, limit: int) -> int:
        reached = start
        for page in self._ledger.follow(start, limit=limit):
            last = page[-1][0]
            with writing(self._engine) as connection:
                self._advance(connection, positions, last)
                for model, wanted in self._routed(page):
                    at = positions[model.name]
                    fresh = [entry for entry in wanted if entry[0] > at]
                    if fresh:
                        model.write(connection, fresh)
            positions = {name: max(at, last) for name, at in positions.items()}
            reached = last
            progress(len(page))
        return reached

    def _routed(self, page: list[Followed]) -> list[tuple[ReadModel, list[Followed]]]:
        """For each read model the entries of a page that it wants."""
        wanted: list[list[Followed]] = [[] for _ in self._models]
        for entry in page:
            for at in self._routes.get(entry[1]["type"], ()):
                wanted[at].append(entry)
        return list(zip(self._models, wanted, strict=True))

    def _advance(self, connection: Connection, positions: dict[str, int], to: int) -> None:
        """Move every read model that is behind ``to``, from just where it was seen to stand."""
        table = self._followers
        behind: dict[int, list[str]] = defaultdict(list)
        for name, position in positions.items():
            if position < to:
                behind[position].append(name)
        for expected, names in behind.items():
            moved = connection.execute(
                table.update()
                .where(table.c.name.in_(names), table.c.position == expected)
                .values(position=to)
            )
            if moved.rowcount != len(names):
                raise LeftBehindError(", ".join(names))

    # -- rebuilding ------------------------------------------------------------------------

    def rebuild(self, name: str, progress: Progress = no_progress) -> Rebuilt:
        """Build a read model again beside the live one, compare the two, and switch.

        KeyError for a name that is no read model. The live one answers until the switch.
        """
        model = {each.name: each for each in self._models}[name]
        twin = "__rebuilt"
        with writing(self._engine) as connection:
            row = self._row(connection, name)
            generation = row.generation + 1 if row is not None else 1
            _drop(connection, model, twin)
            _create(connection, model, twin, generation)
        reached = 0
        for page in self._ledger.follow(0, limit=PAGE):
            with writing(self._engine) as connection:
                model.write(connection, _wanted(model, page), twin)
            reached = page[-1][0]
            progress(len(page))
        return self._switch(model, twin, generation, reached)

    def _switch(self, model: ReadModel, twin: str, generation: int, reached: int) -> Rebuilt:
        name = model.name
        with writing(self._engine) as connection:
            live = self._row(connection, name)
            at = live.position if live is not None else 0
            for page in self._ledger.follow(reached):
                model.write(connection, _wanted(model, page), twin)
                reached = page[-1][0]
            for page in self._ledger.follow(at):
                model.write(connection, _wanted(model, page))
            tables = [shape.name for shape in model.shapes]
            differing = sum(_differing(connection, each, each + twin) for each in tables)
            rows = _count(connection, name + twin)
            _drop(connection, model)
            for each in tables:
                connection.exec_driver_sql(f"ALTER TABLE {each}{twin} RENAME TO {each}")
            table = self._followers
            connection.execute(
                table.update()
                .where(table.c.name == name)
                .values(position=reached, generation=generation, shape=self._shape(model))
            )
        return Rebuilt(name, rows, differing)


def _wanted(model: ReadModel, page: list[Followed]) -> list[Followed]:
    names = set(model.wants)
    return [entry for entry in page if entry[1]["type"] in names]


def _create(connection: Connection, model: ReadModel, suffix: str, generation: int) -> None:
    metadata = MetaData()
    if isinstance(model, Journal):
        journal_table(metadata, suffix, f"_{generation}")
    else:
        for shape in model.shapes:
            shape.table(metadata, suffix)
    metadata.create_all(connection, checkfirst=False)


def _drop(connection: Connection, model: ReadModel, suffix: str = "") -> None:
    for shape in model.shapes:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {shape.name}{suffix}")


def _count(connection: Connection, name: str) -> int:
    return int(connection.exec_driver_sql(f"SELECT COUNT(*) FROM {name}").scalar_one())  # noqa: S608


def _differing(connection: Connection, one: str, other: str) -> int:
    """Rows that stand in only one of two tables."""
    total = 0
    for left, right in ((one, other), (other, one)):
        statement = f"SELECT COUNT(*) FROM (SELECT * FROM {left} EXCEPT SELECT * FROM {right}) d"  # noqa: S608
        total += int(connection.exec_driver_sql(statement).scalar_one())
    return total
