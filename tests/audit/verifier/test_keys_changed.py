"""The log's key changed: who knows the old key or the new one proves the whole, a thief neither.

=================================================== ======================
 what was done                                       code
=================================================== ======================
 a change that the new key has not signed            key_change_bad
 a second change, by the key that was changed from   key_change_bad
 a key that nothing links to the auditor's           checkpoint_not_signed
 a checkpoint signed by the key that was changed     checkpoint_not_signed
 a checkpoint said to be signed after its cosigning  checkpoint_time
=================================================== ======================
"""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.log_keys.decisions import ChangeLogKey
from domain.log_keys.log_key import change_number, change_text
from ledger.audit.bundle import Exported, export_bundle
from ledger.audit.checkpoints import read_checkpoint
from ledger.audit.keyring import KEY_FILE, open_keyring, read_key
from ledger.audit.merkle import SHA256
from ledger.audit.notes import Note, Signer, read_note
from ledger.audit.sequencer import sequence
from ledger.audit.verifier.policy import read_policy
from ledger.audit.verifier.signers import changed_key, key_changes
from tests.audit.logs import add_units
from tests.audit.scenes import ORIGIN, Scene, codes, examined
from tests.audit.witnesses import Witness, policy
from tests.ledger.office import record


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path / "office")
    add_units(scene.office.ledger, 300)
    scene.sign()
    yield scene
    scene.close()


def current(scene: Scene) -> Signer:
    return read_key(scene.folder / "keys" / KEY_FILE, ORIGIN)


def a_change(number: int, old: Signer, new: Signer, scene: Scene) -> ChangeLogKey:
    """Signed by both, whoever they are."""
    vkeys = str(old.verifier), str(new.verifier)
    text = change_text(ORIGIN, *vkeys, change_number(ORIGIN, number)).encode()
    return ChangeLogKey(
        number=change_number(ORIGIN, number),
        origin=ORIGIN,
        old_vkey=vkeys[0],
        new_vkey=vkeys[1],
        old_signature=b64encode(old.private.sign(text)).decode(),
        new_signature=b64encode(new.private.sign(text)).decode(),
        changed_on=scene.office.ledger.today(),
    )


def said(act: ChangeLogKey) -> dict[str, str]:
    return {each.name: str(getattr(act, each.name)) for each in fields(act)}


def changed(scene: Scene, number: int = 1) -> tuple[Signer, Signer]:
    """Change the key as the office does, and sign with the new one; both keys."""
    old = current(scene)
    new = open_keyring(scene.folder / "keys", ORIGIN).make_coming()
    record(scene.office.ledger, a_change(number, old, new, scene), registered_on=None)
    scene.clock.move(days=1)
    add_units(scene.office.ledger, 10)
    scene.sign()
    assert current(scene).verifier == new.verifier
    return old, new


def test_who_knows_any_of_the_keys_proves_the_whole(office: Scene, tmp_path: Path) -> None:
    first, second = changed(office)
    _, third = changed(office, 2)
    folder = office.export(tmp_path / "bundle")
    for key in (first, second, third):
        report = examined(folder, policy(key.verifier))
        assert (codes(report), report.checkpoints) == ([], 3)


def test_who_knows_the_newest_key_proves_a_bundle_without_earlier_checkpoints(
    office: Scene, tmp_path: Path
) -> None:
    changed(office)
    _, newest = changed(office, 2)
    folder = office.export(tmp_path / "bundle")
    for size in office.sizes[:-1]:
        (folder / "checkpoints" / str(size)).unlink()
    assert codes(examined(folder, policy(newest.verifier))) == []


def test_a_stranger_s_key_proves_nothing(office: Scene, tmp_path: Path) -> None:
    changed(office)
    folder = office.export(tmp_path / "bundle")
    stranger = Signer(ORIGIN, Ed25519PrivateKey.generate())
    assert codes(examined(folder, policy(stranger.verifier))) == ["checkpoint_not_signed"]


def forged(scene: Scene, folder: Path, signer: Signer) -> Path:
    """The bundle of all that the ledger holds now, its checkpoint signed by that key."""
    record_of = scene.office.log
    sequence(record_of)
    size = record_of.state().size
    text = f"{ORIGIN}\n{size}\n{b64encode(record_of.tree().root(size)).decode()}\n"
    note = str(Note(text, (signer.sign(text),))).encode()
    assert read_checkpoint(text).size == size
    export_bundle(record_of, Exported(read_checkpoint(text), note, ()), [], folder)
    return folder


def test_the_key_that_was_changed_from_signs_no_more(office: Scene, tmp_path: Path) -> None:
    old, new = changed(office)
    folder = forged(office, tmp_path / "bundle", old)
    for known in (old, new):
        assert codes(examined(folder, policy(known.verifier))) == ["checkpoint_not_signed"]


@pytest.mark.parametrize("known", ["old", "new"])
def test_the_key_that_was_changed_from_passes_on_nothing_more(
    office: Scene, tmp_path: Path, known: str
) -> None:
    """A thief of the old key makes one of his own, and has the old key pass on to it.

    The ledger refuses such an act; the thief writes it over another event.
    """
    old, new = changed(office)
    thief = Signer(ORIGIN, Ed25519PrivateKey.generate())
    add_units(office.office.ledger, 1)
    act = a_change(2, old, thief, office)
    told = said(act) | {"changed_on": "2026-01-06"}
    stream = f"log_key:{act.number}"
    position = office.office.ledger.head()
    office.rewrite(position, type="log_key.changed.v1", stream=stream, data=told)
    folder = forged(office, tmp_path / "bundle", thief)
    found = codes(examined(folder, policy({"old": old, "new": new}[known].verifier)))
    assert found == ["key_change_bad", "checkpoint_not_signed"]


@pytest.mark.parametrize("field", ["old_signature", "new_signature"])
def test_a_change_that_only_one_key_has_signed_changes_nothing(office: Scene, field: str) -> None:
    old, thief = current(office), Signer(ORIGIN, Ed25519PrivateKey.generate())
    stranger = Signer(ORIGIN, Ed25519PrivateKey.generate())
    good = a_change(1, old, thief, office)
    other = a_change(1, stranger, stranger, office)
    event = replace(good, **{field: getattr(other, field)})
    data = said(event)
    assert changed_key(data) is None
    (found,) = key_changes(read_policy(policy(old.verifier)), [(5, data)])
    assert found[:2] == ("key_change_bad", 5)


def test_a_checkpoint_said_to_be_signed_after_its_cosigning_is_found(
    office: Scene, tmp_path: Path
) -> None:
    witness = Witness("witness.test")
    asked = policy(office.log_key, witness, quorum=1)
    assert codes(examined(office.export(tmp_path / "good", witness), asked)) == []
    office.cosigned_at[300] -= 3600
    folder = office.export(tmp_path / "bundle", witness)
    found = codes(examined(folder, asked))
    assert "checkpoint_time" in found
    assert set(found) <= {"checkpoint_time", "time_outside_bracket"}


def test_another_root_under_the_same_key_is_no_tree_of_these_entries(
    office: Scene, tmp_path: Path
) -> None:
    folder = office.export(tmp_path / "bundle")
    text = f"{ORIGIN}\n300\n{b64encode(SHA256.empty).decode()}\n"
    signer = current(office)
    note = Note(text, (signer.sign(text),))
    assert read_note(str(note).encode()) == note
    (folder / "checkpoint").write_text(str(note), "utf-8")
    assert codes(examined(folder, policy(signer.verifier))) == ["root_differs"]
