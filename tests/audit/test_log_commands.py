"""``log checkpoint``, ``verify``, ``prove`` and ``consistency`` as an officer runs them."""

from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path

import pytest

from ledger.application import utc_now
from ledger.audit.checkpoints import Checkpoint, verified_checkpoint
from ledger.audit.keyring import KEY_FILE, VERIFIER_FILE
from ledger.audit.merkle import SHA256, verify_consistency, verify_inclusion
from ledger.audit.notes import NoteError, Verifier, read_log_verifiers
from ledger.audit.sequencer import LogStore
from ledger.settings import Settings
from tests.audit.logs import EVENTS, add_units, alter, attack, attacker
from tests.ledger.office import OfficeClock, open_ledger
from tests.support import commands
from tests.support.commands import Answer
from tests.support.offices import copied

ORIGIN = str(Settings.model_fields["log_origin"].default)
FIRST, SECOND = 10, 300


@dataclass(frozen=True)
class Office:
    """A folder in which commands are run, with the ledger and the keys in it."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "ledger.sqlite3"

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def verifier(self) -> Verifier:
        return read_log_verifiers((self.keys / VERIFIER_FILE).read_text("utf-8"))[0]

    def log(self, *arguments: str) -> Answer:
        """Run ``log`` with these arguments."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / ".env").write_text(f"LEDGER_KEYS_DIR={self.keys}\n", "utf-8")
        started = commands.start(self.file, self.folder, "log", *arguments)
        return commands.finish(started, self.folder)

    def add(self, count: int) -> None:
        """Record units."""
        with open_ledger(self.file, OfficeClock(utc_now())) as ledger:
            add_units(ledger, count)

    def sign(self) -> Checkpoint:
        """Run ``log checkpoint`` and read what it prints."""
        answer = self.log("checkpoint")
        assert (answer.code, answer.err.strip()) == (0, "")
        return self.read(answer.out)

    def read(self, note: bytes) -> Checkpoint:
        """The checkpoint in a note that this log has signed."""
        checkpoint, _ = verified_checkpoint(note, ORIGIN, [self.verifier])
        return checkpoint

    def entry(self, position: int) -> bytes:
        """The bytes of an event."""
        with open_ledger(self.file) as ledger:
            ((_, _, state),) = ledger.store.page(position - 1, 1)
        return state


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office whose ledger was signed at 10 and at 300 events; tests that take it only read."""
    office = Office(tmp_path_factory.mktemp("office"))
    for size in (FIRST, SECOND):
        office.add(size if size == FIRST else SECOND - FIRST)
        assert office.sign().size == size
    return office


@pytest.fixture
def attacked(signed: Office, tmp_path: Path) -> Office:
    """A copy of it, keys and all but the signer's memory, to be attacked."""
    office = Office(tmp_path)
    office.keys.mkdir()
    for name in (KEY_FILE, VERIFIER_FILE):
        (office.keys / name).write_bytes((signed.keys / name).read_bytes())
    copied(signed.file, office.file)
    return office


def one_line(answer: Answer) -> bool:
    """Whether a reason is all that it says; the screen may wrap it."""
    told = answer.err.strip()
    return answer.out == b"" and 0 < len(told) < 300 and "Traceback" not in told


def test_the_ledger_untouched_is_verified(signed: Office) -> None:
    for arguments in (["verify"], ["verify", "--deep"]):
        answer = signed.log(*arguments)
        assert (answer.code, answer.out) == (0, b"")
        assert "2 个检查点" in answer.err
        assert f"最新为 {SECOND} 项" in answer.err
        assert (f"{SECOND} 个事件逐一重算" in answer.err) == ("--deep" in arguments)
        assert "尚未" not in answer.err


def test_events_not_signed_yet_are_counted(attacked: Office) -> None:
    attacked.add(4)
    answer = attacked.log("verify")
    assert answer.code == 0
    assert "4 个事件尚未签入" in answer.err


def test_a_checkpoint_signed_again_is_of_the_same_tree(attacked: Office) -> None:
    assert attacked.sign() == attacked.sign()


@pytest.mark.parametrize("position", [1, 10, 11, 256, 257, 300])
def test_a_proof_shows_that_an_event_is_in_the_signed_log(signed: Office, position: int) -> None:
    answer = signed.log("prove", str(position))
    assert (answer.code, answer.err) == (0, "")
    head, _, note = answer.out.partition(b"\n\n")
    title, index, *hashes = head.decode().split("\n")
    assert title == "c2sp.org/tlog-proof@v1"
    assert index == f"index {position - 1}"
    checkpoint = signed.read(note)
    assert checkpoint.size == SECOND
    proof = [b64decode(each, validate=True) for each in hashes]
    leaf = SHA256.leaf(signed.entry(position))
    verify_inclusion(position - 1, checkpoint.size, leaf, proof, checkpoint.root)


def test_a_proof_of_consistency_links_two_checkpoints(signed: Office) -> None:
    with open_ledger(signed.file) as ledger:
        first, second = map(signed.read, [note.data for note in LogStore(ledger).notes()])
    answer = signed.log("consistency", str(FIRST), str(SECOND))
    assert (answer.code, answer.err) == (0, "")
    proof = [b64decode(line, validate=True) for line in answer.out.decode().splitlines()]
    verify_consistency(FIRST, SECOND, proof, first.root, second.root)


