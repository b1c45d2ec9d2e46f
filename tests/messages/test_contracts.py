"""A message becomes the one command that its contract says, and the ledger takes it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest

from consumers.cloudevents import CloudEvent, binary_message, read_event
from consumers.contracts.contract import Contract
from consumers.contracts.registry import BY_TYPE, CONTRACTS, command_id, instruction_of
from consumers.malformed import MalformedMessageError
from domain.codes.tables import code_tables
from domain.fields import field_index
from domain.organs.decisions import RegisterOrgan
from domain.petitions.decisions import TransferPetition
from domain.refusals import Refusal
from domain.streams import Kind, stream_name
from domain.units.decisions import RegisterUnit
from ledger.application import Ledger
from ledger.envelope import Circumstances
from tests.docs.messages import schema_of
from tests.ledger.office import OfficeClock, open_ledger, record

TODAY = date(2026, 3, 31)
each_contract = pytest.mark.parametrize("contract", CONTRACTS, ids=lambda each: each.name)


def event_of(contract: Contract, sent_as: int = 1, /, **changes: Any) -> CloudEvent:
    """The example of a contract as its sender sends it, with some fields changed."""
    said = dict(contract.example) | changes
    sent = CloudEvent(
        id=f"2026-{sent_as:06}",
        source=f"/example/{contract.sender.name}",
        type=contract.type,
        datacontenttype="application/json",
        data=orjson.dumps(said),
    )
    return read_event(*binary_message(sent))


def refused(event: CloudEvent, topic: str) -> tuple[str, str]:
    """Code and field of the refusal of an event."""
    with pytest.raises(MalformedMessageError) as refusal:
        instruction_of(event, topic)
    return refusal.value.code, refusal.value.field


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A small office: its organ and two units."""
    clock = OfficeClock()
    clock.move(days=85)
    made = open_ledger(tmp_path / "ledger.sqlite3", clock)
    assert made.today() == TODAY
    organ = {"name": "示例区纪委监委", "type": None, "parent": None, "region": None}
    unit = {"type": None, "parent": None, "region": None}
    record(made, RegisterOrgan(code="JW-001", **organ))
    record(made, RegisterUnit(code="DW-001", name="示例局", **unit))
    record(made, RegisterUnit(code="DW-002", name="示例办", **unit))
    yield made
    made.close()


def carry_out(ledger: Ledger, event: CloudEvent, topic: str) -> Any:
    """Have the ledger carry out what a message asks for: its receipt."""
    asked = instruction_of(event, topic)
    circumstances = Circumstances(
        asked.contract.sender.title, asked.command_id, asked.command_id, ledger.today()
    )
    return ledger.execute(asked.command, circumstances)


#: What happens at the desk before a message may come.
BEFORE = {
    "petitions.petition.transfer_answered.v1": TransferPetition(
        number="XF-001", transferred_on=date(2026, 3, 4), transferred_to="示例信访局"
    )
}


def test_the_published_examples_one_after_the_other_are_a_story_that_the_ledger_takes(
    ledger: Ledger,
) -> None:
    for number, contract in enumerate(CONTRACTS):
        if before := BEFORE.get(contract.name):
            record(ledger, before, registered_on=TODAY)
        head = ledger.head()
        event = event_of(contract, number)
        receipt = carry_out(ledger, event, contract.topic)
        assert receipt.first_position == head + 1, contract.name
        assert receipt.command_id == command_id(event)
        stream = contract.act.stream(instruction_of(event, contract.topic).command)
        assert any(entry.position > head for entry in ledger.history(stream)), contract.name


def test_a_message_that_comes_twice_is_recorded_once(ledger: Ledger) -> None:
    contract = BY_TYPE["cn.gov.supervision.window.matter.accepted.v1"]
    first = carry_out(ledger, event_of(contract), contract.topic)
    head = ledger.head()
    assert carry_out(ledger, event_of(contract), contract.topic) == first
    assert ledger.head() == head


