"""Stored bytes are read strictly: nothing more, nothing less, nothing of another type."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from traceback import format_exception
from typing import Any

import orjson
import pytest
from eventsourcing.persistence import StoredEvent

from ledger.catalogue import STORED_NAMES
from ledger.envelope import Recorded
from ledger.mapper import LedgerMapper, UnreadableEventError
from ledger.protection import Path as FieldPath
from tests.ledger.examples import paths, wrong_json
from tests.ledger.golden_files import golden_file

NAMES = sorted(STORED_NAMES)
CHECK = "check.conducted.v1"
PLACEHOLDER = "here goes the wrong value"


class Unsealed:
    """A protection that leaves everything as it is, so that the same bytes can be read with it."""

    def seal(self, event_id: str, path: FieldPath, value: str) -> str:
        return value

    def open(self, event_id: str, path: FieldPath, value: str) -> str:
        return value


@pytest.fixture(scope="module", params=[None, Unsealed()], ids=["open", "protected"])
def reading(request: pytest.FixtureRequest) -> LedgerMapper:
    """A mapper without and with protection: both are as strict."""
    return LedgerMapper(protection=request.param)


def golden(name: str) -> Any:
    return json.loads(golden_file(name).read_bytes())


def written(body: Any) -> bytes:
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def places(name: str) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every value of an event of this name, its envelope's and its fact's."""
    for path, hint in paths(Recorded):
        if path != ("data",):
            yield path, hint
    yield from paths(STORED_NAMES[name], "data")


def inner(body: Any, path: tuple[str | int, ...]) -> Any:
    """What holds the value at a path; None where the golden event has an empty list there."""
    for step in path[:-1]:
        if isinstance(body, list) and not body:
            return None
        body = body[step]
    return body


def refused(reading: LedgerMapper, name: str, state: bytes) -> bool:
    try:
        reading.read(name, state)
    except UnreadableEventError:
        return True
    return False


def each_place_changed(
    name: str, change: Callable[[Any, Any], None]
) -> Iterator[tuple[Any, bytes]]:
    for path, _ in places(name):
        body = deepcopy(golden(name))
        holder = inner(body, path)
        if holder is not None:
            change(holder, path[-1])
            yield path, written(body)


@pytest.mark.parametrize("name", NAMES)
def test_an_event_without_one_of_its_values_is_refused(name: str, reading: LedgerMapper) -> None:
    for path, state in each_place_changed(name, lambda holder, last: holder.pop(last)):
        assert refused(reading, name, state), path


@pytest.mark.parametrize("name", NAMES)
def test_an_event_with_a_value_more_is_refused(name: str, reading: LedgerMapper) -> None:
    def add(holder: Any, _: Any) -> None:
        holder["more"] = None

    for path, state in each_place_changed(name, add):
        assert refused(reading, name, state), path


@pytest.mark.parametrize("name", NAMES)
def test_a_value_of_another_type_is_refused(name: str, reading: LedgerMapper) -> None:
    """NaN, fractions, and the library's {"_type_", "_data_"} objects in every place too."""
    tried = 0
    for path, hint in places(name):
        body = golden(name)
        holder = inner(body, path)
        if holder is None:
            continue
        holder[path[-1]] = PLACEHOLDER
        state = written(body).decode()
        for wrong in wrong_json(hint):
            broken = state.replace(json.dumps(PLACEHOLDER), wrong)
            assert refused(reading, name, broken.encode()), (path, wrong)
            tried += 1
    assert tried > 100


@pytest.mark.parametrize("field", ["occurred_on", "registered_on", "recorded_at"])
def test_a_number_of_seconds_in_text_is_no_date(field: str, reading: LedgerMapper) -> None:
    state = written(golden(CHECK) | {field: "1617235200"})
    assert refused(reading, CHECK, state)


def test_an_instant_without_its_zone_is_refused(reading: LedgerMapper) -> None:
    state = written(golden(CHECK) | {"recorded_at": "2026-01-05T01:30:00"})
    assert refused(reading, CHECK, state)


CANONICAL = golden_file(CHECK).read_bytes()


