"""Alive, ready, counted: what whoever runs the server can ask without a token."""

import re
from typing import Any

import pytest

from tests.support.databases import ON_SERVER
from tests.support.served import Served
from tests.support.servers import until

PATHS = ["", "/api/v1"]
ORGAN = {"code": "JW01", "name": "某纪委监委"}


def samples(office: Served) -> dict[str, float]:
    """Every sample of the metrics by its name and labels."""
    text = office.client.get("/metrics").text
    found = re.findall(r"^([a-z_]+(?:\{.*\})?) (\S+)$", text, re.MULTILINE)
    return {name: float(value) for name, value in found}


@pytest.mark.parametrize("prefix", PATHS)
def test_anyone_may_ask_whether_it_is_alive(office: Served, prefix: str) -> None:
    answer = office.client.get(f"{prefix}/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


@pytest.mark.parametrize("prefix", PATHS)
def test_ready_tells_how_far_each_follower_has_come(office: Served, prefix: str) -> None:
    office.caller("system_administrator").post("/organs", ORGAN)
    head = office.desk.ledger.head()
    until(lambda: office.client.get(f"{prefix}/ready").json()["log"]["behind"] == 0)
    answer = office.client.get(f"{prefix}/ready")
    said: dict[str, Any] = answer.json()
    assert (answer.status_code, said["status"], said["position"]) == (200, "ready", head)
    models = {each["name"]: each for each in said["read_models"]}
    assert models["organs"] == {"name": "organs", "position": head, "behind": 0}
    assert said["log"] == {"size": head, "position": head, "behind": 0}


#: How a database says that there is no such table.
MISSING = "UndefinedTable" if ON_SERVER else "OperationalError"


def test_it_is_not_ready_while_following_fails(office: Served) -> None:
    caller = office.caller("system_administrator")
    caller.get("/organs")
    with office.desk.engine.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE organs RENAME TO elsewhere")
        assert caller.post("/organs", ORGAN).status_code == 201
        until(lambda: office.client.get("/ready").status_code == 503)
        said = office.client.get("/ready").json()
        assert (said["status"], said["failure"]) == ("unready", MISSING)
        assert samples(office)["ledger_follower_failing"] == 1
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO organs")
    until(lambda: office.client.get("/ready").status_code == 200)


def test_it_is_not_ready_once_it_stops_following(office: Served) -> None:
    office.service.follower.stop()
    answer = office.client.get("/ready")
    assert (answer.status_code, answer.json()["status"]) == (503, "unready")


def test_commands_are_counted_by_act_and_outcome_and_refusals_by_code(office: Served) -> None:
    caller = office.caller("system_administrator")
    assert caller.post("/organs", ORGAN).status_code == 201
    assert caller.post("/organs", ORGAN, version=1).status_code == 409
    counted = samples(office)
    recorded = 'ledger_commands_total{act="register_organ",outcome="recorded"}'
    refused = 'ledger_commands_total{act="register_organ",outcome="refused"}'
    assert (counted[recorded], counted[refused]) == (1, 1)
    assert counted['ledger_problems_total{code="already_registered"}'] == 1


def test_requests_are_counted_by_the_template_of_their_route(office: Served) -> None:
    caller = office.caller("system_administrator")
    for number in ("JW01", "JW02"):
        caller.get(f"/organs/{number}")
    labels = 'method="GET",route="/api/v1/organs/{number}"'
    counted = samples(office)
    assert counted[f'ledger_http_requests_total{{{labels},status="404"}}'] == 2
    assert counted[f"ledger_http_request_seconds_count{{{labels}}}"] == 2


def test_what_callers_make_up_is_no_label(office: Served) -> None:
    for number in range(3):
        office.client.get(f"/made-up-{number}")
        office.client.request(f"BREW{number}", f"/made-up-{number}")
    text = office.client.get("/metrics").text
    assert "made-up" not in text
    assert "BREW" not in text
    counted = samples(office)
    unmatched = 'method="other",route="unmatched",status="404"'
    assert counted[f"ledger_http_requests_total{{{unmatched}}}"] == 3


def test_positions_lag_log_accesses_and_the_process_are_told(office: Served) -> None:
    office.caller("handler").post("/organs", ORGAN)
    head = office.desk.ledger.head()
    until(lambda: samples(office)["ledger_log_lag"] == 0)
    counted = samples(office)
    assert counted["ledger_position"] == counted["ledger_log_size"] == head
    assert counted['ledger_projection_position{projection="grants"}'] == head
    assert counted['ledger_projection_lag{projection="grants"}'] == 0
    assert counted['ledger_accesses_total{action="denied"}'] == 1
    assert counted["ledger_feed_clients"] == 0
    assert counted["process_resident_memory_bytes"] > 0


def test_every_answer_says_what_a_browser_may_do_and_what_it_depends_on(office: Served) -> None:
    for path in ("/health", "/api/v1/leads", "/nowhere", "/api/v1/openapi.json"):
        headers = office.client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "Authorization, Ledger-Role" in headers["vary"]
        assert re.fullmatch("[0-9a-f]{32}", headers["x-request-id"])


def test_a_request_id_is_given_back(office: Served) -> None:
    given = "7a3f8c52-5d0e-4b8e-9c55-3f0b5f1d6c11"
    answer = office.client.get("/health", headers={"X-Request-ID": given})
    assert answer.headers["x-request-id"] == given


def test_streams_are_told_when_the_server_is_about_to_end(office: Served) -> None:
    told: list[bool] = []
    office.service.follower.when_changed(lambda: told.append(office.service.ending))
    office.service.end_streams()
    assert told[-1] is True
