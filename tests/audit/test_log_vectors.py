"""Logs that others published: their checkpoints, tiles and proofs are ours."""

from itertools import combinations

import pytest

from ledger.audit.checkpoints import Checkpoint, read_checkpoint, verified_checkpoint
from ledger.audit.merkle import SHA256, verify_consistency, verify_inclusion
from ledger.audit.notes import NoteError, read_note, read_verifier
from ledger.audit.tiles import TiledTree, hashes, subtree_root, tile_path, tiles_of
from tests.audit import reference, vectors
from tests.audit.vectors import needs_vectors

pytestmark = needs_vectors

TESSERA = ("transparency-dev-tessera", "testdata", "log")
SUNLIGHT = ("sunlight", "cmd", "skylight", "testdata", "witness")
ROME = "000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706"
SIZES = range(16)


def tessera_checkpoint(name: str) -> Checkpoint:
    published = vectors.read_json("transparency-dev-tessera", "vkey.json")
    verifiers = [read_verifier(published["vkey"])]
    note = vectors.read(*TESSERA, name)
    checkpoint, _ = verified_checkpoint(note, published["origin"], verifiers)
    return checkpoint


def tessera_entries() -> list[bytes]:
    """The entries of the widest bundle: each after its length, two bytes, big-endian."""
    bundle = vectors.read(*TESSERA, "tile", "entries", "000.p", "15")
    entries = []
    while bundle:
        length = int.from_bytes(bundle[:2], "big")
        entries.append(bundle[2 : 2 + length])
        bundle = bundle[2 + length :]
    return entries


@pytest.fixture(scope="module")
def tessera() -> list[Checkpoint]:
    return [tessera_checkpoint(f"checkpoint.{size}") for size in SIZES]


@pytest.fixture(scope="module")
def leaves() -> list[bytes]:
    return [SHA256.leaf(entry) for entry in tessera_entries()]


@pytest.fixture(scope="module")
def tiles(leaves: list[bytes]) -> reference.Tiles:
    return reference.Tiles(leaves)


def test_every_checkpoint_of_tessera_is_signed(tessera: list[Checkpoint]) -> None:
    assert [checkpoint.size for checkpoint in tessera] == list(SIZES)
    assert tessera_checkpoint("checkpoint") == tessera[-1]


def test_a_checkpoint_of_tessera_under_another_size_is_refused() -> None:
    published = vectors.read_json("transparency-dev-tessera", "vkey.json")
    altered = vectors.read(*TESSERA, "checkpoint.7").replace(b"\n7\n", b"\n8\n")
    with pytest.raises(NoteError):
        verified_checkpoint(altered, published["origin"], [read_verifier(published["vkey"])])


def test_the_tree_over_tesseras_entries_has_its_roots(
    tessera: list[Checkpoint], tiles: reference.Tiles
) -> None:
    tree = TiledTree(15, tiles)
    assert [tree.root(size) for size in SIZES] == [checkpoint.root for checkpoint in tessera]


@pytest.mark.parametrize("width", SIZES[1:])
def test_partial_tiles_are_byte_for_byte_those_of_tessera(leaves: list[bytes], width: int) -> None:
    published = vectors.read(*TESSERA, "tile", "0", f"{tile_path(0)}.p", str(width))
    assert reference.Tiles(leaves[:width]).tile(0, 0) == published
    assert list(tiles_of(width)) == [(0, 0, width)]


def test_consistency_is_proved_between_all_checkpoints_of_tessera(
    tessera: list[Checkpoint], tiles: reference.Tiles
) -> None:
    tree, proved = TiledTree(15, tiles), 0
    for first, second in combinations(tessera[1:], 2):
        proof = tree.consistency(first.size, second.size)
        verify_consistency(first.size, second.size, proof, first.root, second.root)
        proved += 1
    assert proved == 15 * 14 // 2


def test_every_entry_of_tessera_is_proved_in_every_checkpoint_after_it(
    tessera: list[Checkpoint], leaves: list[bytes], tiles: reference.Tiles
) -> None:
    tree, proved = TiledTree(15, tiles), 0
    for checkpoint in tessera:
        for index in range(checkpoint.size):
            proof = tree.inclusion(index, checkpoint.size)
            verify_inclusion(index, checkpoint.size, leaves[index], proof, checkpoint.root)
            proved += 1
    assert proved == 15 * 16 // 2


def test_the_signed_note_of_the_specification_is_signed() -> None:
    example = vectors.read_json("c2sp", "signed-note-example.json")
    verifier = read_verifier(example["vkey"])
    note = read_note(example["note"].encode())
    assert note.text == "This is an example message.\n"
    assert note.signed_by([verifier]) == (verifier,)
    assert str(note) == example["note"]
    assert str(verifier) == example["vkey"]


@pytest.mark.parametrize("place", [(ROME,), ("mirror", ROME)], ids=["witness", "mirror"])
def test_checkpoints_of_sunlight_are_read_and_written_alike(place: tuple[str, ...]) -> None:
    data = vectors.read(*SUNLIGHT, *place, "checkpoint")
    note = read_note(data)
    checkpoint = read_checkpoint(note.text)
    assert (checkpoint.origin, checkpoint.size) == ("rome2026h1.example.org", 300)
    assert str(note).encode() == data
    assert str(checkpoint) == note.text


def test_the_tiles_of_sunlight_hash_to_the_root_of_its_checkpoint() -> None:
    folder = (*SUNLIGHT, "mirror", ROME)
    checkpoint = read_checkpoint(read_note(vectors.read(*folder, "checkpoint")).text)
    full = vectors.read(*folder, "tile", "0", tile_path(0))
    partial = vectors.read(*folder, "tile", "0", f"{tile_path(1)}.p", "44")
    upper = vectors.read(*folder, "tile", "1", f"{tile_path(0)}.p", "1")
    assert subtree_root(full) == upper
    tiles = reference.Tiles([*hashes(full), *hashes(partial)])
    assert [tiles.tile(0, 0), tiles.tile(0, 1), tiles.tile(1, 0)] == [full, partial, upper]
    assert TiledTree(checkpoint.size, tiles).root() == checkpoint.root
    assert tiles.edge.root() == checkpoint.root
