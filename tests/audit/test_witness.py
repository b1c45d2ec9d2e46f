"""A witness cosigns what continues the tree it cosigned last, and says why where it does not."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from ledger.audit.add_checkpoint import (
    LONGEST,
    AddCheckpoint,
    BadRequestError,
    read_cosignatures,
    read_request,
)
from ledger.audit.merkle import SHA256
from ledger.audit.notes import BadKeyError, NoteError, Signer, read_note
from ledger.audit.signer import Signed
from ledger.audit.witness import (
    STATE_FILE,
    WillNotCosignError,
    Witness,
    WitnessState,
    read_logs,
)
from tests.audit.asked import Desk, desk_for, refused, request
from tests.audit.logs import ORIGIN, Log, add_units, flipped
from tests.support.offices import copied


@pytest.fixture
def desk(log: Log) -> Desk:
    """A witness that has cosigned the log at ten entries."""
    add_units(log.ledger, 10)
    note = log.publish()
    desk = desk_for(log)
    desk.witness.add_checkpoint(request(log, note, 0))
    return desk


def last(desk: Desk) -> tuple[int, bytes] | None:
    state = WitnessState(desk.folder).last(ORIGIN)
    return None if state is None else (state.size, state.root)


def test_a_first_checkpoint_is_cosigned_without_a_proof(log: Log, desk: Desk) -> None:
    (note,) = log.store.notes()
    assert last(desk) == (10, log.store.tree().root())
    (cosignature,) = read_cosignatures(desk.witness.add_checkpoint(request(log, note, 10)))
    whole = read_note(note.data).with_signatures([cosignature])
    assert desk.verifier in whole.signed_by([desk.verifier, log.verifier])
    assert whole.time_of(desk.verifier) == int(log.clock.now.timestamp())


def test_a_checkpoint_that_continues_is_cosigned(log: Log, desk: Desk) -> None:
    add_units(log.ledger, 300)
    note = log.publish()
    body = request(log, note, 10)
    assert len(read_request(body).proof) > 1
    (cosignature,) = read_cosignatures(desk.witness.add_checkpoint(body))
    assert cosignature.name == desk.name
    assert last(desk) == (310, log.store.tree().root())


def test_the_same_tree_is_cosigned_again_with_a_new_time(log: Log, desk: Desk) -> None:
    log.clock.move(hours=1)
    note = log.publish()
    (cosignature,) = read_cosignatures(desk.witness.add_checkpoint(request(log, note, 10)))
    whole = read_note(note.data).with_signatures([cosignature])
    assert whole.time_of(desk.verifier) == note.at


@pytest.mark.parametrize("old", [0, 9, 11])
def test_from_another_size_than_the_last_it_tells_its_own(log: Log, desk: Desk, old: int) -> None:
    add_units(log.ledger, 5)
    note = log.publish()
    assert refused(desk.witness, request(log, note, old)) == ("other_size", 10)


def test_an_unknown_witness_of_a_log_tells_that_it_begins_at_nothing(log: Log) -> None:
    add_units(log.ledger, 5)
    note = log.publish()
    assert refused(desk_for(log).witness, request(log, note, 3)) == ("other_size", 0)


def test_a_second_tree_of_the_same_size_is_not_cosigned(
    log: Log, desk: Desk, tmp_path: Path
) -> None:
    other = Log(tmp_path / "other.sqlite3", tmp_path / "other-keys")
    (tmp_path / "other-keys").mkdir()
    for file in log.keys.glob("log.*"):
        (other.keys / file.name).write_bytes(file.read_bytes())
    add_units(other.ledger, 10, "OTHER")
    note = other.publish()
    assert refused(desk.witness, request(other, note, 10)) == ("other_size", 10)
    add_units(other.ledger, 10)
    note = other.publish()
    assert refused(desk.witness, request(other, note, 10)) == ("not_consistent", None)
    assert last(desk) == (10, log.store.tree().root())
    other.close()


def test_a_shorter_tree_is_not_cosigned(log: Log, desk: Desk) -> None:
    (first,) = log.store.notes()
    add_units(log.ledger, 5)
    desk.witness.add_checkpoint(request(log, log.publish(), 10))
    assert refused(desk.witness, request(log, first, 10)) == ("other_size", 15)
    assert refused(desk.witness, request(log, first, 0)) == ("other_size", 15)


@pytest.mark.parametrize("at", [0, 1, -1])
def test_a_proof_altered_is_not_believed(log: Log, desk: Desk, at: int) -> None:
    add_units(log.ledger, 300)
    note = log.publish()
    proof = list(read_request(request(log, note, 10)).proof)
    proof[at] = flipped(proof[at], 5)
    body = request(log, note, 10, proof=tuple(proof))
    assert refused(desk.witness, body) == ("not_consistent", None)
    assert last(desk) == (10, log.store.tree().root(10))


def test_a_proof_too_short_too_long_or_not_called_for_is_not_believed(log: Log, desk: Desk) -> None:
    same = request(log, log.store.notes()[0], 10, proof=(bytes(32),))
    assert refused(desk.witness, same) == ("not_consistent", None)
    add_units(log.ledger, 300)
    note = log.publish()
    proof = read_request(request(log, note, 10)).proof
    for wrong in (proof[:-1], (*proof, bytes(32)), ()):
        body = request(log, note, 10, proof=wrong)
        assert refused(desk.witness, body) == ("not_consistent", None)
    fresh = desk_for(log, "witness.test/fresh")
    body = request(log, note, 0, proof=proof)
    assert refused(fresh.witness, body) == ("not_consistent", None)


def test_the_empty_tree_has_one_root(log: Log) -> None:
    note = log.publish()
    assert note.size == 0
    desk = desk_for(log)
    signer = log_signer(log)
    wrong = f"{ORIGIN}\n0\n{'A' * 43}=\n"
    body = bytes(AddCheckpoint(0, (), f"{wrong}\n{signer.sign(wrong)}\n".encode()))
    assert refused(desk.witness, body) == ("not_consistent", None)
    desk.witness.add_checkpoint(request(log, note, 0))
    assert last(desk) == (0, SHA256.empty)
    add_units(log.ledger, 3)
    desk.witness.add_checkpoint(request(log, log.publish(), 0))
    assert last(desk) == (3, log.store.tree().root())


def log_signer(log: Log) -> Signer:
    from ledger.audit.keyring import open_keyring

    return open_keyring(log.keys, ORIGIN).current


def test_an_unknown_log_is_not_cosigned(log: Log, desk: Desk) -> None:
    (note,) = log.store.notes()
    stranger = Desk(desk.name, desk.folder, "", log.clock)
    assert refused(stranger.witness, request(log, note, 10)) == ("unknown_log", None)


def test_a_checkpoint_that_the_log_has_not_signed_is_not_cosigned(log: Log, desk: Desk) -> None:
    (note,) = log.store.notes()
    altered = note._replace(data=note.data.replace(b"\n10\n", b"\n11\n"))
    assert refused(desk.witness, request(log, altered, 10)) == ("not_signed", None)
    other = Signer(ORIGIN, desk.witness.signer.private)
    text = read_note(note.data).text
    forged = f"{text}\n{other.sign(text)}\n".encode()
    assert refused(desk.witness, request(log, note._replace(data=forged), 10)) == (
        "not_signed",
        None,
    )


def test_the_signatures_of_others_do_not_matter(log: Log, desk: Desk) -> None:
    (note,) = log.store.notes()
    more = note.data + str(desk.witness.signer.cosign("something else\n", 5)).encode() + b"\n"
    desk.witness.add_checkpoint(request(log, note._replace(data=more), 10))


def test_a_checkpoint_below_the_size_it_is_to_continue_is_no_request(log: Log, desk: Desk) -> None:
    (note,) = log.store.notes()
    body = request(log, note, 10).replace(b"old 10\n", b"old 11\n")
    assert refused(desk.witness, body) == ("bad_request", None)


NOTE = b"o\n1\n" + b"A" * 43 + b"=\n\n\xe2\x80\x94 o AAAAAAA=\n"
HASH = b"A" * 43 + b"=\n"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\n",
        NOTE,
        b"old 1\n" + NOTE,
        b"old 01\n\n" + NOTE,
        b"old -1\n\n" + NOTE,
        b"old  1\n\n" + NOTE,
        b"Old 1\n\n" + NOTE,
        b"old 1\r\n\n" + NOTE,
        b"old 1\nAAAA\n\n" + NOTE,
        b"old 1\n" + HASH[:-2] + b"\n\n" + NOTE,
        b"old 1\n" + HASH * 64 + b"\n" + NOTE,
        b"old 1\n\xff\n\n" + NOTE,
        b"old 99999999999999999999\n\n" + NOTE,
        b"old 1\n\n" + NOTE[:-1],
        b"old 1\n\n" + b"x" * LONGEST,
        b"old 1\n\n\xff",
    ],
)
def test_what_is_no_request_is_refused(log: Log, desk: Desk, body: bytes) -> None:
    assert refused(desk.witness, body) == ("bad_request", None)


def test_a_request_is_read_as_it_was_written() -> None:
    made = AddCheckpoint(7, tuple(bytes([n]) * 32 for n in range(63)), NOTE)
    assert read_request(bytes(made)) == made
    assert bytes(AddCheckpoint(0, (), NOTE)) == b"old 0\n\n" + NOTE
    with pytest.raises(BadRequestError):
        read_request(bytes(AddCheckpoint(7, (bytes(32),) * 64, NOTE)))


@pytest.mark.parametrize("answer", [b"", b"\n", b"x\n", b"\xff\n", b"\xe2\x80\x94 w AAAAAAA="])
def test_an_answer_that_is_no_signature_lines_is_refused(answer: bytes) -> None:
    with pytest.raises(NoteError):
        read_cosignatures(answer)


def test_of_two_trees_that_arrive_at_once_one_is_cosigned(
    log: Log, desk: Desk, tmp_path: Path
) -> None:
    bodies = []
    for name in "AB":
        way = Log(copied(log.path, tmp_path / f"{name}.sqlite3"), tmp_path / f"keys{name}")
        way.keys.mkdir()
        for file in log.keys.iterdir():
            (way.keys / file.name).write_bytes(file.read_bytes())
        add_units(way.ledger, 4, name)
        bodies.append(request(way, way.publish(), 10))
        way.close()
    start = Barrier(2)

    def ask(body: bytes) -> str:
        start.wait()
        try:
            desk.witness.add_checkpoint(body)
        except WillNotCosignError as error:
            return error.code
        return "cosigned"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(ask, bodies))
    assert outcomes == ["cosigned", "other_size"]


def test_a_request_overtaken_while_it_is_checked_is_not_cosigned(
    log: Log, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading the state and moving it on, another request has done so."""
    add_units(log.ledger, 2)
    first = request(log, log.publish(), 10)
    add_units(log.ledger, 2)
    second = request(log, log.publish(), 10)
    told = Witness._time

    def slow(witness: Witness, seen: Signed | None) -> int:
        monkeypatch.setattr(Witness, "_time", told)
        desk.witness.add_checkpoint(second)
        return told(witness, seen)

    monkeypatch.setattr(Witness, "_time", slow)
    assert refused(desk.witness, first) == ("other_size", 14)
    assert last(desk) == (14, log.store.tree().root())


