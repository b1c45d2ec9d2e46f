"""The accumulated vectors of the draft on Merkle tree certificates (appendix C.1)."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256

from ledger.audit.merkle import SHA256
from ledger.audit.tiles import TiledTree
from tests.audit import vectors
from tests.audit.reference import Tiles
from tests.audit.vectors import needs_vectors

pytestmark = needs_vectors

LEAVES = [SHA256.leaf(bytes([number])) for number in range(130)]


def subtrees() -> Iterator[tuple[int, int]]:
    """Every range that begins at a multiple of its width rounded up to a power of two."""
    for end in range(len(LEAVES) + 1):
        for start in range(end + 1):
            width = end - start
            if width == 0 or start % (1 << (width - 1).bit_length()) == 0:
                yield start, end


def expected(name: str) -> str:
    said = vectors.read_json("mtc-draft", "accumulated.json")
    assert said["max"] == len(LEAVES)
    return str(said[name])


def test_every_subtree_has_its_root() -> None:
    tree, told = TiledTree(len(LEAVES), Tiles(LEAVES)), sha256()
    for start, end in subtrees():
        told.update(f"[{start}, {end}) {tree.range_root(start, end).hex()}\n".encode())
    assert told.hexdigest() == expected("hashes")


def test_every_leaf_is_proved_in_every_subtree_that_holds_it() -> None:
    told = sha256()
    for start, end in subtrees():
        tree = TiledTree(end - start, Tiles(LEAVES[start:end]))
        for index in range(start, end):
            proof = "".join(f" {each.hex()}" for each in tree.inclusion(index - start))
            told.update(f"{index} [{start}, {end}){proof}\n".encode())
    assert told.hexdigest() == expected("inclusion")


ROOTS = TiledTree(len(LEAVES), Tiles(LEAVES))


@cache
def root(start: int, end: int) -> bytes:
    """The root over a range of the leaves, as the log's tree has it."""
    return ROOTS.range_root(start, end)


def subtree_proof(subtree: tuple[int, int], within: tuple[int, int], *, known: bool) -> list[bytes]:
    """What leads from a subtree to the tree around it, by the draft's recursion (section 4.4)."""
    if subtree == within:
        return [] if known else [root(*within)]
    (start, end), (first, last) = subtree, within
    middle = first + (1 << ((last - first - 1).bit_length() - 1))
    if end <= middle:
        return [*subtree_proof(subtree, (first, middle), known=known), root(middle, last)]
    if middle <= start:
        return [*subtree_proof(subtree, (middle, last), known=known), root(first, middle)]
    return [*subtree_proof((middle, end), (middle, last), known=False), root(first, middle)]


def covering(start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two subtrees, the second perhaps empty, that cover a range (section 4.5)."""
    if end - start <= 1:
        return (start, end), (end, end)
    split = (start ^ (end - 1)).bit_length() - 1
    below = (1 << split) - 1
    middle = (end - 1) & ~below
    left = start & ~((1 << (~start & below).bit_length()) - 1)
    return (left, middle), (middle, end)


def test_every_subtree_is_proved_to_be_of_every_tree_that_holds_it() -> None:
    told, found = sha256(), sorted(subtrees(), key=lambda each: (each[1], each[0]))
    for size in range(len(LEAVES) + 1):
        for start, end in found:
            if end > size:
                break
            hashes = [] if start == end else subtree_proof((start, end), (0, size), known=True)
            proof = "".join(f" {each.hex()}" for each in hashes)
            told.update(f"[{start}, {end}) {size}{proof}\n".encode())
    assert told.hexdigest() == expected("consistency")


def test_every_range_is_covered_by_two_subtrees() -> None:
    told = sha256()
    for end in range(len(LEAVES) + 1):
        for start in range(end + 1):
            said = " ".join(f"[{one}, {other})" for one, other in covering(start, end))
            told.update(f"{said}\n".encode())
    assert told.hexdigest() == expected("covering")
