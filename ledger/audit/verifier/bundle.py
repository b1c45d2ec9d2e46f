"""A bundle's files: entries read from length-prefixed bundles, tiles, and how they fit together."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from ledger.audit.merkle import TreeHash
from ledger.audit.verifier.findings import CannotCheckError, Finding
from ledger.audit.verifier.tree import (
    HASH,
    WIDTH,
    Grown,
    Place,
    leaves_of,
    parted,
    places,
    root_of,
    tile_name,
)
from ledger.audit.verifier.walk import event_of

_PREFIX = 2
Take = Callable[[int, list[bytes]], None]


class Bundle:
    """A folder laid out as tlog-tiles."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> bytes:
        """A file; CannotCheckError where it is not there."""
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            raise CannotCheckError(f"读不到 {name}：{error.strerror}") from None

    def entries(self, number: int, width: int) -> tuple[list[bytes], str | None]:
        """The entries of one bundle, and what is wrong with it, if anything."""
        name = tile_name("entries", number, width)
        try:
            data = self.read(name)
        except CannotCheckError as error:
            return [], str(error)
        found: list[bytes] = []
        at = 0
        while at < len(data):
            end = at + _PREFIX + int.from_bytes(data[at : at + _PREFIX], "big")
            if end > len(data) or at + _PREFIX > len(data):
                return found, f"{name} 在第 {at} 字节处中断"
            found.append(data[at + _PREFIX : end])
            at = end
        return found, None if len(found) == width else f"{name} 有 {len(found)} 条，应有 {width} 条"

    def entry(self, leaf: int, size: int) -> bytes:
        """One entry of a log of that size; CannotCheckError where it is not there."""
        number = leaf // WIDTH
        entries, _ = self.entries(number, min(WIDTH, size - number * WIDTH))
        if not 0 <= leaf % WIDTH < len(entries):
            raise CannotCheckError(f"没有第 {leaf} 条")
        return entries[leaf % WIDTH]

    def names(self, folder: str) -> list[str]:
        """The names in a folder of the bundle, in order; none where there is no such folder."""
        path = self.folder / folder
        return sorted(each.name for each in path.iterdir()) if path.is_dir() else []


class Roots(NamedTuple):
    """Roots by size; those above ``certain`` are of altered entries, and say nothing."""

    known: dict[int, bytes]
    certain: int | None = None

    def fits(self, size: int, root: bytes) -> bool:
        """Whether nothing speaks against that root at that size."""
        if self.certain is not None and size > self.certain:
            return True
        return self.known.get(size) == root


class Rebuilt:
    """The tree built again from a bundle's entries, and the files that differ from it."""

    def __init__(self, bundle: Bundle, size: int, hasher: TreeHash) -> None:
        self.bundle, self.size = bundle, size
        self._hash = hasher
        self.roots: dict[int, bytes] = {}
        self.differing: dict[Place, int] = {}
        self.malformed: list[Finding] = []
        self.found = 0

    def build(self, sizes: set[int], take: Take, progress: Callable[[int], None]) -> None:
        """Read every entry once: hash it, hand it on, and note the root at each of the sizes.

        Bundles are cut anew into tiles by what they hold, so that one entry too few or too many
        moves those behind it, as it does in the log.
        """
        grown, held = Grown(self._hash), list[bytes]()
        taken = 0
        for level, number, width in places(self.size):
            if level:
                break
            entries, fault = self.bundle.entries(number, width)
            if fault is not None:
                self.malformed.append(Finding("bundle_malformed", number * WIDTH, fault))
            take(taken, entries)
            taken += len(entries)
            held += leaves_of(entries, self._hash)
            while len(held) >= WIDTH:
                self._grow(grown, held[:WIDTH], sizes)
                del held[:WIDTH]
            progress(len(entries))
        self._note(grown, held, sizes)
        self._compare(grown.edges(held), partial=True)
        self.found = grown.size + len(held)

    def _grow(self, grown: Grown, leaves: list[bytes], sizes: set[int]) -> None:
        self._note(grown, leaves, sizes)
        self._compare(grown.add(leaves), partial=False)

    def _note(self, grown: Grown, leaves: list[bytes], sizes: set[int]) -> None:
        """The roots at those sizes that end within these leaves."""
        for size in [s for s in sizes if grown.size <= s <= grown.size + len(leaves)]:
            if size - grown.size < WIDTH:
                self.roots[size] = grown.root(leaves[: size - grown.size])

    def _compare(self, tiles: Iterator[tuple[Place, bytes]], *, partial: bool) -> None:
        for (level, number), made in tiles:
            width = len(made) // HASH if partial else WIDTH
            if self._stored(level, number, width) != made:
                self.differing[level, number] = width

    def _stored(self, level: int, number: int, width: int) -> bytes:
        try:
            return self.bundle.read(tile_name(level, number, width))
        except CannotCheckError:
            return b""

    # -- where it differs ------------------------------------------------------------------

    def findings(self, root: bytes) -> Iterator[Finding]:
        """What differs from the tree of the checkpoint with this root, each by its own code."""
        yield from self.malformed
        if self.found == self.size and self.roots.get(self.size) == root:
            for (level, number), width in self.differing.items():
                code = "tile_altered" if width == WIDTH else "edge_altered"
                yield Finding(code, None, f"{tile_name(level, number, width)} 与由条目重算的不同")
            return
        trusted = _Trusted(self, root)
        if not trusted.roots:
            yield Finding(
                "root_differs", None, f"由 {self.found} 条条目与瓦片得出的根都与检查点不同"
            )
            return
        yield from trusted.findings()


