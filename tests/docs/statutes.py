"""The table of statutes and the drawings of lifecycles, made from the code's own tables.

``python -m tests.docs.statutes`` writes docs/statutes.md and docs/lifecycles.md.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from domain.acts import ACTS
from domain.concepts import CONCEPTS
from domain.lifecycles import LIFECYCLES
from domain.limits.limits import limits
from domain.streams import TITLES
from domain.terms import TERMS
from tests.domain.proof import PROOFS

ROOT = Path(__file__).parents[2]
STATUTES, DRAWINGS = ROOT / "docs" / "statutes.md", ROOT / "docs" / "lifecycles.md"

_NUMBERED = re.compile(r"^\s*(\d+)\. (.*)$")
_PROVISION = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)\.?$")
#: What a provision may be: a law or rule by its name, or a default of the ledger, said to be one.
NAMED = re.compile(r"《|台账规则|可配置|C2SP|RFC")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a decision, with its provision and the tests that prove it."""

    module: str
    function: str
    number: int
    text: str
    provision: str | None

    @property
    def tests(self) -> list[str]:
        """The tests that are marked as its proof."""
        load_tests()
        return sorted(set(PROOFS.get((self.module, self.function, self.number), ())))

    @property
    def package(self) -> str:
        """The package of the domain that decides it."""
        return self.module.split(".")[1]


@cache
def load_tests() -> None:
    """Import every test of the domain, so that their marks are known."""
    for file in sorted((ROOT / "tests" / "domain").rglob("test_*.py")):
        import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))


def deciding() -> Iterator[Callable[..., Any]]:
    """Every function with rules: the checks of records and the decisions on acts."""
    seen: set[Callable[..., Any]] = set()
    checks = (concept.check for concept in CONCEPTS.values() if concept.check)
    for function in (*checks, *(act.decide for act in ACTS.values())):
        if function not in seen:
            seen.add(function)
            yield function


def rules_of(function: Callable[..., Any]) -> list[Rule]:
    """The numbered rules of a function's docstring."""
    found: list[tuple[int, list[str]]] = []
    for line in (inspect.getdoc(function) or "").splitlines():
        numbered = _NUMBERED.match(line)
        if numbered:
            found.append((int(numbered[1]), [numbered[2]]))
        elif found and line.strip() and line.startswith("   "):
            found[-1][1].append(line.strip())
        elif found:
            break
    return [_rule(function, number, " ".join(lines)) for number, lines in found]


def _rule(function: Callable[..., Any], number: int, said: str) -> Rule:
    provision = _PROVISION.search(said)
    text = said[: provision.start()].rstrip() if provision else said
    named = provision[1] if provision else None
    return Rule(function.__module__, function.__name__, number, text.rstrip(".") + ".", named)


def every_rule() -> list[Rule]:
    """Every rule of every decision, in the order of the catalogue."""
    return [rule for function in deciding() for rule in rules_of(function)]


# -- docs/statutes.md ----------------------------------------------------------------------


def statutes() -> str:
    """The document of rules, limits and terms."""
    parts = [
        "# Statutes",
        "",
        "Generated from the decisions, limits and tests (`make docs`); a test keeps it so.",
        "「台账规则」 is a rule of the ledger itself, 「可配置」 a default that data can change.",
        "",
    ]
    for kind, concept in CONCEPTS.items():
        acts = [act.decide for act in ACTS.values() if act.kind is kind]
        functions = list(dict.fromkeys([*([concept.check] if concept.check else []), *acts]))
        rules = [rule for function in functions for rule in rules_of(function)]
        if rules:
            parts += [f"## {TITLES[kind]}", "", *_rules_table(rules), ""]
    return "\n".join([*parts, *_limits_table(), "", *_terms_table(), ""])


def _rules_table(rules: list[Rule]) -> Iterator[str]:
    yield "| decided in | rule | provision | proved by |"
    yield "| --- | --- | --- | --- |"
    for rule in rules:
        tests = "<br>".join(f"`{test.rpartition('::')[2]}`" for test in rule.tests)
        where = f"`{rule.function}` {rule.number}"
        yield f"| {where} | {rule.text} | {rule.provision or ''} | {tests} |"


def _limits_table() -> Iterator[str]:
    yield "## Time limits (时限)"
    yield ""
    yield "V: text seen; V2: quoted at second hand; M: from memory. V2 and M are defaults."
    yield ""
    yield "| rule | 名称 | limit | in force from | provision | basis |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for rule, versions in sorted(limits().items()):
        for each in versions:
            since = each.since or ""
            cells = (f"`{rule}`", each.title, each.text, since, each.provision, each.basis)
            yield f"| {' | '.join(map(str, cells))} |"


def _terms_table() -> Iterator[str]:
    yield "## Terms (期限): what sets a limit running and what ends it"
    yield ""
    yield "| rule | opened by | extended by | closed by |"
    yield "| --- | --- | --- | --- |"
    names = {cls: name for concept in CONCEPTS.values() for name, cls in concept.facts.items()}
    for term in TERMS:
        marks = (term.opens, term.extends, term.closes)
        cells = [", ".join(f"`{names[mark.fact]}`" for mark in each) for each in marks]
        yield f"| `{term.rule}` | {' | '.join(cells)} |"


# -- docs/lifecycles.md --------------------------------------------------------------------


def drawings() -> str:
    """The document of lifecycles, drawn as state diagrams."""
    parts = [
        "# Lifecycles",
        "",
        "Drawn from the tables that the decisions use (`make docs`); a test keeps them so.",
        "",
    ]
    for lifecycle in LIFECYCLES:
        parts += [f"## {lifecycle.title}", "", "```mermaid", "stateDiagram-v2"]
        parts += [f"    {stage}: {title}" for stage, title in lifecycle.stages.items()]
        first = next(iter(lifecycle.stages))
        parts += [f"    [*] --> {first}: {act}" for act in lifecycle.opened_by]
        for move in lifecycle.moves:
            parts += [f"    {one} --> {other}: {move.act}" for one, other in move.arrows]
        parts += ["```", ""]
    return "\n".join(parts)


if __name__ == "__main__":
    STATUTES.write_text(statutes(), encoding="utf-8")
    DRAWINGS.write_text(drawings(), encoding="utf-8")
