"""Every history that the decisions allow, the folds accept."""

from dataclasses import fields, is_dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.codes.tables import code_table
from domain.concept import stream_names
from domain.concepts import CONCEPTS
from domain.fields import field_index, restate
from domain.streams import Kind, split_stream_name
from tests.domain.harness import Office, facts_of, fold
from tests.domain.histories import COMMANDS, REGISTERED, carried_out

#: Derandomised: the same histories on every machine, and they reach nearly every fact.
MANY = settings(
    deadline=None,
    max_examples=50,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
HISTORIES = st.lists(COMMANDS, min_size=20, max_size=50)


#: The facts that registers tell, and their corrections.
OF_REGISTERS = {
    fact
    for kind in Kind
    if CONCEPTS[kind].corrected
    for fact in facts_of(kind)
    if fact in REGISTERED or fact is CONCEPTS[kind].corrected
}


def folded(events: list[tuple[str, Any]]) -> dict[str, Any]:
    """The states these events come to, from nothing; a correction starts from what then was."""
    states: dict[str, Any] = {}
    for name, event in events:
        if hasattr(event, "before"):
            assert event.before == restate(states[name], type(event.before)) != event.after
        states[name] = fold(name, states.get(name), event)
        if hasattr(event, "after"):
            assert restate(states[name], type(event.after)) == event.after
    return states


def test_every_history_the_decisions_allow_evolve_accepts() -> None:
    reached: set[type] = set()

    @settings(MANY, max_examples=120)
    @given(HISTORIES)
    def holds(commands: list[Any]) -> None:
        office = carried_out(commands)
        assert folded(office.events) == office.states
        reached.update(type(event) for _, event in office.events)

    holds()
    assert len(OF_REGISTERS - reached) <= 3, OF_REGISTERS - reached


@MANY
@given(HISTORIES)
def test_every_record_holds_what_is_required_of_it_when_written(commands: list[Any]) -> None:
    """Whatever the order of acts and corrections, the last word on each stream passes its check."""
    office = carried_out(commands)
    for name, state in office.states.items():
        assert_known_values(state)
        kind, number = split_stream_name(name)
        assert getattr(state, CONCEPTS[kind].key) == number
        for related in stream_names(CONCEPTS[kind].related(state)):
            assert_exists_unless_alternative(office, kind, related, state)


def assert_known_values(record: Any) -> None:
    """Every coded field of a state, and of what it holds, is a term of its table."""
    for field, table in field_index(type(record)).codes:
        value = getattr(record, field)
        assert value is None or value in code_table(table).terms, (field, value)
    for each in fields(record):
        value = getattr(record, each.name)
        for inner in value if isinstance(value, tuple) else (value,):
            if is_dataclass(inner):
                assert_known_values(inner)


def assert_exists_unless_alternative(office: Office, kind: Kind, name: str, state: Any) -> None:
    """A stream that a state names is on the ledger; a letter's 关联编号 names one of two."""
    if kind is Kind.RECOMMENDATION and state.related and name.endswith(f":{state.related}"):
        assert {f"case:{state.related}", f"lead:{state.related}"} & office.states.keys()
    else:
        assert name in office.states
