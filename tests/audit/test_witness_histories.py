"""Whatever is asked of a witness in whatever order, what it cosigned is one history."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.audit.add_checkpoint import AddCheckpoint
from ledger.audit.checkpoints import Checkpoint
from ledger.audit.merkle import SHA256
from ledger.audit.notes import Note, Signer
from ledger.audit.tiles import TiledTree
from ledger.audit.witness import TrustedLog, WillNotCosignError, Witness, WitnessState
from tests.audit.reference import Tiles

LOG = Signer("log.test", Ed25519PrivateKey.from_private_bytes(bytes(32)))
WITNESS = Signer("witness.test", Ed25519PrivateKey.from_private_bytes(bytes([1]) * 32))
#: Two histories of one log that are the same up to here, and the greatest size of either.
COMMON, GREATEST = 5, 12
NOW = datetime(2026, 1, 5, tzinfo=UTC)


def leaves(name: str) -> list[bytes]:
    return [
        SHA256.leaf(f"{name if at >= COMMON else 'same'} {at}".encode()) for at in range(GREATEST)
    ]


TREES = {name: TiledTree(GREATEST, Tiles(leaves(name))) for name in "AB"}
HISTORIES = {
    name: {size: tree.root(size) for size in range(GREATEST + 1)} for name, tree in TREES.items()
}


def asked(name: str, old: int, size: int, *, proven: bool) -> bytes:
    """A request of the log, which signs whatever it likes."""
    text = str(Checkpoint(LOG.name, size, HISTORIES[name][size]))
    proof = TREES[name].consistency(old, size) if proven and 0 < old < size else []
    note = str(Note(text, (LOG.sign(text),))).encode()
    return bytes(AddCheckpoint(old, tuple(proof), note))


@given(
    st.lists(
        st.tuples(
            st.sampled_from("AB"),
            st.integers(0, GREATEST),
            st.integers(0, GREATEST),
            st.booleans(),
        ),
        max_size=25,
    )
)
@settings(max_examples=25, deadline=None)
def test_what_a_witness_cosigned_is_one_history_and_never_shorter(
    requests: list[tuple[str, int, int, bool]],
) -> None:
    cosigned: list[tuple[int, bytes]] = []
    with TemporaryDirectory() as folder:
        state = WitnessState(Path(folder))
        trusted = {LOG.name: TrustedLog((LOG.verifier,))}
        witness = Witness(WITNESS, trusted, state, lambda: NOW)
        for name, behind, size, knows in requests:
            last = cosigned[-1][0] if cosigned else 0
            old = last if knows else behind
            try:
                witness.add_checkpoint(asked(name, old, size, proven=knows or behind % 2 == 0))
            except WillNotCosignError:
                continue
            assert old == last
            cosigned.append((size, HISTORIES[name][size]))
    sizes = [size for size, _ in cosigned]
    assert sizes == sorted(sizes)
    assert any(
        all(history[size] == root for size, root in cosigned) for history in HISTORIES.values()
    )
