"""The statistical journal: postings written once, in order, never changed."""

from collections.abc import Iterable
from operator import itemgetter

from sqlalchemy import Connection

from ledger.application import Followed
from projections.lines import ADDS, RECORDS, lines_of
from projections.tables import JOURNAL


class Journal:
    """The read model of signed postings."""

    #: Raise when an event's lines change meaning: the live table is then rebuilt.
    LOGIC = "1"

    name = "postings"
    shape = JOURNAL

    @property
    def wants(self) -> Iterable[str]:
        """Stored names of the events that have lines."""
        return (*ADDS, *RECORDS)

    def write(self, connection: Connection, entries: list[Followed], suffix: str = "") -> int:
        """Post entries; returns the postings written."""
        rows = []
        for position, event in entries:
            registered_on = event["registered_on"]
            lines = lines_of(event["type"], event["data"])
            rows += [(*line, registered_on, position, at) for at, line in enumerate(lines)]
        if rows:
            rows.sort(key=_place)
            marks = ",".join("?" * len(JOURNAL.names))
            statement = f"INSERT INTO {self.name}{suffix} VALUES ({marks})"  # noqa: S608 -- own
            connection.exec_driver_sql(statement, rows)
        return len(rows)


#: Rows in the order of the table's key: account, then date.
_place = itemgetter(0, 1)
