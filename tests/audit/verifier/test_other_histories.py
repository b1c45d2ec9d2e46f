"""The operator holds the log's key and signs what he likes; witnesses and memory find him out.

=================================================== ======================= ====================
 what was done                                       what the auditor has    code
=================================================== ======================= ====================
 an older database restored                          a remembered checkpoint older_than_remembered
 another history signed, no witness asked            a policy with witnesses quorum_missing
 another history signed, one witness colludes        a quorum of two         quorum_short
 another history signed, two witnesses collude       a remembered checkpoint history_rewritten
 another history beside an earlier checkpoint        the bundle itself       checkpoint_contradicts
 one recorded time moved back                        nothing more            time_decreased
 the recorded times of a block moved back            cosigned checkpoints    time_outside_bracket
 a figure published that the facts do not give       nothing more            figure_differs
 the right figure published from other facts         nothing more            contributors_differ
 a manifest that says what the event does not        nothing more            manifest_not_logged
=================================================== ======================= ====================
"""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

import cli.publishing
from tests.audit.scenes import Scene, codes, examined, nothing, played
from tests.audit.witnesses import Witness, policy
from tests.ledger.office import MONDAY

Witnesses = tuple[Witness, ...]


@pytest.fixture(scope="module")
def other(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Another history of the same length under the same key: one disposition of another form."""
    folder = tmp_path_factory.mktemp("other")
    made = played(Scene(folder).with_key_of(scene), form="第一种形态")
    yield made
    made.close()


@pytest.fixture
def old_note(good: Path) -> bytes:
    """A checkpoint that the auditor kept from an earlier visit."""
    return (good / "checkpoints" / "355").read_bytes()


def test_an_older_database_restored_is_older_than_what_is_remembered(
    scene: Scene, good: Path, witnesses: Witnesses, two_of_three: bytes, tmp_path: Path
) -> None:
    folder = scene.export(tmp_path / "older", *witnesses, upto=656)
    assert codes(examined(folder, two_of_three)) == []
    newest = (good / "checkpoint").read_bytes()
    assert codes(examined(folder, two_of_three, newest)) == ["older_than_remembered"]


def test_what_is_remembered_of_the_same_history_contradicts_nothing(
    good: Path, two_of_three: bytes, old_note: bytes
) -> None:
    newest = (good / "checkpoint").read_bytes()
    assert codes(examined(good, two_of_three, old_note, newest)) == []


def test_another_history_without_a_witness_lacks_its_quorum(
    other: Scene, two_of_three: bytes, no_witness: bytes, tmp_path: Path
) -> None:
    """The proof of its statement rests on the same checkpoint."""
    folder = other.export(tmp_path / "resigned")
    assert codes(examined(folder, no_witness)) == []
    report = examined(folder, two_of_three)
    assert codes(report) == ["quorum_missing", "proof_bad"]
    assert (report.witnessed, report.unwitnessed) == (0, report.size)


def test_another_history_that_one_witness_cosigned_lacks_its_quorum(
    other: Scene, witnesses: Witnesses, two_of_three: bytes, tmp_path: Path
) -> None:
    folder = other.export(tmp_path / "resigned", witnesses[0])
    assert codes(examined(folder, two_of_three)) == ["quorum_short", "proof_bad"]


def test_a_witness_counts_once_however_often_it_cosigned(
    other: Scene, witnesses: Witnesses, two_of_three: bytes, tmp_path: Path
) -> None:
    folder = other.export(tmp_path / "resigned", witnesses[0], witnesses[0])
    assert codes(examined(folder, two_of_three)) == ["quorum_short", "proof_bad"]


def test_a_witness_of_nobody_s_policy_counts_for_nothing(
    other: Scene, two_of_three: bytes, tmp_path: Path
) -> None:
    strangers = (Witness("witness-a.test"), Witness("stranger.test"))
    folder = other.export(tmp_path / "resigned", *strangers)
    assert codes(examined(folder, two_of_three)) == ["quorum_missing", "proof_bad"]


def test_another_history_that_two_witnesses_cosigned_contradicts_what_is_remembered(
    other: Scene, witnesses: Witnesses, two_of_three: bytes, old_note: bytes, tmp_path: Path
) -> None:
    folder = other.export(tmp_path / "resigned", *witnesses[:2])
    assert codes(examined(folder, two_of_three)) == []
    report = examined(folder, two_of_three, old_note)
    assert codes(report) == ["history_rewritten"]
    assert "355" in report.findings[0].detail


def test_another_history_beside_an_earlier_checkpoint_contradicts_it(
    other: Scene, witnesses: Witnesses, two_of_three: bytes, old_note: bytes, tmp_path: Path
) -> None:
    folder = other.export(tmp_path / "resigned", *witnesses[:2])
    (folder / "checkpoints" / "355").write_bytes(old_note)
    assert codes(examined(folder, two_of_three)) == ["checkpoint_contradicts"]


def test_a_checkpoint_beyond_the_newest_contradicts_it(
    scene: Scene, good: Path, witnesses: Witnesses, two_of_three: bytes, tmp_path: Path
) -> None:
    folder = scene.export(tmp_path / "older", *witnesses, upto=656)
    shutil.copy(good / "checkpoints" / "676", folder / "checkpoints" / "676")
    assert codes(examined(folder, two_of_three)) == ["checkpoint_contradicts"]


# -- recorded times ------------------------------------------------------------------------


def instant(days: float) -> str:
    """So many days after the first day, as the ledger writes it."""
    at = datetime.fromtimestamp(MONDAY.timestamp() + days * 86_400, UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def backdated(positions: range, days: float) -> Callable[[Scene], None]:
    def meanwhile(scene: Scene) -> None:
        for position in positions:
            scene.rewrite(position, recorded_at=instant(days))

    return meanwhile


@pytest.mark.parametrize(
    ("positions", "days", "code"),
    [
        (range(660, 661), 8.99, "time_decreased"),
        (range(356, 656), 0, "time_outside_bracket"),
        (range(670, 677), 12, "time_outside_bracket"),
    ],
    ids=["one moved back", "a block moved back", "a block moved on"],
)
def test_recorded_times_that_cannot_be_are_found(
    positions: range, days: float, code: str, witnesses: Witnesses, tmp_path: Path
) -> None:
    """The block moved back claims the last moment before it, so that no time decreases."""
    moved = backdated(positions, days)
    second = positions.stop <= 656
    late = played(Scene(tmp_path), "第二种形态", moved if second else nothing, moved)
    folder = late.export(tmp_path / "bundle", *witnesses)
    report = examined(folder, policy(late.log_key, *witnesses, quorum=2))
    late.close()
    assert set(codes(report)) == {code}
    found = [each.leaf for each in report.findings]
    assert found == [position - 1 for position in positions]


# -- statements ----------------------------------------------------------------------------


@pytest.fixture
def published_as(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, witnesses: Witnesses
) -> Callable[[Callable[[Any], None]], list[str]]:
    """What is found where the operator publishes a manifest of his own making, logged and all."""
    honest = cli.publishing.manifest_of

    def published(change: Callable[[Any], None]) -> list[str]:
        def forged(*arguments: Any) -> bytes:
            said = orjson.loads(honest(*arguments))
            change(said)
            return orjson.dumps(said, option=orjson.OPT_SORT_KEYS)

        monkeypatch.setattr(cli.publishing, "manifest_of", forged)
        scene = played(Scene(tmp_path))
        folder = scene.export(tmp_path / "bundle", *witnesses)
        report = examined(folder, policy(scene.log_key, *witnesses, quorum=2))
        scene.close()
        assert report.unchecked == []
        return codes(report)

    return published


def figure(said: Any, code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in said["figures"] if each["code"] == code)
    return found


def raised(said: Any) -> None:
    figure(said, "cases.filed")["value"] += 1


def renamed(said: Any) -> None:
    figure(said, "cases.filed")["name"] = "结案"


def in_another_unit(said: Any) -> None:
    figure(said, "cases.filed")["unit"] = "人"


def left_out(said: Any) -> None:
    said["figures"].remove(figure(said, "cases.filed"))


def from_other_facts(said: Any) -> None:
    other = figure(said, "cases.closed")["contributors_root"]
    assert other != figure(said, "cases.filed")["contributors_root"]
    figure(said, "cases.filed")["contributors_root"] = other


def from_more_facts(said: Any) -> None:
    figure(said, "cases.filed")["contributors"] += 1


def of_another_year(said: Any) -> None:
    said["period_to"] = "2022-12-31"


def of_another_tree(said: Any) -> None:
    said["from"] = {**said["to"], "size": said["to"]["size"] - 1}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (raised, "figure_differs"),
        (renamed, "figure_differs"),
        (in_another_unit, "figure_differs"),
        (left_out, "figure_differs"),
        (from_other_facts, "contributors_differ"),
        (from_more_facts, "contributors_differ"),
        (of_another_year, "manifest_not_logged"),
        (of_another_tree, "tree_differs"),
    ],
)
def test_a_manifest_of_the_operator_s_own_making_is_found(
    published_as: Callable[[Callable[[Any], None]], list[str]],
    change: Callable[[Any], None],
    code: str,
) -> None:
    assert set(published_as(change)) == {code}
