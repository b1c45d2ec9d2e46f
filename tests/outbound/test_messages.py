"""A fact is told as a CloudEvent: where it belongs, the same each time, and nothing of persons."""

import re
from base64 import b64encode

import orjson
import pytest

from consumers.cloudevents import read_event
from consumers.outbound.messages import POSITIONS, Outgoing, message_of, topics
from domain.concepts import STORED_NAMES
from domain.streams import stream_id
from ledger.application import Ledger
from ledger.mapper import LedgerMapper
from ledger.masking import MASK, personal_names
from tests.ledger.test_protection import Sealed
from tests.outbound.facts import ACTOR, SECRET, every_fact, filled

SOURCE = "//example.org/log"
LEAD = "lead.registered.v1"


def told_bytes(message: Outgoing) -> bytes:
    """Every byte of a message that leaves."""
    parts = [message.key, message.value or b"", message.topic.encode()]
    parts += [each for name, value in message.headers for each in (name.encode(), value)]
    return b"\n".join(parts)


@pytest.fixture(scope="module", params=["stored in clear", "sealed"])
def mapper(request: pytest.FixtureRequest) -> LedgerMapper:
    return LedgerMapper(protection=Sealed() if request.param == "sealed" else None)


def test_no_byte_of_any_message_holds_what_is_personal_clear_or_sealed(
    mapper: LedgerMapper,
) -> None:
    secrets = [SECRET, ACTOR, "secret-4401", "actor-5502", "张三", "李四"]
    forms = [each.encode() for each in secrets]
    forms += [ascii(each)[1:-1].encode() for each in secrets]
    forms += [b64encode(each.encode())[:-4] for each in secrets if len(each) > 6]
    met = set()
    for followed in every_fact(mapper):
        message = message_of(SOURCE, followed)
        told = told_bytes(message)
        assert not any(each in told for each in forms), followed[1]["type"]
        for sealed in re.findall(rb"[A-Za-z0-9+/]{40,}={0,2}", told):
            raise AssertionError(f"{followed[1]['type']}: {sealed!r} looks sealed")
        met.add(followed[1]["type"])
    assert met == STORED_NAMES.keys()


def test_the_secrets_would_be_seen_were_they_not_hidden(mapper: LedgerMapper) -> None:
    for _, event in every_fact(mapper):
        said = orjson.dumps(event["data"]).decode()
        assert (SECRET in said) == bool(personal_names(STORED_NAMES[event["type"]]))


def test_what_is_hidden_is_marked_and_the_rest_is_told_as_it_is() -> None:
    for _, event in every_fact(LedgerMapper()):
        value = message_of(SOURCE, (1, event)).value
        shown = orjson.dumps(event["data"]).replace(f'["{SECRET}","{SECRET}"]'.encode(), b'["%s"]')
        assert value == shown.replace(b"%s", MASK.encode()).replace(SECRET.encode(), MASK.encode())


def test_an_unknown_personal_value_is_told_as_unknown() -> None:
    (event,) = (each for _, each in every_fact(LedgerMapper()) if each["type"] == LEAD)
    value = message_of(SOURCE, (1, event | {"data": event["data"] | {"summary": None}})).value
    assert orjson.loads(value or b"")["summary"] is None


def test_a_message_is_a_cloudevent_at_its_place(told: Ledger) -> None:
    (page,) = told.follow(limit=100_000)
    for position, event in page:
        message = message_of(SOURCE, (position, event))
        read = read_event(message.value, message.headers)
        key = stream_id(event["stream"])
        assert message.key == key.encode()
        assert (read.source, read.id) == (SOURCE, f"{key}/{event['version']}")
        assert read.type == f"cn.gov.supervision.ledger.{event['type']}"
        assert read.subject == event["stream"]
        assert read.extensions["position"] == str(position)
        assert read.extensions["streamversion"] == str(event["version"])
        assert read.extensions["registeredon"] == event["registered_on"]


def test_a_fact_is_told_in_the_same_bytes_each_time(told: Ledger) -> None:
    first, second = ([message_of(SOURCE, each) for each in page] for page in _twice(told))
    assert first == second


def _twice(told: Ledger) -> list[list[tuple[int, dict[str, object]]]]:
    return [next(told.follow(limit=100_000)) for _ in range(2)]


def test_every_concept_has_a_topic_of_its_own_that_kafka_takes() -> None:
    known = [*topics(), POSITIONS]
    assert len(known) == len(set(known))
    assert all(re.fullmatch(r"supervision\.out\.[a-z-]+", each) for each in known)


def test_a_filled_fact_leaves_nothing_out() -> None:
    """So that no field escapes the walk through all of them."""
    for cls in STORED_NAMES.values():
        assert None not in orjson.loads(orjson.dumps(filled(cls))).values()
