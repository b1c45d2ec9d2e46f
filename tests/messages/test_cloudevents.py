"""CloudEvents as messages of Kafka: what is said comes back, as the SDK of others reads it too."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import orjson
import pytest
from cloudevents.core.bindings.kafka import (
    KafkaMessage,
    from_binary,
    to_binary,
    to_structured,
)
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent as TheirEvent
from hypothesis import example, given
from hypothesis import strategies as st

from consumers.cloudevents import CloudEvent, binary_message, is_json, read_event
from consumers.malformed import REASONS, MalformedMessageError

STRUCTURED = [("content-type", b"application/cloudevents+json; charset=UTF-8")]
WHOLE = {
    "specversion": "1.0",
    "id": "2026-0001",
    "source": "/organization/wuhua",
    "type": "cn.gov.supervision.window.matter.accepted.v1",
    "subject": "SX2026-001",
    "time": "2026-03-02T09:30:00+08:00",
    "datacontenttype": "application/json",
    "dataschema": "urn:x:y",
    "urgent": True,
    "attempt": -3,
    "data": {"number": "SX2026-001", "summary": "证照办理受阻"},
}

_CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\ufffe\uffff"
)
TEXTS = st.text(_CHARACTERS, min_size=1)
TIMES = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001 -- the zone is drawn beside it
    timezones=st.timedeltas(timedelta(hours=-14), timedelta(hours=14))
    .map(lambda delta: timedelta(minutes=delta // timedelta(minutes=1)))
    .map(timezone),
)
EXTENSIONS = st.dictionaries(
    st.text("abcxyz019", min_size=1, max_size=20).filter(lambda name: name not in {"id", "data"}),
    TEXTS,
    max_size=3,
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(_CHARACTERS),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(_CHARACTERS), inner),
    max_leaves=8,
)
DATA = st.dictionaries(st.text(_CHARACTERS), VALUES, min_size=1, max_size=4)


def events(times: Any) -> Any:
    """Events with such times."""
    return st.builds(
        CloudEvent,
        id=TEXTS,
        source=TEXTS,
        type=TEXTS,
        subject=st.none() | TEXTS,
        occurred_at=times,
        datacontenttype=st.just("application/json"),
        dataschema=st.none() | TEXTS,
        extensions=EXTENSIONS,
        data=DATA.map(orjson.dumps),
    )


def structured(**changes: Any) -> bytes:
    """The whole event with some members changed, or left out where None."""
    said = WHOLE | changes
    return orjson.dumps({name: value for name, value in said.items() if value is not None})


def their_attributes(event: CloudEvent) -> dict[str, Any]:
    """The attributes of an event as the SDK names them."""
    names = ("id", "source", "type", "subject", "datacontenttype", "dataschema")
    said = {name: getattr(event, name) for name in names} | {"time": event.occurred_at}
    known = {name: value for name, value in said.items() if value is not None}
    return known | dict(event.extensions) | {"specversion": "1.0"}


def theirs(event: CloudEvent) -> TheirEvent:
    """The same event as the SDK holds it."""
    assert event.data is not None
    return TheirEvent(their_attributes(event), orjson.loads(event.data))


#: The SDK makes up an id and a time where there is none.
TIMED = events(TIMES)


@given(events(st.none() | TIMES))
def test_what_is_written_is_read_again(event: CloudEvent) -> None:
    assert read_event(*binary_message(event)) == event


@given(TIMED)
def test_what_is_written_the_sdk_reads(event: CloudEvent) -> None:
    value, headers = binary_message(event)
    assert value is not None
    read = from_binary(KafkaMessage(dict(headers), None, value), JSONFormat(), TheirEvent)
    assert read.get_attributes() == their_attributes(event)
    assert read.get_data() == orjson.loads(value)


@given(TIMED, st.sampled_from([to_binary, to_structured]))
def test_what_the_sdk_writes_is_read_in_both_modes(event: CloudEvent, write: Any) -> None:
    message = write(theirs(event), JSONFormat())
    read = read_event(message.value, list(message.headers.items()))
    assert their_attributes(read) == their_attributes(event)
    assert read.data is not None
    assert event.data is not None
    assert orjson.loads(read.data) == orjson.loads(event.data)


def test_every_attribute_of_a_structured_event_is_read() -> None:
    event = read_event(structured(), STRUCTURED)
    assert event == CloudEvent(
        id="2026-0001",
        source="/organization/wuhua",
        type="cn.gov.supervision.window.matter.accepted.v1",
        subject="SX2026-001",
        occurred_at=datetime(2026, 3, 2, 1, 30, tzinfo=UTC),
        datacontenttype="application/json",
        dataschema="urn:x:y",
        extensions={"urgent": "true", "attempt": "-3"},
        data='{"number":"SX2026-001","summary":"证照办理受阻"}'.encode(),
    )


def test_an_event_without_any_header_is_read_as_structured() -> None:
    assert read_event(structured(), []) == read_event(structured(), STRUCTURED)
    assert read_event(structured(), [("trace", b"x")]) == read_event(structured(), STRUCTURED)


def test_chinese_is_not_escaped() -> None:
    event = CloudEvent(id="一", source="/组织部门", type="x.y", data='{"a":"党员"}'.encode())
    value, headers = binary_message(event)
    assert value == '{"a":"党员"}'.encode()
    assert dict(headers)["ce_source"] == "/组织部门".encode()
    assert read_event(structured(), STRUCTURED).data == (
        '{"number":"SX2026-001","summary":"证照办理受阻"}'.encode()
    )


def test_an_instant_is_written_in_utc() -> None:
    time = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    _, headers = binary_message(CloudEvent(id="1", source="/a", type="b", occurred_at=time))
    assert dict(headers)["ce_time"] == b"2026-03-02T01:30:00Z"


@pytest.mark.parametrize("said", ["2026-03-02T01:30:00Z", "2026-03-02t01:30:00.000000z"])
def test_an_instant_is_read_in_every_writing_of_rfc_3339(said: str) -> None:
    event = read_event(structured(time=said), STRUCTURED)
    assert event.occurred_at == datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def test_data_of_other_types_comes_as_bytes() -> None:
    binary = read_event(
        structured(data=None, data_base64="AAEC", datacontenttype="a/b"), STRUCTURED
    )
    assert (binary.data, is_json(binary.datacontenttype)) == (b"\x00\x01\x02", False)
    text = read_event(structured(data="一行", datacontenttype="text/plain"), STRUCTURED)
    assert text.data == "一行".encode()
    assert read_event(structured(data=None), STRUCTURED).data is None
    assert is_json(None)
    assert is_json("application/vnd.x+json; charset=utf-8")


BINARY = [
    ("ce_specversion", b"1.0"),
    ("ce_id", b"1"),
    ("ce_source", b"/secret"),
    ("ce_type", b"a.b"),
]
MALFORMED: list[tuple[bytes | None, list[tuple[str, bytes | None]], str, str]] = [
    (b"{", [*STRUCTURED], "not_json", ""),
    (None, [*STRUCTURED], "not_json", ""),
    (b"[]", [*STRUCTURED], "not_a_cloudevent", ""),
    (b"{}", [("content-type", b"application/json")], "not_a_cloudevent", ""),
    (
        b"<a/>",
        [("content-type", b"application/cloudevents+xml")],
        "unsupported_content",
        "datacontenttype",
    ),
    (b"[]", [("content-type", b"application/cloudevents-batch+json")], "unsupported_batch", ""),
    (structured(specversion=None), [*STRUCTURED], "missing", "specversion"),
    (structured(specversion="0.3"), [*STRUCTURED], "unsupported_version", "specversion"),
    (structured(id=None), [*STRUCTURED], "missing", "id"),
    (structured(source=""), [*STRUCTURED], "wrong_value", "source"),
    (structured(type=7), [*STRUCTURED], "wrong_value", "type"),
    (structured(id="a\nb"), [*STRUCTURED], "wrong_value", "id"),
    (structured(time="2026-03-02"), [*STRUCTURED], "wrong_value", "time"),
    (structured(time="2026-02-30T00:00:00Z"), [*STRUCTURED], "wrong_value", "time"),
    (structured(time="２026-03-02T00:00:00Z"), [*STRUCTURED], "wrong_value", "time"),
    (structured(attempt=2**31), [*STRUCTURED], "wrong_value", "attempt"),
    (structured(attempt=1.5), [*STRUCTURED], "wrong_value", "attempt"),
    (structured(Secret="x"), [*STRUCTURED], "wrong_value", ""),
    (structured(data_base64="AA=="), [*STRUCTURED], "repeated", "data"),
    (structured(data=None, data_base64="secret!"), [*STRUCTURED], "wrong_value", "data_base64"),
    (structured(data=None, data_base64=5), [*STRUCTURED], "wrong_value", "data_base64"),
    (structured(data={"a": 1}, datacontenttype="text/plain"), [*STRUCTURED], "wrong_value", "data"),
    (b"{}", BINARY[1:], "missing", "specversion"),
    (b"{}", BINARY[:-1], "missing", "type"),
    (b"{}", [*BINARY, ("CE_ID", b"2")], "repeated", "id"),
    (b"{}", [*BINARY, ("ce_subject", b"\xff")], "wrong_value", "subject"),
    (b"{}", [*BINARY, ("ce_subject", None)], "wrong_value", "subject"),
    (b"{}", [*BINARY, ("ce_data", b"x")], "wrong_value", "data"),
    (b"{}", [*BINARY, ("ce_subject", b"\x7f")], "wrong_value", "subject"),
    (b"{}", [*BINARY, ("ce_long" + "x" * 20, b"\x7f")], "wrong_value", ""),
    (b"{}", [*BINARY, ("ce_not-a-name", b"x")], "wrong_value", ""),
]


@pytest.mark.parametrize(("value", "headers", "code", "field"), MALFORMED)
def test_what_is_no_event_is_refused_with_a_code_and_a_field(
    value: bytes | None, headers: list[tuple[str, bytes | None]], code: str, field: str
) -> None:
    with pytest.raises(MalformedMessageError) as refused:
        read_event(value, headers)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert refused.value.reason == REASONS[code]
    assert "secret" not in str(refused.value).lower()
    assert refused.value.__cause__ is None


def test_data_nested_deeper_than_is_written_is_refused() -> None:
    deep = structured(data=None)[:-1] + b',"data":' + b"[" * 500 + b"]" * 500 + b"}"
    with pytest.raises(MalformedMessageError) as refused:
        read_event(deep, STRUCTURED)
    assert (refused.value.code, refused.value.field) == ("wrong_value", "data")


@pytest.mark.parametrize(
    ("event", "field"),
    [
        (CloudEvent(id="1", source="/a", type="b", extensions={"id": "2"}), "id"),
        (CloudEvent(id="1", source="/a", type="b", extensions={"Position": "2"}), ""),
        (CloudEvent(id="", source="/a", type="b"), "id"),
        (CloudEvent(id="1", source="/a", type="b", occurred_at=datetime(2026, 1, 1)), "time"),  # noqa: DTZ001 -- refused for it
    ],
)
def test_what_no_reader_would_take_is_not_written(event: CloudEvent, field: str) -> None:
    with pytest.raises(MalformedMessageError) as refused:
        binary_message(event)
    assert refused.value.field == field


_NAMES = st.sampled_from(
    ["content-type", "ce_specversion", "ce_id", "ce_source", "ce_type", "ce_x"]
)
_HEADERS = st.lists(st.tuples(_NAMES, st.none() | st.binary(max_size=8) | st.just(b"1.0")))


@given(st.none() | st.binary() | VALUES.map(orjson.dumps), _HEADERS)
@example(structured(), [("content-type", b"application/cloudevents+json")])
def test_whatever_comes_is_an_event_or_malformed(
    value: bytes | None, headers: list[tuple[str, bytes | None]]
) -> None:
    try:
        event = read_event(value, headers)
    except MalformedMessageError as refused:
        assert refused.code in REASONS  # noqa: PT017 -- either outcome is right
    else:
        assert event.id
