"""Killed (SIGKILL) between any two steps, the next start is consistent: one tree, one key."""

import pytest

from ledger.audit.key_changes import changes_of_key
from ledger.audit.keyring import COMING_FILE, KEY_FILE, open_keyring
from ledger.audit.signer import SignedState
from tests.audit.killed import STEPS, change, killed_at, sign
from tests.audit.logs import ORIGIN, Log, add_units

#: Steps of a first signature on a ledger of 600 events.
SIGNING = [
    "key placed",
    "public key shown",
    "sequenced",
    "state moved on",
    "signed",
    "published",
]
#: Steps of a change of key, with which of their times it is; the first of most are the signature's.
CHANGING = [
    ("key placed", 1),  # the new key beside
    ("change recorded", 1),
    ("sequenced", 1),
    ("file replaced", 1),  # the new key in the place of the old
    ("public key shown", 3),
    ("file replaced", 2),  # its public half
    ("state moved on", 1),
    ("signed", 2),
    ("published", 2),
]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", SIGNING)
def test_a_first_signature_cut_off_anywhere_is_made_good(log: Log, step: str, after: bool) -> None:
    add_units(log.ledger, 600)
    assert killed_at(log, sign, step, (1, after))
    log.clock.move(minutes=1)
    assert log.sign().size == 600
    assert log.codes() == set()


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", ["sequenced", "state moved on", "signed", "published"])
def test_a_later_signature_cut_off_anywhere_signs_one_tree_for_one_size(
    log: Log, step: str, after: bool
) -> None:
    add_units(log.ledger, 10)
    log.publish()
    add_units(log.ledger, 300)
    assert killed_at(log, sign, step, (1, after))
    told = SignedState(log.keys, ORIGIN).last()
    assert told is not None
    assert told.root == log.store.tree().root(told.size)
    log.publish()
    add_units(log.ledger, 3)
    log.publish()
    assert {each.checkpoint.size for each in log.read()} == {10, 310, 313}
    assert log.codes() == set()


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("step", "time"), CHANGING, ids=str)
def test_a_change_of_key_cut_off_anywhere_leaves_one_key_in_force(
    log: Log, step: str, time: int, after: bool
) -> None:
    add_units(log.ledger, 5)
    log.publish()
    old = log.verifier
    assert killed_at(log, change, step, (time, after))
    log.clock.move(minutes=1)
    log.publish()
    changes = changes_of_key(log.store, ORIGIN)
    assert log.verifier == (changes[0].new if changes else old)
    assert log.codes() == set()
    # And the change is made, or was made, once: what is left of it is taken up.
    left = open_keyring(log.keys, ORIGIN).coming
    if not changes:
        change(log)
        (made,) = changes_of_key(log.store, ORIGIN)
        assert left is None or made.new == left.verifier
    assert not (log.keys / COMING_FILE).exists()
    assert log.codes() == set()


def test_nothing_but_whole_files_is_ever_in_the_folder(log: Log) -> None:
    assert killed_at(log, sign, "key placed", (1, True))
    assert (log.keys / KEY_FILE).read_text("utf-8").startswith(ORIGIN)
    assert set(STEPS) >= {*SIGNING, *(step for step, _ in CHANGING)}
