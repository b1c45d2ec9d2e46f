"""Facts become canonical bytes: sorted keys, UTF-8, no floats, no integer that JSON may lose."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from domain.checks.check import CheckConducted
from domain.petitions.petition import PetitionReceived
from domain.refusals import Refusal
from ledger.canonical import MAX_BYTES
from ledger.catalogue import STORED_NAMES
from ledger.envelope import Recorded, event_id
from ledger.mapper import LedgerMapper, NoTranscoder
from tests.domain.harness import stated
from tests.domain.samples import a_check, a_petition
from tests.ledger.examples import GREATEST, entries

FEW = settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def check(**changes: Any) -> Recorded[CheckConducted]:
    """A check as it is recorded."""
    return Recorded(
        actor="经办人",
        causation_id=None,
        command_id="c",
        correlation_id="k",
        data=stated(a_check(**changes), CheckConducted),
        event_id=event_id("check:JD2021-001", 1),
        occurred_on=date(2021, 5, 6),
        recorded_at=datetime(2026, 1, 5, 1, 30, tzinfo=UTC),
        registered_on=date(2021, 5, 7),
        stream="check:JD2021-001",
        type="check.conducted.v1",
        version=1,
    )


GOLDEN = (
    '{"actor":"经办人","causation_id":null,"command_id":"c","correlation_id":"k",'
    '"data":{"checked_on":"2021-05-06","field":"窗口服务","method":"重点抽查",'
    '"number":"JD2021-001","organ":"JW01","problems_found":2,"unit":"DW01"},'
    '"event_id":"c78cff66-4e14-524e-b7f2-b19bcf5ea65b","occurred_on":"2021-05-06",'
    '"recorded_at":"2026-01-05T01:30:00Z","registered_on":"2021-05-07",'
    '"stream":"check:JD2021-001","type":"check.conducted.v1","version":1}'
)


def test_the_bytes_of_a_fact_never_change(mapper: LedgerMapper) -> None:
    assert mapper.entry(check()).decode() == GOLDEN


def canonical(value: Any) -> bytes:
    """Canonical JSON by the standard library, made independently."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


@pytest.mark.parametrize(("name", "cls"), sorted(STORED_NAMES.items()))
def test_every_fact_is_written_canonically_and_read_back(
    name: str, cls: type, mapper: LedgerMapper
) -> None:
    @FEW
    @given(entries(name, cls))
    def holds(entry: Recorded[Any]) -> None:
        state = mapper.entry(entry)
        assert mapper.read(name, state) == entry
        assert canonical(json.loads(state)) == state
        assert mapper.plain(name, state) == json.loads(state)

    holds()


def test_a_stored_event_carries_its_place_and_name(mapper: LedgerMapper) -> None:
    stored = mapper.to_stored_event(check())
    assert stored.originator_id == check().originator_id
    assert (stored.originator_version, stored.topic) == (1, "check.conducted.v1")
    assert mapper.to_domain_event(stored) == check()


@pytest.mark.parametrize("number", [GREATEST + 1, -GREATEST - 1, 2**63, 2**80])
def test_an_integer_that_json_may_lose_is_refused(number: int, mapper: LedgerMapper) -> None:
    with pytest.raises((TypeError, ValueError, Refusal)):
        mapper.entry(check(problems_found=number))


@pytest.mark.parametrize("number", [GREATEST, -GREATEST])
def test_the_greatest_integers_are_written(number: int, mapper: LedgerMapper) -> None:
    state = mapper.entry(check(problems_found=number))
    assert mapper.read("check.conducted.v1", state).data.problems_found == number


@pytest.mark.parametrize("number", [1.5, float("nan")])
def test_a_number_with_a_point_is_refused(number: float, mapper: LedgerMapper) -> None:
    with pytest.raises((TypeError, ValueError, Refusal)):
        mapper.entry(check(problems_found=number))


def test_text_that_is_no_unicode_is_refused(mapper: LedgerMapper) -> None:
    with pytest.raises((TypeError, ValueError, Refusal)):
        mapper.entry(check(field="\ud800"))


def petition(length: int) -> Recorded[PetitionReceived]:
    data = stated(a_petition(summary="x" * length), PetitionReceived)
    return replace(check(), data=data, type="petition.received.v1")


def test_a_fact_of_65535_bytes_is_written_and_one_more_is_refused(mapper: LedgerMapper) -> None:
    room = MAX_BYTES - len(mapper.entry(petition(0)))
    assert MAX_BYTES == 65_535
    assert len(mapper.entry(petition(room))) == MAX_BYTES
    with pytest.raises(Refusal) as refused:
        mapper.entry(petition(room + 1))
    assert refused.value.code == "too_large"


def test_the_limit_counts_bytes_and_not_letters(mapper: LedgerMapper) -> None:
    data = stated(a_petition(summary="王" * 22_000), PetitionReceived)
    with pytest.raises(Refusal, match="too_large"):
        mapper.to_stored_event(replace(petition(0), data=data))


def test_chinese_is_never_escaped(mapper: LedgerMapper) -> None:
    assert "龘𠮷“”".encode() in mapper.entry(check(field="龘𠮷“”"))


def test_the_transcoder_of_the_library_has_no_part() -> None:
    with pytest.raises(TypeError):
        NoTranscoder().encode({})
    with pytest.raises(TypeError):
        NoTranscoder().decode(b"{}")
