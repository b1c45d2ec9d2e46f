"""Nobody is told of what is outside one's organs, or in other hands, whatever is asked."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

import orjson
import pytest
from httpx2 import Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.concepts import CONCEPTS
from domain.leads.routing import AssignLead
from domain.streams import Kind, split_stream_name
from projections.tables import NAMES
from tests.api.matrix import may, open_to, roles
from tests.support.districts import DISTRICT, MARK, PREFIX, REGION, STATION, populate
from tests.support.offices import Desk, copied, opened
from tests.support.owners import Owners
from tests.support.served import Caller, Served, served
from tests.support.sweep import READ, telling

COUNTY, POST = "441424-JW", "441424-PZ1"
OFFICER = "王承办"
MINE = {"department": "第一纪检监察室", "handler": OFFICER}
#: A lead of the county's own, and a person: neither is the post's.
INSIDE, PERSON = "XS201900001", "R000001"
#: Documents that hang on a record.
FURTHER = {Kind.UNIT: ("/ecology",), Kind.PERSON: ("/archive",), Kind.CASE: ("/file",)}
CODES = [
    "leads.received",
    "leads.persons",
    "sanctions.persons",
    "forms.total",
    "supervision.checks",
]
WORDS = [
    "信访举报",
    "违反工作纪律",
    "第一种形态",
    "承办",
    "王承办",
    COUNTY,
    POST,
    DISTRICT,
    STATION,
]
MARKS = (PREFIX, MARK, REGION)


@pytest.fixture(scope="module")
def office(wuhua: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """五华县 and another district on one ledger, each with leads in an officer's hands."""
    file = copied(wuhua.file, tmp_path_factory.mktemp("scope") / "ledger.sqlite3")
    with opened(file) as desk:
        populate(desk)
        for lead in ("XS201900001", f"{PREFIX}XS2021-001", f"{PREFIX}XS2021-002"):
            day = date(2021, 9, 1)
            desk.carry_out((day, AssignLead(lead=lead, assigned_on=day, **MINE)))
        with served(desk) as office:
            yield office


def owners_of(office: Served) -> Owners:
    """Whose each record is, grants made just now among them, once the read models know them."""
    office.service.follower.reached(office.desk.ledger.head(), 60)
    return Owners(office.desk)


def listed(caller: Caller, kind: Kind) -> set[str]:
    """The records of every page of a list."""
    path, found, asked = "/" + NAMES[kind].replace("_", "-"), set[str](), {"limit": 1000}
    while True:
        page = caller.get(path, **asked).json()
        found |= {f"{kind}:{row[CONCEPTS[kind].key]}" for row in page["items"]}
        if page["next"] is None:
            return found
        asked["cursor"] = page["next"]


def of_kind(streams: set[str], kind: Kind) -> set[str]:
    return {each for each in streams if split_stream_name(each)[0] is kind}


@pytest.mark.parametrize("organ", [COUNTY, POST, DISTRICT, STATION])
def test_an_organs_lists_hold_its_records_and_no_others(office: Served, organ: str) -> None:
    caller = office.caller("auditor", organ=organ)
    seen = owners_of(office).seen_by(organ)
    for kind in Kind:
        assert listed(caller, kind) == of_kind(seen, kind), kind


@pytest.mark.parametrize("organ", [None, COUNTY, DISTRICT])
def test_a_handlers_lists_hold_what_is_in_its_hands_and_nothing_else(
    office: Served, organ: str | None
) -> None:
    caller = office.caller("handler", organ=organ, officer=OFFICER)
    owners = owners_of(office)
    mine = owners.in_the_hands_of(OFFICER)
    if organ is not None:
        mine &= owners.seen_by(organ)
    assert mine
    for kind in may_read("handler"):
        assert listed(caller, kind) == of_kind(mine, kind), kind
    assert {row["stream"] for row in caller.get("/deadlines", limit=1000).json()["items"]} <= mine


def may_read(role: str) -> list[Kind]:
    return [kind for kind in Kind if role in open_to()[f"read:{kind}"]]


def test_a_record_outside_is_answered_as_if_there_were_none(office: Served) -> None:
    caller = office.caller("auditor", organ=POST)
    owners = owners_of(office)
    seen = owners.seen_by(POST)
    outside = [each for each in owners.records if each.partition(":")[2].startswith(PREFIX)]
    assert len({split_stream_name(each)[0] for each in outside}) > 30
    for stream in {*outside, f"lead:{INSIDE}", f"person:{PERSON}"} - seen:
        kind, number = split_stream_name(stream)
        path = f"/{NAMES[kind].replace('_', '-')}"
        for end in ("", "/history", *FURTHER.get(kind, ())):
            there = caller.get(f"{path}/{quote(number, safe='')}{end}")
            nowhere = caller.get(f"{path}/none{end}")
            assert (there.status_code, there.content) == (404, nowhere.content), stream


