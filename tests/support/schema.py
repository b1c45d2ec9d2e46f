"""The API asked by its own document: Schemathesis, in one process, in one role.

All of Schemathesis's checks are on. Two need what this API does not have, and so find nothing:
``use_after_free`` a DELETE (nothing is ever deleted), ``object_level_authorization`` records that
belong to a caller (they belong to organs, whose scope has tests of its own).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import schemathesis
from schemathesis import Case, Response
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.engine import events, from_schema
from schemathesis.generation.hypothesis.examples import generate_one
from schemathesis.hooks import HookContext
from schemathesis.openapi.checks import RejectedPositiveData

from api.app import PREFIX
from api.routes import address
from api.service import ROLE_HEADER
from domain.codes.tables import code_tables
from domain.concepts import CONCEPTS
from domain.fields import field_index
from domain.streams import stream_name
from projections.store import reading
from projections.tables import NAMES
from tests.support.served import Served

Document = dict[str, Any]
#: Which phases of Schemathesis each operation is asked in, by its identifier.
Chosen = Mapping[str, Collection[str]]

#: What is refused although each value is as its schema says, for what no schema can say.
UNSAID = {
    "two_moments": "of two parameters only one may be given",
    "one_proof": "of three parameters exactly one must be given",
    "impossible_period": "one parameter may not be earlier than another",
    "position_ahead": "a position may not be beyond the ledger's head",
    "cursor_invalid": "a cursor is signed by this server",
    "stale_version": "a version is that which the record has now",
    "if_match_required": "a first act on a number that is taken says so by asking for its version",
    "command_reused": "a key is never used for another command",
}
CHECKS = {
    # Who asks is known, nobody is limited, nothing may fail: no 401, 429 or 5xx.
    "positive_data_acceptance": {"expected-statuses": ["2xx", "304", "403", "404", "409"]},
    # 412: an If-Match that is no version is none that is held. No 406, 415, 429 or 5xx is due.
    "negative_data_rejection": {
        "expected-statuses": ["400", "401", "403", "404", "405", "409", "412", "422", "428"]
    },
    # 428 is what RFC 6585 has for a missing If-Match.
    "missing_required_header": {"expected-statuses": ["400", "403", "422", "428"]},
}


@dataclass(frozen=True)
class Budget:
    """How much is asked: examples of each operation where they are generated, and which."""

    examples: int
    seed: int = 1
    steps: int = 6
    repeatable: bool = True


@dataclass
class Outcome:
    """What came of it: how often each operation answered each status, and what failed."""

    answered: defaultdict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    failures: dict[tuple[str, str, str], str] = field(default_factory=dict)

    @property
    def statuses(self) -> Counter[int]:
        """How often each status was answered."""
        return sum(self.answered.values(), Counter())

    @property
    def told(self) -> str:
        """Every failure with how to see it again."""
        return "\n\n".join("\n".join((*name, said)) for name, said in self.failures.items())


def ask_all(
    office: Served, document: Document, role: str, chosen: Chosen, budget: Budget
) -> Outcome:
    """Ask the operations of a document that are chosen, and no other."""
    names = {
        f"{method.upper()} {path}": operation["operationId"]
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }
    everything = {name: chosen.get(name, ()) for name in names.values()}
    outcome = Outcome()
    for event in from_schema(_schema(office, document, role, budget, everything)).execute():
        if isinstance(event, events.ScenarioFinished):
            _take(outcome, event.recorder, names)
        elif isinstance(event, events.NonFatalError | events.FatalError):
            raise AssertionError(event.info.message)  # noqa: TRY004 -- what a test fails by
    return outcome


def turned_away(office: Served, role: str, cases: Mapping[str, Case]) -> Iterator[str]:
    """What is wrong with how a role is told that it may not use the operations of these cases."""
    caller = office.caller(role)
    for name, case in cases.items():
        response = case.call(headers=caller.headers | {ROLE_HEADER: role})
        if response.status_code != 403:
            yield f"{name}: {response.status_code}"
        try:
            case.validate_response(response)
        except FailureGroup as failures:
            yield f"{name}: {failures}"


def one_case_each(office: Served, document: Document) -> dict[str, Case]:
    """One well-formed request for each operation, by the document's example where there is one."""
    loaded = schemathesis.openapi.from_dict(document)
    loaded.app = _running(office)
    operations = [each.ok() for each in loaded.get_all_operations()]
    return {
        each.definition.raw["operationId"]: generate_one(_simplest(each)) for each in operations
    }


def _simplest(operation: Any) -> Any:
    examples = operation.get_strategies_from_examples()
    return examples[0] if examples else operation.as_strategy()


def _take(outcome: Outcome, recorder: Any, names: Mapping[str, str]) -> None:
    for case_id, interaction in recorder.interactions.items():
        if interaction.response is not None:
            name = names[recorder.cases[case_id].value.operation.label]
            outcome.answered[name][interaction.response.status_code] += 1
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                failure = check.failure_info.failure
                label = recorder.cases[case_id].value.operation.label
                said = f"{failure.message}\n{check.failure_info.code_sample}"
                outcome.failures.setdefault((check.name, failure.title, label), said)


