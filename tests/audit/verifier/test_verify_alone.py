"""``verify.py``: one file, the standard library, exit 0 proven, 1 findings, 2 could not check."""

import ast
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from ledger.audit.standalone import MODULES, verify_py
from tests.audit.logs import flipped
from tests.audit.scenes import Files, Scene
from tests.audit.verifier.alone import COULD_NOT, FOUND, PROVEN, Verdict, run_alone
from tests.audit.witnesses import Witness
from tests.support.databases import ON_SERVER

HERE = Path(__file__).parents[3] / "ledger" / "audit"


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file as the auditor keeps it."""
    path = tmp_path_factory.mktemp("auditor") / "verify.py"
    path.write_text(verify_py(), "utf-8")
    return path


class Auditor:
    """An auditor in an empty folder, with the program and a policy of his own."""

    def __init__(self, program: Path, policy: bytes, folder: Path) -> None:
        self._program, self._folder = program, folder
        folder.mkdir()
        self.policy = folder.parent / "policy"
        self.policy.write_bytes(policy)

    def verify(self, bundle: Path, *options: object) -> Verdict:
        return run_alone(
            self._program, bundle, "--policy", self.policy, *options, folder=self._folder
        )


@pytest.fixture
def auditor(program: Path, two_of_three: bytes, tmp_path: Path) -> Auditor:
    return Auditor(program, two_of_three, tmp_path / "empty")


def test_a_good_bundle_is_proven(auditor: Auditor, good: Path) -> None:
    verdict = auditor.verify(good)
    assert (verdict.code, verdict.err) == (PROVEN, "")
    assert "已证明" in verdict.out
    assert "56 项指标重算" in verdict.out
    assert "补录" in verdict.out
    assert "注意" not in verdict.out


def test_the_copy_in_the_bundle_is_the_same_file(good: Path, program: Path) -> None:
    assert (good / "verify.py").read_bytes() == program.read_bytes()


def test_where_no_witness_is_asked_it_says_what_that_means(
    program: Path, no_witness: bytes, good: Path, tmp_path: Path
) -> None:
    verdict = Auditor(program, no_witness, tmp_path / "empty").verify(good)
    assert verdict.code == PROVEN
    assert "不要求共签" in verdict.out


def test_the_document_says_it_all(auditor: Auditor, good: Path, scene: Scene) -> None:
    said = auditor.verify(good, "--json").json
    assert said["result"] == "proven"
    assert (said["origin"], said["size"]) == ("office.test/log", 676)
    assert (said["checkpoints"], said["witnessed"], said["unwitnessed_entries"]) == (3, 3, 0)
    assert said["root"] == (good / "checkpoint").read_text("utf-8").split("\n")[2]
    assert (said["findings"], said["unchecked"]) == ([], [])
    (statement,) = said["statements"]
    assert (statement["period_from"], statement["period_to"]) == ("2021-01-01", "2021-12-31")
    assert statement["to"]["size"] == 655
    assert {"leaf", "stream", "occurred_on", "registered_on", "recorded_on"} == set(said["late"][0])


def test_a_finding_is_named_with_its_leaf(auditor: Auditor, files: Files) -> None:
    files.alter("tile/entries/001", lambda data: flipped(data, 2))
    verdict = auditor.verify(files.folder)
    assert verdict.code == FOUND
    assert "[entry_corrupted] 第 256 条" in verdict.out
    assert "已证明" not in verdict.out
    found = auditor.verify(files.folder, "--json").json
    assert found["result"] == "findings"
    first = found["findings"][0]
    assert (first["code"], first["leaf"], set(first)) == (
        "entry_corrupted",
        256,
        {"code", "leaf", "detail"},
    )


def test_a_remembered_checkpoint_is_compared(auditor: Auditor, good: Path) -> None:
    kept = good / "checkpoints" / "355"
    assert auditor.verify(good, "--remembered", kept, "--remembered", kept).code == PROVEN


def test_the_bundle_command_runs_the_same_program(
    good: Path, two_of_three: bytes, tmp_path: Path, program: Path
) -> None:
    from tests.support.commands import command

    policy = tmp_path / "policy"
    policy.write_bytes(two_of_three)
    answer = command(tmp_path / "none.sqlite3", "bundle", "verify", good, "--policy", policy)
    assert answer.code == PROVEN
    assert "已证明" in answer.out.decode()
    assert ON_SERVER or not (tmp_path / "none.sqlite3").exists()


def test_a_terminal_that_lacks_the_letters_is_no_reason_to_fail(
    program: Path, auditor: Auditor, good: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-I", "-S", program, good, "--policy", auditor.policy],
        cwd=tmp_path,
        env={"LC_ALL": "POSIX"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (PROVEN, b"")


# -- never green where nothing was checked -------------------------------------------------


def could_not(verdict: Verdict) -> None:
    assert verdict.code == COULD_NOT
    assert "已证明" not in verdict.out


def test_a_bundle_that_is_not_there_could_not_be_checked(auditor: Auditor, tmp_path: Path) -> None:
    could_not(auditor.verify(tmp_path / "nowhere"))


def test_an_empty_bundle_could_not_be_checked(auditor: Auditor, tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    folder.mkdir()
    could_not(auditor.verify(folder))
    said = auditor.verify(folder, "--json")
    assert (said.code, said.json["result"]) == (COULD_NOT, "could_not_check")
    assert "checkpoint" in said.json["unchecked"][0]


def test_a_bundle_without_checkpoint_could_not_be_checked(auditor: Auditor, files: Files) -> None:
    (files.folder / "checkpoint").unlink()
    could_not(auditor.verify(files.folder))


def test_the_bundle_of_an_empty_log_could_not_be_checked(
    program: Path, tmp_path: Path, witnesses: tuple[Witness, ...]
) -> None:
    from tests.audit.witnesses import policy

    scene = Scene(tmp_path / "office")
    scene.sign()
    folder = scene.export(tmp_path / "bundle", *witnesses[:2])
    asked = policy(scene.log_key, *witnesses, quorum=2)
    scene.close()
    could_not(Auditor(program, asked, tmp_path / "empty").verify(folder))


@pytest.mark.parametrize("name", ["manifest.json", "definition.toml", "statement.tlog-proof"])
def test_a_statement_without_one_of_its_files_is_not_proven(
    auditor: Auditor, files: Files, name: str
) -> None:
    (files.folder / files.statement(name)).unlink()
    verdict = auditor.verify(files.folder)
    assert verdict.code in {FOUND, COULD_NOT}
    assert name in verdict.out


@pytest.mark.parametrize("content", [None, b"", b"quorum", b"\xff\xfe"])
def test_without_a_policy_nothing_could_be_checked(
    auditor: Auditor, good: Path, content: bytes | None
) -> None:
    auditor.policy.unlink()
    if content is not None:
        auditor.policy.write_bytes(content)
    could_not(auditor.verify(good))


def test_a_policy_is_asked_for(program: Path, good: Path, tmp_path: Path) -> None:
    could_not(run_alone(program, good, folder=tmp_path))


def test_the_policy_of_another_log_proves_nothing(
    auditor: Auditor, good: Path, witnesses: tuple[Witness, ...]
) -> None:
    auditor.policy.write_bytes(b"quorum none\n")
    assert auditor.verify(good).code == FOUND


@pytest.mark.parametrize("content", [None, b"", b"text"])
def test_a_remembered_checkpoint_that_is_none_could_not_be_checked(
    auditor: Auditor, good: Path, content: bytes | None, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    if content is not None:
        kept.write_bytes(content)
    could_not(auditor.verify(good, "--remembered", kept))


@pytest.mark.parametrize(
    "options", [("--skew", "nan"), ("--skew", "-1"), ("--max-delay", "inf"), ("--late-days", "x")]
)
def test_a_tolerance_that_switches_a_check_off_is_refused(
    auditor: Auditor, good: Path, options: tuple[str, str]
) -> None:
    could_not(auditor.verify(good, *options))


# -- the file ------------------------------------------------------------------------------


def test_no_two_modules_define_the_same_name() -> None:
    defined: Counter[str] = Counter()
    for name in MODULES:
        names: set[str] = set()
        for node in ast.parse((HERE / name).read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                names |= {
                    each.id
                    for each in ast.walk(node)
                    if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
                }
        defined.update(names)
    assert [name for name, times in defined.items() if times > 1] == []
    assert defined["main"] == defined["Finding"] == defined["_P"] == 1


def test_every_module_of_the_verifier_is_in_the_file() -> None:
    found = {f"verifier/{path.name}" for path in (HERE / "verifier").glob("*.py")}
    assert found - {"verifier/__init__.py"} == set(MODULES) - {"merkle.py"}


def test_the_file_imports_the_standard_library_and_nothing_by_stealth() -> None:
    tree = ast.parse(verify_py())
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add((node.module or "").partition(".")[0])
    assert imported <= sys.stdlib_module_names
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert calls.isdisjoint({"__import__", "eval", "exec", "compile", "open"})
    assert imported.isdisjoint({"socket", "urllib", "http", "subprocess", "ctypes", "importlib"})


def test_what_is_checked_is_left_as_it_was(auditor: Auditor, files: Files) -> None:
    before = {path: path.stat().st_mtime_ns for path in files.folder.rglob("*")}
    auditor.verify(files.folder)
    assert {path: path.stat().st_mtime_ns for path in files.folder.rglob("*")} == before


def test_a_bundle_on_a_read_only_medium_is_checked(auditor: Auditor, files: Files) -> None:
    for path in files.folder.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
    assert auditor.verify(files.folder).code == PROVEN
    shutil.rmtree(files.folder)