@pytest.mark.parametrize(
    ("written_as", "instead"),
    [
        (b'"version":1', b'"version": 1'),
        (b'"version":1}', b'"version":1}\n'),
        (b'"actor":"\xe7\xbb\x8f', b'"actor":"\\u7ecf'),
        (b'"actor":', b'"actor":"\xe6\x97\xa7","actor":'),
        (b'"problems_found":2', b'"problems_found":1,"problems_found":2'),
        (b'"problems_found":2', b'"problems_found":9007199254740992'),
        (b'"problems_found":2', b'"problems_found":-0'),
    ],
)
def test_bytes_that_are_not_as_they_are_written_are_refused(
    written_as: bytes, instead: bytes, reading: LedgerMapper
) -> None:
    assert written_as in CANONICAL
    assert not refused(reading, CHECK, CANONICAL)
    assert refused(reading, CHECK, CANONICAL.replace(written_as, instead))


def test_values_in_another_order_are_refused(reading: LedgerMapper) -> None:
    backwards = dict(reversed(json.loads(CANONICAL).items()))
    assert refused(reading, CHECK, json.dumps(backwards, separators=(",", ":")).encode())


@pytest.mark.parametrize("name", NAMES)
def test_an_event_is_refused_under_another_name(name: str, reading: LedgerMapper) -> None:
    state = golden_file(name).read_bytes()
    for other in NAMES:
        if other != name:
            assert refused(reading, other, state), other
            with pytest.raises(UnreadableEventError):
                reading.plain(other, state)


def test_a_fact_with_the_shape_of_another_is_refused_by_its_own_name(reading: LedgerMapper) -> None:
    """An organ and a unit say the same things: the name in the bytes decides."""
    body = golden("organ.registered.v1") | {"type": "unit.registered.v1"}
    assert refused(reading, "organ.registered.v1", written(body))
    assert reading.read("unit.registered.v1", written(body)).type == "unit.registered.v1"


@pytest.mark.parametrize("name", ["weather.observed.v1", "check.conducted.v9", "", "check"])
def test_a_name_that_was_never_stored_is_refused(name: str, reading: LedgerMapper) -> None:
    state = written(golden(CHECK) | {"type": name})
    with pytest.raises(UnreadableEventError):
        reading.read(name, state)
    with pytest.raises(UnreadableEventError):
        reading.plain(name, state)


@pytest.mark.parametrize(
    "state", [b"", b"{", b"[]", b"null", b"1", b'"text"', b"{}", b"\xff", b'{"type":[]}'], ids=repr
)
def test_bytes_that_are_no_event_are_refused(state: bytes, reading: LedgerMapper) -> None:
    assert refused(reading, CHECK, state)
    with pytest.raises(UnreadableEventError):
        reading.plain(CHECK, state)


def test_a_refusal_to_read_shows_no_personal_data_even_in_a_log(reading: LedgerMapper) -> None:
    body = golden("matter.accepted.v1")
    del body["data"]["unit"]
    with pytest.raises(UnreadableEventError) as unreadable:
        reading.read("matter.accepted.v1", written(body))
    assert "李大明" not in "".join(format_exception(unreadable.value))


def stored(**changes: Any) -> StoredEvent:
    event = LedgerMapper().to_stored_event(
        LedgerMapper().read(CHECK, golden_file(CHECK).read_bytes())
    )
    said = {
        "originator_id": event.originator_id,
        "originator_version": event.originator_version,
        "topic": event.topic,
        "state": event.state,
    }
    return StoredEvent(**(said | changes))


def test_an_event_is_read_where_it_was_stored(reading: LedgerMapper) -> None:
    assert reading.to_domain_event(stored()).data.number == "JD2021-001"


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"originator_id": "3798ca5d-e534-513d-9463-df09d0c9f3ec"},
        {"originator_version": 2},
        {"topic": "check.corrected.v1"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_an_event_stored_at_another_place_is_refused(
    elsewhere: dict[str, Any], reading: LedgerMapper
) -> None:
    with pytest.raises(UnreadableEventError):
        reading.to_domain_event(stored(**elsewhere))


def test_reading_leaves_no_pydantic_error_for_others_to_handle(reading: LedgerMapper) -> None:
    with pytest.raises(UnreadableEventError) as unreadable:
        reading.read(CHECK, orjson.dumps(golden(CHECK) | {"version": 0.5}))
    assert isinstance(unreadable.value, ValueError)