def test_accesses_are_the_whole_ledgers_and_shown_to_no_single_organ(office: Served) -> None:
    for path in ("/accesses", "/accesses/check"):
        answer = office.caller("audit_administrator", organ=COUNTY).get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "out_of_scope")
        assert office.caller("audit_administrator").get(path).status_code == 200


@pytest.mark.parametrize(
    ("role", "organ"), [*((role, COUNTY) for role in roles()), ("auditor", POST)]
)
def test_no_route_tells_anything_of_another_district(office: Served, role: str, organ: str) -> None:
    """Every number, region and text of the district is marked; nothing marked comes out."""
    caller = office.caller(role, organ=organ, officer=OFFICER if role == "handler" else None)
    outside = [each for each in owners_of(office).records if f":{PREFIX}" in each]
    assert telling(office, role, caller, MARKS, outside) == set()


def test_an_organs_events_are_those_of_its_records(office: Served) -> None:
    for organ in (COUNTY, POST, DISTRICT, STATION):
        lines = office.caller("auditor", organ=organ).get("/events.jsonl").content.splitlines()
        assert {orjson.loads(line)["stream"] for line in lines} == owners_of(office).seen_by(organ)


# -- any question --------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """What is asked of a route, in a role."""

    role: str
    route: str
    asked: dict[str, Any]


def questions(office: Served, roles_asking: list[str]) -> st.SearchStrategy[Question]:
    """Any question on any route that a role may ask, about what is on the ledger."""
    document = office.app.openapi()
    numbers: dict[str, list[str]] = {}
    for stream in owners_of(office).records:
        kind, number = split_stream_name(stream)
        numbers.setdefault(f"/api/v1/{NAMES[kind].replace('_', '-')}/", []).append(number)
    # Numbers of the district first: what an example begins with is drawn most.
    known = {
        path: sorted(found, key=lambda n: PREFIX not in n)[:60] for path, found in numbers.items()
    }
    texts = st.sampled_from(sorted({n for found in known.values() for n in found[:3]}) + WORDS)

    @st.composite
    def draw_question(draw: st.DrawFn) -> Question:
        role = draw(st.sampled_from(roles_asking))
        route = draw(st.sampled_from([each for each in READ if may(role, each)]))
        template = route.partition(" ")[2]
        operation = document["paths"][template.replace(":path}", "}")]["get"]
        offered = [resolved(document, each) for each in operation.get("parameters", ())]
        queries = [each for each in offered if each["in"] == "query" and each["name"] != "cursor"]
        chosen = [each for each in queries if each.get("required")]
        if queries:
            chosen += draw(st.lists(st.sampled_from(queries), max_size=3))
        asked = {each["name"]: draw(values_of(each["schema"], texts)) for each in chosen}
        stem = template.partition("{")[0]
        path = template.replace("{number}", quote(draw(numbers_of(known, stem)), safe=""))
        path = path.replace("{code}", draw(st.sampled_from(CODES))).replace("{tile:path}", "000")
        return Question(role, path, asked)

    return draw_question()


def numbers_of(known: dict[str, list[str]], stem: str) -> st.SearchStrategy[str]:
    return st.sampled_from(known.get(stem, ["none"]))


def resolved(document: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    named = part.get("$ref")
    if named is None:
        return part
    found: dict[str, Any] = document["components"]["parameters"][named.rpartition("/")[2]]
    return found


def values_of(schema: dict[str, Any], texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Values of a parameter that may well be found."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema.get("format") == "date":
        return st.sampled_from(
            ["2019-06-30", "2020-12-31", "2021-07-01", "2021-08-01", "2026-01-01"]
        )
    if schema.get("type") == "integer":
        return st.sampled_from([1, 2, 50, 100, 500, 1000])
    if schema.get("type") == "boolean":
        return st.sampled_from(["true", "false"])
    if schema.get("pattern", "").startswith("^-?("):
        names = schema["pattern"].removeprefix("^-?(").removesuffix(")$").split("|")
        return st.sampled_from([*names, *(f"-{name}" for name in names)])
    return st.sampled_from(["now", "2020-12-31"]) if "pattern" in schema else texts


def answer_to(office: Served, question: Question, organ: str | None) -> Response:
    officer = OFFICER if question.role == "handler" else None
    caller = office.caller(question.role, organ=organ, officer=officer)
    return office.client.get(question.route, params=question.asked, headers=caller.headers)


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]


def test_no_question_is_answered_with_anything_of_another_district(office: Served) -> None:
    answered: Counter[int] = Counter()

    @settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=QUIET)
    @given(question=questions(office, [*roles()]), organ=st.sampled_from([COUNTY, POST]))
    def ask(question: Question, organ: str) -> None:
        answer = answer_to(office, question, organ)
        answered[answer.status_code] += 1
        assert answer.status_code < 500
        assert not any(each.encode() in answer.content for each in MARKS)

    ask()
    assert answered[200] > 100, answered