def test_what_was_cosigned_is_on_disk_before_the_answer(
    log: Log, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is killed while signing has cosigned nothing that it forgets."""
    add_units(log.ledger, 2)
    body = request(log, log.publish(), 10)

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Signer, "cosign", dies)
    with pytest.raises(KeyboardInterrupt):
        desk.witness.add_checkpoint(body)
    assert last(desk) == (12, log.store.tree().root())


def test_a_witness_whose_clock_fell_behind_does_not_cosign(log: Log, desk: Desk) -> None:
    (note,) = log.store.notes()
    log.clock.move(seconds=-200)
    (cosignature,) = read_cosignatures(desk.witness.add_checkpoint(request(log, note, 10)))
    whole = read_note(note.data).with_signatures([cosignature])
    assert whole.time_of(desk.verifier) == note.at
    log.clock.move(seconds=-200)
    assert refused(desk.witness, request(log, note, 10)) == ("clock_behind", None)


def test_the_state_is_one_row_a_log(log: Log, desk: Desk) -> None:
    with closing(sqlite3.connect(desk.folder / STATE_FILE)) as db:
        rows = db.execute("SELECT origin, size, root FROM cosigned").fetchall()
    assert rows == [(ORIGIN, 10, log.store.tree().root())]


def test_the_trusted_logs_are_read_with_old_and_new_keys(log: Log, desk: Desk) -> None:
    signer = desk.witness.signer
    other = Signer(ORIGIN, signer.private).verifier
    text = f"# logs\n\n{log.verifier}\n{log.verifier.timed()}\n{other}\n"
    assert read_logs(text)[ORIGIN].verifiers == (log.verifier, other)
    assert read_logs(f"{log.verifier} sm3\n")[ORIGIN].hasher.name == "sm3"


@pytest.mark.parametrize("line", ["nonsense", "{key} md5", "{key} sha256 sm3", "{key} sm3\n{key}"])
def test_a_file_of_trusted_logs_with_another_line_is_refused(
    log: Log, desk: Desk, line: str
) -> None:
    with pytest.raises(BadKeyError):
        read_logs(line.format(key=log.verifier))
