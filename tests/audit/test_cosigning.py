"""What the log does with cosignatures: those that hold are kept, on the note they are for."""

from collections.abc import Callable

import pytest

from ledger.audit.add_checkpoint import read_cosignatures
from ledger.audit.cosigning import Asked, Cosigning, last_cosigned
from ledger.audit.notes import Signature, read_note
from ledger.audit.verifier.policy import Policy
from tests.audit.asked import Desk, desk_for, policy_of, request, unreachable
from tests.audit.logs import Log, add_units, attack

Ask = Callable[[str, bytes], tuple[int, bytes]]


@pytest.fixture
def desk(log: Log) -> Desk:
    add_units(log.ledger, 10)
    return desk_for(log)


@pytest.fixture
def policy(log: Log, desk: Desk) -> Policy:
    log.publish()
    return policy_of(log, {desk: "here"}, 1)


def cosigning(log: Log, policy: Policy) -> Cosigning:
    return Cosigning(log.store, log.trust(policy), log.clock.now.timestamp(), 300)


def asked(log: Log, policy: Policy, ask: Ask) -> Asked:
    """Ask the only witness about what is now."""
    _, (found,) = cosigning(log, policy).ask_all(log.publish(), ask)
    return found


def test_a_witness_is_asked_from_where_it_last_cosigned(
    log: Log, desk: Desk, policy: Policy
) -> None:
    bodies = []

    def ask(address: str, body: bytes) -> tuple[int, bytes]:
        bodies.append(body.split(b"\n")[0])
        return desk.ask(address, body)

    for _ in range(3):
        assert asked(log, policy, ask).failure is None
        add_units(log.ledger, 10)
    assert bodies == [b"old 0", b"old 10", b"old 20"]
    assert last_cosigned(log.store, desk.verifier) == 30


def test_a_witness_that_stands_elsewhere_is_asked_once_more_from_there(
    log: Log, desk: Desk, policy: Policy
) -> None:
    """It cosigned twenty, and the answer was lost."""
    add_units(log.ledger, 10)
    desk.witness.add_checkpoint(request(log, log.publish(), 0))
    add_units(log.ledger, 10)
    assert asked(log, policy, desk.ask).failure is None
    assert log.codes(policy) == set()


def test_a_witness_that_has_seen_more_than_the_log_has_is_told_of(
    log: Log, desk: Desk, policy: Policy
) -> None:
    found = asked(log, policy, lambda *_: (409, b"11\n"))
    assert found.failure is not None
    assert "11" in found.failure


def test_a_witness_that_has_seen_another_tree_of_that_size_is_not_asked_again(
    log: Log, policy: Policy
) -> None:
    bodies = []

    def ask(_: str, body: bytes) -> tuple[int, bytes]:
        bodies.append(body)
        return 409, b"0\n"

    found = asked(log, policy, ask)
    assert found.failure is not None
    assert "另一个根" in found.failure
    assert len(bodies) == 1


def test_a_witness_that_never_answers_leaves_all_as_it_was(
    log: Log, desk: Desk, policy: Policy
) -> None:
    notes = log.store.notes()
    assert asked(log, policy, unreachable).failure
    assert log.store.notes() == notes


def answered(log: Log, signature: Signature) -> Ask:
    return lambda *_: (200, f"{signature}\n".encode())


def test_a_cosignature_over_another_text_is_not_kept(log: Log, desk: Desk, policy: Policy) -> None:
    now = int(log.clock.now.timestamp())
    signature = desk.witness.signer.cosign("another text\n", now)
    assert asked(log, policy, answered(log, signature)).failure
    assert len(read_note(log.notes()[0]).signatures) == 2


@pytest.mark.parametrize(
    ("seconds", "kept"), [(-301, False), (-299, True), (300, True), (302, False)]
)
def test_a_cosignature_whose_time_cannot_be_is_not_kept(
    log: Log, desk: Desk, policy: Policy, seconds: int, kept: bool
) -> None:
    text = read_note(log.notes()[0]).text
    signature = desk.witness.signer.cosign(text, log.store.notes()[0].at + seconds)
    assert (asked(log, policy, answered(log, signature)).failure is None) == kept


def test_a_cosignature_that_comes_later_is_put_on_the_note_it_is_for(
    log: Log, desk: Desk, policy: Policy
) -> None:
    (first,) = log.store.notes()
    signature = read_cosignatures(desk.witness.add_checkpoint(request(log, first, 0)))[0]
    log.clock.move(days=1)
    add_units(log.ledger, 5)
    log.publish()
    assert list(cosigning(log, policy).add([signature])) == [(signature, 10)]
    assert list(cosigning(log, policy).add([signature])) == [(signature, 10)]
    sizes = [len(read_note(each).signatures) for each in log.notes()]
    assert sizes == [3, 2]
    assert log.read()[0].cosigned[0][1] == first.at


def test_of_two_notes_of_one_tree_the_cosignature_is_for_the_newest_before_it(
    log: Log, desk: Desk, policy: Policy
) -> None:
    text = read_note(log.notes()[0]).text
    early = int(log.clock.now.timestamp())
    log.clock.move(days=1)
    log.publish()
    signer = desk.witness.signer
    assert list(cosigning(log, policy).add([signer.cosign(text, early + 60)])) != []
    assert [len(read_note(each).signatures) for each in log.notes()] == [3, 2]
    late = signer.cosign(text, early + 86_400 + 60)
    assert next(cosigning(log, policy).add([late]))[1] == 10
    assert [len(read_note(each).signatures) for each in log.notes()] == [3, 3]


def test_a_cosignature_of_nobody_known_is_not_kept(log: Log, desk: Desk, policy: Policy) -> None:
    stranger = desk_for(log, "witness.test/stranger").witness.signer
    text = read_note(log.notes()[0]).text
    signature = stranger.cosign(text, int(log.clock.now.timestamp()))
    assert list(cosigning(log, policy).add([signature])) == [(signature, None)]


def test_cosignatures_of_several_that_come_at_once_are_all_kept(log: Log, desk: Desk) -> None:
    """Each was given the note as it stood before the other's came."""
    note = log.publish()
    other = desk_for(log, "witness.test/w2")
    policy = policy_of(log, {desk: "", other: ""}, 2)
    log_side = cosigning(log, policy)
    one, two = (
        read_cosignatures(each.witness.add_checkpoint(request(log, note, 0)))
        for each in (desk, other)
    )
    log_side._kept(note, one)
    log_side._kept(note, two)
    assert len(read_note(log.notes()[0]).signatures) == 4
    assert log.codes(policy) == set()


def test_a_note_signed_again_in_the_same_second_keeps_its_cosignatures(
    log: Log, desk: Desk, policy: Policy
) -> None:
    assert asked(log, policy, desk.ask).failure is None
    notes = log.store.notes()
    log.publish()
    assert log.store.notes() == notes


def test_what_an_attacker_put_in_its_place_is_not_kept(
    log: Log, desk: Desk, policy: Policy
) -> None:
    attack(log.path, "UPDATE log_checkpoints SET note = x'00'")
    log.publish()
    assert len(log.read()) == 1
