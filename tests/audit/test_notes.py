"""Signed notes: what is written is read back; anything that is spelled otherwise is no note."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit.notes import Note, NoteError, Signature, Signer, read_note

ALICE = Signer("alice.example/log", Ed25519PrivateKey.from_private_bytes(b"a" * 32))
BOB = Signer("bob.example/witness", Ed25519PrivateKey.from_private_bytes(b"b" * 32))
TEXT = "第一行\nsecond line\n"

#: Lines of a note's text; two line ends together would begin the signatures.
LINES = st.text(st.characters(codec="utf-8", min_codepoint=0x20), min_size=1, max_size=20)


def note_of(text: str, *signers: Signer) -> Note:
    return Note(text, tuple(signer.sign(text) for signer in signers))


def spelled(text: str = TEXT, *lines: str) -> bytes:
    """A note of this text with these signature lines."""
    return "\n".join([text, *lines, ""]).encode()


SIGNED = str(ALICE.sign(TEXT))


@given(st.lists(LINES, min_size=1, max_size=5))
def test_a_note_written_is_read_back_and_its_signers_known(lines: list[str]) -> None:
    note = note_of("".join(f"{line}\n" for line in lines), ALICE, BOB)
    again = read_note(str(note).encode())
    assert again == note
    assert again.signed_by([ALICE.verifier, BOB.verifier]) == (ALICE.verifier, BOB.verifier)


def test_a_text_with_blank_lines_ends_at_the_last() -> None:
    note = note_of("one\n\ntwo\n", ALICE)
    assert read_note(str(note).encode()) == note


def test_signatures_of_unknown_keys_are_ignored() -> None:
    note = note_of(TEXT, BOB, ALICE)
    assert note.signed_by([ALICE.verifier]) == (ALICE.verifier,)


def test_a_wrong_signature_of_an_unknown_key_is_ignored() -> None:
    wrong = Signature(BOB.name, BOB.verifier.id + bytes(64))
    note = Note(TEXT, (wrong, ALICE.sign(TEXT)))
    assert note.signed_by([ALICE.verifier]) == (ALICE.verifier,)


@pytest.mark.parametrize("signature", [bytes(64), b"", bytes(63), bytes(65), bytes(1)])
def test_a_wrong_signature_of_a_known_key_rejects_the_note(signature: bytes) -> None:
    wrong = Signature(BOB.name, BOB.verifier.id + signature)
    for signatures in ((wrong, ALICE.sign(TEXT)), (ALICE.sign(TEXT), wrong)):
        with pytest.raises(NoteError, match=r"bob\.example"):
            Note(TEXT, signatures).signed_by([ALICE.verifier, BOB.verifier])


def test_a_good_signature_beside_a_wrong_one_of_the_same_key_rejects_the_note() -> None:
    wrong = Signature(ALICE.name, ALICE.verifier.id + bytes(64))
    with pytest.raises(NoteError):
        Note(TEXT, (ALICE.sign(TEXT), wrong)).signed_by([ALICE.verifier])


def test_a_key_that_signed_twice_has_signed_once() -> None:
    assert note_of(TEXT, ALICE, ALICE).signed_by([ALICE.verifier]) == (ALICE.verifier,)


def test_a_note_that_no_known_key_signed_is_refused() -> None:
    with pytest.raises(NoteError):
        note_of(TEXT, BOB).signed_by([ALICE.verifier])
    with pytest.raises(NoteError):
        note_of(TEXT, ALICE).signed_by([])


def test_a_signature_under_another_name_is_no_signature_of_the_key() -> None:
    borrowed = Signature("mallory.example", ALICE.sign(TEXT).blob)
    with pytest.raises(NoteError):
        Note(TEXT, (borrowed,)).signed_by([ALICE.verifier])


@given(st.integers(0, len(TEXT.encode()) - 1), st.integers(0, 7))
def test_a_text_altered_in_one_bit_is_not_what_was_signed(at: int, bit: int) -> None:
    data = bytearray(str(note_of(TEXT, ALICE)).encode())
    data[at] ^= 1 << bit
    with pytest.raises(NoteError):
        read_note(bytes(data)).signed_by([ALICE.verifier])


@given(st.integers(0, 67), st.integers(0, 7))
def test_a_signature_altered_in_one_bit_is_not_accepted(at: int, bit: int) -> None:
    blob = bytearray(ALICE.sign(TEXT).blob)
    blob[at] ^= 1 << bit
    data = str(Note(TEXT, (Signature(ALICE.name, bytes(blob)),))).encode()
    with pytest.raises(NoteError):
        read_note(data).signed_by([ALICE.verifier])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\n\n",
        TEXT.encode(),
        TEXT.encode() + b"\n",
        f"{TEXT}{SIGNED}\n".encode(),
        f"{TEXT}\n{SIGNED}".encode(),
        f"{TEXT}\n{SIGNED}\n\n".encode(),
        f"{TEXT}\n{SIGNED}\n\n{SIGNED}".encode(),
        f"{TEXT}\n {SIGNED}\n".encode(),
        f"{TEXT}\n{SIGNED} \n".encode(),
    ],
)
def test_without_text_blank_line_and_signatures_it_is_no_note(data: bytes) -> None:
    with pytest.raises(NoteError):
        read_note(data)


@pytest.mark.parametrize("bad", [b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xe7\xac", b"\x80"])
def test_a_note_that_is_not_utf_8_is_refused(bad: bytes) -> None:
    with pytest.raises(NoteError, match="UTF-8"):
        read_note(bad + spelled(TEXT, SIGNED))


@pytest.mark.parametrize("code", [*range(10), *range(11, 32)])
def test_a_note_with_a_control_character_is_refused(code: int) -> None:
    text = f"a{chr(code)}b\n"
    with pytest.raises(NoteError, match="control"):
        read_note(spelled(text, str(ALICE.sign(text))))


def test_lines_ended_as_on_windows_are_refused() -> None:
    with pytest.raises(NoteError):
        read_note(str(note_of(TEXT, ALICE)).replace("\n", "\r\n").encode())


BLOB = b64encode(ALICE.sign(TEXT).blob).decode()


@pytest.mark.parametrize(
    "line",
    [
        f"- {ALICE.name} {BLOB}",
        f"—{ALICE.name} {BLOB}",
        f"—  {ALICE.name} {BLOB}",
        f"— {ALICE.name}  {BLOB}",
        f"— {ALICE.name}",
        f"— {ALICE.name} ",
        f"—  {BLOB}",
        f"— a+b {BLOB}",
        f"— a b {BLOB}",
        f"— a\u3000b {BLOB}",
        f"— {ALICE.name} {BLOB} more",
        f"— {ALICE.name} {BLOB[:-1]}",
        f"— {ALICE.name} {BLOB}=",
        f"— {ALICE.name} {BLOB.rstrip('=')}",
        f"— {ALICE.name} {BLOB.replace('/', '_').replace('+', '-')}!",
        f"— {ALICE.name} {BLOB[:8]}\u00a0{BLOB[8:]}",
        f"— {ALICE.name} AAAA",
        f"— {ALICE.name} AAAAAA==",
        f"— {ALICE.name} {'é' * 92}",
    ],
)
def test_a_line_that_is_no_signature_makes_it_no_note(line: str) -> None:
    for lines in ((line,), (SIGNED, line), (line, SIGNED)):
        with pytest.raises(NoteError):
            read_note(spelled(TEXT, *lines))


def test_base64_with_stray_bits_at_its_end_is_refused() -> None:
    assert read_note(spelled(TEXT, "— a AAAAAAA="))
    with pytest.raises(NoteError, match="canonical"):
        read_note(spelled(TEXT, "— a AAAAAAB="))