def test_between_a_tree_and_itself_there_is_nothing_to_prove(signed: Office) -> None:
    answer = signed.log("consistency", str(FIRST), str(FIRST))
    assert (answer.code, answer.out) == (0, b"")


@pytest.mark.parametrize("sizes", [("0", "10"), ("11", "10"), ("10", "301")])
def test_consistency_from_nothing_backwards_or_beyond_is_no_question(
    signed: Office, sizes: tuple[str, str]
) -> None:
    answer = signed.log("consistency", *sizes)
    assert answer.code == 2
    assert one_line(answer)


@pytest.mark.parametrize(
    "arguments", [["verify"], ["verify", "--deep"], ["prove", "1"], ["consistency", "1", "1"]]
)
def test_before_any_checkpoint_there_is_nothing_to_verify(
    tmp_path: Path, arguments: list[str]
) -> None:
    office = Office(tmp_path)
    office.add(3)
    answer = office.log(*arguments)
    assert answer.code == 2
    assert one_line(answer)


@pytest.mark.parametrize("position", ["0", "301", "999999"])
def test_an_event_that_is_not_in_the_log_has_no_proof(signed: Office, position: str) -> None:
    answer = signed.log("prove", position)
    assert answer.code == 1
    assert one_line(answer)


def test_an_event_after_the_newest_checkpoint_has_no_proof_yet(attacked: Office) -> None:
    attacked.add(1)
    answer = attacked.log("prove", str(SECOND + 1))
    assert answer.code == 1
    assert one_line(answer)


def test_an_altered_event_is_found_by_the_deep_verification_alone(attacked: Office) -> None:
    alter(attacked.file, EVENTS, "state", "rowid = 280", 30)
    assert attacked.log("verify").code == 0
    answer = attacked.log("verify", "--deep")
    assert (answer.code, answer.out) == (1, b"")
    assert "entry_altered" in answer.err
    assert "280" in answer.err
    assert "Traceback" not in answer.err


def test_a_removed_event_is_found(attacked: Office) -> None:
    attack(attacked.file, f"DELETE FROM {EVENTS} WHERE rowid = 280")
    answer = attacked.log("verify", "--deep")
    assert answer.code == 1
    assert "entry_missing" in answer.err


def test_an_altered_tree_is_found_without_hashing_events(attacked: Office) -> None:
    alter(attacked.file, "log_edge", "hashes", "level = 1")
    answer = attacked.log("verify")
    assert answer.code == 1
    assert "root_differs" in answer.err


def test_an_altered_checkpoint_is_found(attacked: Office) -> None:
    alter(attacked.file, "log_checkpoints", "note", f"size = {SECOND}", 30)
    answer = attacked.log("verify")
    assert answer.code == 1
    assert "checkpoint_not_signed" in answer.err


@pytest.mark.parametrize("note", [b"\xff", b"", b"no note", "文字".encode()])
def test_a_proof_is_given_of_the_newest_good_checkpoint(attacked: Office, note: bytes) -> None:
    with attacker(attacked.file) as db:
        change = "UPDATE log_checkpoints SET note = ? WHERE size = ?"
        db.execute(change, (note, SECOND))
    answer = attacked.log("prove", "5")
    assert answer.code == 0, answer.err
    checkpoint = attacked.read(answer.out.partition(b"\n\n")[2])
    assert checkpoint.size == FIRST


def test_a_proof_of_an_altered_leaf_does_not_verify(attacked: Office) -> None:
    alter(attacked.file, EVENTS, "state", "rowid = 280", 30)
    answer = attacked.log("prove", "280")
    head, _, note = answer.out.partition(b"\n\n")
    checkpoint = attacked.read(note)
    proof = [b64decode(each) for each in head.decode().split("\n")[2:]]
    leaf = SHA256.leaf(attacked.entry(280))
    with pytest.raises(ValueError, match="another root"):
        verify_inclusion(279, checkpoint.size, leaf, proof, checkpoint.root)


def test_an_older_database_is_not_signed(tmp_path: Path) -> None:
    office = Office(tmp_path / "office")
    office.folder.mkdir()
    office.add(3)
    office.sign()
    backup = copied(office.file, tmp_path / "backup.sqlite3")
    office.add(3)
    office.sign()
    for name in ("ledger.sqlite3-wal", "ledger.sqlite3-shm"):
        (office.folder / name).unlink(missing_ok=True)
    backup.replace(office.file)
    answer = office.log("checkpoint")
    assert answer.code == 1
    assert "older_than_signed" in answer.err
    assert one_line(answer)


@pytest.mark.parametrize("content", ["", "nonsense", "a+b+c"])
def test_a_public_key_that_is_none_is_said_in_one_line(attacked: Office, content: str) -> None:
    (attacked.keys / VERIFIER_FILE).write_text(content, "utf-8")
    answer = attacked.log("verify")
    assert answer.code == 2
    assert one_line(answer)


def test_another_log_s_public_key_verifies_nothing(attacked: Office, tmp_path: Path) -> None:
    other = Office(tmp_path / "other")
    other.folder.mkdir()
    other.add(1)
    other.sign()
    with pytest.raises(NoteError):
        verified_checkpoint(attacked.log("checkpoint").out, ORIGIN, [other.verifier])
