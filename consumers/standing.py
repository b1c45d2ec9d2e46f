"""How consumers and publishers stand, told by the ledger's database without asking Kafka."""

from datetime import datetime
from typing import NamedTuple

from consumers.tables import are_made, read
from ledger.application import Ledger


class Lag(NamedTuple):
    """How far something has come: what comes next, and how much was there when it last looked.

    ``behind`` is None, and so is ``seen_at`` (an instant, as text), where it never looked.
    """

    name: str
    position: int
    behind: int | None
    seen_at: str | None


class State(NamedTuple):
    """What a worker last said of itself: running, waiting, stopped or alarm, and why; since when.

    ``code`` says why it waits or has stopped, empty where it runs; ``at`` is an instant as text.
    """

    name: str
    state: str
    code: str
    detail: str
    at: str


def say(ledger: Ledger, name: str, state: str, code: str = "", detail: str = "") -> None:
    """Keep what a worker says of itself, in the place of what it said before."""
    with ledger.transaction() as transaction:
        transaction.run(
            "INSERT INTO consumer_states VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET "
            "state = excluded.state, code = excluded.code, detail = excluded.detail, "
            "at = excluded.at",
            (name, state, code, detail, transaction.recorded_at.isoformat()),
        )


def states(ledger: Ledger) -> list[State]:
    """What each worker last said of itself."""
    if not are_made(ledger):
        return []
    rows = read(ledger, "SELECT name, state, code, detail, at FROM consumer_states ORDER BY name")
    return [State(*row) for row in rows]


def seconds_since(at: str, now: datetime) -> float:
    """How long an instant told as text is past."""
    return (now - datetime.fromisoformat(at)).total_seconds()
