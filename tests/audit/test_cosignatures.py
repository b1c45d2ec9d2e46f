"""Cosignatures (C2SP cosignature/v1): a key, a time, and a checkpoint's text."""

import struct

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.audit.notes import (
    COSIGNATURE,
    ID_BYTES,
    LAST_TIME,
    BadKeyError,
    Note,
    NoteError,
    Signature,
    Signer,
    Verifier,
    key_id,
    read_log_verifiers,
    read_note,
    read_verifier,
)
from tests.audit import vectors
from tests.audit.logs import flipped
from tests.audit.vectors import needs_vectors
from tests.audit.witnesses import Witness

TEXT = "log.example\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
WITNESS = Signer("witness.example/w1", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
KEY = WITNESS.cosigner
SUNLIGHT = ("sunlight", "cmd", "skylight", "testdata", "witness")
ROME = "000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706"


def cosigned(time: int, text: str = TEXT) -> Note:
    return Note(text, (WITNESS.cosign(text, time),))


@given(st.integers(0, LAST_TIME))
@settings(max_examples=50)
def test_a_cosignature_holds_and_tells_its_time(time: int) -> None:
    note = read_note(str(cosigned(time)).encode())
    assert note.signed_by([KEY]) == (KEY,)
    assert note.time_of(KEY) == time


def test_a_cosignature_is_the_one_that_anyone_makes_from_the_text_of_c2sp() -> None:
    other = Witness(WITNESS.name, WITNESS.private)
    signed_by_log = f"{TEXT}\n— log.example AAAAAAA=\n".encode()
    made = read_note(other.cosigned(signed_by_log, 1679315147)).signatures[1]
    assert made == WITNESS.cosign(TEXT, 1679315147)
    assert str(KEY) == other.vkey


def test_its_bytes_are_id_time_and_signature() -> None:
    blob = WITNESS.cosign(TEXT, 1679315147).blob
    assert blob[:4] == KEY.id == key_id(WITNESS.name, 4, KEY.key)
    assert struct.unpack(">Q", blob[4:12]) == (1679315147,)
    message = b"cosignature/v1\ntime 1679315147\n" + TEXT.encode()
    WITNESS.private.public_key().verify(blob[12:], message)
    assert len(blob) == 4 + 8 + 64


@pytest.mark.parametrize("at", [4, 11, 12, 75])
def test_a_cosignature_altered_does_not_hold(at: int) -> None:
    blob = WITNESS.cosign(TEXT, 1679315147).blob
    note = Note(TEXT, (Signature(WITNESS.name, flipped(blob, at)),))
    with pytest.raises(NoteError, match="wrong"):
        note.signed_by([KEY])


def test_a_cosignature_is_for_one_text() -> None:
    (signature,) = cosigned(5).signatures
    with pytest.raises(NoteError, match="wrong"):
        Note(TEXT.replace("\n7\n", "\n8\n"), (signature,)).signed_by([KEY])


def test_a_plain_signature_is_no_cosignature_and_the_other_way_round() -> None:
    plain, timed = WITNESS.sign(TEXT), WITNESS.cosign(TEXT, 5)
    assert plain.id != timed.id
    crossed = Signature(WITNESS.name, KEY.id + plain.blob[ID_BYTES:])
    with pytest.raises(NoteError, match="wrong"):
        Note(TEXT, (crossed,)).signed_by([KEY])
    crossed = Signature(WITNESS.name, WITNESS.verifier.id + timed.blob[ID_BYTES:])
    with pytest.raises(NoteError, match="wrong"):
        Note(TEXT, (crossed,)).signed_by([WITNESS.verifier])


@pytest.mark.parametrize("time", [-1, LAST_TIME + 1, 2**64])
def test_a_time_that_no_cosignature_may_state_is_not_signed(time: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        WITNESS.cosign(TEXT, time)


def test_a_time_out_of_range_is_not_believed_though_it_is_signed() -> None:
    time = LAST_TIME + 1
    signature = WITNESS.private.sign(f"cosignature/v1\ntime {time}\n{TEXT}".encode())
    assert not KEY.accepts(TEXT, time.to_bytes(8, "big") + signature)


@pytest.mark.parametrize("length", [0, 7, 8, 71, 73])
def test_a_cosignature_of_another_length_does_not_hold(length: int) -> None:
    assert not KEY.accepts(TEXT, bytes(length))


def test_a_key_of_small_order_cosigns_nothing() -> None:
    with pytest.raises(BadKeyError, match="small order"):
        read_verifier(str(Verifier("w", bytes(32), COSIGNATURE)))


def test_a_key_that_is_not_among_the_signers_states_no_time() -> None:
    note = cosigned(5)
    assert note.time_of(Verifier("other", KEY.key, COSIGNATURE)) is None
    assert note.time_of(WITNESS.verifier) is None


def test_a_note_takes_one_cosignature_of_a_key_and_keeps_the_first() -> None:
    note = cosigned(5)
    assert note.with_signatures([WITNESS.cosign(TEXT, 6)]) == note
    other = Signer("other", Ed25519PrivateKey.from_private_bytes(bytes(32)))
    twice = [other.cosign(TEXT, 7), other.cosign(TEXT, 8)]
    assert note.with_signatures(twice).signatures == (*note.signatures, twice[0])


def test_a_logs_key_file_holds_it_plain_and_as_a_time_stamp() -> None:
    plain, timed = WITNESS.verifier, WITNESS.cosigner
    assert read_log_verifiers(f"{plain}\n{timed}\n") == (plain, timed)
    assert read_log_verifiers(f"{plain}\n") == (plain, timed)


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{WITNESS.cosigner}\n",
        f"{WITNESS.cosigner}\n{WITNESS.verifier}\n",
        f"{WITNESS.verifier}\n{WITNESS.verifier}\n",
        f"{WITNESS.verifier}\n{Verifier('other', KEY.key, COSIGNATURE)}\n",
        f"{WITNESS.verifier}\n{WITNESS.cosigner}\n{WITNESS.cosigner}\n",
        f"{WITNESS.verifier}\n\n",
    ],
)
def test_a_logs_key_file_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(BadKeyError):
        read_log_verifiers(text)


@needs_vectors
@pytest.mark.parametrize(
    ("config", "place"),
    [(("witness.v0.json",), (ROME,)), (("mirror", "mirror.v0.json"), ("mirror", ROME))],
    ids=["witness", "mirror"],
)
def test_the_cosignatures_of_sunlight_hold(config: tuple[str, ...], place: tuple[str, ...]) -> None:
    (vkey,) = vectors.read_json(*SUNLIGHT, *config)["verifier_keys"]
    verifier = read_verifier(vkey)
    note = read_note(vectors.read(*SUNLIGHT, *place, "checkpoint"))
    assert note.signed_by([verifier]) == (verifier,)
    assert note.time_of(verifier) == 0x69546780
    with pytest.raises(NoteError):
        Note(note.text.replace("300", "301"), note.signatures).signed_by([verifier])
