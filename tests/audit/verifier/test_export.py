"""Exporting: whole or not at all, never over anything; what a statement rests on, from and to."""

import multiprocessing
import os
import signal
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest

from cli.logs import exported
from cli.publishing import publish_statement
from domain.streams import Kind
from ledger.audit.bundle import NotEmptyError, export_bundle
from ledger.audit.merkle import SHA256
from ledger.audit.sequencer import LogDamagedError
from ledger.audit.verifier.main import COULD_NOT, FOUND, PROVEN, run
from projections.cuts import Cut
from tests.audit.logs import EVENTS, add_units, attacker
from tests.audit.scenes import YEAR, Files, Scene, codes, examined
from tests.audit.witnesses import policy
from tests.domain import samples as s
from tests.ledger.office import record
from tests.ledger.story import BEGINNINGS

_PROCESSES = multiprocessing.get_context("forkserver")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Scene]:
    """A small office."""
    scene = Scene(tmp_path / "office")
    record(scene.office.ledger, *BEGINNINGS)
    yield scene
    scene.close()


def export_and_die(source: Path, folder: Path, after: int) -> None:
    """Export, and be killed after so many files of entries."""
    scene = Scene(source)
    done = 0

    def progress(_: int) -> None:
        nonlocal done
        done += 1
        if done == after:
            os.kill(os.getpid(), signal.SIGKILL)

    newest = exported(scene.office)
    export_bundle(scene.office.log, newest, [], folder, progress)
    raise AssertionError("not killed")


@pytest.mark.parametrize("after", [1, 2, 3])
def test_an_export_that_was_killed_is_never_green(
    office: Scene, tmp_path: Path, after: int, capsys: pytest.CaptureFixture[str]
) -> None:
    add_units(office.office.ledger, 600)
    office.sign()
    asked = tmp_path / "policy"
    asked.write_bytes(policy(office.log_key))
    folder = tmp_path / "bundle"
    process = _PROCESSES.Process(target=export_and_die, args=(office.folder, folder, after))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert (folder / "tile" / "entries").is_dir()
    assert not (folder / "checkpoint").exists()
    assert run([str(folder), "--policy", str(asked)]) == COULD_NOT
    assert "无法核验" in capsys.readouterr().out
    with pytest.raises(NotEmptyError):
        office.export(folder)
    assert not (folder / "checkpoint").exists()


def test_nothing_is_exported_over_anything(office: Scene, tmp_path: Path) -> None:
    office.sign()
    (tmp_path / "bundle").mkdir()
    (tmp_path / "bundle" / "notes.txt").write_text("mine")
    with pytest.raises(NotEmptyError):
        office.export(tmp_path / "bundle")
    assert [path.name for path in (tmp_path / "bundle").iterdir()] == ["notes.txt"]


def test_an_empty_folder_is_exported_to(office: Scene, tmp_path: Path) -> None:
    office.sign()
    (tmp_path / "bundle").mkdir()
    report = examined(office.export(tmp_path / "bundle"), policy(office.log_key))
    assert codes(report) == []


def test_a_log_of_which_an_event_is_gone_is_not_exported(office: Scene, tmp_path: Path) -> None:
    office.sign()
    with attacker(office.file) as db:
        db.execute(f"DELETE FROM {EVENTS} WHERE rowid = 5")
    with pytest.raises(LogDamagedError):
        office.export(tmp_path / "bundle")
    assert not (tmp_path / "bundle" / "checkpoint").exists()


@pytest.mark.parametrize("size", [1, 255, 256, 257, 512, 513])
def test_a_log_of_any_size_is_exported_whole(tmp_path: Path, size: int) -> None:
    scene = Scene(tmp_path / "office")
    add_units(scene.office.ledger, size)
    scene.sign()
    folder = scene.export(tmp_path / "bundle")
    report = examined(folder, policy(scene.log_key))
    entries = Files(folder).entries()
    stored = [state for _, _, state in scene.office.ledger.store.page(0, 1000)]
    scene.close()
    assert (codes(report), report.size, entries) == ([], size, stored)


def test_events_after_the_checkpoint_are_not_exported(office: Scene, tmp_path: Path) -> None:
    office.sign()
    add_units(office.office.ledger, 5)
    folder = office.export(tmp_path / "bundle")
    assert len(Files(folder).entries()) == len(BEGINNINGS)