class _Trusted:
    """The stored tiles, believed from the checkpoint's root down, one level by the one above."""

    def __init__(self, rebuilt: Rebuilt, root: bytes) -> None:
        self._rebuilt, self._hash = rebuilt, rebuilt._hash  # noqa: SLF001 -- one mechanism
        self._tiles = {
            (level, number): parted(rebuilt._stored(level, number, width))  # noqa: SLF001
            for level, number, width in places(rebuilt.size)
        }
        self.roots = self._fits(root)
        self._corrupted: set[int] = set()

    def _fits(self, root: bytes) -> bool:
        """Whether the right edges of the stored tiles lead to the root."""
        grown = Grown(self._hash)
        edges: dict[int, list[bytes]] = {}
        for level, number, width in places(self._rebuilt.size):
            if width < WIDTH:
                edges[level] = self._tiles[level, number]
        top = max(edges, default=-1)
        grown._upper = [edges.get(level, []) for level in range(1, top + 1)]  # noqa: SLF001
        try:
            return grown.root(edges.get(0, [])) == root
        except IndexError:
            return False

    def findings(self) -> Iterator[Finding]:
        """Tiles that the level above contradicts, and entries that their own tile contradicts."""
        expected: list[bytes | None] = []
        for level, number, width in places(self._rebuilt.size):
            tile = self._tiles[level, number]
            good = len(tile) == width and (width < WIDTH or self._is_below(level, number, tile))
            if level == 0:
                expected += tile if good else [None] * width
            if not good and level == 0:
                where = f"{tile_name(0, number, width)} 及其条目一并被改"
                yield Finding("leaf_altered", number * WIDTH, where)
            elif not good:
                yield Finding("tile_altered", None, f"{tile_name(level, number, width)} 被改")
        actual = self._actual(set(expected))
        for each in _differences(actual, expected):
            if each.code == "entry_altered" and each.leaf in self._corrupted:
                yield Finding("entry_corrupted", each.leaf, "须与原件比对")
            else:
                yield each

    def _is_below(self, level: int, number: int, tile: list[bytes]) -> bool:
        above = self._tiles.get((level + 1, number // WIDTH), [])
        at = number % WIDTH
        return at < len(above) and root_of(tile, self._hash) == above[at]

    def _actual(self, expected: set[bytes | None]) -> list[bytes]:
        """The leaves of the entries there are; those not expected and no events are noted."""
        found: list[bytes] = []
        for level, number, width in places(self._rebuilt.size):
            if level:
                break
            entries, _ = self._rebuilt.bundle.entries(number, width)
            leaves = leaves_of(entries, self._hash)
            for at, (leaf, entry) in enumerate(zip(leaves, entries, strict=True), len(found)):
                if leaf not in expected and event_of(entry) is None:
                    self._corrupted.add(at)
            found += leaves
        return found


def _differences(actual: list[bytes], expected: list[bytes | None]) -> Iterator[Finding]:
    """How the entries that are there differ from those that must be, as an attacker made them."""
    differing = [
        at
        for at, leaf in enumerate(expected)
        if leaf is not None and (at >= len(actual) or actual[at] != leaf)
    ]
    if not differing and len(actual) <= len(expected):
        return
    first = differing[0] if differing else len(expected)
    if first >= len(actual):
        yield Finding("entries_missing", first, f"应有 {len(expected)} 条，只有 {len(actual)} 条")
    elif first + 1 < len(expected) and _continues(actual[first:], expected[first + 1 :]):
        yield Finding("entry_removed", first, "该条不见了，其后各条前移一位")
    elif first + 1 < len(actual) and _continues(actual[first + 1 :], expected[first:]):
        yield Finding("entry_inserted", first, "此处多出一条，其后各条后移一位")
    else:
        yield from _each(actual, expected, differing)


def _continues(actual: list[bytes], expected: list[bytes | None]) -> bool:
    """Whether one continues as the other, as far as both go."""
    pairs = list(zip(actual, expected, strict=False))
    return len(pairs) > 0 and all(e is None or a == e for a, e in pairs)


def _each(
    actual: list[bytes], expected: list[bytes | None], differing: list[int]
) -> Iterator[Finding]:
    places_of = {leaf: at for at, leaf in enumerate(expected) if leaf is not None}
    for at in differing:
        if at >= len(actual):
            yield Finding("entries_missing", at, "该条不见了")
            continue
        belongs = places_of.get(actual[at])
        if belongs is None:
            yield Finding("entry_altered", at, "须与原件比对")
        elif belongs < len(actual) and actual[belongs] == expected[at]:
            yield Finding("entries_swapped", at, f"与第 {belongs} 条互换了位置")
        else:
            yield Finding("entry_copied", at, f"是第 {belongs} 条的副本")
