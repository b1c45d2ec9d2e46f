"""Proofs that others made to be accepted or refused, and the roots that every log agrees on."""

from typing import Any

import pytest

from ledger.audit.merkle import (
    HASH_BYTES,
    SHA256,
    CompactRange,
    ProofError,
    verify_consistency,
    verify_inclusion,
)
from ledger.audit.tiles import Edge, TiledTree
from tests.audit import vectors
from tests.audit.reference import Tiles
from tests.audit.vectors import needs_vectors, proof, raw

CASES = 98

#: Roots of the trees of 0 to 8 leaves over the entries below, as every RFC 6962 log has them.
ENTRIES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def roots_by_each_way(entries: list[bytes]) -> set[bytes]:
    leaves = [SHA256.leaf(entry) for entry in entries]
    compact, edge = CompactRange(), Edge()
    for leaf in leaves:
        compact.append(leaf)
        assert list(edge.append(leaf)) == []
    return {compact.root(), edge.root(), TiledTree(len(leaves), Tiles(leaves)).root()}


@pytest.mark.parametrize("size", range(9))
def test_the_first_nine_roots_are_those_of_every_log(size: int) -> None:
    entries = [bytes.fromhex(entry) for entry in ENTRIES[:size]]
    assert roots_by_each_way(entries) == {bytes.fromhex(ROOTS[size])}


@needs_vectors
def test_the_nine_roots_stated_here_are_those_of_the_vectors() -> None:
    published = vectors.read_json("transparency-dev-merkle", "rfc6962_roots.json")
    assert (published["leaf_inputs_hex"], published["roots_by_size_hex"]) == (ENTRIES, ROOTS)


@needs_vectors
@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_every_case_of_the_vectors_is_run(kind: str) -> None:
    assert len(vectors.cases(kind)) == CASES


@needs_vectors
@pytest.mark.parametrize("case", vectors.cases("inclusion"))
def test_an_inclusion_proof_is_accepted_or_refused_as_published(case: dict[str, Any]) -> None:
    leaf, root = raw(case, "leafHash"), raw(case, "root")
    refused = case["wantErr"] or {len(leaf), len(root)} != {HASH_BYTES}
    try:
        verify_inclusion(case["leafIdx"], case["treeSize"], leaf, proof(case), root)
    except ProofError:
        assert refused
    else:
        assert not refused


@needs_vectors
@pytest.mark.parametrize("case", vectors.cases("consistency"))
def test_a_consistency_proof_is_accepted_or_refused_as_published(case: dict[str, Any]) -> None:
    roots = raw(case, "root1"), raw(case, "root2")
    refused = case["wantErr"] or {len(root) for root in roots} != {HASH_BYTES}
    try:
        verify_consistency(case["size1"], case["size2"], proof(case), *roots)
    except ProofError:
        assert refused
    else:
        assert not refused
