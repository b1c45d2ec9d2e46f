"""Commands over HTTP: once for each key, on the version that was read, refused with a reason."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from api.policy import offered
from domain.lifecycles import LIFECYCLES
from tests.support.offices import Desk, copied, opened
from tests.support.served import Caller, Served, served

ORGAN = "441424-JW"


def lead(number: str, **more: object) -> dict[str, object]:
    return {
        "number": number,
        "source": "信访举报",
        "received_on": "2021-01-04",
        "organ": ORGAN,
        "persons": [],
    } | more


@pytest.fixture(scope="module")
def office(wuhua: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    file = copied(wuhua.file, tmp_path_factory.mktemp("commands") / "ledger.sqlite3")
    with opened(file) as desk, served(desk) as office:
        yield office


@pytest.fixture
def number() -> str:
    """A number that no other test uses."""
    return f"N-{uuid4()}"


@pytest.fixture
def desk_officer(office: Served) -> Caller:
    return office.caller("case_supervision")


def test_an_act_is_recorded_and_its_receipt_leads_to_the_record(
    office: Served, desk_officer: Caller, number: str
) -> None:
    answer = desk_officer.post("/leads", lead(number))
    assert answer.status_code == 201
    said = answer.json()
    assert (said["stream"], said["version"]) == (f"lead:{number}", 1)
    assert answer.headers["etag"] == '"1"'
    found = desk_officer.get(answer.headers["location"].removeprefix("/api/v1"))
    assert found.headers["etag"] == '"1"'
    assert found.json()["state"]["received_on"] == "2021-01-04"
    [entry] = office.desk.ledger.history(f"lead:{number}")
    assert entry.position == said["position"]
    assert entry.event.actor.endswith(":case_supervision")
    assert entry.event.registered_on == office.desk.ledger.today()


def test_a_key_repeated_gets_the_first_answer_and_no_second_event(
    office: Served, desk_officer: Caller, number: str
) -> None:
    first = desk_officer.post("/leads", lead(number), key=f"k-{number}")
    second = desk_officer.post("/leads", lead(number), key=f"k-{number}")
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert first.headers["etag"] == second.headers["etag"]
    assert len(office.desk.ledger.history(f"lead:{number}")) == 1


def test_a_key_repeated_after_the_record_went_on_still_gets_the_first_answer(
    desk_officer: Caller, number: str
) -> None:
    first = desk_officer.post("/leads", lead(number), key=f"k-{number}")
    handled = {"decided_on": "2021-02-01", "method": "暂存待查", "approver": None}
    assert desk_officer.post(f"/leads/{number}/handling", handled, version=1).status_code == 201
    again = desk_officer.post("/leads", lead(number), key=f"k-{number}")
    assert again.content == first.content


def test_another_body_under_a_known_key_is_refused(desk_officer: Caller, number: str) -> None:
    desk_officer.post("/leads", lead(number), key=f"k-{number}")
    answer = desk_officer.post("/leads", lead(f"{number}-2"), key=f"k-{number}")
    assert (answer.status_code, answer.json()["code"]) == (422, "command_reused")


def test_one_key_of_two_subjects_is_two_keys(
    office: Served, desk_officer: Caller, number: str
) -> None:
    other = office.caller("case_supervision", organ=ORGAN)
    assert desk_officer.post("/leads", lead(number), key=f"k-{number}").status_code == 201
    assert other.post("/leads", lead(f"{number}-2"), key=f"k-{number}").status_code == 201


@pytest.mark.parametrize("key", ["", 'a"b', "ä", "x" * 256, "two words"])
def test_a_command_without_a_key_is_not_carried_out(
    desk_officer: Caller, key: str, number: str
) -> None:
    headers = desk_officer.headers | ({"Idempotency-Key": key.encode()} if key else {})
    answer = desk_officer.served.client.post("/api/v1/leads", json=lead(number), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_required")


def test_an_existing_record_is_changed_only_on_the_version_that_was_read(
    desk_officer: Caller, number: str
) -> None:
    desk_officer.post("/leads", lead(number))
    handled = {"decided_on": "2021-02-01", "method": "暂存待查", "approver": None}
    missing = desk_officer.post(f"/leads/{number}/handling", handled)
    assert (missing.status_code, missing.json()["code"]) == (428, "if_match_required")
    stale = desk_officer.post(f"/leads/{number}/handling", handled, version=7)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert desk_officer.post(f"/leads/{number}/handling", handled, version=1).status_code == 201


def test_a_first_act_on_a_known_number_asks_for_its_version_and_is_then_refused(
    desk_officer: Caller, number: str
) -> None:
    desk_officer.post("/leads", lead(number))
    assert desk_officer.post("/leads", lead(number)).status_code == 428
    again = desk_officer.post("/leads", lead(number), version=1)
    assert (again.status_code, again.json()["code"]) == (409, "already_registered")


def test_a_new_number_has_no_version_to_match(desk_officer: Caller, number: str) -> None:
    assert desk_officer.post("/leads", lead(number), version=1).status_code == 412


def test_the_law_of_the_domain_refuses_with_code_field_and_title(
    desk_officer: Caller, number: str
) -> None:
    answer = desk_officer.post("/leads", lead(number, source="道听途说"))
    problem = answer.json()
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert (problem["code"], problem["pointer"]) == ("unknown_code", "/source")
    assert problem["title"] == "不在代码表内"
    assert "道听途说" not in answer.text


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        (lead("M-1", received_on="不详"), "/received_on"),
        (lead("M-1", unheard_of=1), "/unheard_of"),
        ({"number": "M-1"}, "/source"),
        ([], ""),
    ],
)
def test_values_that_are_not_the_acts_are_malformed(
    desk_officer: Caller, values: object, pointer: str
) -> None:
    answer = desk_officer.post("/leads", values)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
    assert answer.json()["pointer"] == pointer


def test_the_number_of_the_address_may_be_repeated_but_not_contradicted(
    desk_officer: Caller, number: str
) -> None:
    desk_officer.post("/leads", lead(number))
    handled = {
        "lead": f"{number}-2",
        "decided_on": "2021-02-01",
        "method": "暂存待查",
        "approver": None,
    }
    answer = desk_officer.post(f"/leads/{number}/handling", handled, version=1)
    assert (answer.status_code, answer.json()["code"]) == (422, "key_mismatch")
    same = handled | {"lead": number}
    assert desk_officer.post(f"/leads/{number}/handling", same, version=1).status_code == 201


def test_a_number_with_a_stroke_is_one_part_of_an_address(desk_officer: Caller) -> None:
    created = desk_officer.post("/leads", lead("区/2021/1"))
    assert created.status_code == 201
    path = created.headers["location"].removeprefix("/api/v1")
    assert desk_officer.get(path).json()["number"] == "区/2021/1"
    assert len(desk_officer.get(f"{path}/history").json()["events"]) == 1


def test_a_further_act_on_a_number_that_is_not_known_is_not_found(desk_officer: Caller) -> None:
    handled = {"decided_on": "2021-02-01", "method": "暂存待查", "approver": None}
    answer = desk_officer.post("/leads/none/handling", handled, version=1)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_nobody_grants_or_revokes_a_role_of_ones_own(office: Served) -> None:
    guard = office.caller("security_administrator")
    subject = "local-security_administrator-all-y"
    day = office.desk.ledger.today().isoformat()
    values = {
        "number": f"{subject}:handler",
        "subject": subject,
        "role": "承办",
        "granted_on": day,
    }
    answer = guard.post("/grants", values)
    assert (answer.status_code, answer.json()["code"]) == (403, "own_grant")
    revoked = {"revoked_on": day}
    path = f"/grants/{subject}:security_administrator/revocation"
    assert guard.post(path, revoked, version=1).status_code == 403


def test_a_role_revoked_is_no_longer_held(office: Served) -> None:
    officer = office.caller("reviewer")
    assert officer.get("/cases").status_code == 200
    guard = office.caller("security_administrator")
    path = "/grants/local-reviewer-all-y:reviewer/revocation"
    day = office.desk.ledger.today().isoformat()
    done = guard.post(path, {"revoked_on": day}, version=1)
    assert done.status_code == 201
    guard.get("/grants", min_position=done.json()["position"])
    answer = officer.get("/cases")
    assert (answer.status_code, answer.json()["code"]) == (403, "role_not_held")


def test_several_roles_are_held_but_one_is_acted_in(office: Served) -> None:
    for role in ("reviewer", "statistician"):
        office.grant(role, subject="two")
    caller = Caller(office, office.token("local-two"))
    assert caller.get("/cases").json()["code"] == "role_not_held"
    for role in ("reviewer", "statistician"):
        office.grant(role, subject="local-two")
    office.service.follower.reached(office.desk.ledger.head(), 60)
    assert caller.get("/cases").json()["code"] == "role_required"
    assert caller.get("/cases", headers={"Ledger-Role": "reviewer"}).status_code == 200
    assert caller.get("/cases", headers={"Ledger-Role": "statistician"}).status_code == 403
    assert caller.get("/cases", headers={"Ledger-Role": "auditor"}).json()["code"] == (
        "role_not_held"
    )


def test_what_is_done_outside_ones_organs_is_denied_and_changes_nothing(
    office: Served, number: str
) -> None:
    outside = office.caller("case_supervision", organ="441424-PZ1")
    before = office.desk.ledger.head()
    answer = outside.post("/leads", lead(number))
    assert (answer.status_code, answer.json()["code"]) == (403, "out_of_scope")
    assert outside.post("/leads", lead(number, organ="441424-PZ1")).status_code == 201
    other = next(
        each["number"]
        for each in office.caller("case_supervision").get("/leads", organ=ORGAN).json()["items"]
    )
    handled = {"decided_on": "2021-02-01", "method": "暂存待查", "approver": None}
    hidden = outside.post(f"/leads/{other}/handling", handled, version=1)
    assert (hidden.status_code, hidden.json()["code"]) == (404, "not_found")
    told = [event["stream"] for at, event in next(iter(office.desk.ledger.follow(before)))]
    assert f"lead:{other}" not in told


def test_a_handler_acts_only_on_what_is_in_its_hands(
    office: Served, desk_officer: Caller, number: str
) -> None:
    for each in (number, f"{number}-2"):
        desk_officer.post("/leads", lead(each))
        assigned = {
            "assigned_on": "2021-01-05",
            "department": "第一纪检监察室",
            "handler": f"承办人{each}",
        }
        done = desk_officer.post(f"/leads/{each}/assignment", assigned, version=1)
        assert done.status_code == 201, done.text
    mine = office.caller("handler", officer=f"承办人{number}")
    proposed = {"proposed_on": "2021-01-06", "proposed_method": "暂存待查"}
    theirs = mine.post(f"/leads/{number}-2/handling-proposal", proposed, version=2)
    assert (theirs.status_code, theirs.json()["code"]) == (404, "not_found")
    own = mine.post(f"/leads/{number}/handling-proposal", proposed, version=2)
    assert own.status_code == 201, own.text
    numbers = [each["number"] for each in mine.get("/leads").json()["items"]]
    assert numbers == [number]
    assert mine.get(f"/leads/{number}-2").status_code == 404
    assert mine.get(f"/leads/{number}").status_code == 200


def test_a_command_of_a_new_key_is_decided_anew(desk_officer: Caller) -> None:
    values = lead(str(uuid4()))
    assert desk_officer.post("/leads", values).status_code == 201
    assert desk_officer.post("/leads", values, version=1).status_code == 409


def test_no_record_of_another_organ_is_changed_beside_ones_own(
    office: Served, desk_officer: Caller, number: str
) -> None:
    unit = desk_officer.get("/units", limit=1).json()["items"][0]["code"]
    campaign = {
        "number": number,
        "organ": ORGAN,
        "kind": "专项整治",
        "name": "专项整治",
        "units": [unit],
        "launched_on": "2021-01-04",
        "planned_until": None,
    }
    assert desk_officer.post("/campaigns", campaign).status_code == 201
    problem = {
        "number": number,
        "campaign": number,
        "organ": "441424-PZ1",
        "unit": unit,
        "found_on": "2021-01-05",
    }
    outside = office.caller("case_supervision", organ="441424-PZ1")
    answer = outside.post("/check-problems", problem)
    assert (answer.status_code, answer.json()["code"]) == (403, "out_of_scope")
    assert len(office.desk.ledger.history(f"campaign:{number}")) == 1
    assert office.desk.ledger.history(f"check_problem:{number}") == []
    done = desk_officer.post("/check-problems", problem)
    assert done.status_code == 201, done.text
    assert len(office.desk.ledger.history(f"campaign:{number}")) == 2


def test_every_act_that_opens_a_lifecycle_is_offered_as_a_first_act() -> None:
    acts = {each.act.name: each for each in offered()}
    for lifecycle in LIFECYCLES:
        opening = {name for name in lifecycle.opened_by if acts[name].act.kind is lifecycle.kind}
        moved = {move.act for move in lifecycle.moves} & acts.keys()
        further = {name for name in moved - opening if acts[name].act.kind is lifecycle.kind}
        assert all(acts[name].first for name in opening), lifecycle.kind
        assert not any(acts[name].first for name in further), lifecycle.kind
