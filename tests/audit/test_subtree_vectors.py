"""The accumulated vectors of the draft on Merkle tree certificates (appendix C.1)."""

from collections.abc import Iterator
from hashlib import sha256

import pytest

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


@pytest.mark.skip(
    reason="consistency of a subtree that begins after leaf 0 with the tree, and covering"
    " subtrees, are of Merkle tree certificates alone: this log proves prefixes only"
)
@pytest.mark.parametrize("name", ["consistency", "covering"])
def test_what_this_log_does_not_prove(name: str) -> None:
    raise AssertionError(name)