def test_the_same_id_with_other_content_is_refused_and_not_passed_over(ledger: Ledger) -> None:
    contract = BY_TYPE["cn.gov.supervision.window.matter.accepted.v1"]
    carry_out(ledger, event_of(contract), contract.topic)
    with pytest.raises(Refusal) as refusal:
        carry_out(ledger, event_of(contract, unit="DW-002"), contract.topic)
    assert refusal.value.code == "command_reused"


def test_the_law_of_the_domain_is_asked_as_at_the_desk(ledger: Ledger) -> None:
    contract = BY_TYPE["cn.gov.supervision.petitions.petition.received.v1"]
    event = event_of(contract, reported_level="本机关主要负责人")
    with pytest.raises(Refusal) as refusal:
        carry_out(ledger, event, contract.topic)
    assert refusal.value.code == "not_entered"


def test_every_sender_of_the_office_is_there_with_a_topic_of_its_own() -> None:
    topics = {each.sender.name: each.topic for each in CONTRACTS}
    assert topics == {
        name: f"supervision.in.{name}"
        for name in (
            "organization",
            "petitions",
            "window",
            "inspection",
            "audit",
            "procuratorate",
            "police",
        )
    }
    assert len(BY_TYPE) == len(CONTRACTS)


@each_contract
def test_a_contract_names_an_act_that_people_enter_too(contract: Contract) -> None:
    assert not contract.act.of_program
    assert contract.type == f"cn.gov.supervision.{contract.sender.name}.{contract.fact}.v1"


@each_contract
def test_a_message_is_no_class_of_the_domain(contract: Contract) -> None:
    assert contract.message.__module__.startswith("consumers.contracts.")
    assert not hasattr(contract.message, "__dataclass_fields__")


@each_contract
def test_the_key_of_a_message_is_a_number_and_names_nobody(contract: Contract) -> None:
    said = schema_of(contract)["properties"][contract.key]
    assert said["pattern"].startswith(r"^[^\s")
    assert contract.key in schema_of(contract)["required"]
    assert "个人信息" not in said["description"]


@each_contract
def test_what_the_domain_holds_for_personal_a_contract_says_to_be_so(contract: Contract) -> None:
    """A contract that gives such a field another name than the domain fails here."""
    said = schema_of(contract)["properties"]
    for name in field_index(contract.act.command).personal:
        assert "个人信息" in said[name]["description"], name


@each_contract
def test_each_term_of_a_contract_is_one_of_the_domain(contract: Contract) -> None:
    tables = [
        code_tables()[name].terms.keys() for _, name in field_index(contract.act.command).codes
    ]
    for name, said in schema_of(contract)["properties"].items():
        options = said.get("anyOf", [said])
        terms = {term for each in options for term in each.get("enum", ())}
        assert not terms or any(terms <= table for table in tables), name


@each_contract
def test_an_example_names_no_real_person_and_no_real_place(contract: Contract) -> None:
    assert str(contract.example.get("name", "示例")).startswith("示例")
    places = [contract.example.get(each) for each in ("requester", "receiver", "receiving_organ")]
    assert all(place is None or place.startswith("示例") for place in places)


def test_the_id_of_a_command_is_made_of_source_and_id_alone() -> None:
    one = CloudEvent(id="1", source="/a", type="x")
    assert command_id(one) == command_id(CloudEvent(id="1", source="/a", type="y", data=b"{}"))
    others = [("2", "/a"), ("1", "/b"), ("/a", "1"), ("11", "/"), ("a1", "/")]
    ids = {command_id(CloudEvent(id=each, source=source, type="x")) for each, source in others}
    assert len(ids | {command_id(one)}) == len(others) + 1
    assert command_id(one) == "9c32b242-ce0b-5e6b-b754-51c0d9b6d3a9", "it never changes"