def _schema(
    office: Served, document: Document, role: str, budget: Budget, everything: Chosen
) -> Any:
    known = known_values(office)
    asked = {phase for phases in everything.values() for phase in phases}
    config = {
        "seed": budget.seed,
        # One role is held, so that naming another would only be refused as such, again and again.
        "headers": office.caller(role).headers | {ROLE_HEADER: role},
        "continue-on-failure": True,
        "max-stream-events": 2,
        "generation": {
            "max-examples": budget.examples,
            "deterministic": budget.repeatable,
            "database": "none",
            "no-shrink": True,
        },
        "phases": {
            "examples": {"fill-missing": True, "enabled": "examples" in asked},
            "coverage": {"enabled": "coverage" in asked},
            "fuzzing": {"enabled": "fuzzing" in asked},
            "stateful": {
                "enabled": "stateful" in asked,
                "max-steps": budget.steps,
                # What is malformed leads nowhere; it is asked in the other phases.
                "generation": {"mode": "positive"},
            },
        },
        "checks": CHECKS,
        "dictionaries": {name: {"values": values} for name, values in known.items()},
        "parameters": {where: _often(name) for where, name in _bound(known)},
        "operations": [
            *_left_out(asked, everything),
            *(
                {
                    "include-path-regex": f"^{PREFIX}{address(kind)}/",
                    "parameters": {"path.number": _often(kind.value)},
                }
                for kind in NAMES
                if kind.value in known
            ),
        ],
    }
    loaded = schemathesis.openapi.from_dict(document, config=SchemathesisConfig.from_dict(config))
    loaded.app = _running(office)
    _hook(loaded, office)
    return loaded


def _left_out(asked: Collection[str], everything: Chosen) -> Iterator[dict[str, Any]]:
    for phase in sorted(asked):
        left = [name for name, phases in everything.items() if phase not in phases]
        if left:
            yield {"include-operation-id": left, "phases": {phase: {"enabled": False}}}


def _often(name: str) -> dict[str, Any]:
    return {"dictionary": name, "probability": 0.8}


def _running(office: Served) -> Any:
    """The application as it runs already, so that it is not started a second time."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise RuntimeError("only requests are passed on: the application runs already")
        await office.app(scope, receive, send)

    return app


def known_values(office: Served) -> dict[str, list[Any]]:
    """Numbers that are on the ledger by kind, terms by code table, days, figures, positions."""
    known: dict[str, list[Any]] = {
        "days": ["2020-03-02", "2020-07-15", "2020-12-31", "2021-01-04"],
        "figures": ["leads.received", "forms.first", "sanctions.persons"],
    }
    for name, table in code_tables().items():
        known[f"code:{name}"] = [term.value for term in table.terms.values()]
    with reading(office.desk.engine) as connection:
        for kind, table in NAMES.items():
            statement = f'SELECT "{CONCEPTS[kind].key}" FROM {table} ORDER BY 1 LIMIT 5'
            found = list(connection.exec_driver_sql(statement).scalars())
            if found:
                known[kind.value] = found
    return known


def _bound(known: dict[str, list[Any]]) -> Iterator[tuple[str, str]]:
    """Where values are put, and which: fields of bodies by what the domain marks them as."""
    from api.policy import offered

    yield from (("path.code", "figures"), ("query.from", "days"), ("query.to", "days"))
    for each in offered():
        index = field_index(each.act.command)
        marks = [(name, f"code:{table}") for name, table in index.codes]
        marks += [(name, kind.value) for name, kind in index.references]
        marks += [(name, "days") for name in index.names if name.endswith("_on")]
        for name, values in marks:
            if values in known:
                yield f"body.{name}", values
                yield f"body.{name}[*]", values


def _hook(loaded: Any, office: Served) -> None:
    numbers = count(1)

    @loaded.hook
    def map_case(context: HookContext, case: Case) -> Case:
        """Of what is well formed three in four also make sense together."""
        if case.meta is not None and not case.meta.generation.mode.is_negative:
            number = next(numbers)
            if case.method == "POST":
                case.headers["Idempotency-Key"] = f"asked-{number}"
            if number % 4:
                _make_sense(office, case, now=number % 2 == 1)
        return case

    @loaded.hook
    def filter_failure(
        context: HookContext, failure: Exception, case: Case, response: Response
    ) -> bool:
        """What no schema can say is no failure of a schema."""
        if not isinstance(failure, RejectedPositiveData):
            return True
        return response.json().get("code") not in UNSAID


def _make_sense(office: Served, case: Case, *, now: bool) -> None:
    """Only one moment, none beyond the head, no cursor of nobody's, the version that is held."""
    query = case.query or {}
    query.pop("cursor", None)
    if now:
        query.pop("as_of", None)
        query.pop("at_position", None)
    elif "as_of" in query:
        query.pop("at_position", None)
    head = office.desk.ledger.head()
    for name in {"at_position", "min_position", "after"} & query.keys():
        query[name] = int(query[name]) % (head + 1)
    if "from" in query and "to" in query:
        query["from"], query["to"] = sorted((query["from"], query["to"]))
    if case.method == "POST":
        held = _held(office, case)
        case.headers.pop("If-Match", None)
        if held is not None:
            case.headers["If-Match"] = f'"{held}"'


def _held(office: Served, case: Case) -> int | None:
    """The version of the record that a further act is on."""
    number = (case.path_parameters or {}).get("number")
    segment = case.path.removeprefix(PREFIX).split("/")[1]
    kinds = [kind for kind in NAMES if address(kind) == f"/{segment}"]
    if number is None or not kinds:
        return None
    history = office.desk.ledger.history(stream_name(kinds[0], number))
    return max((each.event.version for each in history), default=None)
