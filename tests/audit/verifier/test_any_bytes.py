"""Whatever is done to the bytes of a bundle, it is not proven; and the verifier never trips."""

import io
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.audit.verifier.main import run
from tests.audit.verifier.alone import COULD_NOT, FOUND, PROVEN

#: What proves nothing and may be anything.
BESIDE = {"README.txt", "verify.py"}
#: Whose lines may be there twice, and in which a stranger's signatures say nothing.
NOTES = ("checkpoint", ".tlog-proof")
#: Evidence that may be left out: without it less is proven, and nothing else.
OPTIONAL = ("checkpoints/",)
MANY = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def policy_file(two_of_three: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("auditor") / "policy"
    path.write_bytes(two_of_three)
    return path


def verdict(folder: Path, policy_file: Path) -> int:
    """How it ends; what it says is JSON, and of one mind with how it ends."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        code = run([str(folder), "--policy", str(policy_file), "--json"])
    said = json.loads(out.getvalue())
    named = {PROVEN: "proven", FOUND: "findings", COULD_NOT: "could_not_check"}
    assert said["result"] == named[code]
    return code


def covered(folder: Path) -> list[str]:
    """Every file that proves something."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(set(names) - BESIDE)


def harmless(name: str, was: bytes, now: bytes) -> bool:
    """Whether only signatures were left out where they may be, or lines are there twice.

    A cosignature of which the name is another is that of a stranger, and left out.
    """
    if name.startswith(OPTIONAL):
        return now.partition(b"\n\n")[0] == was.partition(b"\n\n")[0]
    return now == was or (name.endswith(NOTES) and needed(was) <= set(now.split(b"\n")))


def needed(note: bytes) -> set[bytes]:
    """The lines of a note without which it proves less: all but when the log says it signed."""
    timed = re.compile("— office.test/log [A-Za-z0-9+/]{102}==".encode())
    return {line for line in note.split(b"\n") if timed.fullmatch(line) is None}


@st.composite
def altered(draw: st.DrawFn, data: bytes) -> bytes:
    """Other bytes: some turned, cut off, put in, moved, or all of them replaced."""
    at = draw(st.integers(0, max(len(data) - 1, 0)))
    more = draw(st.binary(min_size=1, max_size=40))
    end = draw(st.integers(at, len(data)))
    return draw(
        st.sampled_from(
            [
                data[:at] + bytes([(data[at] if data else 0) ^ more[0] or 1]) + data[at + 1 :],
                data[:at],
                data[:at] + more + data[at:],
                data[:at] + data[end:],
                data[:at] + data[at:end] * 2 + data[end:],
                data[at:] + data[:at],
                data + more,
                more,
                b"",
            ]
        )
    )


@pytest.fixture
def spare(good: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy that each example alters and puts right again."""
    shutil.copytree(good, tmp_path / "spare")
    return tmp_path / "spare"


@MANY
@given(data=st.data())
def test_a_bundle_with_other_bytes_is_never_proven(
    data: st.DataObject, spare: Path, policy_file: Path
) -> None:
    name = data.draw(st.sampled_from(covered(spare)))
    was = (spare / name).read_bytes()
    now = data.draw(altered(was))
    try:
        (spare / name).write_bytes(now)
        code = verdict(spare, policy_file)
    finally:
        (spare / name).write_bytes(was)
    assert code != PROVEN or harmless(name, was, now), name


@settings(MANY, max_examples=12)
@given(data=st.data())
def test_a_bundle_with_files_exchanged_or_gone_is_never_proven(
    data: st.DataObject, good: Path, policy_file: Path
) -> None:
    names = [name for name in covered(good) if not name.startswith(OPTIONAL)]
    one, other = data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True))
    how = data.draw(st.sampled_from(["gone", "copied", "exchanged", "a folder"]))
    with TemporaryDirectory() as parent:
        folder = Path(parent) / "bundle"
        shutil.copytree(good, folder)
        kept = (folder / one).read_bytes()
        same = kept == (folder / other).read_bytes()
        if how == "copied":
            shutil.copy(folder / other, folder / one)
        elif how == "exchanged":
            shutil.copy(folder / other, folder / one)
            (folder / other).write_bytes(kept)
        else:
            (folder / one).unlink()
            if how == "a folder":
                (folder / one).mkdir()
        code = verdict(folder, policy_file)
    assert code in ({PROVEN} if same and how in {"copied", "exchanged"} else {FOUND, COULD_NOT})


@settings(MANY, max_examples=40)
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_policy_ends_well(content: bytes, good: Path, policy_file: Path) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "policy"
        path.write_bytes(content)
        assert verdict(good, path) != PROVEN


def test_what_is_beside_the_evidence_proves_nothing(spare: Path, policy_file: Path) -> None:
    for name in BESIDE:
        (spare / name).unlink()
    shutil.rmtree(spare / "checkpoints")
    assert verdict(spare, policy_file) == PROVEN
