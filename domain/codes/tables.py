"""Code tables read from the ``.toml`` files beside this module: terms, and when in force."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Term:
    """One official term; ``since`` and ``until`` are the first and last day in force, if set."""

    value: str
    english: str
    since: date | None = None
    until: date | None = None
    form: str | None = None

    def in_force(self, on: date) -> bool:
        """Whether the term could be used on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class CodeTable:
    """The terms of one field, with the source that names them."""

    name: str
    title: str
    source: str
    terms: Mapping[str, Term]
    aliases: Mapping[str, str]

    def in_force(self, value: str, on: date) -> bool:
        """Whether ``value`` is a term of this table on that day."""
        term = self.terms.get(value)
        return term is not None and term.in_force(on)


def _table(name: str, data: dict[str, Any]) -> CodeTable:
    terms = {value: Term(value=value, **more) for value, more in data["terms"].items()}
    return CodeTable(name, data["title"], data["source"], terms, data.get("aliases", {}))


@lru_cache(maxsize=1)
def code_tables() -> Mapping[str, CodeTable]:
    """All tables by name; ValueError for a table in two files."""
    return read_tables(_FOLDER)


def read_tables(folder: Path) -> Mapping[str, CodeTable]:
    """The tables of every ``.toml`` file of a folder; ValueError for a table in two files."""
    found: dict[str, CodeTable] = {}
    for file in sorted(folder.glob("*.toml")):
        for name, data in tomllib.loads(file.read_text(encoding="utf-8"))["tables"].items():
            if name in found:
                raise ValueError(f"table {name} is in two files")
            found[name] = _table(name, data)
    return found


@cache
def code_table(name: str) -> CodeTable:
    """One table; KeyError for a name that does not exist."""
    return code_tables()[name]


def form_of_measure(measure: str, on: date) -> str | None:
    """The form (形态) that a measure belongs to on a day, or None where the index names none."""
    table = code_table("measure")
    term = table.terms.get(table.aliases.get(measure, measure))
    return term.form if term is not None and term.in_force(on) else None
