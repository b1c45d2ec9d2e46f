"""How far the intake has come in each partition, and what waits to be told of dead letters."""

from collections.abc import Mapping

from consumers.standing import Lag
from consumers.tables import are_made, read
from ledger.application import Ledger

#: What the topic of a sender's dead letters has behind its own name.
DEAD_LETTERS = ".dlq"


def tell_ends(ledger: Ledger, ends: Mapping[tuple[str, int], int]) -> None:
    """Keep where partitions end, by topic and number, as of now."""
    with ledger.transaction() as transaction:
        seen_at = transaction.recorded_at.isoformat()
        for (topic, partition), end in ends.items():
            transaction.run(
                "INSERT INTO inbound_ends VALUES (?, ?, ?, ?) ON CONFLICT (topic, partition) "
                "DO UPDATE SET end_offset = excluded.end_offset, seen_at = excluded.seen_at",
                (topic, partition, end, seen_at),
            )


def lags(ledger: Ledger) -> list[Lag]:
    """Each partition that was begun (``topic/number``), and each topic of dead letters."""
    if not are_made(ledger):
        return []
    partitions = read(
        ledger,
        "SELECT p.topic, p.partition, p.next_offset, e.end_offset, e.seen_at "
        "FROM inbound_places p LEFT JOIN inbound_ends e "
        "ON e.topic = p.topic AND e.partition = p.partition ORDER BY p.topic, p.partition",
    )
    found = [
        Lag(f"{topic}/{number}", at, None if end is None else max(0, end - at), seen_at)
        for topic, number, at, end, seen_at in partitions
    ]
    letters = read(
        ledger,
        "SELECT o.topic, COALESCE(MAX(p.next_number), 0), "
        "COUNT(CASE WHEN o.number >= COALESCE(p.next_number, 0) THEN 1 END) "
        "FROM dead_letter_outbox o LEFT JOIN dead_letter_places p ON p.topic = o.topic "
        "GROUP BY o.topic ORDER BY o.topic",
    )
    now = ledger.clock().isoformat()
    found += [Lag(f"{topic}{DEAD_LETTERS}", at, behind, now) for topic, at, behind in letters]
    return found


def dead_letters(ledger: Ledger) -> dict[str, int]:
    """How many letters are dead, and how many are parked behind them."""
    none = {"dead": 0, "parked": 0}
    if not are_made(ledger):
        return none
    rows = read(
        ledger,
        "SELECT state, COUNT(*) FROM dead_letters WHERE state IN ('dead', 'parked') GROUP BY state",
    )
    return none | dict(rows)
