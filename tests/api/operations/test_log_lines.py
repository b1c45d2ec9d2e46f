"""What the server writes down of its work: what happened, and nothing of whom it was about."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from api.logs import described
from tests.support.databases import ON_SERVER, intruder
from tests.support.servers import Server, post, running

NAME, NUMBER, SUMMARY = "欧阳甲乙", "RY7788", "收受礼金若干"
PERSON = {
    "number": NUMBER,
    "name": NAME,
    "political_status": "中共党员",
    "unit": None,
    "post": SUMMARY,
    "rank": "乡科级",
    "district_managed": False,
    "archive_opened_on": "2020-01-02",
}
GIVEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("logged")) as server:
        yield server


@pytest.fixture(scope="module")
def told(server: Server) -> tuple[str, str]:
    """The log after all that names a person, a number, a query, a token; and the token."""
    token = server.token("case_supervision")
    with server.client(token) as client:
        made = post(client, "/persons", PERSON)
        assert made.status_code == 201, made.text
        post(client, "/persons", PERSON)
        post(client, "/persons", PERSON | {"archive_opened_on": NAME})
        post(client, "/persons", PERSON | {NAME: NUMBER})
        client.get(f"/api/v1/persons/{NUMBER}", headers={"X-Request-ID": GIVEN})
        client.get("/api/v1/persons", params={"post": SUMMARY, "number": NUMBER})
        client.get(f"/api/v1/{NAME}/{NUMBER}", headers={"X-Request-ID": NUMBER})
        client.get("/api/v1/persons", headers={"Authorization": f"Bearer {NUMBER}"})
        with intruder(server.database) as other:
            other.execute("ALTER TABLE persons RENAME TO gone")
        broken = client.get("/api/v1/persons", params={"number": NUMBER})
        with intruder(server.database) as other:
            other.execute("ALTER TABLE gone RENAME TO persons")
        assert (broken.status_code, broken.json()["code"]) == (500, "internal")
    return server.log, token


def lines(log: str) -> list[dict[str, Any]]:
    """What was logged, as JSON; what is said to a person stands between."""
    return [json.loads(line) for line in log.splitlines() if line.startswith("{")]


def test_no_name_number_text_or_token_is_in_the_log(told: tuple[str, str]) -> None:
    log, token = told
    for secret in (NAME, NUMBER, SUMMARY, token, token.split(".")[2]):
        assert secret not in log


def test_a_request_is_told_by_route_status_time_and_opaque_subject(told: tuple[str, str]) -> None:
    requests = [line for line in lines(told[0]) if line["event"] == "request"]
    made = next(line for line in requests if line["method"] == "POST")
    assert made["route"] == "/api/v1/persons"
    assert made["status"] == 201
    assert (made["subject"], made["role"]) == ("local-case_supervision", "case_supervision")
    assert {"time", "level", "request_id", "duration_ms"} <= made.keys()
    assert any(line["route"] == "/api/v1/persons/{number}" for line in requests)
    assert any(line["route"] == "unmatched" and line["status"] == 404 for line in requests)


def test_a_request_id_given_as_one_is_taken_and_no_other(told: tuple[str, str]) -> None:
    ids = {line["request_id"] for line in lines(told[0]) if "request_id" in line}
    assert GIVEN in ids
    assert all(len(each) == 32 for each in ids)


def test_an_error_is_told_by_type_and_frames_under_its_request(told: tuple[str, str]) -> None:
    said = lines(told[0])
    error = next(line for line in said if line["event"] == "internal")
    assert error["level"] == "error"
    assert error["error"].endswith("UndefinedTable" if ON_SERVER else "OperationalError")
    assert any(frame.startswith("api/") for frame in error["frames"])
    request = next(line for line in said if line.get("status") == 500)
    assert request["request_id"] == error["request_id"]


def test_an_error_and_its_causes_are_told_without_their_words() -> None:
    try:
        try:
            {}[NUMBER]
        except KeyError as cause:
            raise ValueError(NAME) from cause
    except ValueError as error:
        said = described(error)
    assert said["error"] == "builtins.ValueError"
    assert said["causes"] == ["builtins.KeyError"]
    assert said["frames"][0].startswith("tests/api/operations/test_log_lines.py:")
    assert all(secret not in json.dumps(said, ensure_ascii=False) for secret in (NAME, NUMBER))


def test_probes_and_scrapes_that_went_well_are_not_told(server: Server) -> None:
    with server.client() as client:
        assert client.get("/health").status_code == 200
        assert client.get("/metrics").status_code == 200
    assert not any(line.get("route") in {"/health", "/metrics"} for line in lines(server.log))
