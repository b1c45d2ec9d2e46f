"""Reading the read models as of a moment: every table at a cut-off, under its own name."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from projections.cuts import Cut
from projections.store import fetched, reading
from projections.tables import CURRENT, JOURNAL, PAST
from projections.terms import SHAPE as TERMS

#: What carries its position and registered date line by line, and is never changed.
LINES = (JOURNAL.name, TERMS.name)

#: What counts as of a day by a date of its own, whenever the ledger was told: a calendar is public.
PUBLIC = {"calendars": "published_on"}

#: Every table that can be read as of a moment.
TABLES = (*CURRENT, *LINES)


@contextmanager
def reading_at(engine: Engine, cut: Cut, tables: Iterable[str] = TABLES) -> Iterator[Connection]:
    """One consistent view of the read models as of a cut-off.

    Each of ``tables`` is named as ever and holds its rows at the cut; one not named stays as it
    stands. KeyError for a name that is none of TABLES. A position that the read models have not
    reached shows what they have: see ``reached``.
    """
    # Temporary names are looked up first. The views are made in the transaction, and go with it.
    views = () if cut == Cut() else tables
    statements = [f"CREATE TEMP VIEW {name} AS {rows_at(name, cut)}" for name in views]
    with reading(engine) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        yield connection


def named_at(cut: Cut, tables: Iterable[str]) -> str:
    """The WITH clause that has each table hold its rows at a cut, for one statement; "" for now.

    It costs less than the views of :func:`reading_at`, which every statement is prepared anew for.
    """
    if cut == Cut():
        return ""
    named = (f"{name} AS NOT MATERIALIZED ({rows_at(name, cut)})" for name in tables)
    return f"WITH {', '.join(named)} "


def reached(connection: Connection, tables: Iterable[str] = TABLES) -> int:
    """The position that every one of the tables has followed to, in the view they are read in."""
    [(position,)] = fetched(connection, reached_query(tables), ())
    return int(position)


def reached_query(tables: Iterable[str]) -> str:
    """The query of that position, a single number."""
    names = ", ".join(f"'{name}'" for name in tables)
    return f"SELECT COALESCE(MIN(position), 0) FROM followers WHERE name IN ({names})"  # noqa: S608 -- own


def rows_at(name: str, cut: Cut) -> str:
    """The query of a table's rows at a cut, under the columns of the table."""
    if name in LINES:
        return f"SELECT * FROM main.{name} WHERE {_since(cut, 'registered_on')}"  # noqa: S608
    if cut.as_of is not None and name in PUBLIC:
        return f"SELECT * FROM main.{name} WHERE {_since(cut, PUBLIC[name])}"  # noqa: S608 -- own
    columns = ", ".join(f'"{each}"' for each in CURRENT[name].names)
    since = _since(cut, "known_on")
    return (
        f"SELECT {columns} FROM main.{name} WHERE {since} UNION ALL "  # noqa: S608 -- own
        f"SELECT {columns} FROM main.{PAST[name].name} WHERE {since} AND {_until(cut)}"
    )


def _since(cut: Cut, date_column: str) -> str:
    if cut.as_of is not None:
        return f"{date_column} <= '{cut.as_of.isoformat()}'"
    return f"position <= {int(cut.at_position or 0)}"


def _until(cut: Cut) -> str:
    if cut.as_of is not None:
        return f"until_known_on > '{cut.as_of.isoformat()}'"
    return f"until_position > {int(cut.at_position or 0)}"
