"""The tree of RFC 6962 built tile by tile from entry bytes, as an auditor builds it again."""

from collections.abc import Iterator, Sequence

from ledger.audit.merkle import LEAF, NODE, TreeHash

WIDTH = 256
HASH = 32

#: A tile's level and its number on that level.
Place = tuple[int, int]


def leaves_of(entries: Sequence[bytes], hasher: TreeHash) -> list[bytes]:
    """The leaf hashes of entries."""
    function = hasher.function
    return [function(LEAF + entry).digest() for entry in entries]


def root_of(hashes: Sequence[bytes], hasher: TreeHash) -> bytes:
    """The root over a power of two of hashes."""
    function, layer = hasher.function, hashes
    while len(layer) > 1:
        each = iter(layer)
        layer = [
            function(NODE + one + other).digest() for one, other in zip(each, each, strict=True)
        ]
    return layer[0]


def _perfect(hashes: Sequence[bytes], hasher: TreeHash) -> Iterator[bytes]:
    """The roots of the largest perfect subtrees of less than a tile, from the left."""
    at = 0
    while at < len(hashes):
        width = 1 << ((len(hashes) - at).bit_length() - 1)
        yield root_of(hashes[at : at + width], hasher)
        at += width


class Grown:
    """A tree grown by whole tiles of leaves; only its right edge is held."""

    def __init__(self, hasher: TreeHash) -> None:
        self._hash = hasher
        self._upper: list[list[bytes]] = []
        self.size = 0

    def add(self, leaves: Sequence[bytes]) -> Iterator[tuple[Place, bytes]]:
        """Add a full tile of leaves; the tiles that become full, from the lowest level up."""
        number, level, hashes = self.size // WIDTH, 0, list(leaves)
        self.size += WIDTH
        while True:
            yield (level, number), b"".join(hashes)
            root = root_of(hashes, self._hash)
            if level == len(self._upper):
                self._upper.append([])
            edge = self._upper[level]
            edge.append(root)
            if len(edge) < WIDTH:
                return
            self._upper[level] = []
            number, level, hashes = number // WIDTH, level + 1, edge

    def edges(self, leaves: Sequence[bytes]) -> Iterator[tuple[Place, bytes]]:
        """The partial tiles of the tree with these leaves, less than a tile of them, at its end."""
        size = self.size + len(leaves)
        for level, hashes in enumerate([leaves, *self._upper]):
            if hashes:
                yield (level, size // WIDTH ** (level + 1)), b"".join(hashes)

    def root(self, leaves: Sequence[bytes] = ()) -> bytes:
        """The root of the tree with these leaves, less than a tile of them, at its end."""
        root = None
        for hashes in [leaves, *self._upper]:
            for each in reversed(list(_perfect(hashes, self._hash))):
                root = each if root is None else self._hash.node(each, root)
        return self._hash.empty if root is None else root


def places(size: int) -> Iterator[tuple[int, int, int]]:
    """Level, number and width of every tile of a tree of ``size`` leaves, lowest level first."""
    level = 0
    while size:
        full, partial = divmod(size, WIDTH)
        yield from ((level, number, WIDTH) for number in range(full))
        if partial:
            yield level, full, partial
        size, level = full, level + 1


def tile_name(level: int | str, number: int, width: int) -> str:
    """Where a tile, or with the level ``entries`` a bundle of entries, stands (tlog-tiles)."""
    groups = [f"{number % 1000:03}"]
    while number >= 1000:  # noqa: PLR2004 -- groups of three digits
        number //= 1000
        groups.append(f"x{number % 1000:03}")
    partial = f".p/{width}" if width < WIDTH else ""
    return f"tile/{level}/{'/'.join(reversed(groups))}{partial}"


def parted(tile: bytes) -> list[bytes]:
    """The hashes of a tile; one of another length than 32 bytes is not hidden."""
    return [tile[at : at + HASH] for at in range(0, len(tile), HASH)]
