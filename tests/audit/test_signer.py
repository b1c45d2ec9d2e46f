"""The signer signs one tree for one size, again after a crash, and beside another signer."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from ledger.audit.keyring import WillNotSignError, open_keyring
from ledger.audit.merkle import SHA256, verify_consistency
from ledger.audit.sequencer import LogStore
from ledger.audit.signer import Signed, SignedState
from ledger.audit.tables import PublishedNote
from tests.audit.logs import ORIGIN, Log, add_units
from tests.support.offices import copied


def test_the_first_signature_is_over_the_tree_of_all_events(log: Log) -> None:
    add_units(log.ledger, 300)
    checkpoint = log.sign()
    assert (checkpoint.origin, checkpoint.size) == (ORIGIN, 300)
    assert checkpoint.root == log.store.tree().root()
    assert log.published() == [checkpoint]
    assert SignedState(log.keys, ORIGIN).last() == (300, checkpoint.root, log.read()[0].logged_at)
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
    notes = log.notes()
    assert log.sign() == first
    assert log.notes() == notes


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

    def publish(self, size: int, at: int, note: bytes) -> PublishedNote:
        raise CrashError


def test_after_a_crash_before_publishing_the_same_tree_is_signed(log: Log) -> None:
    add_units(log.ledger, 10)
    log.sign()
    add_units(log.ledger, 10)
    with pytest.raises(CrashError):
        log.sign(CrashingStore(log.ledger))
    last = SignedState(log.keys, ORIGIN).last()
    assert last is not None
    assert last[:2] == (20, log.store.tree().root())
    assert [checkpoint.size for checkpoint in log.published()] == [10]
    again = log.sign()
    assert (again.size, again.root) == last[:2]
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

    open_keyring(log.keys, ORIGIN)
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
        assert signed is not None
        assert signed[:2] in outcomes
        for each in ways:
            each.close()


def test_what_was_signed_moves_on_only_from_what_was_seen(tmp_path: Path) -> None:
    one, other = SignedState(tmp_path, ORIGIN), SignedState(tmp_path, ORIGIN)
    first, second = Signed(3, bytes(32), 7), Signed(5, bytes([1]) * 32, 7)
    assert one.last() is None
    assert one.move_on(None, first)
    assert not other.move_on(None, second)
    assert other.last() == first
    for otherwise in ({"root": bytes([9]) * 32}, {"size": 4}, {"at": 6}):
        assert not other.move_on(first._replace(**otherwise), second)
    assert other.move_on(first, second)
    assert not one.move_on(first, Signed(4, bytes(32), 8))
    assert one.last() == second
    assert SignedState(tmp_path, "another.example/log").last() is None
