"""The manifest of a statement: its question, its trees, and for each figure value and facts.

A right value from wrong facts is caught: each figure carries the RFC 6962 root over the leaf
indices of the events that bear on it.
"""

from base64 import b64encode
from collections.abc import Callable, Sequence
from typing import Any

import orjson
from sqlalchemy import Engine

from ledger.audit.merkle import SHA256
from ledger.audit.verifier.statements import FORMAT, contributors_root
from projections.store import reading
from reports.statement import Statement

_OPTIONS = orjson.OPT_SORT_KEYS

#: Leaf indices, ascending, of events by their positions.
LeavesAt = Callable[[Sequence[int]], list[int]]
#: Size and root (base64) of the log.
Tree = tuple[int, str]


def earlier_tree(engine: Engine, statement: Statement) -> Tree:
    """The tree that the last statement of the same period and organ rested on; else the empty."""
    period = (statement.period.first.isoformat(), statement.period.last.isoformat())
    query = (
        "SELECT size, root FROM statements WHERE period_from = ? AND period_to = ? "
        "AND COALESCE(organ, '') = ? ORDER BY position DESC LIMIT 1"
    )
    with reading(engine) as connection:
        row = connection.exec_driver_sql(query, (*period, statement.organ or "")).first()
    return (row.size, row.root) if row is not None else (0, b64encode(SHA256.empty).decode())


def manifest(statement: Statement, earlier: Tree, tree: Tree, leaves_at: LeavesAt) -> bytes:
    """The manifest's bytes: JSON with sorted keys. ``tree`` is the log that it rests on."""
    return orjson.dumps(
        {
            "format": FORMAT,
            "period_from": statement.period.first,
            "period_to": statement.period.last,
            "as_of": statement.cut.as_of,
            "organ": statement.organ,
            "from": {"size": earlier[0], "root": earlier[1]},
            "to": {"size": tree[0], "root": tree[1]},
            "definition_sha256": statement.provenance.definition_sha256,
            "code_version": statement.provenance.code_version,
            "figures": [_figure(statement, each.code, leaves_at) for each in statement.figures],
        },
        option=_OPTIONS,
    )


def _figure(statement: Statement, code: str, leaves_at: LeavesAt) -> dict[str, Any]:
    figure = next(each for each in statement.figures if each.code == code)
    leaves = leaves_at(statement.contributing[code])
    return {
        "code": code,
        "name": figure.name,
        "unit": figure.unit,
        "value": figure.value,
        "contributors": len(leaves),
        "contributors_root": contributors_root(leaves, SHA256),
    }
