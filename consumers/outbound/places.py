"""Where the ledger's database says that publishing stands, and who had it go back, why.

Kafka holds the same in the transaction of the facts (``positions``); the greater of the two counts.
The place moves by compare-and-swap: a publisher that was frozen while another went on is refused.
"""

from typing import Any, NamedTuple

from consumers.tables import make_tables, read
from ledger.application import Ledger
from ledger.transaction import LedgerTransaction

#: There is one publisher of a ledger.
NAME = "publish"


class OvertakenError(Exception):
    """Another publisher went on, or somebody had it go back, since this one looked."""


class BeyondHeadError(ValueError):
    """There is no such position on the ledger."""


class Place(NamedTuple):
    """How far facts are published: later rounds count more, whatever their position.

    ``round`` is how often publishing was made to go back; ``position`` that of the last fact
    published in it, 0 before the first.
    """

    round: int
    position: int


class Known(NamedTuple):
    """The place as the database holds it; when a publisher last said so (instant as text).

    ``topic_id`` tells the topic of positions from a later one of the same name; empty where
    any is taken.
    """

    place: Place
    topic_id: str
    seen_at: str


class Rewind(NamedTuple):
    """Publishing made to go back: which round it began, who, why, from where to where."""

    round: int
    at: str
    who: str
    why: str
    left_at: int
    position: int


class Places:
    """The place of one ledger's publisher."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        make_tables(ledger)

    def known(self) -> Known | None:
        """The place, None where nothing was ever published."""
        return _only(read(self._ledger, _KNOWN, (NAME,)))

    def move(self, expected: Place | None, to: Place, topic_id: str) -> None:
        """Move the place from exactly where it was seen; OvertakenError where it is elsewhere."""
        with self._ledger.transaction() as transaction:
            _move(transaction, expected, to, topic_id)

    def go_back(self, position: int, who: str, why: str) -> Rewind:
        """Have all after a position published again, as a new round, whichever topics are there.

        BeyondHeadError for a position that the ledger has not reached.
        """
        with self._ledger.transaction() as transaction:
            if position > self._ledger.head():
                raise BeyondHeadError(position)
            found = _only(transaction.run(_KNOWN, (NAME,)))
            stood = found.place if found is not None else Place(0, 0)
            made = Rewind(
                stood.round + 1, _instant(transaction), who, why, stood.position, position
            )
            transaction.run("INSERT INTO outbound_rewinds VALUES (?, ?, ?, ?, ?, ?)", made)
            _move(transaction, found and found.place, Place(made.round, position), "")
        return made

    def began(self, round_: int) -> int:
        """The position after which a round began."""
        rows = read(
            self._ledger, "SELECT position FROM outbound_rewinds WHERE round = ?", (round_,)
        )
        return int(rows[0][0]) if rows else 0

    def rewinds(self) -> list[Rewind]:
        """Each time that publishing was made to go back, in order."""
        columns = ", ".join(Rewind._fields)
        rows = read(self._ledger, f"SELECT {columns} FROM outbound_rewinds ORDER BY round")  # noqa: S608 -- own names
        return [Rewind(*row) for row in rows]


_KNOWN = "SELECT round, position, topic_id, seen_at FROM outbound_places WHERE name = ?"


def _only(rows: list[tuple[Any, ...]]) -> Known | None:
    return Known(Place(*rows[0][:2]), *rows[0][2:]) if rows else None


def _instant(transaction: LedgerTransaction) -> str:
    return transaction.recorded_at.isoformat()


def _move(transaction: LedgerTransaction, expected: Place | None, to: Place, topic_id: str) -> None:
    if expected is None:
        made = transaction.run(
            "INSERT INTO outbound_places VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING RETURNING name",
            (NAME, *to, topic_id, _instant(transaction)),
        )
    else:
        made = transaction.run(
            "UPDATE outbound_places SET round = ?, position = ?, topic_id = ?, seen_at = ? "
            "WHERE name = ? AND round = ? AND position = ? RETURNING name",
            (*to, topic_id, _instant(transaction), NAME, *expected),
        )
    if len(made) != 1:
        raise OvertakenError(expected)
