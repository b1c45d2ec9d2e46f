"""How code here reads, kept by a test: sizes, clocks and chance as arguments, layers, names."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from projections.indicators import base_definitions

ROOT = Path(__file__).parents[2]
PACKAGES = ("domain", "ledger", "projections", "reports", "consumers", "api", "cli")

#: Top-level packages there may be: those that ship, and what measures and tests them.
SHIPPED = {*PACKAGES, "api"}
BESIDE = {"bench", "tests"}

MODULE, TEST_MODULE, FUNCTION, COLUMNS = 300, 400, 50, 100

#: A remark to a tool, which has its reason behind it, is not counted.
PRAGMA = re.compile(r"  # (noqa|type: ignore).*$")

#: What reads a clock, draws at random or looks around; arguments elsewhere.
READS = {"now", "today", "utcnow", "uuid1", "uuid4", "environ", "getenv", "urandom", "time"}
MODULES = {"datetime", "date", "uuid", "os", "random", "secrets", "time"}

#: Where they may be read, and why.
EXCEPTIONS = {
    "ledger/application.py: datetime.now": "the clock that every other reading is given",
}

UNITS = {
    "petitions.received": "件次",
    "petitions.accusations": "件次",
    "leads.received": "件",
    "leads.persons": "人",
    "leads.disposed": "件",
    "leads.disposed.talk_inquiry": "件",
    "leads.disposed.preliminary_verification": "件",
    "leads.disposed.held": "件",
    "leads.disposed.closed": "件",
    "cases.filed": "件",
    "cases.closed": "件",
    "cases.transferred_to_procuratorate": "件",
    "sanctions.persons": "人",
    "sanctions.party.persons": "人",
    "sanctions.administrative.persons": "人",
    "sanctions.persons.rank.provincial_ministerial": "人",
    "sanctions.persons.rank.department_bureau": "人",
    "sanctions.persons.rank.county_division": "人",
    "sanctions.persons.rank.township_section": "人",
    "sanctions.persons.rank.general": "人",
    "sanctions.persons.rank.rural_enterprise_other": "人",
    "forms.total": "人次",
    "forms.first": "人次",
    "forms.second": "人次",
    "forms.third": "人次",
    "forms.fourth": "人次",
    "forms.persons": "人",
    "recommendations.issued": "份",
    "recommendations.issued.discipline": "份",
    "recommendations.issued.supervision": "份",
    "recommendations.issued.joint": "份",
    "recommendations.suggestions": "条",
    "inspections.rounds.regular": "轮",
    "inspections.rounds.special": "轮",
    "inspections.rounds.mobile": "轮",
    "inspections.rounds.cross": "轮",
    "inspections.rounds.lookback": "轮",
    "inspections.units.regular": "个",
    "inspections.units.special": "个",
    "inspections.units.mobile": "个",
    "inspections.units.cross": "个",
    "inspections.units.lookback": "个",
    "inspections.problems.regular": "个",
    "inspections.problems.special": "个",
    "inspections.problems.mobile": "个",
    "inspections.problems.cross": "个",
    "inspections.problems.lookback": "个",
    "inspections.leads": "件",
    "inspections.lead_persons": "人",
    "inspections.forms.persons": "人",
    "inspections.sanctions.persons": "人",
    "inspections.work_suggestions": "条",
    "inspections.work_suggestions.receivers": "个",
    "supervision.checks": "次",
    "archives.managed": "份",
    "window.matters": "件",
}


def modules(*folders: str) -> list[Path]:
    """Every module of these packages."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name(path: Path) -> str:
    """A module's path as people write it."""
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> list[str]:
    """The lines of a module."""
    return path.read_text(encoding="utf-8").splitlines()


def nodes(path: Path) -> Iterator[ast.AST]:
    """Everything a module says."""
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def test_a_module_is_read_in_a_sitting() -> None:
    long = {name(path): len(lines(path)) for path in modules(*PACKAGES)}
    long |= {name(path): len(lines(path)) - (TEST_MODULE - MODULE) for path in modules("tests")}
    assert {path: length for path, length in long.items() if length > MODULE} == {}


def test_a_function_fits_on_a_screen() -> None:
    long = [
        f"{name(path)}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in modules(*PACKAGES, "tests")
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > FUNCTION
    ]
    assert long == []


def test_a_line_has_at_most_a_hundred_columns() -> None:
    wide = [
        f"{name(path)}:{number}"
        for path in modules(*PACKAGES, "tests")
        for number, line in enumerate(lines(path), start=1)
        if len(PRAGMA.sub("", line)) > COLUMNS
    ]
    assert wide == []


def readings(path: Path) -> Iterator[str]:
    """Where a module reads a clock, draws at random, or looks at its surroundings."""
    for node in nodes(path):
        if isinstance(node, ast.Attribute) and node.attr in READS:
            said = ast.unparse(node)
            if MODULES & set(said.split(".")):
                yield f"{name(path)}: {said}"
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            taken = {alias.name for alias in node.names} & READS
            yield from (f"{name(path)}: {node.module}.{each}" for each in taken)


def test_time_identity_chance_and_surroundings_are_arguments() -> None:
    outside = [p for p in modules(*PACKAGES) if not name(p).startswith(("cli/", "ledger/settings"))]
    found = {reading for path in outside for reading in readings(path)}
    assert found == EXCEPTIONS.keys()


def test_the_clock_is_read_where_the_exceptions_say() -> None:
    """A test that cannot fail is worse than none: the search finds what is known to be there."""
    assert "cli/imports.py: uuid.uuid4" in set(readings(ROOT / "cli" / "imports.py"))


def test_nothing_is_left_for_later() -> None:
    later = re.compile(
        r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b"
    )
    left = [
        f"{name(path)}:{number}"
        for path in modules(*PACKAGES, "tests", "bench")
        for number, line in enumerate(lines(path), start=1)
        if later.search(line)
    ]
    assert left == []


def test_each_layer_imports_only_what_is_below_it() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:]


def test_no_top_level_package_but_the_agreed_ones() -> None:
    found = {path.parent.name for path in ROOT.glob("[a-z]*/*.py")}
    found |= {path.parents[1].name for path in ROOT.glob("[a-z]*/*/__init__.py")}
    assert found <= SHIPPED | BESIDE
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert set(wheel) == found - BESIDE
    assert set(project["tool"]["importlinter"]["root_packages"]) == found - BESIDE
    assert set(project["tool"]["mypy"]["packages"]) == found - BESIDE


def test_the_figures_are_the_agreed_ones_each_in_its_unit() -> None:
    defined = {indicator.code: indicator.unit for indicator in base_definitions().indicators}
    assert defined == UNITS
