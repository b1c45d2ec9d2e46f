"""``history``: one record's events in order, what each changed, and the state then."""

from typing import Any

import pytest

from tests.support.commands import Answer, command
from tests.support.offices import Desk

CORRECTED = "XT202000525"


def asked(desk: Desk, *options: str, number: str = CORRECTED) -> Answer:
    """The history of a disposition."""
    return command(desk.file, "history", "四种形态", number, *options)


def document(desk: Desk, *options: str) -> dict[str, Any]:
    """The same as JSON."""
    answer = asked(desk, "--format", "json", *options)
    assert answer.code == 0, answer.err
    return answer.json


def test_every_event_in_order_with_its_clocks_and_what_it_changed(wuhua: Desk) -> None:
    found = document(wuhua)
    assert found["stream"] == f"disposition:{CORRECTED}"
    made, form, measure = found["events"]
    assert [event["version"] for event in found["events"]] == [1, 2, 3]
    assert (made["type"], made["occurred_on"], made["registered_on"]) == (
        "disposition.made.v1",
        "2020-11-12",
        "2020-11-20",
    )
    assert form["changes"] == [{"field": "form", "was": "第二种形态", "now": "第一种形态"}]
    assert measure["changes"] == [{"field": "measure", "was": "调整职务", "now": "批评教育"}]
    assert {form["basis"], measure["basis"]} == {"年终数据核查"}
    assert found["state"] | {"form": "第一种形态", "measure": "批评教育"} == found["state"]
    for event in found["events"]:
        held = wuhua.events[event["position"]]
        assert {key: event[key] for key in ("version", "actor", "command_id", "type")} == {
            key: held[key] for key in ("version", "actor", "command_id", "type")
        }


@pytest.mark.parametrize(
    ("options", "versions", "form"),
    [
        (["--at-version", "1"], [1], "第二种形态"),
        (["--at-version", "2"], [1, 2], "第一种形态"),
        (["--at-version", "99"], [1, 2, 3], "第一种形态"),
        (["--as-of", "2021-02-14"], [1], "第二种形态"),
        (["--as-of", "2021-02-15"], [1, 2, 3], "第一种形态"),
    ],
)
def test_the_state_at_a_version_and_as_of_a_day(
    options: list[str], versions: list[int], form: str, wuhua: Desk
) -> None:
    found = document(wuhua, *options)
    assert [event["version"] for event in found["events"]] == versions
    assert found["state"]["form"] == form


def test_the_state_at_a_position_is_what_the_ledger_held_then(wuhua: Desk) -> None:
    at = document(wuhua)["events"][1]["position"]
    assert document(wuhua, "--at-position", str(at))["state"]["form"] == "第一种形态"
    assert document(wuhua, "--at-position", str(at - 1))["state"]["form"] == "第二种形态"
    assert document(wuhua, "--at-position", "0") | {"events": [], "state": None} == document(
        wuhua, "--at-position", "0"
    )


def test_before_it_was_registered_nothing_was_known_of_it(wuhua: Desk) -> None:
    found = document(wuhua, "--as-of", "2020-11-19")
    assert (found["events"], found["state"]) == ([], None)
    assert asked(wuhua, "--as-of", "2020-11-19").code == 0


def test_as_text_it_names_the_columns_of_the_register(wuhua: Desk) -> None:
    text = asked(wuhua).out.decode()
    assert "形态：第二种形态 → 第一种形态" in text
    assert "措施：调整职务 → 批评教育" in text
    assert "依据：年终数据核查" in text


def test_a_lead_is_told_with_its_handlings(wuhua: Desk) -> None:
    answer = command(wuhua.file, "history", "lead", "XS202000001", "--format", "json")
    assert [event["type"] for event in answer.json["events"]] == [
        "lead.registered.v1",
        "lead.handled.v1",
        "lead.handling_concluded.v1",
    ]
    assert answer.json["state"]["handlings"][0]["method"] == "初步核实"
    text = command(wuhua.file, "history", "问题线索", "XS202000001").out.decode()
    assert "初步核实" in text


def test_a_kind_may_be_named_by_its_title_or_its_code(wuhua: Desk) -> None:
    by_code = command(wuhua.file, "history", "disposition", CORRECTED, "--format", "json")
    assert by_code.json == document(wuhua)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["花名册", CORRECTED], 2),
        (["四种形态", "XT-404"], 1),
        (["四种形态", CORRECTED, "--format", "csv"], 2),
        (["四种形态", CORRECTED, "--as-of", "2021-02-30"], 2),
    ],
)
def test_what_there_is_no_history_of_is_said_in_one_line(
    arguments: list[str], code: int, wuhua: Desk
) -> None:
    answer = command(wuhua.file, "history", *arguments)
    assert (answer.code, answer.out) == (code, b"")
    assert len(answer.err.strip().splitlines()) == 1
