"""Checkpoints: one spelling each, of one log, signed by that log."""

from base64 import b64encode
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit.checkpoints import Checkpoint, read_checkpoint, verified_checkpoint
from ledger.audit.notes import Note, NoteError, Signer

LOG = Signer("example.gov.cn/台账", Ed25519PrivateKey.from_private_bytes(b"l" * 32))
OTHER = Signer("example.org/log", Ed25519PrivateKey.from_private_bytes(b"o" * 32))
ROOT = sha256(b"root").digest()
ENCODED = b64encode(ROOT).decode()
LINE = st.text(st.characters(codec="utf-8", min_codepoint=0x20), min_size=1, max_size=12)


def signed(text: str, *signers: Signer) -> bytes:
    return str(Note(text, tuple(signer.sign(text) for signer in signers))).encode()


@given(
    LINE,
    st.integers(0, 2**63 - 1),
    st.binary(min_size=32, max_size=32),
    st.lists(LINE, max_size=3).map(tuple),
)
def test_a_checkpoint_written_is_read_back(
    origin: str, size: int, root: bytes, extensions: tuple[str, ...]
) -> None:
    checkpoint = Checkpoint(origin, size, root, extensions)
    assert read_checkpoint(str(checkpoint)) == checkpoint


def test_a_checkpoint_is_three_lines() -> None:
    assert str(Checkpoint(LOG.name, 12, ROOT)) == f"{LOG.name}\n12\n{ENCODED}\n"


@pytest.mark.parametrize(
    "size",
    [
        *("+1", "-1", "-0", "00", "01", "1_000", " 1", "1 ", "1.0", "1e3", "0x1", "", "一"),
        *("１", "١", "9" * 20, "1\u00a0", "1,000", "None"),
    ],
)
def test_a_size_is_spelled_in_one_way(size: str) -> None:
    with pytest.raises(NoteError):
        read_checkpoint(f"{LOG.name}\n{size}\n{ENCODED}\n")


@pytest.mark.parametrize("length", [0, 1, 31, 33, 64])
def test_a_root_is_32_bytes(length: int) -> None:
    with pytest.raises(NoteError):
        read_checkpoint(f"{LOG.name}\n1\n{b64encode(bytes(length)).decode()}\n")


@pytest.mark.parametrize(
    "root",
    [
        ENCODED.rstrip("="),
        f"{ENCODED}=",
        f" {ENCODED}",
        f"{ENCODED} ",
        f"{'A' * 42}B=",
        f"{'_' * 43}=",
        ROOT.hex(),
        "é" * 44,
    ],
)
def test_a_root_is_canonical_base64(root: str) -> None:
    with pytest.raises(NoteError):
        read_checkpoint(f"{LOG.name}\n1\n{root}\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        f"{LOG.name}\n",
        f"{LOG.name}\n1\n",
        f"\n1\n{ENCODED}\n",
        f"{LOG.name}\n\n1\n{ENCODED}\n",
        f"{LOG.name}\n1\n\n{ENCODED}\n",
        f"{LOG.name}\n1\n{ENCODED}\n\n",
        f"{LOG.name}\n1\n{ENCODED}\n\nmore\n",
        f"1\n{ENCODED}\n{LOG.name}\n",
    ],
)
def test_lines_missing_empty_or_out_of_order_are_no_checkpoint(text: str) -> None:
    with pytest.raises(NoteError):
        read_checkpoint(text)


def test_a_checkpoint_of_this_log_signed_by_it_is_accepted() -> None:
    expected = Checkpoint(LOG.name, 7, ROOT)
    data = signed(str(expected), OTHER, LOG)
    checkpoint, note = verified_checkpoint(data, LOG.name, [LOG.verifier])
    assert checkpoint == expected
    assert str(note).encode() == data


def test_a_checkpoint_of_another_origin_is_refused() -> None:
    data = signed(str(Checkpoint(OTHER.name, 7, ROOT)), LOG, OTHER)
    with pytest.raises(NoteError, match="another log"):
        verified_checkpoint(data, LOG.name, [LOG.verifier, OTHER.verifier])


def test_a_checkpoint_that_only_others_signed_is_refused() -> None:
    data = signed(str(Checkpoint(LOG.name, 7, ROOT)), OTHER)
    with pytest.raises(NoteError, match="itself"):
        verified_checkpoint(data, LOG.name, [LOG.verifier, OTHER.verifier])


def test_a_checkpoint_signed_by_another_key_of_the_same_name_is_refused() -> None:
    imposter = Signer(LOG.name, OTHER.private)
    data = signed(str(Checkpoint(LOG.name, 7, ROOT)), imposter)
    with pytest.raises(NoteError):
        verified_checkpoint(data, LOG.name, [LOG.verifier])


def test_a_signed_note_that_is_no_checkpoint_is_refused() -> None:
    with pytest.raises(NoteError):
        verified_checkpoint(signed(f"{LOG.name}\n07\n{ENCODED}\n", LOG), LOG.name, [LOG.verifier])


@given(st.data())
def test_a_checkpoint_altered_in_one_bit_is_refused(data: st.DataObject) -> None:
    note = bytearray(signed(str(Checkpoint(LOG.name, 7, ROOT)), LOG))
    at, bit = data.draw(st.integers(0, len(note) - 1)), data.draw(st.integers(0, 7))
    note[at] ^= 1 << bit
    with pytest.raises(NoteError):
        verified_checkpoint(bytes(note), LOG.name, [LOG.verifier])
