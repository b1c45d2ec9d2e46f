"""Lifecycles tried at random: the moves a table allows are those that the decisions allow.

A lifecycle's test gives the acts that could be asked for at each moment; what the decision answers
must agree with the table of moves, and the stage reached must be one that the table names.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from domain.acts import ACTS
from domain.lifecycle import Lifecycle
from domain.refusals import Refusal
from domain.streams import stream_name
from tests.domain.harness import Office

MACHINES = settings(
    deadline=None,
    max_examples=40,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def tried(
    lifecycle: Lifecycle,
    office: Office,
    number: str,
    wanted: Sequence[Any],
) -> set[tuple[str, str, str]]:
    """Ask for acts on one matter in turn; returns the ways taken as (act, from, to).

    AssertionError where an act is carried out from a stage that the table does not allow, leads
    to one that it does not name, or is refused as ``wrong_stage`` from one that it allows.
    """
    ways: set[tuple[str, str, str]] = set()
    stream = stream_name(lifecycle.kind, number)
    for command in wanted:
        name = ACTS[type(command)].name
        before = office.states.get(stream)
        stage = lifecycle.stage(before) if before is not None else None
        allowed = {move.act: lifecycle.arrows(move.act) for move in lifecycle.moves}
        refusal = asked(office, command)
        if refusal is not None:
            wrong = refusal.code == "wrong_stage"
            known = stage in {source for source, _ in allowed.get(name, ())}
            assert not (wrong and known), f"{name} is refused from {stage}: {refusal}"
            continue
        after = office.states.get(stream)
        if stage is None or after is None or name not in allowed:
            continue
        reached = lifecycle.stage(after)
        assert reached in lifecycle.stages
        assert (stage, reached) in allowed[name], f"{name}: {stage} to {reached}"
        ways.add((name, stage, reached))
    return ways


def asked(office: Office, command: Any) -> Refusal | None:
    """Ask for an act; the refusal, or None where it happened."""
    try:
        office.carry_out(command)
    except Refusal as refusal:
        return refusal
    return None


def sequences(
    acts: Mapping[str, Callable[[], st.SearchStrategy[Any]]], *, most: int = 12
) -> st.SearchStrategy[list[Any]]:
    """Lists of commands drawn from one strategy for each act."""
    return st.lists(st.one_of([make() for make in acts.values()]), min_size=1, max_size=most)
