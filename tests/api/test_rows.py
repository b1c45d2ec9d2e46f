"""Rows of lists: told once, remembered by version, at once where nothing is to be waited for."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.columns import Columns
from api.rows import Source, ToldRows, telling
from domain.grants.decisions import RevokeRole
from domain.streams import Kind
from ledger.envelope import Circumstances
from tests.support.databases import ON_SERVER
from tests.support.served import Served

SOURCE = Source("leads", 1, personal=True)


def test_a_version_is_remembered_for_its_source_alone() -> None:
    rows = ToldRows()
    rows.keep(SOURCE, {("XS-1", 3, "2021-01-04"): b"{}"})
    assert rows.of(SOURCE, [("XS-1", 3, "2021-01-04"), ("XS-1", 4, "2021-01-04")]) == [b"{}", None]
    for other in (
        Source("leads", 2, personal=True),
        Source("leads", 1, personal=False),
        Source("cases", 1, personal=True),
    ):
        assert rows.of(other, [("XS-1", 3, "2021-01-04")]) == [None]


def test_the_oldest_rows_are_given_up_first() -> None:
    rows = ToldRows(most_bytes=25)
    versions = [("XS-1", at, "2021-01-04") for at in range(4)]
    for version in versions:
        rows.keep(SOURCE, {version: bytes(10)})
    rows.keep(SOURCE, {versions[3]: bytes(10)})
    assert [row is not None for row in rows.of(SOURCE, versions)] == [False, False, True, True]


def test_a_row_is_told_by_the_types_of_its_columns() -> None:
    columns = Columns(Kind.LEAD)
    stored: dict[str, Any] = dict.fromkeys(columns.types)
    stored |= {"number": 'XS"1', "persons": "R1;R2", "team": "", "version": 2}
    told = orjson.loads(telling(columns, personal=True).json(list(stored.values())))
    assert told == stored | {"persons": ["R1", "R2"], "team": [], "split_into": [], "absorbed": []}
    masked = orjson.loads(telling(columns, personal=False).json(list(stored.values())))
    hidden = {name for name in columns.types if masked[name] != told[name]}
    assert hidden == {name for name in columns.personal if told.get(name)}


@pytest.fixture
def asked_in_a_thread(wuhua_served: Served, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the requests that went to a thread; none because the machine was slow."""
    paths: list[str] = []
    monkeypatch.setattr(wuhua_served.service.brief, "_seconds", 60.0)

    async def counted(function: Callable[..., Any], request: Request) -> Any:
        paths.append(request.url.path)
        return await run_in_threadpool(function, request)

    monkeypatch.setattr("api.segments.run_in_threadpool", counted)
    return paths


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"limit": 7},
        {"as_of": "2020-06-30"},
        {"at_position": 100},
        {"sort": "-received_on", "source": "信访举报"},
    ],
)
def test_a_list_is_the_same_at_once_as_from_a_thread(
    wuhua_served: Served, asked_in_a_thread: list[str], asked: dict[str, Any]
) -> None:
    auditor = wuhua_served.caller("auditor")
    first = auditor.get("/leads", **asked)
    again = auditor.get("/leads", **asked)
    # Who asked was not known at first; a server is always waited for.
    assert len(asked_in_a_thread) == (2 if ON_SERVER else 1)
    assert again.content == first.content
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["ledger-position"] == first.headers["ledger-position"]


def test_what_is_recorded_of_a_reader_is_not_left_out_at_once(
    wuhua_served: Served, asked_in_a_thread: list[str]
) -> None:
    personal = wuhua_served.caller("case_supervision")
    for _ in range(2):
        assert personal.get("/leads", limit=1).status_code == 200
    assert asked_in_a_thread == ["/api/v1/leads"] * 2


def test_who_may_not_is_refused_and_it_is_recorded(
    wuhua_served: Served, asked_in_a_thread: list[str]
) -> None:
    other = wuhua_served.caller("statistician")
    for _ in range(2):
        assert other.get("/leads").status_code == 403
    assert len(asked_in_a_thread) == 2


def test_a_read_that_takes_longer_is_answered_from_a_thread(
    wuhua_served: Served, asked_in_a_thread: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    auditor = wuhua_served.caller("auditor")
    first = auditor.get("/leads")
    monkeypatch.setattr(wuhua_served.service.brief, "_seconds", -1.0)
    again = auditor.get("/leads", sort="-received_on", limit=100)
    assert (first.status_code, again.status_code) == (200, 200)
    assert len(asked_in_a_thread) == 2


def test_a_role_revoked_is_admitted_no_more_at_once(office: Served) -> None:
    auditor = office.caller("auditor")
    assert [auditor.get("/leads").status_code for _ in range(2)] == [200, 200]
    day = office.desk.ledger.today()
    revoked = RevokeRole(number="local-auditor-all-y:auditor", revoked_on=day)
    office.desk.ledger.execute(revoked, Circumstances("tester", "revoked", "revoked", day))
    assert office.service.follower.reached(office.desk.ledger.head(), 10)
    assert auditor.get("/leads").status_code == 403
