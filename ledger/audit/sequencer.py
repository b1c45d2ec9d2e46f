"""The sequencer: gives each event its dense leaf index and keeps tiles and edge of the tree.

It follows the ledger in pages. Hashing is done before the write lock is taken; then state, tiles
and edge move on together, from just the state that was read, or not at all.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from eventsourcing.persistence import IntegrityError
from eventsourcing.sqlite import SQLiteCursor

from ledger.application import Ledger
from ledger.audit.merkle import HASH_BYTES, SHA256, TreeHash
from ledger.audit.tiles import WIDTH, Edge, Place, TiledTree
from ledger.recorder import IDS_A_QUERY

PAGE = 5000

TABLES = """
CREATE TABLE IF NOT EXISTS log_state (
    id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, position INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS log_entries (
    leaf_index INTEGER PRIMARY KEY, position INTEGER NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS log_tiles (
    level INTEGER, number INTEGER, hashes BLOB NOT NULL, PRIMARY KEY (level, number));
CREATE TABLE IF NOT EXISTS log_edge (level INTEGER PRIMARY KEY, hashes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS log_checkpoints (size INTEGER PRIMARY KEY, note BLOB NOT NULL);
INSERT OR IGNORE INTO log_state VALUES (1, 0, 0);
"""

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

    def __init__(self, ledger: Ledger, hasher: TreeHash = SHA256) -> None:
        self.ledger = ledger
        self.hasher = hasher
        with self._cursor(commit=False) as cursor:
            cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'log_state'")
            made = cursor.fetchone() is not None
        if not made:
            self._create()

    def _create(self) -> None:
        with self._cursor(commit=True) as cursor:
            for statement in filter(str.strip, TABLES.split(";")):
                cursor.execute(statement)

    @contextmanager
    def _cursor(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        with self.ledger.store.datastore.transaction(commit=commit) as cursor:
            yield cursor

    def state(self) -> LogState:
        """Size and position; LogDamagedError where they are not there."""
        with self._cursor(commit=False) as cursor:
            cursor.execute("SELECT size, position FROM log_state")
            row = cursor.fetchone()
        if row is None or not all(isinstance(each, int) and each >= 0 for each in tuple(row)):
            raise LogDamagedError("大小与位置不见了")
        return LogState(*row)

    def edge(self) -> Edge:
        """The tree's right edge; LogDamagedError where it does not fit the size."""
        with self._cursor(commit=False) as cursor:
            cursor.execute("SELECT size FROM log_state")
            row = cursor.fetchone()
            cursor.execute("SELECT hashes FROM log_edge ORDER BY level")
            levels = [each[0] for each in cursor.fetchall()]
        if row is None or not all(isinstance(level, bytes) for level in levels):
            raise LogDamagedError("日志边缘不可读")
        try:
            return Edge(row[0], levels, self.hasher)
        except (ValueError, TypeError):
            raise LogDamagedError("日志边缘与其大小不符") from None

    def tile(self, level: int, number: int) -> bytes:
        """A full tile, or the partial one at the right edge; KeyError where there is none."""
        with self._cursor(commit=False) as cursor:
            cursor.execute(
                "SELECT hashes FROM log_tiles WHERE level = ? AND number = ?", (level, number)
            )
            row = cursor.fetchone()
            if row is None:
                cursor.execute("SELECT hashes FROM log_edge WHERE level = ?", (level,))
                row = cursor.fetchone()
        if row is None or not isinstance(row[0], bytes):
            raise KeyError((level, number))
        return row[0]

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
        with self._cursor(commit=False) as cursor:
            cursor.execute("SELECT leaf_index FROM log_entries WHERE position = ?", (position,))
            row = cursor.fetchone()
        return None if row is None else int(row[0])

    def damage(self) -> str | None:
        """What is wrong between the log's size, its position and the events there are, if any."""
        table = self.ledger.store.events_table_name
        with self._cursor(commit=False) as cursor:
            cursor.execute(
                "SELECT size, position, (SELECT COUNT(*) FROM log_entries), "  # noqa: S608 -- own
                "(SELECT COALESCE(MAX(position), 0) FROM log_entries), "
                f"(SELECT COUNT(*) FROM {table} WHERE rowid <= log_state.position) FROM log_state"
            )
            size, position, entries, last, events = cursor.fetchone() or (0, 0, 0, 0, -1)
        if (entries, last) != (size, position):
            return f"日志记为 {size} 项、至位置 {position}，而其条目有 {entries} 项、至位置 {last}"
        if events != size:
            return f"至位置 {position} 的事件有 {events} 个，日志有 {size} 项"
        return None

    def root_at(self, position: int) -> bytes | None:
        """The root of the tree up to a position; None where the log has not come that far."""
        found = self.tree_at(position)
        return None if found is None else found[1]

    def tree_at(self, position: int) -> tuple[int, bytes] | None:
        """Size and root of the tree up to a position; None where the log is not that far."""
        if self.state().position < position:
            return None
        with self._cursor(commit=False) as cursor:
            cursor.execute(
                "SELECT COALESCE(MAX(leaf_index) + 1, 0) FROM log_entries WHERE position <= ?",
                (position,),
            )
            size = int(cursor.fetchone()[0])
        return size, self.tree().root(size)

    def leaves_at(self, positions: Sequence[int]) -> list[int]:
        """The leaf indices of the events at these positions, ascending.

        LogDamagedError where one of them is not in the log.
        """
        found: list[int] = []
        with self._cursor(commit=False) as cursor:
            for start in range(0, len(positions), IDS_A_QUERY):
                chunk = positions[start : start + IDS_A_QUERY]
                marks = ",".join("?" * len(chunk))
                cursor.execute(
                    f"SELECT leaf_index FROM log_entries WHERE position IN ({marks})",  # noqa: S608
                    tuple(chunk),
                )
                found += [row[0] for row in cursor.fetchall()]
        if len(found) != len(positions):
            raise LogDamagedError("有事件不在日志中")
        return sorted(found)

    def entries(self, start: int, end: int) -> Iterator[tuple[int, int, Any, Any]]:
        """Leaf index, position, stored name and stored bytes from ``start`` to ``end``.

        Name and bytes are None where the event is gone, and whatever an attacker has put there.
        """
        table = self.ledger.store.events_table_name
        for first in range(start, end, PAGE):
            with self._cursor(commit=False) as cursor:
                cursor.execute(
                    f"SELECT leaf_index, position, topic, state FROM log_entries "  # noqa: S608
                    f"LEFT JOIN {table} ON rowid = position "
                    "WHERE leaf_index >= ? AND leaf_index < ? ORDER BY leaf_index",
                    (first, min(first + PAGE, end)),
                )
                rows = cursor.fetchall()
            yield from map(tuple, rows)

    def move_on(
        self,
        seen: LogState,
        edge: Edge,
        positions: list[int],
        tiles: list[tuple[Place, bytes]],
    ) -> bool:
        """Move on from the state that was seen; False where another has done so already."""
        with self._cursor(commit=True) as cursor:
            cursor.execute(
                "UPDATE log_state SET size = ?, position = ? WHERE size = ? AND position = ? "
                "RETURNING id",
                (edge.size, positions[-1], seen.size, seen.position),
            )
            if cursor.fetchone() is None:
                return False
            cursor.executemany(
                "INSERT INTO log_entries VALUES (?,?)", list(enumerate(positions, seen.size))
            )
            full = [(level, number, hashes) for (level, number), hashes in tiles]
            cursor.executemany("INSERT INTO log_tiles VALUES (?,?,?)", full)
            levels = [(level, bytes(hashes)) for level, hashes in enumerate(edge.levels)]
            cursor.executemany("INSERT OR REPLACE INTO log_edge VALUES (?,?)", levels)
        return True

    def publish(self, size: int, note: bytes) -> None:
        """Publish a signed checkpoint."""
        with self._cursor(commit=True) as cursor:
            cursor.execute("INSERT OR REPLACE INTO log_checkpoints VALUES (?,?)", (size, note))

    def checkpoints(self) -> list[bytes]:
        """Every published checkpoint, by size; empty where there is something else in its place."""
        with self._cursor(commit=False) as cursor:
            cursor.execute("SELECT note FROM log_checkpoints ORDER BY size")
            notes = [row[0] for row in cursor.fetchall()]
        return [note if isinstance(note, bytes) else b"" for note in notes]


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
