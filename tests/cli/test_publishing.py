"""``report --manifest`` and ``bundle export`` as an officer runs them, ``verify`` as an auditor."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.audit.witnesses import policy
from tests.ledger.office import open_ledger, record
from tests.ledger.story import BEGINNINGS
from tests.support import commands
from tests.support.commands import Answer

YEAR = ("--from", "2021-01-01", "--to", "2021-12-31")


@dataclass(frozen=True)
class Office:
    """A folder with a ledger in it, where commands are run."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "ledger.sqlite3"

    @property
    def keys(self) -> Path:
        return self.folder / "var" / "keys"

    def run(self, *arguments: str) -> Answer:
        started = commands.start(self.file, self.folder, *arguments)
        return commands.finish(started, self.folder)

    def positions(self) -> int:
        with open_ledger(self.file) as ledger:
            return ledger.head()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path)
    with open_ledger(made.file) as ledger:
        record(ledger, *BEGINNINGS)
    return made


def test_a_published_statement_is_printed_logged_signed_and_taken_away(office: Office) -> None:
    plain = office.run("report", *YEAR, "--format", "json").json
    assert office.positions() == len(BEGINNINGS)
    published = office.run("report", *YEAR, "--format", "json", "--manifest")
    assert (published.code, published.json["figures"]) == (0, plain["figures"])
    assert "清单" in published.err
    assert office.positions() == len(BEGINNINGS) + 1
    exported = office.run("bundle", "export", "bundle")
    assert exported.code == 0
    assert f"已导出 {len(BEGINNINGS) + 1} 条" in exported.err
    key = (office.keys / "log.vkey").read_text("utf-8").splitlines()[0]
    (office.folder / "policy").write_bytes(policy(key))
    verified = office.run("bundle", "verify", "bundle", "--policy", "policy", "--json")
    assert (verified.code, verified.json["result"]) == (0, "proven")
    assert len(verified.json["statements"]) == 1


def test_what_is_not_all_that_the_ledger_holds_is_not_published(office: Office) -> None:
    answer = office.run("report", *YEAR, "--manifest", "--at-position", "3")
    assert answer.code == 2
    assert "--at-position" in answer.err
    assert office.positions() == len(BEGINNINGS)


def test_an_unknown_organ_s_statement_is_not_published(office: Office) -> None:
    answer = office.run("report", *YEAR, "--manifest", "--organ", "无此机构")
    assert answer.code == 2
    assert office.positions() == len(BEGINNINGS)


def test_before_any_checkpoint_there_is_nothing_to_export(office: Office) -> None:
    answer = office.run("bundle", "export", "bundle")
    assert answer.code == 2
    assert "log checkpoint" in answer.err
    assert not (office.folder / "bundle").exists()


def test_a_folder_that_is_not_empty_is_left_alone(office: Office) -> None:
    office.run("log", "checkpoint")
    answer = office.run("bundle", "export", ".")
    assert answer.code == 2
    assert "不是空的" in answer.err
    assert not (office.folder / "checkpoint").exists()


def test_a_file_is_no_folder_to_export_to(office: Office) -> None:
    office.run("log", "checkpoint")
    answer = office.run("bundle", "export", "ledger.sqlite3")
    assert answer.code == 2
    assert "Traceback" not in answer.err


def test_a_policy_is_asked_for_by_the_command_too(office: Office) -> None:
    answer = office.run("bundle", "verify", "bundle")
    assert answer.code == 2
    assert "--policy" in answer.err
