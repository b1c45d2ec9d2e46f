"""The log read by a client that knows C2SP tlog-tiles and RFC 6962, and nothing of this ledger."""

from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

import pytest
from httpx2 import Response

from api.app import PREFIX
from ledger.audit.keyring import open_keyring
from ledger.audit.notes import read_note, read_verifier
from ledger.audit.signer import SignedState, sign_checkpoint
from tests.api.feed.conftest import tell, units
from tests.audit import reference
from tests.domain.samples import EVERYONE
from tests.support.offices import Desk, opened
from tests.support.served import Served, served


def sign(desk: Desk) -> None:
    """Sign the log as ``log checkpoint`` does."""
    folder, origin = desk.settings.keys_dir, desk.settings.log_origin
    keyring = open_keyring(folder, origin)
    with desk.ledger.writing_alone:
        sign_checkpoint(desk.log, keyring, SignedState(folder, origin))


def path_of(number: int) -> str:
    """A tile's number in groups of three digits, all but the last with an x before it."""
    text = f"{number:03d}".zfill(-(-len(f"{number:03d}") // 3) * 3)
    groups = [text[at : at + 3] for at in range(0, len(text), 3)]
    return "/".join([*(f"x{each}" for each in groups[:-1]), groups[-1]])


@dataclass
class Reader:
    """An independent client of the log; ``get`` asks below its base address."""

    get: Callable[[str], Response]

    @property
    def checkpoint(self) -> tuple[str, int, bytes]:
        """Origin, size and root that the newest checkpoint states."""
        answer = self.get("/checkpoint")
        assert answer.status_code == 200, answer.text
        origin, size, root = answer.text.split("\n")[:3]
        return origin, int(size), b64decode(root)

    def level(self, level: int, size: int) -> list[bytes]:
        """Every hash of a level of tiles in the tree of a size, tile by tile."""
        hashes: list[bytes] = []
        many = size >> 8 * level
        for number in range(-(-many // 256)):
            width = min(256, many - number * 256)
            part = "" if width == 256 else f".p/{width}"
            answer = self.get(f"/tile/{level}/{path_of(number)}{part}")
            assert answer.status_code == 200, answer.text
            assert len(answer.content) == 32 * width
            hashes += [answer.content[at : at + 32] for at in range(0, 32 * width, 32)]
        return hashes


def anyone(office: Served) -> Reader:
    """Somebody without a token."""
    return Reader(lambda path: office.client.get(f"{PREFIX}/log{path}"))


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An office whose log is signed at 303 and at 703 entries, with more behind them."""
    with opened(tmp_path_factory.mktemp("signed") / "l.sqlite3") as desk, served(desk) as office:
        for first, many in ((0, 300), (300, 400)):
            tell(office, *(EVERYONE if not first else ()), *units(first, many))
            sign(office.desk)
        tell(office, *units(700, 20))
        yield office


@pytest.fixture(scope="module")
def public(signed: Served) -> Reader:
    """Somebody without a token."""
    return anyone(signed)


def lines(proof: str) -> list[bytes]:
    """The hashes of a proof."""
    return [b64decode(line) for line in proof.splitlines()]


def test_before_anything_is_signed_there_is_no_checkpoint(office: Served) -> None:
    answer = anyone(office).get("/checkpoint")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_checkpoint")


def test_the_checkpoint_is_signed_by_the_log_s_key(signed: Served, public: Reader) -> None:
    vkey, _ = map(read_verifier, (signed.desk.settings.keys_dir / "log.vkey").read_text().split())
    note = read_note(public.get("/checkpoint").content)
    assert vkey in note.signed_by([vkey])


def test_tiles_add_up_to_the_root_that_is_signed(signed: Served, public: Reader) -> None:
    origin, size, root = public.checkpoint
    assert (origin, size) == (signed.desk.settings.log_origin, 703)
    leaves = tuple(public.level(0, size))
    assert len(leaves) == size
    assert reference.tree_head(0, size, leaves.__getitem__) == root
    upper = public.level(1, size)
    whole = range(size // 256)
    assert upper == [reference.tree_head(n * 256, n * 256 + 256, leaves.__getitem__) for n in whole]


def test_entries_are_the_bytes_that_the_leaves_are_hashes_of(
    signed: Served, public: Reader
) -> None:
    _, size, _ = public.checkpoint
    caller, entries = signed.caller("auditor"), list[bytes]()
    for number in range(-(-size // 256)):
        width = min(256, size - number * 256)
        part = "" if width == 256 else f".p/{width}"
        answer = caller.get(f"/log/tile/entries/{path_of(number)}{part}")
        bundle = answer.content
        while bundle:
            length = int.from_bytes(bundle[:2], "big")
            entries.append(bundle[2 : 2 + length])
            bundle = bundle[2 + length :]
    assert [sha256(b"\0" + each).digest() for each in entries] == public.level(0, size)


def test_a_proof_shows_an_event_in_the_signed_tree(signed: Served, public: Reader) -> None:
    _, size, _ = public.checkpoint
    leaves = tuple(public.level(0, size))
    for position in (1, 256, 257, 703):
        answer = public.get(f"/proof?position={position}")
        head, _, note = answer.text.partition("\n\n")
        version, index, *hashes = head.splitlines()
        assert (version, index) == ("c2sp.org/tlog-proof@v1", f"index {position - 1}")
        path = reference.path(position - 1, 0, size, leaves.__getitem__)
        assert [b64decode(each) for each in hashes] == path
        assert note.encode() == public.get("/checkpoint").content
        assert public.get(f"/proof?index={position - 1}").content == answer.content


def test_a_proof_is_given_in_an_earlier_signed_tree(signed: Served, public: Reader) -> None:
    leaves = tuple(public.level(0, 303))
    head, _, note = public.get("/proof?index=7&size=303").text.partition("\n\n")
    assert note.split("\n")[1] == "303"
    path = reference.path(7, 0, 303, leaves.__getitem__)
    assert [b64decode(each) for each in head.splitlines()[2:]] == path


def test_the_earlier_tree_is_the_beginning_of_the_later(signed: Served, public: Reader) -> None:
    leaves = tuple(public.level(0, 703))
    proof = reference.proof(303, 703, leaves.__getitem__)
    assert lines(public.get("/proof?first=303").text) == proof
    assert lines(public.get("/proof?first=303&size=703").text) == proof


def test_full_tiles_are_kept_for_ever_and_parts_are_not(signed: Served, public: Reader) -> None:
    full, part = public.get("/tile/0/000"), public.get("/tile/0/000.p/5")
    assert "immutable" in full.headers["cache-control"]
    assert "immutable" not in part.headers["cache-control"]
    assert full.content[: 5 * 32] == part.content
    assert full.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "place",
    [
        "0/003",  # beyond the tree
        "0/002",  # not full yet
        "0/002.p/256",
        "0/002.p/0",
        "0/002.p/05",
        "0/2.p/1",
        "0/x000/002.p/1",
        "00/002.p/1",
        "1/000",
        "2/000.p/1",
        "8/000.p/1",
        "-1/000",
    ],
)
def test_what_is_no_tile_of_the_tree_is_not_found(
    signed: Served, public: Reader, place: str
) -> None:
    assert public.get(f"/tile/{place}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("", 400),  # neither a position nor an index nor a size
        ("?first=1&index=1", 400),
        ("?position=0", 422),
        ("?position=720", 404),  # after the checkpoint
        ("?index=0&size=500", 404),  # no such tree was signed
        ("?first=5000", 404),
        ("?first=703&size=303", 404),
    ],
)
def test_what_can_not_be_proven_is_told(
    signed: Served, public: Reader, asked: str, status: int
) -> None:
    assert public.get(f"/proof{asked}").status_code == status


def test_entries_are_for_the_auditors_of_the_whole_ledger(signed: Served, public: Reader) -> None:
    place = "/log/tile/entries/000"
    assert public.get("/tile/entries/000").status_code == 401
    for role in ("personnel_feed", "audit_administrator"):
        assert signed.caller(role).get(place).status_code == 403
    one = signed.caller("auditor", organ="JW01").get(place)
    assert (one.status_code, one.json()["code"]) == (403, "out_of_scope")
    assert signed.caller("auditor").get(place).status_code == 200
    assert [
        (each.access.role, each.access.action, each.access.target)
        for each in signed.service.accesses.page(0, 100)[-4:]
    ] == [
        ("personnel_feed", "denied", "GET /api/v1/log/tile/entries/{tile:path}"),
        ("audit_administrator", "denied", "GET /api/v1/log/tile/entries/{tile:path}"),
        ("auditor", "denied", "GET /api/v1/log/tile/entries/{tile:path}"),
        ("auditor", "export", "/log/tile/entries/000"),
    ]
