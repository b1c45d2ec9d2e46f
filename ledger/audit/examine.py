"""Examining the live ledger against its log: every finding with a code and a position."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson

from domain.streams import stream_id
from ledger.audit.checkpoints import Checkpoint, verified_checkpoint
from ledger.audit.merkle import HASH_BYTES, ProofError
from ledger.audit.notes import NoteError, Verifier
from ledger.audit.sequencer import LogDamagedError, LogStore, Progress, no_progress
from ledger.audit.tiles import WIDTH, Edge

PAGE = 1000


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it must be; ``position`` is on the ledger, where there is one."""

    code: str
    position: int | None
    detail: str


def examine_checkpoints(
    store: LogStore, origin: str, verifiers: Sequence[Verifier]
) -> tuple[list[Checkpoint], list[Finding]]:
    """Every published checkpoint: signed by the key, and the root of the tree at its size."""
    good: list[Checkpoint] = []
    findings: list[Finding] = []
    try:
        size = store.state().size
    except LogDamagedError as error:
        return [], [Finding("log_damaged", None, str(error))]
    tree = store.tree()
    for data in store.checkpoints():
        try:
            checkpoint, _ = verified_checkpoint(data, origin, verifiers)
        except NoteError as error:
            findings.append(Finding("checkpoint_not_signed", None, str(error)))
            continue
        if checkpoint.size > size:
            detail = f"检查点有 {checkpoint.size} 项，日志只有 {size} 项"
            findings.append(Finding("tail_cut", None, detail))
            continue
        try:
            root = tree.root(checkpoint.size)
        except (KeyError, ProofError):
            root = b""
        if root != checkpoint.root:
            detail = f"{checkpoint.size} 项处的根与检查点不同"
            findings.append(Finding("root_differs", None, detail))
        else:
            good.append(checkpoint)
    return good, findings


def examine_entries(store: LogStore, progress: Progress = no_progress) -> Iterator[Finding]:
    """Hash every stored event afresh; tiles, edge, order, versions and clocks with it."""
    try:
        size = store.state().size
    except LogDamagedError as error:
        yield Finding("log_damaged", None, str(error))
        return
    if (damage := store.damage()) is not None:
        yield Finding("log_damaged", None, damage)
    edge = Edge(hasher=store.hasher)
    walk = _Walk()
    leaves: list[tuple[int, bytes]] = []
    for _, position, topic, entry in store.entries(0, size):
        leaf = bytes(HASH_BYTES)
        if entry is None:
            yield Finding("entry_missing", position, "日志中有而台账中没有的事件")
        elif not isinstance(entry, bytes):
            yield Finding("entry_altered", position, "存储的不再是字节")
        else:
            leaf = store.hasher.leaf(entry)
            yield from walk.entry(position, str(topic), entry)
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

    def __init__(self) -> None:
        self._versions: dict[str, int] = {}
        self._recorded_at = datetime.min.replace(tzinfo=UTC)
        self._position = 0

    def entry(self, position: int, topic: str, entry: bytes) -> Iterator[Finding]:
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
