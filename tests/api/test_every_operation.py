"""Every operation of the document, asked in every role, answers as the document says.

`make test` asks little, and the same each time; `make fuzz` as much as FUZZ_EXAMPLES says, from
FUZZ_SEED on, and the boundaries of schemas too.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import orjson
import pytest
from schemathesis import Case

from api.policy import may, offered, roles
from tests.support.offices import Desk
from tests.support.schema import (
    Budget,
    Chosen,
    Document,
    Outcome,
    ask_all,
    one_case_each,
    turned_away,
)
from tests.support.served import Served

pytestmark = [
    pytest.mark.slow,
    # What is meant to be wrong is, and Schemathesis says so while it is made.
    pytest.mark.filterwarnings("default"),
]

Serve = Callable[[Desk], Served]
ROLES = sorted(roles())
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
#: From so many examples on, `make fuzz` tries every boundary of every operation.
_ALL_BOUNDARIES = 20
#: The operations whose every boundary is tried in `make test`.
_BOUNDED = {"get_lead", "list_calendars", "definitions", "register_organ", "assign_lead"}


@pytest.fixture(scope="session")
def document(wuhua_served: Served) -> bytes:
    """The document, which is made once: it tells of no ledger."""
    return orjson.dumps(wuhua_served.app.openapi())


@pytest.fixture
def ask(serve: Serve, wuhua: Desk, document: bytes) -> Callable[..., Outcome]:
    """Asks the operations that are chosen of a copy of 五华县2020年."""

    def asked(role: str, chosen: Chosen, few: int) -> Outcome:
        budget = Budget(max(EXAMPLES, few), SEED, repeatable=not EXAMPLES)
        told: Document = orjson.loads(document)
        return ask_all(serve(wuhua), told, role, chosen, budget)

    return asked


def _operations(document: bytes) -> dict[str, Any]:
    paths = orjson.loads(document)["paths"].values()
    return {each["operationId"]: each for path in paths for each in path.values()}


def _used(document: bytes) -> dict[str, list[str]]:
    """The roles that may use each operation."""
    return {
        name: [
            each for each in ROLES if "x-needs" not in told or may(roles()[each], told["x-needs"])
        ]
        for name, told in _operations(document).items()
    }


def _of_role(document: bytes, role: str) -> Iterator[tuple[str, Sequence[str]]]:
    """The operations that a role may use, with the phases each is asked in.

    Such roles take turns: to one of them is put what `make test` generates, and in `make fuzz` what
    is at the boundaries; to the others the example, and in `make fuzz` what is generated.
    """
    for at, (name, used) in enumerate(_used(document).items()):
        turn = used[at % len(used)] == role
        boundaries = turn and (at + SEED) % _ALL_BOUNDARIES < EXAMPLES
        wanted = {"examples": True, "fuzzing": turn or EXAMPLES, "coverage": boundaries}
        if role in used:
            yield name, [phase for phase, asked in wanted.items() if asked]


@pytest.mark.parametrize("role", ROLES)
def test_every_operation_answers_as_documented(
    ask: Callable[..., Outcome], document: bytes, role: str
) -> None:
    chosen = dict(_of_role(document, role))
    outcome = ask(role, chosen, 2)
    assert not outcome.failures, outcome.told
    assert outcome.answered.keys() == chosen.keys()
    if role in {"case_supervision", "approver"}:
        # Otherwise nothing was hit: neither a record, nor an act, nor a rule of the law.
        assert {200, 201, 409} <= outcome.statuses.keys(), outcome.statuses


@pytest.fixture(scope="session")
def cases(wuhua_served: Served, document: bytes) -> dict[str, Case]:
    """One request for each operation."""
    return one_case_each(wuhua_served, orjson.loads(document))


@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_use_an_operation_is_told_so_as_documented(
    wuhua_served: Served, cases: dict[str, Case], document: bytes, role: str
) -> None:
    used = _used(document)
    refused = {name: case for name, case in cases.items() if role not in used[name]}
    assert refused
    assert not list(turned_away(wuhua_served, role, refused))


@pytest.mark.parametrize("role", ["case_supervision", "approver"])
def test_what_was_done_is_found_where_its_answer_leads(
    ask: Callable[..., Outcome], role: str
) -> None:
    first = [each.act for each in offered() if each.first and role in each.roles]
    kinds = {act.kind for act in first}
    read = {f"{what}_{kind.value}" for kind in kinds for what in ("get", "history_of")}
    chosen = {act.name for act in first} | read
    outcome = ask(role, dict.fromkeys(chosen, ("stateful",)), 20)
    assert not outcome.failures, outcome.told
    assert {200, 201} <= outcome.statuses.keys(), outcome.statuses


def test_every_boundary_of_a_schema_is_kept(ask: Callable[..., Outcome]) -> None:
    outcome = ask("case_supervision", dict.fromkeys(_BOUNDED, ("coverage",)), 1)
    assert not outcome.failures, outcome.told
    assert {200, 405, 422} <= outcome.statuses.keys(), outcome.statuses
