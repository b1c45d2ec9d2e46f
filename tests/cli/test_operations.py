"""``status``, ``rebuild`` and ``doctor``; where the ledger is; what could not run exits 2."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.commands import Answer, command, interpreter, url
from tests.support.databases import Refused, intruder
from tests.support.expected import WUHUA
from tests.support.offices import Desk
from tests.support.registers import EXAMPLES
from tests.support.waiting import HOST, free_port

Copy = Callable[[Desk], Desk]
YEAR = WUHUA[0]


def change(desk: Desk, *statements: str) -> None:
    """Change the database behind the program's back."""
    with intruder(desk.file) as connection:
        for statement in statements:
            connection.execute(statement)


def says_in_one_line(answer: Answer, code: int = 2) -> str:
    """The one line with which a command that could not run ends."""
    assert answer.code == code, answer
    assert answer.out == b""
    said = answer.err.strip()
    assert said
    assert len(said.splitlines()) == 1, said
    return said


def test_status_says_where_the_ledger_and_each_read_model_stand(copy_of: Copy, wuhua: Desk) -> None:
    desk = copy_of(wuhua)
    head = desk.ledger.head()
    change(desk, "UPDATE followers SET position = 5000 WHERE name = 'cases'")
    answer = command(desk.file, "status")
    assert answer.code == 0
    said = [line.strip("│ ").split() for line in (answer.out.decode() + answer.err).splitlines()]
    cells = {line[0]: line[2::2] for line in said if len(line) == 5}
    assert (cells["cases"], cells["postings"]) == (["5000", str(head - 5000)], [str(head), "0"])
    assert f"台账位置 {head}" in answer.err


def test_a_rebuild_without_differences_exits_0(copy_of: Copy, wuhua: Desk) -> None:
    answer = command(copy_of(wuhua).file, "rebuild", "cases", "postings")
    assert answer.code == 0
    assert answer.err.count("与原表逐行相同") == 2


def test_a_rebuild_that_found_a_difference_says_so_exits_1_and_puts_it_right(
    copy_of: Copy, wuhua: Desk
) -> None:
    desk = copy_of(wuhua)
    change(desk, "UPDATE postings SET quantity = 2 WHERE stream = 'disposition:XT202000001'")
    answer = command(desk.file, "rebuild", "postings")
    assert answer.code == 1
    assert "与原表相差 2 行" in answer.err
    assert command(desk.file, "rebuild", "postings").code == 0
    assert desk.figures(YEAR.period) == YEAR.figures


def test_there_is_no_rebuilding_what_is_no_read_model(copy_of: Copy, wuhua: Desk) -> None:
    assert "stored_events" in says_in_one_line(
        command(copy_of(wuhua).file, "rebuild", "stored_events")
    )


def test_doctor_finds_an_ordinary_office_well(wuhua: Desk) -> None:
    answer = command(wuhua.file, "doctor")
    assert answer.code == 0
    assert "异常" not in answer.err
    assert all(word in answer.err for word in ("数据库", "读模型", "指标定义", "代码表"))


def test_a_violated_check_is_printed_beside_the_figures(copy_of: Copy, wuhua: Desk) -> None:
    desk = copy_of(wuhua)
    change(desk, "UPDATE postings SET category = '不明' WHERE stream = 'disposition:XT202000001'")
    answer = command(desk.file, "report", *YEAR.options, "--format", "json")
    failing = [check["rule"] for check in answer.json["checks"] if not check["holds"]]
    assert failing == ["forms.sum"]
    assert "不成立" in command(desk.file, "report", *YEAR.options).out.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        ["facts", "forms.fifth", *YEAR.options],
        ["report", *YEAR.options, "--organ", "999999-JW"],
        ["facts", "forms.first", *YEAR.options, "--organ", "999999-JW"],
        ["compare", *YEAR.options, "--left", "2021-01-10", "--organ", "999999-JW"],
        ["compare", *YEAR.options, "--left", "昨天"],
        ["report", "--from", "2020-12-31", "--to", "2020-01-01"],
        ["report", "--from", "2020-02-30", "--to", "2020-12-31"],
        ["report", *YEAR.options, "--as-of", "明天"],
        ["report", *YEAR.options, "--published", "没有这个文件.json"],
        ["report", *YEAR.options, "--published", "/dev/null"],
        ["report", *YEAR.options, "--output", "/没有这个文件夹/表.txt"],
        ["import", "/没有这个文件夹"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_answered_exits_2_with_one_line(arguments: list[str], wuhua: Desk) -> None:
    says_in_one_line(command(wuhua.file, *arguments))


@pytest.mark.parametrize(
    "arguments", [["report"], ["无此命令"], ["report", "--from", "2020-01-01"]]
)
def test_what_was_asked_wrongly_exits_2(arguments: list[str], wuhua: Desk) -> None:
    answer = command(wuhua.file, *arguments)
    assert (answer.code, answer.out) == (2, b"")
    assert "Traceback" not in answer.err


def test_a_server_that_cannot_be_reached_exits_2_and_says_why() -> None:
    said = says_in_one_line(interpreter(f"postgresql://{HOST}:{free_port()}/ledger", "status"))
    assert "refused" in said


def test_a_server_that_this_version_cannot_use_exits_2() -> None:
    says_in_one_line(interpreter("mysql://localhost/ledger", "status"))


def test_a_file_that_can_be_no_ledger_exits_2(tmp_path: Path) -> None:
    says_in_one_line(command(tmp_path, "status"))
    sheet = tmp_path / "表.xlsx"
    sheet.write_bytes(b"PK no database" * 100)
    says_in_one_line(command(sheet, "status"))


def test_the_ledger_is_under_the_working_folder_unless_the_settings_name_another(
    tmp_path: Path,
) -> None:
    assert interpreter(None, "status", folder=tmp_path).code == 0
    assert (tmp_path / "var" / "ledger.sqlite3").exists()
    (tmp_path / ".env").write_text(
        f"LEDGER_DATABASE_URL={url(tmp_path / 'another.sqlite3')}\n", encoding="utf-8"
    )
    assert interpreter(None, "status", folder=tmp_path).code == 0
    assert (tmp_path / "another.sqlite3").exists()


def test_an_event_changed_in_the_file_is_never_read_as_if_it_were_one(
    copy_of: Copy, wuhua: Desk
) -> None:
    desk = copy_of(wuhua)
    with intruder(desk.file) as connection:
        connection.drop_triggers()
        connection.execute(
            "UPDATE stored_events SET state = x'7b7d' WHERE topic = 'disposition.corrected.v1'"
        )
    assert "无法读取" in says_in_one_line(command(desk.file, "rebuild", "dispositions"))
    assert "无法读取" in says_in_one_line(command(desk.file, "history", "四种形态", "XT202000525"))


def test_the_events_of_a_ledger_cannot_be_edited_by_mistake(copy_of: Copy, wuhua: Desk) -> None:
    for statement in ("UPDATE stored_events SET state = x'00'", "DELETE FROM stored_events"):
        with pytest.raises(Refused, match="record a correction"):
            change(copy_of(wuhua), statement)


def test_importing_what_is_held_already_exits_0(copy_of: Copy, wuhua: Desk) -> None:
    assert command(copy_of(wuhua).file, "import", EXAMPLES / "wuhua2020").code == 0
