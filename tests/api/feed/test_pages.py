"""The feed by pages: who is shown what, and that an answer once given stays the same."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import orjson

from api.feed import REACH
from domain.concepts import STORED_NAMES
from domain.leads.routing import TransferLead
from domain.ownership import HANDED_OVER
from tests.api.feed.conftest import tell, units
from tests.domain.samples import EVERYONE, a_lead, a_person, an_organ
from tests.support.served import Caller, Served

STATION = "441424-PZ1"


def pages(caller: Caller, **asked: Any) -> Iterator[dict[str, Any]]:
    """Page by page along the links, as any client goes."""
    after = asked.pop("after", 0)
    while True:
        answer = caller.get("/events", after=after, **asked)
        assert answer.status_code == 200, answer.text
        yield answer.json()
        if "next" not in answer.links:
            return
        assert answer.json()["next"] > after
        after = answer.json()["next"]


def events(caller: Caller, **asked: Any) -> list[dict[str, Any]]:
    """Every event that a caller is shown."""
    return [event for page in pages(caller, **asked) for event in page["events"]]


def test_pages_of_any_size_tell_the_whole_ledger(wuhua_served: Served) -> None:
    caller = wuhua_served.caller("auditor")
    whole = events(caller, limit=1000)
    ledger = [at for page in wuhua_served.desk.ledger.follow() for at, _ in page]
    assert [event["position"] for event in whole] == ledger
    assert events(caller, limit=37, until=400) == whole[:400]


def test_a_full_page_is_the_same_bytes_later(office: Served) -> None:
    caller = office.caller("auditor")
    tell(office, *EVERYONE, *units(0, 20))
    first = caller.get("/events", after=2, limit=10)
    tell(office, *units(20, 20))
    later = caller.get("/events", after=2, limit=10)
    assert later.content == first.content
    same = caller.get("/events", {"If-None-Match": first.headers["etag"]}, after=2, limit=10)
    assert (same.status_code, same.content) == (304, b"")


def test_whoever_is_shown_little_gets_on_all_the_same(office: Served) -> None:
    reader = office.caller("personnel_feed")
    head = tell(office, *EVERYONE, *(a_lead(number=f"XS{at}") for at in range(50)))
    found = list(pages(reader, limit=4, kinds="person"))
    assert [event["stream"] for page in found for event in page["events"]] == ["person:RY001"]
    assert found[-1]["next"] == head


def test_a_page_looks_no_further_than_it_may(office: Served) -> None:
    tell(office, *EVERYONE, *units(0, REACH))
    reader = office.caller("personnel_feed")
    first, *_ = pages(reader, kinds="sanction")
    assert first == {"events": [], "next": REACH}


def test_types_and_kinds_narrow_what_is_told(wuhua_served: Served) -> None:
    caller = wuhua_served.caller("auditor")
    types = ["case.filed.v1", "lead.handled.v1"]
    found = events(caller, types=types, limit=1000)
    assert {event["type"] for event in found} == set(types)
    assert {event["type"] for event in events(caller, types=types, kinds=["case"])} == {types[0]}


def test_a_kind_that_the_role_does_not_read_is_refused(wuhua_served: Served) -> None:
    reader = wuhua_served.caller("personnel_feed")
    assert reader.get("/events", kinds="lead").status_code == 403
    assert reader.get("/events", types="lead.registered.v1").status_code == 403
    assert reader.get("/events", types="lead.unheard_of.v1").status_code == 422
    assert wuhua_served.caller("statistician").get("/events").status_code == 403


def test_personal_data_is_marked_down_to_the_records_within(wuhua_served: Served) -> None:
    found = events(wuhua_served.caller("auditor"), kinds=["person", "correction"], limit=1000)
    persons = [event["data"] for event in found if event["type"] == "person.registered.v1"]
    assert {person["name"] for person in persons} == {"〔已隐去〕"}
    corrected = [event["data"] for event in found if event["type"].startswith("correction.")]
    assert {each["now"] for each in corrected} == {"〔已隐去〕"}


def test_an_organ_is_shown_its_own_events(wuhua_served: Served) -> None:
    whole = events(wuhua_served.caller("auditor"), limit=1000, until=5700)
    station = events(wuhua_served.caller("auditor", organ=STATION), limit=1000, until=5700)
    shown = {event["position"] for event in station}
    assert [event for event in whole if event["position"] in shown] == station
    for event in whole:
        if "organ" in event["data"]:
            assert (event["data"]["organ"] == STATION) == (event["position"] in shown), event


def test_an_organ_is_shown_the_same_whatever_the_size_of_a_page(wuhua_served: Served) -> None:
    caller = wuhua_served.caller("auditor", organ=STATION)
    whole = events(caller, limit=1000, until=3000)
    assert events(caller, limit=61, until=3000) == whole


def test_a_record_handed_over_shows_each_organ_its_own_time(office: Served) -> None:
    other = an_organ(code="PZ1", name="派驻组", type="派驻纪检监察组", parent="JW01")
    third = an_organ(code="PZ2", name="派驻二组", type="派驻纪检监察组", parent="JW01")
    tell(office, *EVERYONE, other, third, a_lead(number="XS1", organ="PZ1"))
    before = events(office.caller("auditor", organ="PZ1"), kinds="lead")
    tell(office, TransferLead(lead="XS1", transferred_on=date(2021, 3, 5), organ="PZ2"))
    tell(office, a_lead(number="XS2", organ="PZ1"))
    types = {
        organ: [
            (event["stream"], event["type"])
            for event in events(office.caller("auditor", organ=organ), kinds="lead")
        ]
        for organ in ("PZ1", "PZ2")
    }
    registered, transferred = "lead.registered.v1", "lead.transferred.v1"
    assert types["PZ2"] == [("lead:XS1", transferred)]
    assert types["PZ1"] == [("lead:XS1", registered), ("lead:XS2", registered)]
    assert events(office.caller("auditor", organ="PZ1"), kinds="lead")[:1] == before


def test_every_fact_that_hands_a_record_over_is_stored() -> None:
    assert STORED_NAMES.keys() >= HANDED_OVER


def lines(caller: Caller, path: str = "/events.jsonl", **asked: Any) -> list[dict[str, Any]]:
    """The lines of an export."""
    answer = caller.get(path, **asked)
    assert answer.status_code == 200, answer.text
    return [orjson.loads(line) for line in answer.content.splitlines()]


def test_a_period_is_exported_by_day_and_by_position(wuhua_served: Served) -> None:
    caller = wuhua_served.caller("auditor")
    whole = events(caller, limit=1000)
    march = lines(caller, from_="2020-03-01", to="2020-03-31")
    assert march == [
        each for each in whole if "2020-03-01" <= each["registered_on"] <= "2020-03-31"
    ]
    assert march
    assert lines(caller, from_position=11, until=20) == whole[10:20]
    after = lines(caller, from_="2020-12-01", until=3000)
    assert after == [each for each in whole[:3000] if each["registered_on"] >= "2020-12-01"]


def test_an_export_is_recorded_and_needs_its_role(office: Served) -> None:
    tell(office, *EVERYONE, a_person(number="R2"))
    lines(office.caller("auditor"))
    assert office.caller("personnel_feed").get("/events.jsonl").status_code == 403
    backwards = office.caller("auditor").get("/events.jsonl", from_="2021-02-01", to="2021-01-01")
    assert (backwards.status_code, backwards.json()["code"]) == (400, "impossible_period")
    accesses = [each.access for each in office.service.accesses.page(0, 10)]
    assert [(each.action, each.target) for each in accesses] == [
        ("export", "/events.jsonl"),
        ("denied", "GET /api/v1/events.jsonl"),
    ]
