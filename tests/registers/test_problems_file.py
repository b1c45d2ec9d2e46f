"""The list of refused rows is opened in a spreadsheet by whoever mends them."""

import csv
from pathlib import Path

import pytest

from consumers.registers.problems import Problem, write_problems


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("@A1", "'@A1"),
        ("+A1", "'+A1"),
        ("-A1", "'-A1"),
        ("-5", "-5"),
        ("2021-02-30", "2021-02-30"),
        ("", ""),
    ],
)
def test_a_refused_value_is_never_a_formula(value: str, written: str, tmp_path: Path) -> None:
    path = tmp_path / "未导入.csv"
    write_problems(path, [Problem("处分", 2, "处分种类", value, "不在代码表中", "unknown_code")])
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1][3] == written
