"""Tiles of the tree (C2SP tlog-tiles): 256 hashes wide, written once when full.

The right edge of each level is kept apart, as a partial tile: it is the tree's frontier, and all
that an append needs. Proofs read at most two tiles a level, so they grow with the logarithm.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from ledger.audit.merkle import HASH_BYTES, SHA256, ProofError, TreeHash

HEIGHT = 8
WIDTH = 1 << HEIGHT

#: Where a tile stands: its level (of tiles) and its number on that level.
Place = tuple[int, int]


class TileSource(Protocol):
    """Where tiles are read from."""

    def tile(self, level: int, number: int) -> bytes:
        """The hashes of a tile, joined; a partial one at the right edge. KeyError if none."""


class Edge:
    """The right edge of every level; appending yields the tiles that became full."""

    def __init__(
        self, size: int = 0, levels: Iterable[bytes] = (), hasher: TreeHash = SHA256
    ) -> None:
        self._hash = hasher
        self.size = size
        self.levels = [bytearray(level) for level in levels]
        expected = list(_edge_widths(size)) if size >= 0 else None
        if [len(level) // HASH_BYTES for level in self.levels] != expected:
            raise ValueError("the edge does not fit the size")

    def append(self, leaf: bytes) -> Iterator[tuple[Place, bytes]]:
        """Add a leaf hash; the tiles that it fills."""
        number, level, added = self.size, 0, leaf
        self.size += 1
        while True:
            if level == len(self.levels):
                self.levels.append(bytearray())
            edge = self.levels[level]
            edge += added
            if len(edge) < WIDTH * HASH_BYTES:
                return
            number >>= HEIGHT
            full = bytes(edge)
            yield (level, number), full
            edge.clear()
            added = subtree_root(full, self._hash)
            level += 1

    def root(self) -> bytes:
        """The root of the tree: the roots of the edges, joined from the lowest level up."""
        root = None
        for level in self.levels:
            for each in reversed(list(_perfect(bytes(level), self._hash))):
                root = each if root is None else self._hash.node(each, root)
        return self._hash.empty if root is None else root


def _edge_widths(size: int) -> Iterator[int]:
    while size:
        yield size % WIDTH
        size //= WIDTH


def hashes(tile: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [tile[at : at + HASH_BYTES] for at in range(0, len(tile), HASH_BYTES)]


def subtree_root(tile: bytes, hasher: TreeHash = SHA256) -> bytes:
    """The root over a power of two of hashes."""
    layer = hashes(tile)
    while len(layer) > 1:
        layer = [hasher.node(layer[at], layer[at + 1]) for at in range(0, len(layer), 2)]
    return layer[0]


def _perfect(tile: bytes, hasher: TreeHash) -> Iterator[bytes]:
    """The roots of the largest perfect subtrees of a partial tile, from the left."""
    at, count = 0, len(tile) // HASH_BYTES
    while at < count:
        width = 1 << ((count - at).bit_length() - 1)
        yield subtree_root(tile[at * HASH_BYTES : (at + width) * HASH_BYTES], hasher)
        at += width


class TiledTree:
    """Proofs for a tree of a given size, from its tiles."""

    def __init__(self, size: int, tiles: TileSource, hasher: TreeHash = SHA256) -> None:
        self.size = size
        self._tiles = tiles
        self._hash = hasher

    def node(self, level: int, number: int) -> bytes:
        """The root of the perfect subtree of 2**level leaves with that number."""
        tile_level, within = divmod(level, HEIGHT)
        width = 1 << within
        tile_number, at = divmod(number * width, WIDTH)
        tile = self._tiles.tile(tile_level, tile_number)
        part = tile[at * HASH_BYTES : (at + width) * HASH_BYTES]
        if len(part) != width * HASH_BYTES:
            raise ProofError("a tile is too short")
        return subtree_root(part, self._hash)

    def range_root(self, start: int, end: int) -> bytes:
        """The root over leaves ``start`` to ``end`` (excluded), as a subtree of some tree."""
        root = None
        for level, number in reversed(list(cover(start, end))):
            node = self.node(level, number)
            root = node if root is None else self._hash.node(node, root)
        return self._hash.empty if root is None else root

    def root(self, size: int | None = None) -> bytes:
        """The root of the tree, or of its first ``size`` leaves."""
        return self.range_root(0, self.size if size is None else size)

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Inclusion proof of a leaf in the tree of ``size`` leaves (RFC 6962, section 2.1.1)."""
        size = self.size if size is None else size
        if not 0 <= index < size <= self.size:
            raise ProofError("the index is not below the size")
        proof = []
        start, end = 0, size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                proof.append(self.range_root(middle, end))
                end = middle
            else:
                proof.append(self.range_root(start, middle))
                start = middle
        return proof[::-1]

    def consistency(self, first: int, second: int | None = None) -> list[bytes]:
        """Consistency proof between two sizes (RFC 6962, section 2.1.2)."""
        second = self.size if second is None else second
        if not 0 < first <= second <= self.size:
            raise ProofError("consistency needs 0 < first <= second <= size")
        proof = []
        start, end, whole = 0, second, True
        while first != end:
            middle = start + _split(end - start)
            if first <= middle:
                proof.append(self.range_root(middle, end))
                end = middle
            else:
                proof.append(self.range_root(start, middle))
                start, whole = middle, False
        if not whole:
            proof.append(self.range_root(start, end))
        return proof[::-1]


def _split(width: int) -> int:
    """The largest power of two below the width."""
    return 1 << ((width - 1).bit_length() - 1)


def cover(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Perfect subtrees, as level and number, that cover a range that begins a subtree."""
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def tile_path(number: int) -> str:
    """A tile's number as tlog-tiles writes it: groups of three digits, all but the last with x."""
    groups = [f"{number % 1000:03d}"]
    while number >= 1000:  # noqa: PLR2004 -- groups of three digits
        number //= 1000
        groups.append(f"x{number % 1000:03d}")
    return "/".join(reversed(groups))


#: Groups of three digits, and how wide a partial tile is.
_TILE_PATH = re.compile(r"((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


def read_tile_path(text: str) -> tuple[int, int]:
    """A tile's number and width, of a path as tlog-tiles writes it; ValueError for another."""
    found = _TILE_PATH.fullmatch(text)
    if found is None:
        raise ValueError(text)
    number = int(found[1].replace("x", "").replace("/", ""))
    width = int(found[2] or WIDTH)
    if tile_path(number) != found[1] or (found[2] and width >= WIDTH):
        raise ValueError(text)
    return number, width


def tiles_of(size: int) -> Iterator[tuple[int, int, int]]:
    """Level, number and width of every tile of a tree of ``size`` leaves."""
    level = 0
    while size:
        full, partial = divmod(size, WIDTH)
        yield from ((level, number, WIDTH) for number in range(full))
        if partial:
            yield level, full, partial
        size, level = full, level + 1
