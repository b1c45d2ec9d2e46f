"""Notes, checkpoints and cosignatures as the verifier reads them."""

from base64 import b64decode, b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.notes import Signer
from ledger.audit.verifier.ed25519 import BadKeyError
from ledger.audit.verifier.notes import COSIGNATURE, NoteError, read_checkpoint, read_key
from tests.audit import vectors
from tests.audit.vectors import needs_vectors
from tests.audit.witnesses import Witness

ROOT = b64encode(bytes(range(32))).decode()
LOG = Signer("log.test", Ed25519PrivateKey.from_private_bytes(b"L" * 32))
KEY = read_key(str(LOG.verifier))
WITNESS = Witness("witness.test")
PLAIN, OTHER = (b64encode(kind + KEY.key).decode() for kind in (b"\1", b"\2"))
KEYS = [KEY, read_key(WITNESS.vkey)]


def note(text: str = f"log.test\n7\n{ROOT}\n", *lines: str) -> bytes:
    return "".join(f"{line}\n" for line in (text, LOG.sign(text), *lines)).encode()


def refused(data: bytes, *, reason: str | None = None) -> None:
    with pytest.raises(NoteError, match=reason):
        read_checkpoint(data, KEYS)


def test_a_checkpoint_is_read_with_who_signed_it_and_when() -> None:
    checkpoint = read_checkpoint(WITNESS.cosigned(note(), 1_700_000_000), KEYS)
    assert (checkpoint.origin, checkpoint.size) == ("log.test", 7)
    assert checkpoint.root == bytes(range(32))
    assert [(each.key, each.at) for each in checkpoint.signed] == [
        (KEYS[0], None),
        (KEYS[1], 1_700_000_000),
    ]


def test_signatures_of_unknown_keys_are_passed_over() -> None:
    stranger = Witness("stranger.test")
    assert read_checkpoint(stranger.cosigned(note(), 1), KEYS).signed[0].key == KEY
    assert read_checkpoint(note(), []).signed == ()


def test_a_wrong_signature_of_a_known_key_makes_it_no_checkpoint() -> None:
    other = LOG.sign("another text\n")
    refused(note(f"log.test\n7\n{ROOT}\n", str(other)), reason=r"log\.test")


def test_a_cosignature_of_another_time_is_wrong() -> None:
    data = WITNESS.cosigned(note(), 1_700_000_000)
    head, _, line = data[:-1].rpartition(b" ")
    blob = b64decode(line)
    moved = blob[:4] + (1_700_000_001).to_bytes(8, "big") + blob[12:]
    refused(head + b" " + b64encode(moved) + b"\n", reason=r"witness\.test")


def test_a_cosignature_s_time_is_in_range() -> None:
    refused(WITNESS.cosigned(note(), 1 << 63), reason="out of range")


def test_extensions_may_follow_the_root() -> None:
    assert read_checkpoint(note(f"log.test\n7\n{ROOT}\nmore\n"), KEYS).size == 7


@pytest.mark.parametrize(
    "text",
    [
        "log.test\n7\n",
        f"log.test\n07\n{ROOT}\n",
        f"log.test\n-7\n{ROOT}\n",
        f"log.test\n+7\n{ROOT}\n",
        f"log.test\n7 \n{ROOT}\n",
        f"log.test\n٧\n{ROOT}\n",
        f"log.test\n{10**19}\n{ROOT}\n",
        "log.test\n7\nAAAA\n",
        f"log.test\n7\n{ROOT}AAAA\n",
        f"log.test\n7\n{ROOT[:-2]}9=\n",
        f"log.test\n7\n{ROOT.replace('A', '-', 1)}\n",
        f"log.test\n\n7\n{ROOT}\n",
        f"\n7\n{ROOT}\n",
    ],
)
def test_what_is_no_checkpoint_is_refused_though_it_is_signed(text: str) -> None:
    refused(note(text))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        note()[:-1],
        note().replace(b"\n\n", b"\n"),
        note().replace("— ".encode(), b"- "),
        note() + b"\n",
        note() + b"more\n",
        note() + "— log.test AAAA\n".encode(),
        note() + "— log.test AAAAAAAB=\n".encode(),
        note() + "— a b AAAAAAAA\n".encode(),
        note().replace(b"\n7\n", b"\n7\r\n"),
        note().replace(b"\n7\n", b"\n7\x00\n"),
    ],
)
def test_what_is_no_note_is_refused(data: bytes) -> None:
    refused(data)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "log.test",
        "log.test+00000000",
        f"log.test+00000000+{PLAIN}",
        f"log.test+{KEY.id.hex()}+{OTHER}",
        f"log.test+{KEY.id.hex().upper()}+{PLAIN}",
        f"log test+{KEY.id.hex()}+{PLAIN}",
        f"{LOG.verifier}=",
        str(LOG.verifier).replace("+", "+ ", 1),
    ],
)
def test_what_is_no_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(BadKeyError):
        read_key(text)


SUNLIGHT = ("sunlight", "cmd", "skylight", "testdata", "witness")


@needs_vectors
@pytest.mark.parametrize(
    ("place", "keys"),
    [((), "witness.v0.json"), (("mirror",), "mirror/mirror.v0.json")],
    ids=["witness", "mirror"],
)
def test_cosignatures_of_sunlight_s_witnesses_hold(place: tuple[str, ...], keys: str) -> None:
    (vkey,) = vectors.read_json(*SUNLIGHT, *keys.split("/"))["verifier_keys"]
    (folder,) = vectors.FOLDER.joinpath(*SUNLIGHT, *place).glob("000*")
    data = (folder / "checkpoint").read_bytes()
    (signed,) = read_checkpoint(data, [read_key(vkey)]).signed
    assert (signed.key.kind, signed.at) == (COSIGNATURE, 1767139200)
    refused_by = [read_key(vkey)]
    with pytest.raises(NoteError, match="wrong"):
        read_checkpoint(data.replace(b"\n300\n", b"\n301\n"), refused_by)


@needs_vectors
def test_the_checkpoints_of_a_real_log_verify() -> None:
    folder = vectors.FOLDER / "transparency-dev-tessera"
    key = read_key(vectors.read_json("transparency-dev-tessera", "vkey.json")["vkey"])
    notes = sorted(path for path in folder.rglob("checkpoint*") if path.is_file())
    assert len(notes) >= 10
    for path in notes:
        checkpoint = read_checkpoint(path.read_bytes(), [key])
        assert [each.key for each in checkpoint.signed] == [key]


def test_a_witness_s_key_is_of_its_own_type() -> None:
    assert read_key(WITNESS.vkey).kind == COSIGNATURE
