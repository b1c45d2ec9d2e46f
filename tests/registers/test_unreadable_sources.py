"""What cannot be read is said in one line or in one problem; it never ends in a traceback."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.commands import command
from tests.support.offices import Desk
from tests.support.registers import EXAMPLES, Register, read_registers, write_folder

Copy = Callable[[Desk], Desk]


def organs() -> Register:
    """The register of organs."""
    return read_registers("wuhua2020")["机构"]


def nowhere(folder: Path) -> Path:
    return folder / "没有这个文件夹"


def no_registers(folder: Path) -> Path:
    (folder / "说明.csv").write_text("甲,乙\n", encoding="utf-8")
    return folder


def a_single_csv(folder: Path) -> Path:
    return write_folder(folder, {"机构": organs()}) / "机构.csv"


def a_workbook_that_is_none(folder: Path) -> Path:
    path = folder / "台账.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    return path


@pytest.mark.parametrize(
    "source",
    [
        nowhere,
        no_registers,
        a_single_csv,
        a_workbook_that_is_none,
    ],
    ids=lambda source: source.__name__,
)
def test_what_could_not_be_read_exits_2_with_one_line_that_names_it(
    source: Callable[[Path], Path], tmp_path: Path
) -> None:
    folder = tmp_path / "台账"
    folder.mkdir()
    path = source(folder)
    answer = command(tmp_path / "ledger.sqlite3", "import", path)
    assert answer.code == 2
    assert "Traceback" not in answer.err
    assert len(answer.err.split("\n\n")) == 1
    assert path.name in answer.err.replace("\n", "")


def test_a_file_in_no_known_encoding_is_named_and_nothing_of_it_goes_in(tmp_path: Path) -> None:
    folder = tmp_path / "台账"
    folder.mkdir()
    rows = "机构代码,机构名称\nA,甲\nB,".encode("gb18030")
    (folder / "机构.csv").write_bytes(rows + b"\xff\xff\n")
    answer = command(tmp_path / "ledger.sqlite3", "import", folder)
    assert answer.code in (1, 2)
    assert "Traceback" not in answer.err
    assert "机构" in answer.err
    assert "位置 0" in command(tmp_path / "ledger.sqlite3", "status").err


def test_a_register_without_a_required_column_is_refused_and_the_others_go_in(
    tmp_path: Path, desk: Desk
) -> None:
    registers = {
        title: read_registers("wuhua2020")[title] for title in ("机构", "单位", "信访举报")
    }
    petitions = registers["信访举报"]
    petitions.headings[petitions.headings.index("收到日期")] = "收件日"
    summary = desk.take_in(write_folder(tmp_path / "台账", registers))
    assert [(p.register, p.row, p.column) for p in summary.problems] == [
        ("信访举报", 1, "收到日期")
    ]
    assert [tally.added for tally in summary.tallies] == [2, 176, 0]


def test_a_register_with_a_column_twice_is_refused(tmp_path: Path, desk: Desk) -> None:
    twice = organs()
    twice.headings.append("机构名称")
    for row in twice.rows:
        row.append("另一个名称")
    summary = desk.take_in(write_folder(tmp_path / "台账", {"机构": twice}))
    assert [(p.row, p.column, p.code) for p in summary.problems] == [(1, "机构名称", "headings")]
    assert desk.ledger.head() == 0


def test_a_column_that_no_register_has_is_named_and_not_used(tmp_path: Path, desk: Desk) -> None:
    more = organs()
    more.headings.append("电话")
    for row in more.rows:
        row.append("0753-1234567")
    summary = desk.take_in(write_folder(tmp_path / "台账", {"机构": more}))
    assert summary.notices == ["《机构》中未用的列：电话"]
    assert (summary.events, summary.problems) == (2, [])


def test_an_empty_file_is_a_register_without_its_columns(tmp_path: Path, desk: Desk) -> None:
    folder = tmp_path / "台账"
    folder.mkdir()
    (folder / "机构.csv").write_bytes(b"")
    summary = desk.take_in(folder)
    assert {(p.register, p.row) for p in summary.problems} == {("机构", 1)}


@pytest.mark.parametrize("length", [30_000, 200_000], ids=["90 kB", "600 kB"])
def test_a_cell_too_long_for_the_ledger_is_one_bad_row(
    length: int, tmp_path: Path, desk: Desk
) -> None:
    """No stored event may be larger than 65,535 bytes: the other rows are none the worse."""
    registers = {title: read_registers("wuhua2020")[title] for title in ("机构", "信访举报")}
    petitions = registers["信访举报"]
    petitions.put("XF202000003", "内容摘要", "长" * length)
    summary = desk.take_in(write_folder(tmp_path / "台账", registers))
    row = petitions.number_of("XF202000003")
    assert [(p.register, p.row) for p in summary.problems] == [("信访举报", row)]
    assert desk.figures()["petitions.received"] == len(petitions.rows) - 1


def test_the_problems_file_may_be_unwritable_and_the_import_still_ends_well(
    tmp_path: Path, copy_of: Copy, wuhua: Desk
) -> None:
    registers = {"机构": organs()}
    registers["机构"].put("441424-PZ1", "机构名称", "")
    folder = write_folder(tmp_path / "台账", registers)
    (tmp_path / "台账-未导入.csv").mkdir()
    answer = command(copy_of(wuhua).file, "import", folder)
    assert answer.code == 1
    assert "未能写入" in answer.err.replace("\n", "")


def test_the_examples_are_read_in_utf8_with_a_mark() -> None:
    """What a spreadsheet opens without being told the encoding."""
    for path in EXAMPLES.glob("*/*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path
