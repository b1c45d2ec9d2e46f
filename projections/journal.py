"""The statistical journal: postings written once, in order, never changed."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from ledger.application import Followed
from projections.line import Line
from projections.lines import ADDS, RECORDS, REVERSES, lines_of
from projections.store import inserted
from projections.tables import JOURNAL, Shape

Row = tuple[Any, ...]
_QUANTITY = JOURNAL.names.index("quantity")
_REGISTERED = JOURNAL.names.index("registered_on")


class Journal:
    """The read model of signed postings."""

    #: Raise when an event's lines change meaning: the live table is then rebuilt.
    LOGIC = "2"

    name = "postings"
    shapes: tuple[Shape, ...] = (JOURNAL,)

    @property
    def wants(self) -> Iterable[str]:
        """Stored names of the events that have lines."""
        return (*ADDS, *RECORDS, *REVERSES)

    def write(self, connection: Connection, entries: list[Followed], suffix: str = "") -> int:
        """Post entries; returns the postings written."""
        rows: list[Row] = []
        for position, event in entries:
            registered_on = event["registered_on"]
            lines = list(lines_of(event["type"], event["data"]))
            reverses = event["type"] in RECORDS or event["type"] in REVERSES
            known = self._known(connection, suffix, rows, lines) if reverses else {}
            for at, line in enumerate(lines):
                since = max(registered_on, known.get((line.account, line.item), registered_on))
                rows.append((*line, since, position, at))
        if rows:
            rows.sort(key=_place)
            inserted(connection, f"{self.name}{suffix}", JOURNAL.names, rows)
        return len(rows)

    def _known(
        self, connection: Connection, suffix: str, pending: list[Row], lines: list[Line]
    ) -> dict[tuple[str, str], str]:
        """When the lines that a correction reverses came to be known.

        A correction counts from its own registration, but never from before what it reverses: of
        a case closed in May, a correction of March first shows in the closing in May.
        """
        found: dict[tuple[str, str], str] = {}
        for line in lines:
            if line.quantity < 0:
                known = self._registered(connection, suffix, pending, line)
                key = (line.account, line.item)
                found[key] = max(known, found.get(key, known))
        return found

    def _registered(
        self, connection: Connection, suffix: str, pending: list[Row], line: Line
    ) -> str:
        for row in reversed(pending):
            if row[:4] == line[:4] and row[_QUANTITY] > 0:
                return str(row[_REGISTERED])
        statement = (
            f"SELECT MAX(registered_on) FROM {self.name}{suffix} WHERE account = ? "  # noqa: S608
            "AND occurred_on = ? AND stream = ? AND item = ? AND quantity > 0"
        )
        return str(connection.exec_driver_sql(statement, line[:4]).scalar_one() or "")


#: Rows in the order of the table's key: account, then date.
_place = itemgetter(0, 1)
