"""``record`` and ``acts``, ``calendar``, ``deadlines`` and ``board`` as an office uses them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.support.commands import Answer, command
from tests.support.offices import Desk

Copy = Callable[[Desk], Desk]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where an office's ledger will be."""
    return tmp_path / "ledger.sqlite3"


def record(file: Path, act: str, *more: str, **values: Any) -> Answer:
    """Record an act with these values."""
    said = file.with_name("act.json")
    said.write_bytes(orjson.dumps(values))
    return command(file, "record", act, "--json", said, *more)


def test_an_act_is_recorded_with_its_receipt(file: Path) -> None:
    answer = record(file, "register_organ", code="JW01", name="区纪委监委")
    assert answer.code == 0, answer.err
    assert (answer.json["stream"], answer.json["first_position"]) == ("organ:JW01", 1)
    history = command(file, "history", "organ", "JW01", "--format", "json")
    assert history.json["state"]["name"] == "区纪委监委"


def test_an_act_under_the_same_id_is_recorded_once(file: Path) -> None:
    made = ("--id", "5f0f1c1e-9a39-4a58-8c3c-0d9f6a3b8f11")
    first = record(file, "register_organ", *made, code="JW01", name="区纪委监委")
    again = record(file, "register_organ", *made, code="JW01", name="区纪委监委")
    other = record(file, "register_organ", *made, code="JW02", name="市纪委监委")
    assert (first.out, first.code) == (again.out, again.code)
    assert other.code == 1
    assert "command_reused" in other.err


def test_what_the_law_refuses_exits_1_with_code_and_reason(file: Path) -> None:
    record(file, "register_organ", code="JW01", name="区纪委监委")
    answer = record(file, "register_organ", code="JW01", name="区纪委监委")
    assert answer.code == 1
    assert "already_registered" in answer.err
    assert answer.out == b""


def test_an_act_on_another_version_is_refused(file: Path) -> None:
    answer = record(file, "register_organ", "--if-version", "3", code="JW01", name="x")
    assert answer.code == 1
    assert "stale_version" in answer.err


@pytest.mark.parametrize(
    ("act", "values"), [("register_organ", {"code": 1}), ("no_such_act", {}), ("register_unit", {})]
)
def test_what_is_not_understood_exits_2(file: Path, act: str, values: dict[str, Any]) -> None:
    answer = record(file, act, **values)
    assert answer.code == 2
    assert answer.err.strip()


def test_the_acts_are_listed_and_described(file: Path) -> None:
    listed = command(file, "acts")
    assert listed.code == 0
    assert "register_lead" in listed.out.decode()
    described = command(file, "acts", "register_lead")
    assert "received_on" in described.json["properties"]
    assert command(file, "acts", "no_such_act").code == 2


def test_a_calendar_is_seeded_once_and_a_deadline_counts_by_it(file: Path) -> None:
    assert "新公布 7 个年度" in command(file, "calendar", "seed").err
    assert "新公布 0 个年度" in command(file, "calendar", "seed").err
    assert "国办发明电〔2023〕7号" in command(file, "calendar", "list").out.decode()
    record(file, "accept_matter", number="SX1", accepted_on="2026-09-30")
    due = command(file, "deadlines", "--format", "json")
    assert due.code == 0, due.err
    (matter,) = due.json["deadlines"]
    assert matter["due_on"] == "2026-10-13"  # 8 9 10 12 13: the 10th is a Saturday worked
    assert (matter["rule"], matter["provisional"]) == ("window.settlement", False)
    assert command(file, "deadlines").code == 0
    later = command(file, "deadlines", "--since", "2026-10-01", "--format", "json")
    assert later.json["deadlines"] == []
    assert command(file, "deadlines", "--format", "csv").out.count(b"\n") == 2
    assert command(file, "deadlines", "--organ", "无").code == 2


def test_a_board_is_read_page_by_page(copy_of: Copy, wuhua: Desk) -> None:
    desk = copy_of(wuhua)
    first = command(desk.file, "board", "leads", "--limit", "2", "--format", "json")
    keys = [row["number"] for row in first.json["rows"]]
    next_page = command(
        desk.file, "board", "leads", "--limit", "2", "--after", keys[-1], "--format", "json"
    )
    assert keys[-1] < next_page.json["rows"][0]["number"]
    assert f"--after {keys[-1]}" in first.err
    chosen = command(desk.file, "board", "leads", "--where", f"number={keys[0]}", "--format", "csv")
    assert chosen.out.count(b"\n") == 2
    assert command(desk.file, "board", "leads").code == 0


def test_a_board_and_deadlines_are_read_as_of_a_day_and_at_a_position(file: Path) -> None:
    record(file, "accept_matter", number="SX1", accepted_on="2026-09-30")
    record(file, "settle_matter", number="SX1", settled_on="2026-10-09")

    def settled(*cut: str) -> list[str | None]:
        shown = command(file, "board", "window_tracker", *cut, "--format", "json")
        assert shown.code == 0, shown.err
        return [row["settled_on"] for row in shown.json["rows"]]

    assert settled() == settled("--at-position", "2") == ["2026-10-09"]
    assert settled("--at-position", "1") == [None]
    assert settled("--at-position", "0") == []
    assert settled("--as-of", "2020-01-01") == []
    then = command(file, "deadlines", "--at-position", "1", "--format", "json").json
    assert (then["at_position"], len(then["deadlines"])) == (1, 1)
    assert command(file, "deadlines", "--format", "json").json["deadlines"] == []
    both = command(file, "board", "window_tracker", "--as-of", "2026-10-01", "--at-position", "1")
    assert both.code == 2


@pytest.mark.parametrize(
    "arguments", [("nothing",), ("leads", "--where", "colour=red"), ("leads", "--organ", "无")]
)
def test_a_board_or_column_that_there_is_not_exits_2(
    copy_of: Copy, wuhua: Desk, arguments: tuple[str, ...]
) -> None:
    assert command(copy_of(wuhua).file, "board", *arguments).code == 2
