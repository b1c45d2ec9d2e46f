"""The sequencer: gives each event its dense leaf index and keeps tiles and edge of the tree.

It follows the ledger in pages. Hashing is done before the write lock is taken; then state, tiles
and edge move on together, from just the state that was read, or not at all.
"""

# ruff: noqa: S608 -- table names are the log's own

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from eventsourcing.persistence import IntegrityError

from ledger.application import Ledger
from ledger.audit.merkle import HASH_BYTES, SHA256, TreeHash
from ledger.audit.tables import PublishedNote, PublishedNotes, make_tables
from ledger.audit.tiles import HEIGHT, WIDTH, Edge, Place, TiledTree
from ledger.recorder import in_chunks
from ledger.statements import Row, Statements

PAGE = 5000

Progress = Callable[[int], None]


def no_progress(_: int) -> None:
    """Tell nobody."""


class LogDamagedError(ValueError):
    """The log's own tables are not as it left them."""


@dataclass(frozen=True, slots=True)
class LogState:
    """How far the log has come: leaves, and the ledger's position of the last one."""

    size: int
    position: int


class LogStore:
    """The log's tables, in the ledger's own database."""

    def __init__(self, ledger: Ledger, hasher: TreeHash = SHA256, prefix: str = "log") -> None:
        self.ledger = ledger
        self.hasher = hasher
        self.prefix = prefix
        make_tables(ledger.store, prefix)
        self._read = ledger.store.read
        self._notes = PublishedNotes(ledger.store, prefix)

    def _changing(self) -> AbstractContextManager[Statements]:
        """The transaction in which the log moves on."""
        return self.ledger.store.changing()

    def state(self) -> LogState:
        """Size and position; LogDamagedError where they are not there."""
        row = _first(self._read(f"SELECT size, position FROM {self.prefix}_state"))
        if row is None or not all(isinstance(each, int) and each >= 0 for each in tuple(row)):
            raise LogDamagedError("大小与位置不见了")
        return LogState(*row)

    def edge(self) -> Edge:
        """The tree's right edge; LogDamagedError where it does not fit the size."""
        with self.ledger.store.reading() as view:
            row = _first(view.run(f"SELECT size FROM {self.prefix}_state"))
            found = view.run(f"SELECT hashes FROM {self.prefix}_edge ORDER BY level")
        levels = [each[0] for each in found]
        if row is None or not all(isinstance(level, bytes) for level in levels):
            raise LogDamagedError("日志边缘不可读")
        try:
            return Edge(row[0], levels, self.hasher)
        except (ValueError, TypeError):
            raise LogDamagedError("日志边缘与其大小不符") from None

    def tile(self, level: int, number: int) -> bytes:
        """A full tile, or the partial one at the right edge; KeyError where there is none."""
        log = self.prefix
        with self.ledger.store.reading() as view:
            row = _first(
                view.run(
                    f"SELECT hashes FROM {log}_tiles WHERE level = ? AND number = ?",
                    (level, number),
                )
                or view.run(f"SELECT hashes FROM {log}_edge WHERE level = ?", (level,))
            )
        if row is None or not isinstance(row[0], bytes):
            raise KeyError((level, number))
        return row[0]

    def part(self, level: int, number: int, width: int) -> bytes:
        """The first ``width`` hashes of a tile; KeyError where the tree has not so many of it."""
        log = self.prefix
        found = self._read(
            f"SELECT size, COALESCE((SELECT hashes FROM {log}_tiles WHERE level = ? AND "
            f"number = ?), (SELECT hashes FROM {log}_edge WHERE level = ?)) FROM {log}_state",
            (level, number, level),
        )
        size, hashes = _first(found) or (0, None)
        there = (size >> HEIGHT * level) - number * WIDTH
        if not 0 < width <= there or not isinstance(hashes, bytes):
            raise KeyError((level, number))
        return hashes[: width * HASH_BYTES]

    def tree(self) -> TiledTree:
        """The tree of all leaves so far."""
        return TiledTree(self.state().size, self, self.hasher)

    def leaf(self, index: int) -> bytes:
        """The hash that the log holds for a leaf."""
        tile = self.tile(0, index // WIDTH)
        at = index % WIDTH * HASH_BYTES
        return tile[at : at + HASH_BYTES]

    def index_of(self, position: int) -> int | None:
        """The leaf index of the event at a position, or None where it is not in the log."""
        statement = f"SELECT leaf_index FROM {self.prefix}_entries WHERE position = ?"
        row = _first(self._read(statement, (position,)))
        return None if row is None else int(row[0])

    def damage(self) -> str | None:
        """What is wrong between the log's size, its position and the events there are, if any."""
        events, log = self.ledger.store.events_table_name, self.prefix
        at = self.ledger.store.POSITION
        found_of = self._read(
            f"SELECT size, position, (SELECT COUNT(*) FROM {log}_entries), "
            f"(SELECT COALESCE(MAX(position), 0) FROM {log}_entries), "
            f"(SELECT COUNT(*) FROM {events} WHERE {at} <= s.position) FROM {log}_state AS s"
        )
        size, position, entries, last, found = _first(found_of) or (0, 0, 0, 0, -1)
        if (entries, last) != (size, position):
            return f"日志记为 {size} 项、至位置 {position}，而其条目有 {entries} 项、至位置 {last}"
        if found != size:
            return f"至位置 {position} 的事件有 {found} 个，日志有 {size} 项"
        return None

    def root_at(self, position: int) -> bytes | None:
        """The root of the tree up to a position; None where the log has not come that far."""
        found = self.tree_at(position)
        return None if found is None else found[1]

    def tree_at(self, position: int) -> tuple[int, bytes] | None:
        """Size and root of the tree up to a position; None where the log is not that far."""
        if self.state().position < position:
            return None
        [(size,)] = self._read(
            f"SELECT COALESCE(MAX(leaf_index) + 1, 0) FROM {self.prefix}_entries "
            "WHERE position <= ?",
            (position,),
        )
        return size, self.tree().root(size)

    def leaves_at(self, positions: Sequence[int]) -> list[int]:
        """The leaf indices of the events at these positions, ascending.

        LogDamagedError where one of them is not in the log.
        """
        found: list[int] = []
        for chunk in in_chunks(positions):
            statement = f"SELECT leaf_index FROM {self.prefix}_entries WHERE position IN ?"
            found += [leaf for (leaf,) in self._read(statement, (chunk,))]
        if len(found) != len(positions):
            raise LogDamagedError("有事件不在日志中")
        return sorted(found)

    def entries(self, start: int, end: int) -> Iterator[tuple[int, int, Any, Any]]:
        """Leaf index, position, stored name and stored bytes from ``start`` to ``end``.

        Name and bytes are None where the event is gone, and whatever an attacker has put there.
        """
        store = self.ledger.store
        for first in range(start, end, PAGE):
            yield from store.read(
                f"SELECT leaf_index, position, topic, state FROM {self.prefix}_entries "
                f"LEFT JOIN {store.events_table_name} ON {store.POSITION} = position "
                "WHERE leaf_index >= ? AND leaf_index < ? ORDER BY leaf_index",
                (first, min(first + PAGE, end)),
            )

    def move_on(
        self,
        seen: LogState,
        edge: Edge,
        positions: list[int],
        tiles: list[tuple[Place, bytes]],
    ) -> bool:
        """Move on from the state that was seen; False where another has done so already."""
        log = self.prefix
        with self._changing() as statements:
            moved = statements.run(
                f"UPDATE {log}_state SET size = ?, position = ? WHERE size = ? AND position = ? "
                "RETURNING id",
                (edge.size, positions[-1], seen.size, seen.position),
            )
            if not moved:
                return False
            statements.run_many(
                f"INSERT INTO {log}_entries VALUES (?,?)", list(enumerate(positions, seen.size))
            )
            full = [(level, number, hashes) for (level, number), hashes in tiles]
            statements.run_many(f"INSERT INTO {log}_tiles VALUES (?,?,?)", full)
            levels = [(level, bytes(hashes)) for level, hashes in enumerate(edge.levels)]
            statements.run_many(
                f"INSERT INTO {log}_edge VALUES (?,?) "
                "ON CONFLICT (level) DO UPDATE SET hashes = excluded.hashes",
                levels,
            )
        return True

    def publish(self, size: int, at: int, note: bytes) -> PublishedNote:
        """Publish a checkpoint signed at a time; one there already keeps its cosignatures."""
        return self._notes.publish(size, at, note)

    def extend(self, seen: PublishedNote, note: bytes) -> bool:
        """Put a note with more cosignatures in the place of the one seen; False if it moved on."""
        return self._notes.extend(seen, note)

    def newest_note(self) -> PublishedNote | None:
        """The published checkpoint of the greatest size, signed last; not examined."""
        return self._notes.newest()

    def notes(self) -> list[PublishedNote]:
        """Every published checkpoint, by size and time."""
        return self._notes.all()


def _first(rows: list[Row]) -> Row | None:
    return rows[0] if rows else None


def sequence(store: LogStore, progress: Progress = no_progress) -> LogState:
    """Bring the log up to the ledger's head; returns the state reached.

    LogDamagedError where its tables are not as it left them.
    """
    while True:
        seen = store.state()
        page = store.ledger.store.page(seen.position, PAGE)
        if not page:
            return seen
        edge = store.edge()
        if edge.size != seen.size:
            continue
        tiles: list[tuple[Place, bytes]] = []
        for _, _, entry in page:
            tiles += edge.append(store.hasher.leaf(entry))
        try:
            moved = store.move_on(seen, edge, [position for position, _, _ in page], tiles)
        except IntegrityError:
            raise LogDamagedError(f"位置 {seen.position} 之后的事件日志中已有") from None
        if moved:
            progress(len(page))
