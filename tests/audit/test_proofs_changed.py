"""A proof changed in any way, or used for anything else, proves nothing."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ledger.audit.merkle import SHA256, ProofError, verify_consistency, verify_inclusion
from tests.audit import reference
from tests.audit.reference import leaf_of, tree_head

Change = Callable[[list[bytes], st.DataObject], list[bytes]]
Place = tuple[int, int]


def place(data: st.DataObject, name: str, length: int) -> int:
    """A place in a proof; the example is given up where there is none."""
    assume(length > 0)
    return data.draw(st.integers(0, length - 1), label=name)


def flipped(hashes: list[bytes], data: st.DataObject) -> list[bytes]:
    at, bit = place(data, "hash", len(hashes)), data.draw(st.integers(0, 255), label="bit")
    changed = bytearray(hashes[at])
    changed[bit // 8] ^= 1 << bit % 8
    return [*hashes[:at], bytes(changed), *hashes[at + 1 :]]


def dropped(hashes: list[bytes], data: st.DataObject) -> list[bytes]:
    at = place(data, "hash", len(hashes))
    return [*hashes[:at], *hashes[at + 1 :]]


def doubled(hashes: list[bytes], data: st.DataObject) -> list[bytes]:
    at = place(data, "hash", len(hashes))
    return [*hashes[: at + 1], *hashes[at:]]


def swapped(hashes: list[bytes], data: st.DataObject) -> list[bytes]:
    assume(len(hashes) > 1)
    at = place(data, "hash", len(hashes) - 1)
    return [*hashes[:at], hashes[at + 1], hashes[at], *hashes[at + 2 :]]


def one_more_before(hashes: list[bytes], data: st.DataObject) -> list[bytes]:
    return [data.draw(st.binary(min_size=32, max_size=32), label="more"), *hashes]


def one_more_after(hashes: list[bytes], data: st.DataObject) -> list[bytes]:
    return [*hashes, data.draw(st.binary(min_size=32, max_size=32), label="more")]


def longer_hash(hashes: list[bytes], data: st.DataObject) -> list[bytes]:
    at = place(data, "hash", len(hashes))
    return [*hashes[:at], hashes[at] + b"\0", *hashes[at + 1 :]]


def shorter_hash(hashes: list[bytes], data: st.DataObject) -> list[bytes]:
    at = place(data, "hash", len(hashes))
    return [*hashes[:at], hashes[at][:-1], *hashes[at + 1 :]]


def emptied(hashes: list[bytes], _: st.DataObject) -> list[bytes]:
    assume(hashes)
    return []


CHANGES = [
    flipped,
    dropped,
    doubled,
    swapped,
    one_more_before,
    one_more_after,
    longer_hash,
    shorter_hash,
    emptied,
]


@st.composite
def places(draw: st.DrawFn) -> Place:
    size = draw(st.integers(1, 70) | st.sampled_from([255, 256, 257, 65535, 65536, 65537]))
    return draw(st.integers(0, size - 1)), size


def included(index: int, size: int, proof: Sequence[bytes], root: bytes | None = None) -> bool:
    """Whether the proof is accepted for the leaf of that index."""
    try:
        verify_inclusion(index, size, leaf_of(index), proof, root or tree_head(0, size))
    except ProofError:
        return False
    return True


def consistent(first: int, second: int, proof: Sequence[bytes]) -> bool:
    """Whether the proof is accepted for the trees of these sizes."""
    roots = tree_head(0, max(first, 0)), tree_head(0, max(second, 0))
    try:
        verify_consistency(first, second, proof, *roots)
    except ProofError:
        return False
    return True


@pytest.mark.parametrize("change", CHANGES)
@given(places(), st.data())
@settings(max_examples=30, deadline=None)
def test_an_inclusion_proof_changed_is_refused(
    change: Change, where: Place, data: st.DataObject
) -> None:
    index, size = where
    proof = reference.path(index, 0, size)
    assert included(index, size, proof)
    assert not included(index, size, change(proof, data))


@pytest.mark.parametrize("change", CHANGES)
@given(places(), st.data())
@settings(max_examples=30, deadline=None)
def test_a_consistency_proof_changed_is_refused(
    change: Change, where: Place, data: st.DataObject
) -> None:
    first, second = where[0] + 1, where[1]
    proof = reference.proof(first, second)
    assert consistent(first, second, proof)
    assert not consistent(first, second, change(proof, data))


@given(places())
@settings(max_examples=60, deadline=None)
def test_a_proof_too_long_is_refused_even_for_the_root_that_it_leads_to(where: Place) -> None:
    index, size = where
    more, root = leaf_of(7), tree_head(0, size)
    inclusion = [*reference.path(index, 0, size), more]
    with pytest.raises(ProofError, match="long"):
        verify_inclusion(index, size, leaf_of(index), inclusion, SHA256.node(more, root))
    assume(index + 1 < size)
    consistency = [*reference.proof(index + 1, size), more]
    first = SHA256.node(more, tree_head(0, index + 1))
    with pytest.raises(ProofError, match="long"):
        verify_consistency(index + 1, size, consistency, first, SHA256.node(more, root))


@given(places(), st.integers(-2, 70_000))
@settings(max_examples=60, deadline=None)
def test_a_proof_of_one_leaf_proves_no_other(where: Place, other: int) -> None:
    index, size = where
    assume(other != index)
    proof, root = reference.path(index, 0, size), tree_head(0, size)
    with pytest.raises(ProofError):
        verify_inclusion(other, size, leaf_of(index), proof, root)
    with pytest.raises(ProofError):
        verify_inclusion(index, size, leaf_of(other), proof, root)


@given(places(), st.integers(1, 70))
@settings(max_examples=60, deadline=None)
def test_a_proof_for_one_root_proves_nothing_for_another(where: Place, other: int) -> None:
    index, size = where
    assume(other != size)
    assert not included(index, size, reference.path(index, 0, size), tree_head(0, other))


@given(places(), st.integers(-2, 70_000))
@settings(max_examples=60, deadline=None)
def test_a_consistency_proof_serves_no_other_pair_of_sizes(where: Place, other: int) -> None:
    first, second = where[0] + 1, where[1]
    proof = reference.proof(first, second)
    if other != first:
        assert not consistent(other, second, proof)
    if other not in {first, second}:
        assert not consistent(first, min(other, 66_000), proof)


@given(places(), st.integers(0, 255))
@settings(max_examples=50, deadline=None)
def test_a_root_altered_in_one_bit_is_refused_on_either_side(where: Place, bit: int) -> None:
    first, second = where[0] + 1, where[1]
    proof = reference.proof(first, second)
    roots = tree_head(0, first), tree_head(0, second)
    for side in (0, 1):
        changed = [bytearray(root) for root in roots]
        changed[side][bit // 8] ^= 1 << bit % 8
        with pytest.raises(ProofError):
            verify_consistency(first, second, proof, bytes(changed[0]), bytes(changed[1]))


@pytest.mark.parametrize("second", [0, 1, 2, 8])
@pytest.mark.parametrize("proof", [[], [tree_head(0, 8)], [tree_head(0, 0)]])
def test_from_the_empty_tree_nothing_is_proved(second: int, proof: list[bytes]) -> None:
    assert not consistent(0, second, proof)


@pytest.mark.parametrize(("first", "second"), [(5, 4), (1, 0), (-1, 4), (-4, -1), (4, -1)])
def test_sizes_out_of_order_are_refused(first: int, second: int) -> None:
    assert not consistent(first, second, [])
    assert not consistent(first, second, reference.proof(3, 7))


def test_a_tree_is_consistent_with_itself_without_a_proof_and_with_none_else() -> None:
    assert consistent(5, 5, [])
    assert not consistent(5, 5, [tree_head(0, 5)])
    with pytest.raises(ProofError):
        verify_consistency(5, 5, [], tree_head(0, 5), tree_head(0, 4))


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_roots_and_leaves_are_32_bytes(length: int) -> None:
    short, root = bytes(length), tree_head(0, 1)
    for leaf, head in ((short, root), (leaf_of(0), short), (short, short)):
        with pytest.raises(ProofError):
            verify_inclusion(0, 1, leaf, [], head)
    for first, second in ((short, root), (root, short), (short, short)):
        with pytest.raises(ProofError):
            verify_consistency(1, 1, [], first, second)
