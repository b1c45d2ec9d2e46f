"""Lists: what may be asked, in which order, page by page, as of any moment."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any
from uuid import uuid4

import orjson
import pytest

from api.columns import Columns
from domain.streams import Kind
from projections.tables import NAMES
from tests.support.offices import Desk, copied, opened
from tests.support.served import Caller, Served, served

ORGAN = "441424-JW"


@pytest.fixture(scope="module")
def office(wuhua: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    file = copied(wuhua.file, tmp_path_factory.mktemp("lists") / "ledger.sqlite3")
    with opened(file) as desk, served(desk) as office:
        yield office


@pytest.fixture
def officer(office: Served) -> Caller:
    return office.caller("case_supervision")


def lead(number: str) -> dict[str, Any]:
    return {
        "number": number,
        "source": "信访举报",
        "received_on": "2021-01-04",
        "organ": ORGAN,
        "persons": ["R000001"],
        "summary": "一",
    }


def every(caller: Caller, path: str, **asked: Any) -> list[dict[str, Any]]:
    """The rows of every page, by the Link header."""
    answer = caller.get(path, **asked)
    rows = answer.json()["items"]
    while 'rel="next"' in answer.headers["link"]:
        further = answer.headers["link"].partition(";")[0].strip("<>")
        answer = caller.get(further.removeprefix("/api/v1"))
        rows += answer.json()["items"]
    return rows


@pytest.mark.parametrize("size", [1, 7, 250, 1000])
def test_the_pages_of_a_list_hold_every_row_once_in_order(officer: Caller, size: int) -> None:
    head = 40 if size == 1 else None
    asked = {"received_on_to": "2019-06-30"} if head else {}
    rows = every(officer, "/leads", limit=size, **asked)
    numbers = [row["number"] for row in rows]
    assert numbers == sorted(set(numbers))
    whole = officer.get("/leads", limit=1000, **asked).json()["items"]
    assert rows == whole


@pytest.mark.parametrize(
    "sort", ["received_on", "-received_on", "category", "-category", "version"]
)
def test_sorted_pages_agree_with_the_sorted_list(officer: Caller, sort: str) -> None:
    rows = every(officer, "/leads", limit=97, sort=sort)
    name = sort.lstrip("-")
    whole = officer.get("/leads", limit=1000).json()["items"]

    def key(row: dict[str, Any]) -> tuple[Any, str]:
        value = row[name]
        return ("" if value is None else value, row["number"])

    assert rows == sorted(whole, key=key, reverse=sort.startswith("-"))


def test_rows_are_those_that_have_the_values_asked_for(officer: Caller) -> None:
    whole = officer.get("/leads", limit=1000).json()["items"]
    sources = sorted({row["source"] for row in whole})[:2]
    person = next(row["persons"][0] for row in whole if row["persons"])
    for asked, holds in (
        ({"source": sources[0]}, lambda row: row["source"] == sources[0]),
        ({"source": sources}, lambda row: row["source"] in sources),
        ({"persons": person}, lambda row: person in row["persons"]),
        (
            {"received_on_from": "2020-03-01", "received_on_to": "2020-03-31"},
            lambda row: "2020-03-01" <= row["received_on"] <= "2020-03-31",
        ),
        ({"received_on": "2020-03-02"}, lambda row: row["received_on"] == "2020-03-02"),
        ({"organ": "none"}, lambda _: False),
        ({"persons": "%"}, lambda _: False),
    ):
        found = officer.get("/leads", limit=1000, **asked).json()["items"]
        assert found == [row for row in whole if holds(row)], asked


def test_pages_that_were_begun_agree_though_others_write_meanwhile(officer: Caller) -> None:
    before = officer.get("/leads", limit=1000).json()["items"]
    answer = officer.get("/leads", limit=300)
    rows = answer.json()["items"]
    while answer.json()["next"]:
        done = officer.post("/leads", lead(f"A-{uuid4()}"))
        officer.get("/leads", limit=1, min_position=done.json()["position"])
        answer = officer.get("/leads", limit=300, cursor=answer.json()["next"])
        rows += answer.json()["items"]
    assert rows == before


@pytest.mark.parametrize("path", ["/leads", "/leads.csv", "/boards/leads", "/deadlines"])
def test_a_page_at_a_position_is_the_same_bytes_after_later_writes(
    officer: Caller, path: str
) -> None:
    position = officer.served.desk.ledger.head()
    before = officer.get(path, at_position=position, limit=500)
    assert before.status_code == 200
    number = f"A-{uuid4()}"
    officer.post("/leads", lead(number))
    handled = {"decided_on": "2021-02-01", "method": "暂存待查", "approver": None}
    done = officer.post(f"/leads/{number}/handling", handled, version=1)
    after = officer.get(path, at_position=position, min_position=done.json()["position"], limit=500)
    assert after.content == before.content
    assert after.headers["etag"] == before.headers["etag"]


def test_a_record_at_a_position_is_the_same_bytes_after_later_writes(officer: Caller) -> None:
    number = f"A-{uuid4()}"
    position = officer.post("/leads", lead(number)).json()["position"]
    before = officer.get(f"/leads/{number}", at_position=position)
    handled = {"decided_on": "2021-02-01", "method": "暂存待查", "approver": None}
    officer.post(f"/leads/{number}/handling", handled, version=1)
    assert officer.get(f"/leads/{number}", at_position=position).content == before.content
    assert officer.get(f"/leads/{number}", at_version=1).json() == before.json()
    assert officer.get(f"/leads/{number}").json()["version"] == 2
    assert officer.get(f"/leads/{number}", at_position=position - 1).status_code == 404
    assert officer.get(f"/leads/{number}", as_of="2020-12-31").status_code == 404


def test_pages_as_of_a_day_end_where_that_day_is_changed_by_what_is_recorded_since(
    officer: Caller, wuhua: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """An import can tell of former days; whoever is paging through one of them is told."""
    from datetime import date

    from domain.leads.decisions import RegisterLead

    today = officer.served.desk.ledger.today()
    answer = officer.get("/leads", limit=10, as_of="2020-06-30")
    cursor = answer.json()["next"]
    officer.post("/leads", lead(f"A-{uuid4()}"))
    assert officer.get("/leads", limit=10, as_of="2020-06-30", cursor=cursor).status_code == 200
    command = RegisterLead(
        number=f"A-{uuid4()}",
        source="信访举报",
        source_number=None,
        received_on=date(2020, 6, 1),
        organ=ORGAN,
        department=None,
        persons=(),
        category=None,
        summary=None,
    )
    officer.served.desk.carry_out((date(2020, 6, 2), command))
    head = officer.served.desk.ledger.head()
    officer.get("/leads", limit=1, min_position=head)
    told = officer.get("/leads", limit=10, as_of="2020-06-30", cursor=cursor)
    assert (told.status_code, told.json()["code"]) == (410, "cursor_outdated")
    assert today >= date(2021, 1, 1)


def test_a_cursor_is_this_servers_for_this_question_of_this_caller(
    officer: Caller, office: Served
) -> None:
    cursor = officer.get("/leads", limit=2).json()["next"]
    assert officer.get("/leads", limit=5, cursor=cursor).status_code == 200
    changed = cursor[:-2] + ("A" if cursor[-2] != "A" else "B") + cursor[-1]
    refused = [
        officer.get("/leads", cursor=changed),
        officer.get("/leads", cursor="x"),
        officer.get("/leads", cursor="…"),
        officer.get("/leads", cursor=cursor, sort="organ"),
        officer.get("/leads", cursor=cursor, organ=ORGAN),
        officer.get("/cases", cursor=cursor),
        office.caller("approver").get("/leads", cursor=cursor),
        office.caller("case_supervision", organ=ORGAN).get("/leads", cursor=cursor),
    ]
    assert {(each.status_code, each.json()["code"]) for each in refused} == {
        (400, "cursor_invalid")
    }


def test_a_cursor_tells_nothing_of_persons(officer: Caller) -> None:
    from base64 import urlsafe_b64decode

    cursor = officer.get("/persons", limit=2, sort="unit").json()["next"]
    held = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    names = [row["name"] for row in officer.get("/persons", limit=3).json()["items"]]
    assert not any(name.encode() in held for name in names)


@pytest.mark.parametrize("path", ["/persons", "/leads", "/organs", "/boards/leads"])
def test_the_csv_twin_holds_the_same_cells(officer: Caller, path: str) -> None:
    rows = officer.get(path, limit=100).json()["items"]
    text = officer.get(f"{path}.csv", limit=100).content.decode("utf-8-sig")
    heading, *cells = csv.reader(StringIO(text))
    assert heading == list(rows[0])

    def cell(value: Any) -> str:
        if isinstance(value, list):
            return ";".join(value)
        return "" if value is None else str(value)

    assert cells == [[cell(value) for value in row.values()] for row in rows]


def test_all_lines_are_all_rows(officer: Caller) -> None:
    lines = officer.get("/persons.jsonl").content.splitlines()
    assert [orjson.loads(line) for line in lines] == every(officer, "/persons", limit=500)


@pytest.mark.parametrize("kind", list(NAMES))
def test_every_list_is_read_by_the_auditor_with_personal_data_hidden(
    office: Served, kind: Kind
) -> None:
    path = "/" + NAMES[kind].replace("_", "-")
    columns = Columns(kind)
    answer = office.caller("auditor").get(path, limit=1000)
    assert answer.status_code == 200
    for row in answer.json()["items"]:
        assert list(row) == list(columns.types)
        hidden = [row[name] for name in columns.personal if row[name]]
        assert all(value in ("〔已隐去〕", ["〔已隐去〕"]) for value in hidden)


def test_personal_data_is_neither_asked_nor_sorted_by(officer: Caller) -> None:
    for asked in ({"name": "甲"}, {"sort": "name"}, {"sort": "-name"}, {"keeper": "乙"}):
        answer = officer.get("/persons", **asked)
        assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"limit": 0}, "?limit"),
        ({"limit": 1001}, "?limit"),
        ({"received_on": "2020-02-30"}, "?received_on"),
        ({"unheard_of": "1"}, "?"),
        ({"sort": "unheard_of"}, "?sort"),
        ({"limit": ["1", "2"]}, "?limit"),
        ({"at_position": -1}, "?at_position"),
    ],
)
def test_what_cannot_be_asked_is_malformed(
    officer: Caller, asked: dict[str, Any], pointer: str
) -> None:
    answer = officer.get("/leads", **asked)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
    assert answer.json()["pointer"] == pointer


def test_ones_own_write_is_read_by_its_position(officer: Caller) -> None:
    number = f"A-{uuid4()}"
    position = officer.post("/leads", lead(number)).json()["position"]
    found = officer.get("/leads", number=number, min_position=position).json()
    assert [row["number"] for row in found["items"]] == [number]
    ahead = officer.get("/leads", min_position=10**12)
    assert (ahead.status_code, ahead.json()["code"]) == (400, "position_ahead")


def test_what_the_read_models_do_not_reach_in_time_is_told_to_be_asked_again(
    wuhua: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = copied(wuhua.file, tmp_path_factory.mktemp("stuck") / "ledger.sqlite3")
    with opened(file) as desk, served(desk) as office:
        officer = office.caller("case_supervision")
        assert officer.get("/leads", limit=1).status_code == 200
        office.service.follower.stop()
        position = officer.post("/leads", lead("A-1")).json()["position"]
        answer = officer.get("/leads", min_position=position)
        assert (answer.status_code, answer.json()["code"]) == (503, "not_yet_reached")
        assert answer.headers["retry-after"] == "1"


def test_an_unchanged_page_is_not_sent_again(officer: Caller) -> None:
    first = officer.get("/organs")
    told = {"If-None-Match": f'"other", {first.headers["etag"]}'}
    again = officer.get("/organs", headers=told)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    done = officer.post("/leads", lead(f"A-{uuid4()}"))
    elsewhere = officer.get("/organs", headers=told, min_position=done.json()["position"])
    assert elsewhere.status_code == 304
    leads = officer.get("/leads", limit=1, sort="-number")
    number = "Z" + leads.json()["items"][0]["number"]
    done = officer.post("/leads", lead(number))
    changed = officer.get(
        "/leads",
        limit=1,
        sort="-number",
        min_position=done.json()["position"],
        headers={"If-None-Match": leads.headers["etag"]},
    )
    assert changed.status_code == 200
