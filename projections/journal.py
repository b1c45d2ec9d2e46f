"""The statistical journal: postings written once, in order, never changed."""

from operator import itemgetter

from sqlalchemy import Connection

from ledger.application import Followed
from projections.lines import lines_of
from projections.tables import JOURNAL


class Journal:
    """The read model of signed postings."""

    #: Raise when an event's lines change meaning: the live table is then rebuilt.
    LOGIC = "1"

    name = "postings"
    shape = JOURNAL

    def write(self, connection: Connection, page: list[Followed], suffix: str = "") -> int:
        """Post a page of entries; returns the postings written."""
        rows = []
        for position, event in page:
            registered_on = event["registered_on"]
            lines = lines_of(event["type"], event["data"])
            for at, (account, occurred_on, *rest) in enumerate(lines, start=1):
                rows.append((account, occurred_on, position, at, registered_on, *rest))
        if rows:
            rows.sort(key=_place)
            marks = ",".join("?" * len(JOURNAL.names))
            statement = f"INSERT INTO {self.name}{suffix} VALUES ({marks})"  # noqa: S608 -- own
            connection.exec_driver_sql(statement, rows)
        return len(rows)


_place = itemgetter(0, 1, 2, 3)
