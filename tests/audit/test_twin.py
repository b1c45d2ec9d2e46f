"""The second tree: the same events under SM3, with name, tables and keys of its own."""

import hashlib
from pathlib import Path

import pytest

from cli.office import open_office
from ledger.audit.cosigning import request_for
from ledger.audit.examine import examine_entries
from ledger.audit.keyring import VERIFIER_FILE, open_keyring
from ledger.audit.merkle import LEAF, NODE, HashUnavailableError, tree_hash, verify_consistency
from ledger.audit.notes import read_log_verifiers
from ledger.audit.sequencer import LogStore, sequence
from ledger.audit.signer import SignedState, sign_checkpoint
from ledger.audit.verifier.main import run as verify_bundle
from projections.office import TWIN
from tests.audit.asked import Desk, refused
from tests.audit.logs import ORIGIN, Log, add_units, attack
from tests.audit.reference import _split
from tests.audit.test_witness_commands import Place

pytestmark = pytest.mark.skipif(
    "sm3" not in hashlib.algorithms_available, reason="OpenSSL has no SM3 here"
)
TWIN_ORIGIN = f"{ORIGIN}/sm3"


def sm3(data: bytes) -> bytes:
    return hashlib.new("sm3", data).digest()


def root(entries: list[bytes]) -> bytes:
    """The root under SM3, as section 2.1 of RFC 6962 has it."""
    if len(entries) < 2:
        return sm3(LEAF + entries[0]) if entries else sm3(b"")
    at = _split(len(entries))
    return sm3(NODE + root(entries[:at]) + root(entries[at:]))


def twin_of(log: Log) -> LogStore:
    return LogStore(log.ledger, tree_hash("sm3"), TWIN)


def test_the_hash_is_that_of_the_standard() -> None:
    """GB/T 32905-2016, appendix A.1."""
    expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert tree_hash("sm3").function(b"abc").hexdigest() == expected


def test_both_trees_are_over_the_same_events(log: Log) -> None:
    add_units(log.ledger, 300)
    twin = twin_of(log)
    sequence(twin)
    sequence(log.store)
    entries = [state for _, _, state in log.ledger.store.page(0, 1000)]
    assert twin.tree().root() == root(entries)
    assert twin.tree().root() != log.store.tree().root()
    assert list(examine_entries(twin)) == list(examine_entries(log.store)) == []
    proof = twin.tree().consistency(7, 300)
    roots = twin.tree().root(7), twin.tree().root()
    verify_consistency(7, 300, proof, *roots, hasher=tree_hash("sm3"))


def test_what_befalls_one_tree_leaves_the_other_whole(log: Log) -> None:
    add_units(log.ledger, 300)
    twin = twin_of(log)
    sequence(twin)
    sequence(log.store)
    attack(log.path, f"DELETE FROM {TWIN}_tiles")
    assert [found.code for found in examine_entries(twin)] == ["tile_altered"]
    assert list(examine_entries(log.store)) == []


def test_a_witness_follows_the_second_tree_by_its_own_hash(log: Log, tmp_path: Path) -> None:
    twin, keys = twin_of(log), open_keyring(tmp_path / "twin", TWIN_ORIGIN)
    signed = SignedState(tmp_path / "twin", TWIN_ORIGIN)
    add_units(log.ledger, 10)
    first = sign_checkpoint(twin, keys, signed)
    add_units(log.ledger, 10)
    second = sign_checkpoint(twin, keys, signed)
    key = keys.current.verifier
    for line, outcome in ((f"{key} sm3\n", None), (f"{key}\n", "not_consistent")):
        desk = Desk("w.test", tmp_path / (outcome or "sm3"), line, log.clock)
        for note, old in ((first, 0), (second, 10)):
            body = bytes(request_for(twin, note, old))
            if old and outcome:
                assert refused(desk.witness, body) == (outcome, None)
            else:
                desk.witness.add_checkpoint(body)


@pytest.fixture
def office(tmp_path: Path) -> Place:
    """An office that keeps both trees."""
    place = Place(tmp_path / "office")
    place.configure(log_sm3=1)
    place.add(10)
    return place


def test_both_trees_are_signed_and_verified_apart(office: Place) -> None:
    for arguments in (("checkpoint",), ("checkpoint", "--twin")):
        assert office.run("log", *arguments).code == 0
    keys = office.folder / "var" / "keys"
    names = [
        read_log_verifiers((folder / VERIFIER_FILE).read_text("utf-8"))[0].name
        for folder in (keys, keys / "sm3")
    ]
    assert names[1] == f"{names[0]}/sm3"
    for arguments in (("verify", "--deep"), ("verify", "--deep", "--twin")):
        assert office.run("log", *arguments).code == 0
    attack(office.file, f"UPDATE {TWIN}_checkpoints SET note = x'00'")
    assert office.run("log", "verify", "--twin").code == 1
    assert office.run("log", "verify").code == 0


def test_a_change_of_one_trees_key_leaves_the_other_proven(office: Place, tmp_path: Path) -> None:
    assert office.run("log", "checkpoint").code == 0
    vkey = (office.folder / "var" / "keys" / VERIFIER_FILE).read_text("utf-8").splitlines()[0]
    assert office.run("log", "change-key", "--twin").code == 0
    assert office.run("log", "checkpoint").code == 0
    assert office.run("log", "verify", "--deep").code == 0
    assert office.run("log", "verify", "--deep", "--twin").code == 0
    bundle, policy = tmp_path / "bundle", tmp_path / "policy"
    assert office.run("bundle", "export", bundle).code == 0
    policy.write_text(f"log {vkey}\nquorum none\n", "utf-8")
    assert verify_bundle([str(bundle), "--policy", str(policy), "--quiet"]) == 0


def test_without_the_setting_there_is_no_second_tree(office: Place) -> None:
    office.configure()
    answer = office.run("log", "checkpoint", "--twin")
    assert answer.code == 2
    assert "LEDGER_LOG_SM3" in answer.err


def test_where_openssl_has_no_sm3_the_start_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def unknown(name: str, *_: object) -> None:
        raise ValueError(name)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEDGER_LOG_SM3", "1")
    monkeypatch.setattr(hashlib, "new", unknown)
    with pytest.raises(HashUnavailableError, match="OpenSSL"):
        open_office()
