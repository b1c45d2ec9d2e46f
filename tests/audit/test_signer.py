"""The signer signs one tree for one size, again after a crash, and beside another signer."""

import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from ledger.audit.merkle import SHA256, verify_consistency
from ledger.audit.notes import read_verifier
from ledger.audit.sequencer import LogStore
from ledger.audit.signer import (
    KEY_FILE,
    VERIFIER_FILE,
    SignedState,
    WillNotSignError,
    open_signer,
)
from tests.audit.logs import ORIGIN, Log, add_units
from tests.support.offices import copied


def test_the_first_signature_is_over_the_tree_of_all_events(log: Log) -> None:
    add_units(log.ledger, 300)
    checkpoint = log.sign()
    assert (checkpoint.origin, checkpoint.size) == (ORIGIN, 300)
    assert checkpoint.root == log.store.tree().root()
    assert log.published() == [checkpoint]
    assert SignedState(log.keys, ORIGIN).last() == (300, checkpoint.root)
    assert log.codes() == set()


def test_the_empty_ledger_is_signed_as_the_empty_tree(log: Log) -> None:
    assert (log.sign().size, log.sign().root) == (0, SHA256.empty)
    add_units(log.ledger, 1)
    assert log.sign().size == 1
    assert [checkpoint.size for checkpoint in log.published()] == [0, 1]
    assert log.codes() == set()


def test_without_new_events_the_same_is_signed_again(log: Log) -> None:
    add_units(log.ledger, 5)
    first = log.sign()
    notes = log.store.checkpoints()
    assert log.sign() == first
    assert log.store.checkpoints() == notes


def test_what_is_signed_later_continues_what_was_signed(log: Log) -> None:
    signed = []
    for count in (1, 2, 253, 1, 300):
        add_units(log.ledger, count)
        signed.append(log.sign())
    assert log.published() == signed
    tree = log.store.tree()
    for number, first in enumerate(signed):
        for second in signed[number:]:
            proof = tree.consistency(first.size, second.size)
            verify_consistency(first.size, second.size, proof, first.root, second.root)


class CrashError(RuntimeError):
    """The signer stops here."""


class CrashingStore(LogStore):
    """A log to which nothing can be published."""

    def publish(self, size: int, note: bytes) -> None:
        raise CrashError


def test_after_a_crash_before_publishing_the_same_tree_is_signed(log: Log) -> None:
    add_units(log.ledger, 10)
    log.sign()
    add_units(log.ledger, 10)
    with pytest.raises(CrashError):
        log.sign(CrashingStore(log.ledger))
    last = SignedState(log.keys, ORIGIN).last()
    assert last == (20, log.store.tree().root())
    assert [checkpoint.size for checkpoint in log.published()] == [10]
    again = log.sign()
    assert (again.size, again.root) == last
    assert [checkpoint.size for checkpoint in log.published()] == [10, 20]


def test_after_a_crash_before_publishing_a_longer_tree_continues_it(log: Log) -> None:
    add_units(log.ledger, 10)
    with pytest.raises(CrashError):
        log.sign(CrashingStore(log.ledger))
    add_units(log.ledger, 5)
    assert log.sign().size == 15
    assert log.codes() == set()


def test_signers_at_once_sign_one_tree_for_one_size(log: Log) -> None:
    start = Barrier(3)

    def write() -> None:
        start.wait()
        for _ in range(15):
            add_units(log.ledger, 3)

    def sign(_: int) -> list[tuple[int, bytes]]:
        beside = Log(log.path, log.keys)
        try:
            start.wait()
            signed = [beside.sign() for _ in range(15)]
        finally:
            beside.close()
        return [(checkpoint.size, checkpoint.root) for checkpoint in signed]

    open_signer(log.keys, ORIGIN)
    log.sign()
    with ThreadPoolExecutor(3) as pool:
        writing = pool.submit(write)
        signed = [pair for pairs in pool.map(sign, range(2)) for pair in pairs]
        writing.result()
    final = log.sign()
    assert len(set(signed)) == len({size for size, _ in signed})
    assert all(root == log.store.tree().root(size) for size, root in signed)
    assert (final.size, log.codes()) == (45, set())


