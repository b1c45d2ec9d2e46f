"""Bad rows are refused one by one, each with register, row, column and value; good ones go in."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from consumers.registers.importer import Summary
from tests.registers.bad_rows import Refused, with_bad_rows
from tests.support.commands import Answer, command
from tests.support.expected import WUHUA
from tests.support.offices import Desk, opened
from tests.support.registers import read_registers, write_folder


@dataclass(frozen=True)
class Imported:
    """A set with bad rows, taken in: what was to be refused, and what became of it."""

    folder: Path
    refused: list[Refused]
    summary: Summary
    desk: Desk


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Imported]:
    """Wuhua with a bad row of each kind."""
    base = tmp_path_factory.mktemp("bad")
    registers = read_registers("wuhua2020")
    refused = with_bad_rows(registers)
    folder = write_folder(base / "台账", registers)
    with opened(base / "ledger.sqlite3") as desk:
        yield Imported(folder, refused, desk.take_in(folder), desk)


def test_exactly_the_bad_rows_are_refused(imported: Imported) -> None:
    said = [Refused(p.register, p.row, p.column, p.value) for p in imported.summary.problems]
    assert sorted(said) == sorted(imported.refused)


def test_every_reason_is_a_chinese_sentence(imported: Imported) -> None:
    for problem in imported.summary.problems:
        assert any("一" <= letter <= "鿿" for letter in problem.reason), problem
        assert "None" not in problem.reason


def test_the_good_rows_are_the_clean_set(imported: Imported, wuhua: Desk) -> None:
    assert imported.desk.facts_told() == wuhua.facts_told()
    for query in WUHUA:
        assert imported.desk.figures(query.period, query.cut) == query.figures


def test_the_summary_counts_the_refused_rows_of_each_register(imported: Imported) -> None:
    for tally in imported.summary.tallies:
        bad = sum(each.register == tally.register for each in imported.refused)
        assert tally.refused == bad
        assert tally.rows == tally.added + tally.refused


def test_the_same_set_again_refuses_the_same_rows_and_changes_nothing(imported: Imported) -> None:
    before = imported.desk.ledger.head()
    again = imported.desk.take_in(imported.folder)
    assert imported.desk.ledger.head() == before
    said = {Refused(p.register, p.row, p.column, p.value) for p in again.problems}
    assert said == set(imported.refused)


def test_the_refused_rows_are_listed_in_a_file_beside_the_input(
    imported: Imported, tmp_path: Path
) -> None:
    answer = command(tmp_path / "ledger.sqlite3", "import", imported.folder)
    assert answer.code == 1
    listed = imported.folder.with_name("台账-未导入.csv")
    with listed.open(encoding="utf-8-sig", newline="") as file:
        headings, *rows = csv.reader(file)
    assert headings == ["台账", "行号", "列", "值", "原因"]
    said = [Refused(title, int(row), column, value) for title, row, column, value, _ in rows]
    assert sorted(said) == sorted(imported.refused)
    assert all(reason for *_, reason in rows)
    on_screen(answer, rows[0])


def on_screen(answer: Answer, row: list[str]) -> None:
    """The first refused row stands on the screen too, and the file is named there."""
    assert all(cell in answer.err for cell in row[:4])  # the reason may be wrapped
    assert "台账-未导入.csv" in answer.err.replace("\n", "")


def test_strict_imports_nothing_where_one_row_is_bad(tmp_path: Path) -> None:
    registers = read_registers("wuhua2020")
    registers["处分"].add_like("CF202000001", 处分编号="CF-1", 处分种类="记大过")
    folder = write_folder(tmp_path / "台账", registers)
    with opened(tmp_path / "ledger.sqlite3") as desk:
        answer = command(desk.file, "import", folder, "--strict")
        assert answer.code == 1
        assert "全部未导入" in answer.err
        assert desk.ledger.head() == desk.runner.catch_up() == 0
        assert set(desk.figures().values()) == {0}
    assert (tmp_path / "台账-未导入.csv").exists()


def test_strict_imports_everything_where_no_row_is_bad(tmp_path: Path, wuhua: Desk) -> None:
    folder = write_folder(tmp_path / "台账", read_registers("wuhua2020"))
    with opened(tmp_path / "ledger.sqlite3") as desk:
        answer = command(desk.file, "import", folder, "--strict")
        assert answer.code == 0
        assert desk.facts_told() == wuhua.facts_told()
    assert not (tmp_path / "台账-未导入.csv").exists()


def test_a_dry_run_reports_the_same_rows_and_writes_nothing(
    imported: Imported, tmp_path: Path
) -> None:
    with opened(tmp_path / "ledger.sqlite3") as desk:
        summary = desk.take_in(imported.folder, dry_run=True)
        said = {Refused(p.register, p.row, p.column, p.value) for p in summary.problems}
        assert said == set(imported.refused)
        assert [tally.added for tally in summary.tallies] == [
            tally.added for tally in imported.summary.tallies
        ]
        assert desk.ledger.head() == 0
        answer = command(desk.file, "import", imported.folder, "--dry-run")
        assert answer.code == 1
        assert "台账未变" in answer.err
        assert desk.ledger.head() == 0
