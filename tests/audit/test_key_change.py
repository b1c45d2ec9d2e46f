"""The log's key is changed by an event of its own, that both keys sign, and nothing else."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.log_keys.log_key import LogKeyChanged
from ledger.audit.checkpoints import Checkpoint
from ledger.audit.key_changes import changes_of_key, make_change, trusted_keys
from ledger.audit.keyring import COMING_FILE, KEY_FILE, WillNotSignError, open_keyring
from ledger.audit.notes import Note, NoteError, Signer, Verifier, read_log_verifiers
from ledger.audit.verifier.signers import changed_key
from tests.audit.logs import EVENTS, ORIGIN, Log, add_units, attacker
from tests.ledger.office import when


def make(log: Log) -> Verifier:
    """Record a change of key; the key that will be in force."""
    keyring = open_keyring(log.keys, ORIGIN)
    act = make_change(keyring, changes_of_key(log.store, ORIGIN), log.ledger.today())
    log.ledger.execute(act, when(act, log.ledger.today()))
    coming = keyring.coming
    assert coming is not None
    return coming.verifier


def refusal(log: Log) -> str:
    with pytest.raises(WillNotSignError) as refused:
        log.publish()
    return refused.value.code


@pytest.fixture
def changed(log: Log) -> tuple[Verifier, Verifier]:
    """The old and the new key of a log signed at 5, changed, signed at 6, grown, signed at 11."""
    add_units(log.ledger, 5)
    log.publish()
    old = log.verifier
    new = make(log)
    log.publish()
    add_units(log.ledger, 5)
    log.publish()
    return old, new


def test_the_checkpoint_with_the_change_is_signed_by_the_new_key(
    log: Log, changed: tuple[Verifier, Verifier]
) -> None:
    old, new = changed
    assert old != new == log.verifier
    plain = [[key for key in each.signed if key.kind == 1] for each in log.read()]
    assert plain == [[old], [new], [new]]
    assert [each.checkpoint.size for each in log.read()] == [5, 6, 11]
    assert log.codes() == set()


def test_the_event_is_what_the_offline_verifier_takes(
    log: Log, changed: tuple[Verifier, Verifier]
) -> None:
    (body,) = [e for page in log.ledger.follow() for _, e in page if "log_key" in e["type"]]
    pair = changed_key(body["data"])
    assert pair is not None
    assert [each.key for each in pair] == [each.key for each in changed]


def test_the_old_private_key_is_gone(log: Log, changed: tuple[Verifier, Verifier]) -> None:
    keyring = open_keyring(log.keys, ORIGIN)
    assert keyring.current.verifier == changed[1]
    assert keyring.coming is None
    assert sorted(each.name for each in log.keys.iterdir()) == [
        "log.key",
        "log.vkey",
        "signed.sqlite3",
    ]


def test_whoever_knows_either_key_follows_the_change(
    log: Log, changed: tuple[Verifier, Verifier]
) -> None:
    for known in changed:
        keys = trusted_keys(log.store, known)
        assert [keys.at(size) for size in (0, 5, 6, 11)] == [changed[0]] * 2 + [changed[1]] * 2


def test_keys_are_changed_again(log: Log, changed: tuple[Verifier, Verifier]) -> None:
    third = make(log)
    log.publish()
    assert log.verifier == third
    assert [each.size for each in changes_of_key(log.store, ORIGIN)] == [6, 12]
    assert log.codes() == set()


def test_a_key_beside_that_no_event_tells_of_signs_nothing(log: Log) -> None:
    """A change cut off before its event: the old key goes on, and the next change takes it up."""
    add_units(log.ledger, 5)
    old = open_keyring(log.keys, ORIGIN).current.verifier
    coming = open_keyring(log.keys, ORIGIN).make_coming().verifier
    log.publish()
    assert log.verifier == old
    assert make(log) == coming
    log.publish()
    assert log.verifier == coming


def test_a_change_whose_new_key_was_lost_is_not_signed(log: Log) -> None:
    add_units(log.ledger, 5)
    make(log)
    (log.keys / COMING_FILE).unlink()
    assert refusal(log) == "key_not_here"


def test_a_signer_with_the_old_key_alone_does_not_sign_on(log: Log, tmp_path: Path) -> None:
    add_units(log.ledger, 5)
    log.publish()
    held = (log.keys / KEY_FILE).read_bytes()
    make(log)
    log.publish()
    (log.keys / KEY_FILE).write_bytes(held)
    assert refusal(log) == "key_not_here"


def forge(log: Log, **changes: str) -> None:
    """Have an attacker write over the change of key as it is stored."""
    import orjson

    from tests.audit.logs import encoded

    with attacker(log.path) as db:
        query = f"SELECT rowid, state FROM {EVENTS} WHERE topic = 'log_key.changed.v1'"
        row, state = db.execute(query).fetchone()
        body = orjson.loads(state)
        body["data"] |= changes
        db.execute(f"UPDATE {EVENTS} SET state = ? WHERE rowid = ?", (encoded(body), row))


@pytest.mark.parametrize(
    "changes",
    [
        {"origin": "other.test/log"},
        {"old_vkey": "nonsense"},
        {"old_signature": "A" * 86 + "=="},
        {"new_signature": "A" * 86 + "=="},
    ],
)
def test_a_change_that_both_keys_have_not_signed_is_found_and_not_signed_on(
    log: Log, changes: dict[str, str]
) -> None:
    add_units(log.ledger, 5)
    make(log)
    forge(log, **changes)
    assert refusal(log) == "key_change_bad"
    assert "key_change_bad" in log.codes()


def test_a_change_between_keys_of_an_attacker_is_found_and_not_signed_on(
    log: Log, tmp_path: Path
) -> None:
    add_units(log.ledger, 5)
    log.publish()
    strange = open_keyring(tmp_path / "strange", ORIGIN)
    act = make_change(strange, [], log.ledger.today())
    log.ledger.execute(act, when(act, log.ledger.today()))
    assert refusal(log) == "key_not_here"
    assert "key_change_bad" in log.codes()


@pytest.mark.parametrize(("size", "new"), [(5, True), (6, False)])
def test_a_checkpoint_signed_by_the_key_of_another_time_is_not_believed(
    log: Log, changed: tuple[Verifier, Verifier], size: int, new: bool
) -> None:
    signer = open_keyring(log.keys, ORIGIN).current
    if not new:
        signer = Signer(ORIGIN, Ed25519PrivateKey.generate())
    text = str(Checkpoint(ORIGIN, size, log.store.tree().root(size)))
    with pytest.raises(NoteError):
        log.trust().read(str(Note(text, (signer.sign(text),))).encode())


def test_the_act_is_repeated_as_the_same(log: Log) -> None:
    """Two that change the key at once bring about one change."""
    add_units(log.ledger, 1)
    log.publish()
    keyring = open_keyring(log.keys, ORIGIN)
    one, other = (make_change(keyring, [], log.ledger.today()) for _ in range(2))
    assert one == other
    receipts = {log.ledger.execute(each, when(each, log.ledger.today())) for each in (one, other)}
    assert len(receipts) == 1
    assert isinstance(log.ledger.history(f"log_key:{one.number}")[0].event.data, LogKeyChanged)


def test_the_public_half_changes_with_the_key(log: Log, changed: tuple[Verifier, Verifier]) -> None:
    text = (log.keys / "log.vkey").read_text("utf-8")
    assert read_log_verifiers(text) == (changed[1], changed[1].timed())
