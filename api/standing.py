"""Where the server stands: how far read models and log have followed, and whether they still do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.follower import Follower
from consumers.inbound.lags import dead_letters, lags
from consumers.outbound.lags import lags as published
from consumers.standing import Lag as ConsumerLag
from consumers.standing import State, states
from projections.office import Office
from projections.runner import Lag


@dataclass(frozen=True, slots=True)
class Standing:
    """Positions as of one reading; ``failure`` is why following fails now, a type's name."""

    position: int
    read_models: tuple[Lag, ...]
    log_size: int
    log_position: int
    failure: str | None

    @property
    def log_behind(self) -> int:
        """How many positions the log is behind the ledger."""
        return max(0, self.position - self.log_position)

    @property
    def is_ready(self) -> bool:
        """Whether what is recorded will be seen: being a little behind is no fault."""
        return self.failure is None

    @property
    def document(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "status": "ready" if self.is_ready else "unready",
            "position": self.position,
            "read_models": [
                {"name": each.name, "position": each.position, "behind": max(0, each.behind)}
                for each in self.read_models
            ],
            "log": {
                "size": self.log_size,
                "position": self.log_position,
                "behind": self.log_behind,
            },
            "failure": self.failure,
        }


def standing_of(office: Office, follower: Follower) -> Standing:
    """Where an office stands that a follower keeps up to date."""
    head, log = office.ledger.head(), office.log.state()
    failure = follower.failure if follower.is_running else (follower.failure or "NotRunning")
    return Standing(head, tuple(office.runner.lags()), log.size, log.position, failure)


@dataclass(frozen=True, slots=True)
class Consumers:
    """How consumers and publishers stand, and how many dead letters wait, at an instant."""

    at: datetime
    lags: tuple[ConsumerLag, ...]
    states: tuple[State, ...]
    letters: dict[str, int]


def consumers_of(office: Office) -> Consumers:
    """How those of an office stand, as its database says; no broker is asked."""
    ledger = office.ledger
    found = (*lags(ledger), *published(ledger))
    return Consumers(ledger.clock(), found, tuple(states(ledger)), dead_letters(ledger))
