"""The tree that the verifier builds from entries, against RFC 6962 word for word."""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.audit.merkle import SHA256
from ledger.audit.tiles import tile_path, tiles_of
from ledger.audit.verifier.tree import WIDTH, Grown, leaves_of, parted, places, tile_name
from tests.audit.reference import Tiles, leaf_of, tree_head

#: Around a tile, several tiles, a tile of tiles; never so many that it takes long.
SIZES = [0, 1, 2, 3, 255, 256, 257, 511, 512, 700, 1024, 1279]


def grown(size: int) -> tuple[Grown, list[bytes], dict[tuple[int, int], bytes]]:
    """A tree of the reference's leaves, its last leaves, and every tile made."""
    tree, made = Grown(SHA256), {}
    leaves = [leaf_of(number) for number in range(size)]
    while len(leaves) >= WIDTH:
        made |= dict(tree.add(leaves[:WIDTH]))
        del leaves[:WIDTH]
    return tree, leaves, made


@pytest.mark.parametrize("size", SIZES)
def test_the_root_is_that_of_the_standard(size: int) -> None:
    tree, leaves, _ = grown(size)
    assert tree.root(leaves) == tree_head(0, size)


@pytest.mark.parametrize("size", SIZES)
def test_the_tiles_are_those_that_a_log_writes(size: int) -> None:
    tree, leaves, made = grown(size)
    written = Tiles(leaf_of(number) for number in range(size))
    assert made == written.full
    edges = dict(tree.edges(leaves))
    assert edges == {
        (level, size // WIDTH ** (level + 1)): bytes(hashes)
        for level, hashes in enumerate(written.edge.levels)
        if hashes
    }
    assert list(places(size)) == sorted(tiles_of(size))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1500), st.integers(0, WIDTH - 1))
def test_the_root_of_any_part_of_the_last_tile_is_that_of_the_standard(size: int, cut: int) -> None:
    tree, leaves, _ = grown(size)
    part = leaves[:cut]
    assert tree.root(part) == tree_head(0, tree.size + len(part))


def test_a_leaf_is_the_hash_of_its_entry_behind_a_nought() -> None:
    assert leaves_of([b"", b"a"], SHA256) == [sha256(b"\0" + e).digest() for e in (b"", b"a")]


@pytest.mark.parametrize("number", [0, 7, 999, 1000, 1234, 1_234_567, 999_999_999])
def test_a_tile_stands_where_the_standard_says(number: int) -> None:
    assert tile_name(1, number, WIDTH) == f"tile/1/{tile_path(number)}"
    assert tile_name("entries", number, 3) == f"tile/entries/{tile_path(number)}.p/3"


def test_the_hashes_of_a_tile_of_an_odd_length_are_not_hidden() -> None:
    assert parted(bytes(70)) == [bytes(32), bytes(32), bytes(6)]
