"""Every operation of the document, asked in every role, answers as the document says.

`make test` asks little, and the same each time; `make fuzz` as much as FUZZ_EXAMPLES says, from
FUZZ_SEED on, with every operation that a role may not use, and every boundary of every schema.
"""

import os
from collections.abc import Callable, Collection, Iterator
from typing import Any

import orjson
import pytest

from api.policy import may, offered, roles
from tests.support.offices import Desk
from tests.support.schema import Budget, Document, Outcome, ask_all
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
#: The operations whose every boundary is tried in `make test`.
_BOUNDED = {"get_lead", "list_calendars", "definitions", "register_organ", "assign_lead"}


@pytest.fixture(scope="session")
def document(wuhua_served: Served) -> bytes:
    """The document, which is made once: it tells of no ledger."""
    return orjson.dumps(wuhua_served.app.openapi())


@pytest.fixture
def ask(serve: Serve, wuhua: Desk, document: bytes) -> Callable[..., Outcome]:
    """Asks the operations that are chosen of a copy of 五华县2020年."""

    def asked(role: str, chosen: Collection[str], few: int, *phases: str) -> Outcome:
        budget = Budget(EXAMPLES or few, phases, SEED, repeatable=not EXAMPLES)
        told: Document = orjson.loads(document)
        return ask_all(serve(wuhua), told, role, chosen, budget)

    return asked


def _operations(document: bytes) -> dict[str, Any]:
    paths = orjson.loads(document)["paths"].values()
    return {each["operationId"]: each for path in paths for each in path.values()}


def _of_role(document: bytes, role: str) -> Iterator[str]:
    """The operations that a role is asked.

    In `make test` each operation is asked in one role that may use it, and every fourth in one
    that may not.
    """
    for at, (name, operation) in enumerate(_operations(document).items()):
        need = operation.get("x-needs")
        used = [each for each in ROLES if need is None or may(roles()[each], need)]
        refused = [each for each in ROLES if each not in used] if at % 4 == 0 else []
        asked = [each[at % len(each)] for each in (used, refused) if each]
        if EXAMPLES or role in asked:
            yield name


@pytest.mark.parametrize("role", ROLES)
def test_every_operation_answers_as_documented(
    ask: Callable[..., Outcome], document: bytes, role: str
) -> None:
    phases = ("examples", "coverage", "fuzzing") if EXAMPLES else ("examples", "fuzzing")
    outcome = ask(role, set(_of_role(document, role)), 2, *phases)
    assert not outcome.failures, outcome.told
    if role in {"case_supervision", "approver"}:
        # Otherwise nothing was hit: neither a record, nor an act, nor a rule of the law.
        assert {200, 201, 403, 409} <= outcome.statuses.keys(), outcome.statuses


@pytest.mark.parametrize("role", ["case_supervision", "approver"])
def test_what_was_done_is_found_where_its_answer_leads(
    ask: Callable[..., Outcome], role: str
) -> None:
    first = [each.act for each in offered() if each.first and role in each.roles]
    kinds = {act.kind for act in first}
    read = {f"{what}_{kind.value}" for kind in kinds for what in ("get", "history_of")}
    outcome = ask(role, {act.name for act in first} | read, 20, "stateful")
    assert not outcome.failures, outcome.told
    assert {200, 201} <= outcome.statuses.keys(), outcome.statuses


def test_every_boundary_of_a_schema_is_kept(ask: Callable[..., Outcome]) -> None:
    outcome = ask("case_supervision", _BOUNDED, 1, "coverage")
    assert not outcome.failures, outcome.told
    assert {200, 405, 422} <= outcome.statuses.keys(), outcome.statuses