def test_of_two_histories_signed_at_once_one_is_refused(log: Log, tmp_path: Path) -> None:
    """Two copies of one ledger go different ways to the same size, under one key."""
    add_units(log.ledger, 3)
    log.sign()
    start = Barrier(2)

    def sign(each: Log) -> tuple[int, bytes] | str:
        start.wait()
        try:
            checkpoint = each.sign()
        except WillNotSignError as error:
            return error.code
        return checkpoint.size, checkpoint.root

    for number in range(8):
        ways = []
        for name in "AB":
            path = copied(log.path, tmp_path / f"{name}{number}.sqlite3")
            keys = tmp_path / f"keys{number}"
            shutil.copytree(log.keys, keys, dirs_exist_ok=True)
            ways.append(Log(path, keys))
            add_units(ways[-1].ledger, 4, name)
        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(sign, ways))
        assert outcomes.count("not_consistent") == 1, outcomes
        signed = SignedState(ways[0].keys, ORIGIN).last()
        assert signed in outcomes
        for each in ways:
            each.close()


def test_what_was_signed_moves_on_only_from_what_was_seen(tmp_path: Path) -> None:
    one, other = SignedState(tmp_path, ORIGIN), SignedState(tmp_path, ORIGIN)
    first, second = (3, bytes(32)), (5, bytes([1]) * 32)
    assert one.last() is None
    assert one.move_on(None, *first)
    assert not other.move_on(None, *second)
    assert other.last() == first
    assert not other.move_on((3, bytes([9]) * 32), *second)
    assert not other.move_on((4, bytes(32)), *second)
    assert other.move_on(first, *second)
    assert not one.move_on(first, 4, bytes(32))
    assert one.last() == second
    assert SignedState(tmp_path, "another.example/log").last() is None


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_key_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    keys = tmp_path / "var" / "keys"
    open_signer(keys, ORIGIN)
    assert mode(keys / KEY_FILE) == 0o600
    assert mode(keys) == 0o700


def test_the_key_is_made_once_and_its_public_half_lies_beside_it(tmp_path: Path) -> None:
    made = open_signer(tmp_path, ORIGIN)
    again = open_signer(tmp_path, ORIGIN)
    assert again.verifier == made.verifier
    text = (tmp_path / VERIFIER_FILE).read_text("utf-8").strip()
    assert read_verifier(text) == made.verifier
    other = open_signer(tmp_path / "other", ORIGIN)
    assert other.verifier.key != made.verifier.key


def test_a_key_of_another_log_is_refused(tmp_path: Path) -> None:
    open_signer(tmp_path, ORIGIN)
    with pytest.raises(WillNotSignError) as refused:
        open_signer(tmp_path, "another.example/log")
    assert refused.value.code == "other_origin"


def test_the_public_half_that_was_lost_is_written_again(tmp_path: Path) -> None:
    made = open_signer(tmp_path, ORIGIN)
    (tmp_path / VERIFIER_FILE).unlink()
    open_signer(tmp_path, ORIGIN)
    text = (tmp_path / VERIFIER_FILE).read_text("utf-8").strip()
    assert read_verifier(text) == made.verifier


@pytest.mark.parametrize("content", ["", ORIGIN, f"{ORIGIN} AAAA\n", f"{ORIGIN} ****\n"])
def test_a_key_file_cut_short_is_refused_in_words(tmp_path: Path, content: str) -> None:
    (tmp_path / KEY_FILE).write_text(content, "utf-8")
    with pytest.raises(WillNotSignError):
        open_signer(tmp_path, ORIGIN)


def test_openers_at_once_get_one_key(tmp_path: Path) -> None:
    for number in range(10):
        start = Barrier(4)

        def take(_: int, start: Barrier = start, folder: Path = tmp_path / str(number)) -> Any:
            start.wait()
            return open_signer(folder, ORIGIN).verifier

        with ThreadPoolExecutor(4) as pool:
            assert len(set(pool.map(take, range(4)))) == 1
