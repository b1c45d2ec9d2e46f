"""Stored names: explicit, one to one, for ever; an old shape is turned into today's when read."""

import re
from dataclasses import replace
from typing import Any

import orjson
import pytest

from domain.acts import ACTS
from domain.checks.check import CheckConducted
from domain.organs.organ import OrganRegistered
from domain.streams import Kind
from domain.units.unit import UnitRegistered
from ledger.catalogue import STORED_NAMES, UPCASTERS, Catalogue
from ledger.mapper import LedgerMapper, UnreadableEventError
from tests.domain.harness import facts_of
from tests.ledger.golden_files import golden_file

CURRENT = "check.conducted.v1"


def test_every_fact_of_the_domain_has_one_stored_name() -> None:
    facts = [fact for kind in Kind for fact in facts_of(kind)]
    assert sorted(STORED_NAMES.values(), key=repr) == sorted(facts, key=repr)


@pytest.mark.parametrize("name", sorted(STORED_NAMES.keys() | UPCASTERS.keys()))
def test_a_stored_name_is_a_kind_a_word_and_a_version(name: str) -> None:
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+\.v[1-9][0-9]*", name)
    assert name.partition(".")[0] in set(Kind)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_stored_name_begins_with_the_kind_of_its_streams(kind: Kind) -> None:
    names = {name for name, fact in STORED_NAMES.items() if fact in set(facts_of(kind))}
    assert names
    assert {name.partition(".")[0] for name in names} == {kind.value}


def test_every_act_begins_a_stream_of_its_kind_or_goes_on_with_one() -> None:
    assert {act.kind.value for act in ACTS.values()} == {
        name.partition(".")[0] for name in STORED_NAMES
    }


def test_names_and_types_are_found_both_ways() -> None:
    catalogue = Catalogue()
    for name, fact in STORED_NAMES.items():
        assert catalogue.names[fact] == name
        assert catalogue.types[name] is fact


def test_two_names_for_one_type_are_refused() -> None:
    with pytest.raises(ValueError, match="one to one"):
        Catalogue({"organ.registered.v1": OrganRegistered, "organ.named.v1": OrganRegistered})


def test_a_name_that_is_both_current_and_old_is_refused() -> None:
    with pytest.raises(ValueError, match="one to one"):
        Catalogue(
            {"organ.registered.v1": OrganRegistered},
            {"organ.registered.v1": lambda data: ("organ.registered.v2", data)},
        )


def test_an_unknown_name_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="weather"):
        Catalogue().current("weather.observed.v1", {})


def test_an_upcaster_into_a_name_that_does_not_exist_is_a_key_error() -> None:
    lost = Catalogue({}, {"unit.registered.v1": lambda data: ("unit.registered.v2", data)})
    with pytest.raises(KeyError, match=r"unit\.registered\.v2"):
        lost.current("unit.registered.v1", {})


def _first_to_second(data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Version 1 called the unit ``place``."""
    rest = {name: value for name, value in data.items() if name != "place"}
    return "check.conducted.v2", {**rest, "unit": data["place"]}


def _second_to_third(data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Version 2 listed the problems instead of counting them."""
    rest = {name: value for name, value in data.items() if name != "problems"}
    return "check.conducted.v3", {**rest, "problems_found": len(data["problems"])}


#: Three versions of one fact, the way a later release would have them.
THIRD = Catalogue(
    {"check.conducted.v3": CheckConducted, "unit.registered.v1": UnitRegistered},
    {"check.conducted.v1": _first_to_second, "check.conducted.v2": _second_to_third},
)


def old(version: int) -> tuple[str, bytes]:
    """The golden check as version 1, 2 or 3 would have stored it."""
    body = orjson.loads(golden_file(CURRENT).read_bytes())
    data = body["data"]
    if version < 3:
        data["problems"] = ["问题"] * data.pop("problems_found")
    if version < 2:
        data["place"] = data.pop("unit")
    name = f"check.conducted.v{version}"
    return name, orjson.dumps(body | {"type": name}, option=orjson.OPT_SORT_KEYS)


@pytest.fixture(scope="module")
def third() -> LedgerMapper:
    return LedgerMapper(THIRD)


@pytest.mark.parametrize("version", [1, 2, 3])
def test_every_old_shape_is_read_in_its_current_one(version: int, third: LedgerMapper) -> None:
    today = LedgerMapper().read(CURRENT, golden_file(CURRENT).read_bytes())
    assert third.read(*old(version)) == replace(today, type="check.conducted.v3")


@pytest.mark.parametrize("version", [1, 2, 3])
def test_plain_reading_gives_the_current_shape_too(version: int, third: LedgerMapper) -> None:
    assert orjson.dumps(third.plain(*old(version)), option=orjson.OPT_SORT_KEYS) == old(3)[1]


@pytest.mark.parametrize("version", [1, 2])
def test_an_old_event_that_lacks_what_its_upcaster_needs_is_refused(
    version: int, third: LedgerMapper
) -> None:
    name, state = old(version)
    broken = state.replace(b'"place"', b'"spot"').replace(b'"problems"', b'"faults"')
    with pytest.raises(UnreadableEventError):
        third.read(name, broken)
    with pytest.raises(UnreadableEventError):
        third.plain(name, broken)


def test_an_old_event_with_a_value_more_is_refused(third: LedgerMapper) -> None:
    name, state = old(1)
    body = orjson.loads(state)
    body["data"]["extra"] = 1
    with pytest.raises(UnreadableEventError):
        third.read(name, orjson.dumps(body, option=orjson.OPT_SORT_KEYS))


def test_new_events_are_written_under_the_newest_name(third: LedgerMapper) -> None:
    stored = third.to_stored_event(third.read(*old(1)))
    assert (stored.topic, stored.state) == old(3)
