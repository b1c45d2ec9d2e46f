"""Personal data is sealed before it is stored and opened when it is read, and only there."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pytest

from domain.fields import field_index
from ledger.application import Ledger
from ledger.catalogue import STORED_NAMES, Catalogue
from ledger.mapper import LedgerMapper
from ledger.protection import Path as FieldPath
from ledger.protection import personal_paths
from ledger.sqlite import SQLiteLedgerRecorder
from tests.ledger.golden_files import golden_file
from tests.ledger.office import open_ledger
from tests.ledger.story import tell

NAMES = sorted(STORED_NAMES)
#: Every personal text of the story, the corrected ones too.
PERSONAL = ["王小明", "王晓明", "李大明", "个人有关事项无变化", "建议规范报销审批"]


class Sealed:
    """A seal that anyone can open; it binds each value to its event and its place."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, FieldPath]] = []

    def seal(self, event_id: str, path: FieldPath, value: str) -> str:
        self.asked.append((event_id, path))
        return b64encode(f"{event_id}|{'.'.join(path)}|{value}".encode()).decode()

    def open(self, event_id: str, path: FieldPath, value: str) -> str:
        place, _, text = b64decode(value).decode().rpartition("|")
        assert place == f"{event_id}|{'.'.join(path)}"
        return text


@pytest.fixture(scope="module")
def sealing() -> LedgerMapper:
    return LedgerMapper(protection=Sealed())


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = tmp_path_factory.mktemp("protected") / "ledger.sqlite3"
    opened = open_ledger(path, protection=Sealed())
    tell(opened)
    yield opened
    opened.close()


def canonical(body: Any) -> bytes:
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)


def at(data: Any, path: FieldPath) -> Any:
    for name in path:
        data = data[name]
    return data


def rows(ledger: Ledger) -> list[tuple[int, str, bytes]]:
    return ledger.store.page(0, 1000)


@pytest.mark.parametrize("name", NAMES)
def test_a_correcting_fact_is_personal_where_its_record_is(name: str) -> None:
    paths = personal_paths(STORED_NAMES[name])
    before = {path[1:] for path in paths if path[0] == "before"}
    after = {path[1:] for path in paths if path[0] == "after"}
    if "after" in field_index(STORED_NAMES[name]).names:
        assert before == after
    if name == "person.corrected.v1":
        assert paths == (("before", "name"), ("after", "name"))


@pytest.mark.parametrize("name", NAMES)
def test_personal_values_are_sealed_in_the_bytes_and_open_when_read(
    name: str, mapper: LedgerMapper, sealing: LedgerMapper
) -> None:
    event = mapper.read(name, golden_file(name).read_bytes())
    state = sealing.entry(event)
    open_data, sealed_data = orjson.loads(mapper.entry(event))["data"], orjson.loads(state)["data"]
    for path in personal_paths(type(event.data)):
        value = at(open_data, path)
        assert at(sealed_data, path) == (
            None if value is None else Sealed().seal(event.event_id, path, value)
        )
    assert sealing.read(name, state) == event
    assert sealing.plain(name, state) == mapper.plain(name, mapper.entry(event))


def test_an_unknown_personal_value_stays_unknown(sealing: LedgerMapper) -> None:
    body = json.loads(golden_file("person.registered.v1").read_bytes())
    body["data"]["name"] = None
    event = LedgerMapper().read("person.registered.v1", canonical(body))
    state = sealing.entry(event)
    assert orjson.loads(state)["data"]["name"] is None
    assert sealing.read("person.registered.v1", state) == event


def shown(ledger: Ledger) -> list[str]:
    """The personal texts that can be read in the ledger's files, its write-ahead log included.

    Of a server, in what it holds of the events.
    """
    if isinstance(ledger.store, SQLiteLedgerRecorder):
        folder = Path(ledger.store.datastore.pool.db_name).parent
        stored = b"".join(file.read_bytes() for file in folder.iterdir())
    else:
        stored = b"".join(entry for _, _, entry in ledger.store.page(0, 10_000))
    return [text for text in PERSONAL if text.encode() in stored]


def test_no_personal_text_is_in_the_files(protected: Ledger, told: Ledger) -> None:
    assert shown(protected) == []
    assert shown(told) == PERSONAL


def test_a_protected_ledger_tells_the_same_story(protected: Ledger, told: Ledger) -> None:
    assert list(protected.follow()) == list(told.follow())
    for stream in ("person:RY001", "lead:XS2021-001", "correction:GZ03"):
        assert protected.history(stream) == told.history(stream)
        with protected.transaction() as here, told.transaction() as there:
            assert here.look(stream) == there.look(stream)


def test_reading_changes_no_stored_byte(protected: Ledger) -> None:
    def root() -> str:
        return sha256(b"".join(state for _, _, state in rows(protected))).hexdigest()

    before = root()
    list(protected.follow())
    protected.history("person:RY001")
    assert root() == before


def test_each_value_is_sealed_for_its_own_event_and_place(
    mapper: LedgerMapper,
) -> None:
    protection = Sealed()
    name = "problem.corrected.v1"
    event = mapper.read(name, golden_file(name).read_bytes())
    LedgerMapper(protection=protection).entry(event)
    places = [(event.event_id, ("before", "summary")), (event.event_id, ("after", "summary"))]
    assert protection.asked == places


def test_a_sealed_value_moved_to_another_event_does_not_open(sealing: LedgerMapper) -> None:
    name = "person.registered.v1"
    event = LedgerMapper().read(name, golden_file(name).read_bytes())
    moved = orjson.loads(sealing.entry(event)) | {"event_id": "another"}
    with pytest.raises(AssertionError):
        sealing.read(name, canonical(moved))


def test_an_old_shape_is_opened_after_it_was_brought_up_to_date() -> None:
    """A personal value keeps the seal of its place: an upcaster may move others, never that."""
    name = "person.registered.v1"
    event = LedgerMapper().read(name, golden_file(name).read_bytes())
    body = orjson.loads(LedgerMapper(protection=Sealed()).entry(event))
    body["data"]["title"] = body["data"].pop("post")
    body["type"] = "person.registered.v0"

    def newer(data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        rest = {key: value for key, value in data.items() if key != "title"}
        return name, {**rest, "post": data["title"]}

    catalogue = Catalogue(upcasters={"person.registered.v0": newer})
    later = LedgerMapper(catalogue, Sealed())
    assert later.read("person.registered.v0", canonical(body)) == event


def test_without_protection_nothing_is_opened(mapper: LedgerMapper, sealing: LedgerMapper) -> None:
    name = "person.registered.v1"
    event = mapper.read(name, golden_file(name).read_bytes())
    assert mapper.read(name, sealing.entry(event)).data.name != event.data.name