def test_the_bundle_holds_no_key_but_the_public_ones(office: Scene, tmp_path: Path) -> None:
    office.sign()
    folder = office.export(tmp_path / "bundle")
    private = (office.folder / "keys" / "log.key").read_bytes().split()[-1]
    assert all(private not in path.read_bytes() for path in folder.rglob("*") if path.is_file())


# -- statements ----------------------------------------------------------------------------


def manifests(folder: Path) -> list[dict[str, Any]]:
    """The manifests of a bundle, by the size that they rest on."""
    files = folder.glob("statements/*/manifest.json")
    return sorted((orjson.loads(f.read_bytes()) for f in files), key=lambda m: m["to"]["size"])


def root(scene: Scene, size: int) -> str:
    return b64encode(scene.office.log.tree().root(size)).decode()


def values(manifest: dict[str, Any]) -> dict[str, int]:
    return {each["code"]: each["value"] for each in manifest["figures"]}


def test_a_statement_rests_on_the_log_from_the_one_before_it(office: Scene, tmp_path: Path) -> None:
    """A correction between two statements of a year lies between their trees."""
    office.publish()
    was, now = "第二种形态", "第三种形态"
    record(
        office.office.ledger,
        s.a_correction(Kind.DISPOSITION, s.DISPOSITION, "form", was=was, now=now),
    )
    office.publish()
    folder = office.export(tmp_path / "bundle")
    assert codes(examined(folder, policy(office.log_key))) == []
    first, second = manifests(folder)
    told = len(BEGINNINGS)
    assert first["from"] == {"size": 0, "root": root(office, 0)}
    assert first["to"] == {"size": told, "root": root(office, told)}
    assert second["from"] == first["to"]
    assert second["to"] == {"size": told + 3, "root": root(office, told + 3)}
    moved = {c for c, value in values(second).items() if value != values(first)[c]}
    assert moved == {"forms.second", "forms.third"}


def test_statements_of_other_questions_have_nothing_before_them(
    office: Scene, tmp_path: Path
) -> None:
    office.publish()
    office.office.catch_up()
    publish_statement(office.office, YEAR, Cut(), s.ORGAN)
    office.signed()
    folder = office.export(tmp_path / "bundle")
    assert codes(examined(folder, policy(office.log_key))) == []
    one, other = manifests(folder)
    assert (one["organ"], other["organ"]) == (None, s.ORGAN)
    assert other["from"] == {"size": 0, "root": b64encode(SHA256.empty).decode()}


def test_a_statement_as_known_on_a_day_is_proven(office: Scene, tmp_path: Path) -> None:
    office.publish(Cut(as_of=date(2025, 12, 30)))
    folder = office.export(tmp_path / "bundle")
    assert codes(examined(folder, policy(office.log_key))) == []
    (manifest,) = manifests(folder)
    assert manifest["as_of"] == "2025-12-30"
    assert not any(values(manifest).values())


def test_a_statement_that_the_log_holds_and_the_table_lost_is_missed(
    office: Scene, tmp_path: Path
) -> None:
    office.publish()
    with attacker(office.file) as db:
        db.execute("DELETE FROM log_statements")
    folder = office.export(tmp_path / "bundle")
    report = examined(folder, policy(office.log_key))
    assert [(each.code, each.leaf) for each in report.findings] == [
        ("statement_missing", len(BEGINNINGS))
    ]


def test_a_bundle_that_ends_before_a_statement_is_logged_lacks_nothing(
    office: Scene, tmp_path: Path
) -> None:
    office.sign()
    office.publish()
    folder = office.export(tmp_path / "bundle", upto=office.sizes[0])
    report = examined(folder, policy(office.log_key))
    assert (codes(report), report.statements) == ([], [])


def test_proven_and_found_are_told_apart_by_the_exit(
    office: Scene, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office.publish()
    folder = office.export(tmp_path / "bundle")
    asked = tmp_path / "policy"
    asked.write_bytes(policy(office.log_key))
    assert run([str(folder), "--policy", str(asked)]) == PROVEN
    Files(folder).put(Files(folder).entries()[:-1])
    assert run([str(folder), "--policy", str(asked)]) == FOUND
    assert "entries_missing" in capsys.readouterr().out
