"""Witnesses, by hand and over HTTP, and the change of key, as officers run them."""

import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from ledger.application import utc_now
from ledger.audit.keyring import VERIFIER_FILE
from ledger.audit.notes import read_note
from ledger.audit.sequencer import LogStore
from ledger.audit.tables import PublishedNote
from ledger.audit.verifier.main import run as verify_bundle
from tests.audit.logs import add_units, attack
from tests.ledger.office import OfficeClock, open_ledger
from tests.support import commands
from tests.support.commands import Answer


@dataclass(frozen=True)
class Place:
    """A folder in which commands are run, with what is configured there."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "ledger.sqlite3"

    def configure(self, **settings: object) -> None:
        self.folder.mkdir(exist_ok=True)
        lines = [f"LEDGER_{name.upper()}={value}\n" for name, value in settings.items()]
        (self.folder / ".env").write_text("".join(lines), "utf-8")

    def run(self, *arguments: str | Path) -> Answer:
        started = commands.start(self.file, self.folder, *map(str, arguments))
        return commands.finish(started, self.folder)

    def add(self, count: int) -> None:
        with open_ledger(self.file, OfficeClock(utc_now())) as ledger:
            add_units(ledger, count)

    def notes(self) -> list[PublishedNote]:
        with open_ledger(self.file) as ledger:
            return LogStore(ledger).notes()


@pytest.fixture
def office(tmp_path: Path) -> Place:
    """An office whose log is signed at ten events, before it knows of witnesses."""
    place = Place(tmp_path / "office")
    place.configure()
    place.add(10)
    assert place.run("log", "checkpoint").code == 0
    return place


@pytest.fixture
def witnesses(office: Place, tmp_path: Path) -> list[Place]:
    """Two witnesses elsewhere, who trust the office's log; the office's policy asks for both."""
    vkey = office.folder / "var" / "keys" / VERIFIER_FILE
    lines = [f"log {vkey.read_text('utf-8').splitlines()[0]}"]
    places = []
    for name in ("w1", "w2"):
        place = Place(tmp_path / name)
        place.configure(witness_dir=place.folder / "keys")
        answer = place.run("witness", "init", f"{name}.test", "--log", vkey)
        assert answer.code == 0
        lines.append(f"witness {name} {answer.out.decode().strip()}")
        places.append(place)
    lines += ["group both all w1 w2", "quorum both"]
    (office.folder / "policy").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    office.configure(log_policy="policy")
    return places


def carried(office: Place, witness: Place, *arguments: str) -> Answer:
    """A request carried to a witness, and its answer carried back."""
    request, answer = office.folder / "request", office.folder / "answer"
    assert office.run("log", "witness-request", *arguments, "-o", request).code == 0
    given = witness.run("witness", "cosign", request, "-o", answer)
    return given if given.code else office.run("log", "add-cosignature", answer)


def test_witnesses_without_a_network_make_a_quorum_by_hand(
    office: Place, witnesses: list[Place], tmp_path: Path
) -> None:
    for size in (10, 20):
        if size == 20:
            office.add(10)
        asked = office.run("log", "checkpoint")
        assert asked.code == 3
        assert asked.out.startswith(b"supervision-ledger.local/log\n%d\n" % size)
        assert office.run("log", "verify").code == 1
        assert carried(office, witnesses[0], "w1").code == 3
        assert carried(office, witnesses[1], "w2").code == 0
        assert office.run("log", "verify", "--deep").code == 0
    assert len(read_note(office.notes()[-1].data).signatures) == 4
    bundle = tmp_path / "bundle"
    assert office.run("bundle", "export", bundle).code == 0
    assert (bundle / "checkpoint").read_bytes() == office.notes()[-1].data
    assert len(list((bundle / "checkpoints").iterdir())) == len(office.notes())
    assert verify_bundle([str(bundle), "--policy", str(office.folder / "policy"), "--quiet"]) == 0


def test_a_witness_by_hand_says_from_where_it_can_go_on(
    office: Place, witnesses: list[Place]
) -> None:
    carried(office, witnesses[0])
    office.add(5)
    office.run("log", "checkpoint")
    refused = carried(office, witnesses[0], "--old", "9")
    assert refused.code == 1
    assert "other_size" in refused.err
    assert "--old 10" in refused.err
    assert carried(office, witnesses[0], "--old", "10").code == 3


def test_a_witness_by_hand_does_not_cosign_a_rewritten_history(
    office: Place, witnesses: list[Place]
) -> None:
    """The office throws everything away but the key, and begins again."""
    carried(office, witnesses[0])
    office.file.unlink()
    (office.folder / "var" / "keys" / "signed.sqlite3").unlink()
    office.add(20)
    assert office.run("log", "checkpoint").code == 3
    refused = carried(office, witnesses[0], "--old", "10")
    assert refused.code == 1
    assert "not_consistent" in refused.err


def test_what_is_no_cosignature_is_not_added(office: Place, witnesses: list[Place]) -> None:
    answer = office.folder / "answer"
    for content, code in ((b"nonsense\n", 2), ("— w1.test AAAAAAAAAAAA\n".encode(), 1)):
        answer.write_bytes(content)
        assert office.run("log", "add-cosignature", answer).code == code
    assert len(read_note(office.notes()[-1].data).signatures) == 2
    assert office.run("log", "witness-request", "nobody").code == 2


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_witnesses_over_http_are_asked_by_the_checkpoint_itself(
    office: Place, witnesses: list[Place]
) -> None:
    policy = (office.folder / "policy").read_text("utf-8")
    served = []
    for name, witness in zip(("w1", "w2"), witnesses, strict=True):
        port = free_port()
        key = next(line for line in policy.splitlines() if line.startswith(f"witness {name} "))
        policy = policy.replace(key, f"{key} http://127.0.0.1:{port}")
        arguments = ("witness", "serve", "--port", str(port))
        served.append(commands.start(witness.file, witness.folder, *arguments))
        listening(port)
    (office.folder / "policy").write_text(policy, "utf-8")
    try:
        for count in (0, 300):
            office.add(count)
            answer = office.run("log", "checkpoint")
            assert answer.code == 0, answer.err
            assert len(read_note(answer.out).signatures) == 4
        assert office.run("log", "verify", "--deep").code == 0
        kill(served[1])
        office.add(1)
        unmet = office.run("log", "checkpoint")
        assert unmet.code == 3
        assert "w2" in unmet.err
        assert len(read_note(unmet.out).signatures) == 3
        made = office.run("report", "--from", "2020-01-01", "--to", "2020-12-31", "--manifest")
        assert made.code == 3
        assert made.out
    finally:
        kill(served[0])


def listening(port: int) -> None:
    for _ in range(500):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("no witness there")


def kill(process: object) -> None:
    assert isinstance(process, commands.BaseProcess)
    process.terminate()
    process.join()
    assert process.exitcode in (0, 2, -signal.SIGTERM)


def test_the_key_is_changed_and_the_bundle_is_proved_under_the_old_policy(
    office: Place, tmp_path: Path
) -> None:
    keys = office.folder / "var" / "keys"
    old = (keys / VERIFIER_FILE).read_text("utf-8").splitlines()[0]
    answer = office.run("log", "change-key")
    assert answer.code == 0
    assert answer.out == (keys / VERIFIER_FILE).read_bytes()
    new = answer.out.decode().splitlines()[0]
    assert new != old
    assert office.run("log", "verify", "--deep").code == 0
    bundle = tmp_path / "bundle"
    assert office.run("bundle", "export", bundle).code == 0
    for name, keys_listed in (("old", [old]), ("both", [old, new])):
        policy = tmp_path / name
        policy.write_text("".join(f"log {key}\n" for key in keys_listed) + "quorum none\n", "utf-8")
        assert verify_bundle([str(bundle), "--policy", str(policy), "--quiet"]) == 0


def test_a_policy_of_another_log_is_refused(office: Place, witnesses: list[Place]) -> None:
    policy = office.folder / "policy"
    lines = policy.read_text("utf-8").splitlines()
    office.run("log", "change-key")
    (office.folder / "elsewhere").mkdir()
    other = Place(office.folder / "elsewhere")
    other.configure(log_policy=policy)
    other.add(1)
    answer = other.run("log", "checkpoint")
    assert answer.code == 2
    assert "策略" in answer.err
    policy.write_text("\n".join(["quorum nobody", *lines]), "utf-8")
    assert office.run("log", "checkpoint").code == 2


def test_a_time_that_went_backwards_is_shown(office: Place) -> None:
    attack(office.file, "UPDATE log_checkpoints SET at = at - 1")
    answer = office.run("log", "verify")
    assert answer.code == 1
    assert "checkpoint_misplaced" in answer.err


def test_the_doctor_reads_the_policy(office: Place, witnesses: list[Place]) -> None:
    assert "共签人 2 位" in office.run("doctor").err.replace("\n", "")
    (office.folder / "policy").write_text("quorum nobody\n", "utf-8")
    answer = office.run("doctor")
    assert answer.code == 1
    assert "policy" in answer.err


@pytest.mark.parametrize("act", ["change_log_key", "publish_statement"])
def test_nobody_enters_what_the_program_signs(office: Place, act: str) -> None:
    """A change of key with made-up signatures would stop the signer for ever."""
    told = office.folder / "told.json"
    told.write_text("{}", "utf-8")
    assert office.run("record", act, "--json", told).code == 2
    assert office.run("acts", act).code == 2
    assert act not in office.run("acts").out.decode()


@pytest.mark.parametrize("origin", ["a log", "a+log", "'a#1'"])
def test_a_name_that_no_key_can_have_is_no_setting(office: Place, origin: str) -> None:
    office.configure(log_origin=origin)
    answer = office.run("log", "checkpoint")
    assert answer.code == 2
    assert "LEDGER_LOG_ORIGIN" in answer.err
