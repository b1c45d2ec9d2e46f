"""Examining the live ledger against its log: every finding with a code and a position."""

from collections.abc import Iterator
from datetime import UTC, datetime

import orjson

from domain.streams import stream_id
from ledger.audit.examine_checkpoints import Finding
from ledger.audit.merkle import HASH_BYTES
from ledger.audit.sequencer import LogDamagedError, LogStore, Progress, no_progress
from ledger.audit.tiles import WIDTH, Edge
from ledger.audit.verifier.walk import Brackets

PAGE = 1000


def examine_entries(
    store: LogStore, progress: Progress = no_progress, brackets: Brackets | None = None
) -> Iterator[Finding]:
    """Hash every stored event afresh; tiles, edge, order, versions and clocks with it.

    ``brackets`` are the instants between which timed checkpoints say that events were recorded.
    """
    try:
        size = store.state().size
    except LogDamagedError as error:
        yield Finding("log_damaged", None, str(error))
        return
    if (damage := store.damage()) is not None:
        yield Finding("log_damaged", None, damage)
    edge = Edge(hasher=store.hasher)
    walk = _Walk(brackets or Brackets([], 0))
    leaves: list[tuple[int, bytes]] = []
    for index, position, topic, entry in store.entries(0, size):
        leaf = bytes(HASH_BYTES)
        if entry is None:
            yield Finding("entry_missing", position, "日志中有而台账中没有的事件")
        elif not isinstance(entry, bytes):
            yield Finding("entry_altered", position, "存储的不再是字节")
        else:
            leaf = store.hasher.leaf(entry)
            yield from walk.entry(index, position, str(topic), entry)
        leaves.append((position, leaf))
        for (level, number), hashes in edge.append(leaf):
            yield from _tile(store, level, number, hashes, leaves)
        if edge.size % WIDTH == 0:
            progress(len(leaves))
            leaves.clear()
    if edge.size != size:
        yield Finding("entries_lost", None, f"日志应有 {size} 项，只找到 {edge.size} 项")
    yield from _edge(store, edge, leaves)


def _tile(
    store: LogStore, level: int, number: int, hashes: bytes, leaves: list[tuple[int, bytes]]
) -> Iterator[Finding]:
    """A full tile against the one held; at the lowest level, the entries that differ."""
    try:
        held = store.tile(level, number)
    except KeyError:
        held = b""
    if held == hashes:
        return
    altered = [] if level else list(_altered(held, leaves))
    yield from altered
    if not altered:
        yield Finding("tile_altered", None, f"瓦片 {level}/{number} 与重算的不同")


def _altered(held: bytes, leaves: list[tuple[int, bytes]]) -> Iterator[Finding]:
    if len(held) != len(leaves) * HASH_BYTES:
        return
    for at, (position, leaf) in enumerate(leaves):
        if held[at * HASH_BYTES : (at + 1) * HASH_BYTES] != leaf:
            yield Finding("entry_altered", position, "存储的字节与日志中的叶不符")


def _edge(store: LogStore, edge: Edge, leaves: list[tuple[int, bytes]]) -> Iterator[Finding]:
    """The right edge against the one held."""
    levels = [bytes(level) for level in edge.levels]
    try:
        held = [bytes(level) for level in store.edge().levels]
    except LogDamagedError as error:
        yield Finding("edge_altered", None, str(error))
        return
    if held == levels:
        return
    altered = list(_altered(held[0], leaves)) if held and leaves else []
    yield from altered
    if not altered:
        yield Finding("edge_altered", None, "日志边缘与重算的不同")


class _Walk:
    """What must hold from one entry to the next."""

    def __init__(self, brackets: Brackets) -> None:
        self._brackets, self._edges = brackets, brackets.edges()
        self._bracket = brackets.of(0)
        self._versions: dict[str, int] = {}
        self._recorded_at = datetime.min.replace(tzinfo=UTC)
        self._position = 0

    def entry(self, index: int, position: int, topic: str, entry: bytes) -> Iterator[Finding]:
        """Findings about one entry in its place."""
        if position <= self._position:
            yield Finding("order_changed", position, "位置没有递增")
        self._position = position
        try:
            body = orjson.loads(entry)
            stream, version, name = str(body["stream"]), body["version"], body["type"]
            recorded_at = datetime.fromisoformat(body["recorded_at"]).astimezone(UTC)
        except (ValueError, KeyError, TypeError, OverflowError):
            yield Finding("entry_unreadable", position, "不是事件")
            return
        if name != topic:
            yield Finding("name_altered", position, f"{topic} 与字节中的 {name} 不符")
        expected = self._versions.get(stream, 0) + 1
        if version != expected:
            detail = f"{stream} 的版本应为 {expected}，实为 {version}"
            yield Finding("version_gap", position, detail)
        self._versions[stream] = version if isinstance(version, int) else expected
        if recorded_at < self._recorded_at:
            yield Finding("time_decreased", position, f"{recorded_at} 早于前一项")
        self._recorded_at = max(recorded_at, self._recorded_at)
        yield from self._between(index, position, recorded_at)

    def _between(self, index: int, position: int, recorded_at: datetime) -> Iterator[Finding]:
        """The instant of recording lies between the checkpoints before and after the entry."""
        while self._edges and index >= self._edges[0]:
            self._edges.pop(0)
            self._bracket = self._brackets.of(index)
        after, before = self._bracket
        seconds = recorded_at.timestamp()
        if after is not None and seconds < after:
            detail = f"{recorded_at} 早于其前检查点的时间"
            yield Finding("time_outside_bracket", position, detail)
        if before is not None and seconds > before:
            detail = f"{recorded_at} 晚于其后检查点的时间"
            yield Finding("time_outside_bracket", position, detail)


def examine_places(store: LogStore) -> Iterator[Finding]:
    """Events whose columns say another stream or version than their bytes."""
    after = 0
    while page := store.ledger.store.places(after, PAGE):
        for position, originator_id, version, entry in page:
            try:
                body = orjson.loads(entry)
                same = (stream_id(str(body["stream"])), body["version"]) == (originator_id, version)
            except (ValueError, KeyError, TypeError):
                same = False
            if not same:
                yield Finding("place_altered", position, "事件所在的流或版本与其字节不符")
        after = page[-1][0]
