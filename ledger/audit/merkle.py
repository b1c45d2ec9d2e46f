"""The Merkle tree of RFC 6962, section 2: hashes, compact ranges, and the checking of proofs.

Sizes and indices are numbers of leaves; every hash is 32 bytes (SHA-256, or SM3 for a twin tree).
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

HASH_BYTES = 32
LEAF, NODE = b"\x00", b"\x01"


class ProofError(ValueError):
    """A proof that proves nothing; the message says what is wrong with it."""


class HashUnavailableError(RuntimeError):
    """The hash that the tree is built with is not offered by OpenSSL here."""


@dataclass(frozen=True, slots=True)
class TreeHash:
    """A tree's hash function, with leaves and nodes kept apart by their first byte."""

    name: str
    function: Callable[[bytes], "hashlib._Hash"]

    def leaf(self, entry: bytes) -> bytes:
        """Hash of an entry as a leaf: H(00 || entry)."""
        return self.function(LEAF + entry).digest()

    def node(self, left: bytes, right: bytes) -> bytes:
        """Hash of two subtrees: H(01 || left || right)."""
        return self.function(NODE + left + right).digest()

    @property
    def empty(self) -> bytes:
        """Root of the tree without leaves: H()."""
        return self.function(b"").digest()


SHA256 = TreeHash("sha256", hashlib.sha256)


def tree_hash(name: str) -> TreeHash:
    """The hash of a tree by name, ``sha256`` or ``sm3``; HashUnavailableError where it is not."""
    if name == SHA256.name:
        return SHA256
    if name != "sm3":
        raise HashUnavailableError(name)
    try:
        hashlib.new(name)
    except ValueError:
        raise HashUnavailableError(
            "hashlib has no sm3 here: OpenSSL was built without it"
        ) from None
    return TreeHash(name, lambda data: hashlib.new(name, data))


class CompactRange:
    """The roots of the perfect subtrees that cover the first ``size`` leaves, largest first."""

    def __init__(
        self, hasher: TreeHash = SHA256, size: int = 0, roots: Iterable[bytes] = ()
    ) -> None:
        self._hash = hasher
        self.size = size
        self._roots = list(roots)
        if len(self._roots) != size.bit_count():
            raise ValueError("a compact range has one root for each bit of its size")

    @property
    def roots(self) -> tuple[bytes, ...]:
        """The subtree roots, largest subtree first."""
        return tuple(self._roots)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        carried, size = leaf, self.size
        while size & 1:
            carried = self._hash.node(self._roots.pop(), carried)
            size >>= 1
        self._roots.append(carried)
        self.size += 1

    def root(self) -> bytes:
        """The root of the tree of these leaves."""
        if not self._roots:
            return self._hash.empty
        *larger, root = self._roots
        for left in reversed(larger):
            root = self._hash.node(left, root)
        return root


def check_hashes(hashes: Sequence[bytes]) -> None:
    """Every hash of a proof is 32 bytes."""
    if any(len(each) != HASH_BYTES for each in hashes):
        raise ProofError("a hash is not 32 bytes")


def root_from_inclusion(
    index: int, size: int, leaf: bytes, proof: Sequence[bytes], hasher: TreeHash = SHA256
) -> bytes:
    """The root that an inclusion proof leads to (RFC 9162, section 2.1.3.2).

    ``size`` must come from a verified checkpoint: a proof often fits a neighbouring size too.
    """
    check_hashes([leaf, *proof])
    if not 0 <= index < size:
        raise ProofError("the index is not below the size")
    fn, sn, root = index, size - 1, leaf
    for each in proof:
        if sn == 0:
            raise ProofError("the proof is too long")
        if fn & 1 or fn == sn:
            root = hasher.node(each, root)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            root = hasher.node(root, each)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0:
        raise ProofError("the proof is too short")
    return root


def verify_inclusion(
    index: int,
    size: int,
    leaf: bytes,
    proof: Sequence[bytes],
    root: bytes,
    hasher: TreeHash = SHA256,
) -> None:
    """ProofError unless the leaf hash stands at ``index`` of the tree with that size and root."""
    check_hashes([root])
    if root_from_inclusion(index, size, leaf, proof, hasher) != root:
        raise ProofError("the proof leads to another root")


def verify_consistency(
    first: int,
    second: int,
    proof: Sequence[bytes],
    first_root: bytes,
    second_root: bytes,
    hasher: TreeHash = SHA256,
) -> None:
    """ProofError unless the tree of ``first`` leaves is a prefix of that of ``second``.

    RFC 9162, section 2.1.4.2. From an empty tree nothing can be proved, and nothing is.
    """
    check_hashes([first_root, second_root, *proof])
    if not 0 <= first <= second:
        raise ProofError("the sizes are out of order")
    if first == 0:
        raise ProofError("consistency with an empty tree proves nothing")
    if first == second:
        if proof or first_root != second_root:
            raise ProofError("one size has two roots")
        return
    if not proof:
        raise ProofError("the proof is too short")
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    _walk_consistency(first, second, path, (first_root, second_root), hasher)


def _walk_consistency(
    first: int, second: int, path: list[bytes], roots: tuple[bytes, bytes], hasher: TreeHash
) -> None:
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old = new = path[0]
    for each in path[1:]:
        if sn == 0:
            raise ProofError("the proof is too long")
        if fn & 1 or fn == sn:
            old, new = hasher.node(each, old), hasher.node(each, new)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            new = hasher.node(new, each)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0:
        raise ProofError("the proof is too short")
    if (old, new) != roots:
        raise ProofError("the proof leads to other roots")