ACCEPTED = BY_TYPE["cn.gov.supervision.window.matter.accepted.v1"]
LEAD = BY_TYPE["cn.gov.supervision.audit.lead.transferred.v1"]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"number": "SX 001"}, "wrong_value", "number"),
        ({"number": "S" * 65}, "wrong_value", "number"),
        ({"number": ""}, "wrong_value", "number"),
        ({"number": 1}, "wrong_value", "number"),
        ({"accepted_on": "2026-02-30"}, "wrong_value", "accepted_on"),
        ({"accepted_on": "2026-03-02T00:00:00"}, "wrong_value", "accepted_on"),
        ({"accepted_on": 20260302}, "wrong_value", "accepted_on"),
        ({"accepted_on": None}, "wrong_value", "accepted_on"),
        ({"applicant": "个体"}, "wrong_value", "applicant"),
        ({"summary": "secret\u0000"}, "wrong_value", "summary"),
        ({"summary": ""}, "wrong_value", "summary"),
        ({"secret": "secret"}, "unknown_field", ""),
    ],
)
def test_what_a_contract_does_not_say_is_refused_with_its_field_and_without_its_value(
    changes: dict[str, Any], code: str, field: str
) -> None:
    event = event_of(ACCEPTED, **changes)
    assert refused(event, ACCEPTED.topic) == (code, field)
    with pytest.raises(MalformedMessageError) as refusal:
        instruction_of(event, ACCEPTED.topic)
    assert "secret" not in str(refusal.value)
    assert refusal.value.__cause__ is refusal.value.__context__ is None


def test_a_field_within_a_list_is_named_by_its_place() -> None:
    assert refused(event_of(LEAD, persons=["RY-001", " "]), LEAD.topic) == (
        "wrong_value",
        "persons.1",
    )


def test_a_text_keeps_its_lines() -> None:
    event = event_of(ACCEPTED, summary="一行\n\t二行")
    assert instruction_of(event, ACCEPTED.topic).command.summary == "一行\n\t二行"


@pytest.mark.parametrize(
    ("changes", "topic", "expected"),
    [
        (
            {"type": "cn.gov.supervision.window.matter.lost.v1"},
            ACCEPTED.topic,
            ("unknown_type", "type"),
        ),
        ({}, LEAD.topic, ("wrong_topic", "type")),
        ({"data": None}, ACCEPTED.topic, ("no_data", "data")),
        ({"data": b""}, ACCEPTED.topic, ("no_data", "data")),
        ({"data": b"{"}, ACCEPTED.topic, ("not_json", "")),
        ({"data": b"\xff"}, ACCEPTED.topic, ("not_json", "")),
        ({"data": b"[]"}, ACCEPTED.topic, ("wrong_value", "")),
        ({"data": b"{}"}, ACCEPTED.topic, ("missing", "number")),
        (
            {"datacontenttype": "text/xml"},
            ACCEPTED.topic,
            ("unsupported_content", "datacontenttype"),
        ),
    ],
)
def test_an_event_that_no_contract_takes_is_malformed(
    changes: dict[str, Any], topic: str, expected: tuple[str, str]
) -> None:
    said = {"id": "1", "source": "/a", "type": ACCEPTED.type, "data": b"{}"} | changes
    assert refused(CloudEvent(**said), topic) == expected


def test_a_lead_is_registered_with_the_source_that_its_sender_is() -> None:
    sources = {
        each.sender.name: instruction_of(event_of(each), each.topic).command.source
        for each in CONTRACTS
        if each.fact == "lead.transferred"
    }
    assert sources == {"audit": "审计移送", "procuratorate": "司法机关移送", "police": "公安移送"}


def test_an_instruction_names_the_stream_that_it_is_about() -> None:
    asked = instruction_of(event_of(ACCEPTED), ACCEPTED.topic)
    assert asked.contract.act.stream(asked.command) == stream_name(Kind.MATTER, "SX-001")
