"""RFC 6962, section 2.1, word for word: slow, recursive, and apart from the code under test."""

from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256

from ledger.audit.tiles import Edge

#: The leaf hash of the entry of a number.
Leaf = Callable[[int], bytes]


def leaf_of(number: int) -> bytes:
    """The leaf hash of entry number ``number``, any bytes of 32."""
    return sha256(b"leaf %d" % number).digest()


@cache
def tree_head(start: int, end: int, leaf: Leaf = leaf_of) -> bytes:
    """MTH(D[start:end]), where D are the entries of ``leaf``."""
    if start == end:
        return sha256(b"").digest()
    if end - start == 1:
        return leaf(start)
    split = _split(end - start)
    left, right = tree_head(start, start + split, leaf), tree_head(start + split, end, leaf)
    return sha256(b"\x01" + left + right).digest()


def path(index: int, start: int, end: int, leaf: Leaf = leaf_of) -> list[bytes]:
    """PATH(index, D[start:end]): section 2.1.1; the index counts from ``start``."""
    if end - start == 1:
        return []
    split = _split(end - start)
    if index < split:
        return [*path(index, start, start + split, leaf), tree_head(start + split, end, leaf)]
    return [*path(index - split, start + split, end, leaf), tree_head(start, start + split, leaf)]


def proof(first: int, second: int, leaf: Leaf = leaf_of) -> list[bytes]:
    """PROOF(first, D[second]): section 2.1.2."""
    return _subproof(first, 0, second, leaf, whole=True)


def _subproof(first: int, start: int, end: int, leaf: Leaf, *, whole: bool) -> list[bytes]:
    if first == end - start:
        return [] if whole else [tree_head(start, end, leaf)]
    split = _split(end - start)
    if first <= split:
        rest = _subproof(first, start, start + split, leaf, whole=whole)
        return [*rest, tree_head(start + split, end, leaf)]
    rest = _subproof(first - split, start + split, end, leaf, whole=False)
    return [*rest, tree_head(start, start + split, leaf)]


def _split(count: int) -> int:
    """The largest power of two smaller than ``count``."""
    split = 1
    while split * 2 < count:
        split *= 2
    return split


class Tiles:
    """Tiles in memory, written by an edge as the sequencer writes them."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.edge = Edge()
        self.full: dict[tuple[int, int], bytes] = {}
        self.extend(leaves)

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Append leaves."""
        for leaf in leaves:
            self.full.update(self.edge.append(leaf))

    def tile(self, level: int, number: int) -> bytes:
        """A full tile, or the partial one at the right edge."""
        if (level, number) in self.full:
            return self.full[level, number]
        if level >= len(self.edge.levels):
            raise KeyError((level, number))
        return bytes(self.edge.levels[level])
