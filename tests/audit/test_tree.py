"""The tree by three ways — edge, compact range, tiles — is the tree of RFC 6962."""

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.audit.merkle import (
    CompactRange,
    HashUnavailableError,
    ProofError,
    tree_hash,
    verify_consistency,
    verify_inclusion,
)
from ledger.audit.tiles import Edge, TiledTree, tile_path, tiles_of
from tests.audit import reference
from tests.audit.reference import Tiles, leaf_of, tree_head

#: Sizes at which a tile, or a tile of tiles, becomes full.
CORNERS = [1, 2, 255, 256, 257, 511, 512, 513, 65535, 65536, 65537, 65793]
LARGEST = 66_000
SMALL = st.integers(0, 1100)
SIZES = SMALL | st.sampled_from(CORNERS) | st.integers(65_000, LARGEST)
TILES = Tiles(map(leaf_of, range(LARGEST)))


@st.composite
def ranges(draw: st.DrawFn) -> tuple[int, int]:
    """A number below a size, and the size."""
    size = draw(SIZES.filter(bool))
    return draw(st.integers(0, size - 1)), size


def test_edge_and_compact_range_have_the_root_where_tiles_fill() -> None:
    tiles, compact = Tiles(), CompactRange()
    for number in range(CORNERS[-1]):
        tiles.extend([leaf_of(number)])
        compact.append(leaf_of(number))
        if compact.size in CORNERS:
            assert {tiles.edge.root(), compact.root()} == {tree_head(0, compact.size)}


@given(SMALL)
@settings(max_examples=50, deadline=None)
def test_edge_and_compact_range_have_the_root_at_any_size(size: int) -> None:
    edge, compact = Tiles(map(leaf_of, range(size))).edge, CompactRange()
    for number in range(size):
        compact.append(leaf_of(number))
    assert {edge.root(), compact.root()} == {tree_head(0, size)}


@given(SIZES)
@settings(max_examples=60, deadline=None)
def test_tiles_have_the_root_of_every_size_up_to_theirs(size: int) -> None:
    assert TiledTree(LARGEST, TILES).root(size) == tree_head(0, size)


@given(st.integers(0, 600), st.integers(0, 600))
@settings(max_examples=30, deadline=None)
def test_an_edge_put_down_and_taken_up_again_goes_on_as_if_never(first: int, more: int) -> None:
    leaves = [leaf_of(number) for number in range(first + more)]
    tiles = Tiles(leaves[:first])
    tiles.edge = Edge(tiles.edge.size, [bytes(level) for level in tiles.edge.levels])
    tiles.extend(leaves[first:])
    whole = Tiles(leaves)
    assert tiles.edge.levels == whole.edge.levels
    assert tiles.full == whole.full


@given(st.integers(0, 600), st.integers(0, 600))
@settings(max_examples=30, deadline=None)
def test_a_compact_range_put_down_and_taken_up_again_goes_on(first: int, more: int) -> None:
    compact = CompactRange()
    for number in range(first):
        compact.append(leaf_of(number))
    again = CompactRange(size=compact.size, roots=compact.roots)
    for number in range(first, first + more):
        again.append(leaf_of(number))
    assert (again.size, again.root()) == (first + more, tree_head(0, first + more))


@given(ranges())
@settings(max_examples=70, deadline=None)
def test_inclusion_proofs_are_those_of_the_definition_and_prove(place: tuple[int, int]) -> None:
    index, size = place
    proof = TiledTree(LARGEST, TILES).inclusion(index, size)
    assert proof == reference.path(index, 0, size)
    verify_inclusion(index, size, leaf_of(index), proof, tree_head(0, size))


@given(ranges())
@settings(max_examples=70, deadline=None)
def test_consistency_proofs_are_those_of_the_definition_and_prove(place: tuple[int, int]) -> None:
    first, second = place[0] + 1, place[1]
    proof = TiledTree(LARGEST, TILES).consistency(first, second)
    assert proof == reference.proof(first, second)
    verify_consistency(first, second, proof, tree_head(0, first), tree_head(0, second))


@given(st.integers(0, 16), st.integers(0, LARGEST), st.integers(1, 1 << 16))
@settings(max_examples=70, deadline=None)
def test_the_root_of_a_subtree_is_that_over_its_leaves(level: int, number: int, size: int) -> None:
    width = 1 << level
    start = number % (LARGEST // width) * width
    end = min(start + min(size, width), LARGEST)
    assert TiledTree(LARGEST, TILES).range_root(start, end) == tree_head(start, end)


def test_the_tree_without_leaves_proves_nothing() -> None:
    empty = TiledTree(0, Tiles())
    assert empty.root() == Edge().root() == CompactRange().root() == tree_head(0, 0)
    with pytest.raises(ProofError):
        empty.inclusion(0)
    with pytest.raises(ProofError):
        empty.consistency(0, 0)


@pytest.mark.parametrize(("index", "size"), [(-1, 8), (8, 8), (9, 8), (0, 0), (0, -1), (3, 11)])
def test_no_inclusion_is_proved_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(ProofError):
        TiledTree(10, TILES).inclusion(index, size)


@pytest.mark.parametrize(("first", "second"), [(0, 5), (-1, 5), (6, 5), (3, 11), (0, 0)])
def test_no_consistency_is_proved_from_nothing_backwards_or_beyond(first: int, second: int) -> None:
    with pytest.raises(ProofError):
        TiledTree(10, TILES).consistency(first, second)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 65536, 66000])
def test_an_edge_that_does_not_fit_its_size_is_refused(size: int) -> None:
    levels = [bytes(level) for level in Tiles(map(leaf_of, range(size))).edge.levels]
    Edge(size, levels)
    wrong = [[], levels[:-1], [*levels, b""], [levels[0] + bytes(32), *levels[1:]]]
    for each in wrong:
        with pytest.raises(ValueError, match="edge"):
            Edge(size, each)
    for other in (size - 1, size + 1):
        with pytest.raises(ValueError, match="edge"):
            Edge(other, levels)


def test_a_compact_range_that_does_not_fit_its_size_is_refused() -> None:
    with pytest.raises(ValueError, match="compact range"):
        CompactRange(size=3, roots=[bytes(32)])


def test_a_tree_whose_tile_is_cut_short_proves_nothing() -> None:
    tiles = Tiles(map(leaf_of, range(300)))
    tiles.full[0, 0] = tiles.full[0, 0][:-32]
    with pytest.raises(ProofError):
        TiledTree(300, tiles).inclusion(254)


@given(SIZES)
@settings(max_examples=50, deadline=None)
def test_the_tiles_of_a_size_are_those_written_for_it(size: int) -> None:
    expected = {}
    level, width = 0, size
    while width:
        expected |= {(level, number): 256 for number in range(width // 256)}
        if width % 256:
            expected[level, width // 256] = width % 256
        level, width = level + 1, width // 256
    assert {(level, number): width for level, number, width in tiles_of(size)} == expected
    for level, number in islice(expected, 300):
        assert len(TILES.tile(level, number)) >= expected[level, number]


def test_tile_numbers_are_written_in_groups_of_three_digits() -> None:
    numbers = [0, 67, 999, 1000, 1234067, 1_000_000_000]
    written = ["000", "067", "999", "x001/000", "x001/x234/067", "x001/x000/x000/000"]
    assert [tile_path(number) for number in numbers] == written


def test_a_hash_that_is_not_offered_is_named() -> None:
    with pytest.raises(HashUnavailableError):
        tree_hash("md5")
