"""How far the publisher has come, told by the ledger's database without asking Kafka."""

from consumers.outbound.places import NAME, Places
from consumers.standing import Lag
from consumers.tables import are_made
from ledger.application import Ledger


def lags(ledger: Ledger) -> list[Lag]:
    """The publisher and the position it has published; empty where nothing ever was."""
    if not are_made(ledger):
        return []
    known = Places(ledger).known()
    if known is None:
        return []
    position = known.place.position
    return [Lag(NAME, position, max(0, ledger.head() - position), known.seen_at)]
