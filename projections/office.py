"""An office's ledger opened: settings, event store, transparency log, read models."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Engine

from ledger.application import Clock, Ledger, utc_now
from ledger.audit.merkle import tree_hash
from ledger.audit.sequencer import LogStore, sequence
from ledger.settings import Settings
from projections.runner import Runner, no_progress
from projections.store import close_engine, open_engine

#: What the tables of the second tree begin with.
TWIN = "log_sm3"


@dataclass(frozen=True)
class Office:
    """The ledger and what follows it, each opened when first needed."""

    settings: Settings

    @property
    def clock(self) -> Clock:
        """What tells the instant."""
        return utc_now

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger, created if it is not there."""
        return Ledger.open(self.settings, clock=self.clock)

    @cached_property
    def engine(self) -> Engine:
        """The database of the read models."""
        return open_engine(self.settings)

    @cached_property
    def runner(self) -> Runner:
        """What brings the read models up to the ledger's head."""
        return Runner(self.ledger, self.engine)

    @cached_property
    def log(self) -> LogStore:
        """The transparency log."""
        return LogStore(self.ledger)

    @cached_property
    def twin(self) -> LogStore | None:
        """The second tree with SM3, where the settings ask for one."""
        if not self.settings.log_sm3:
            return None
        return LogStore(self.ledger, tree_hash("sm3"), TWIN)

    def catch_up_models(self, progress: Callable[[int], None] = no_progress) -> int:
        """Bring the read models up to the head; returns the position reached.

        On a replica they come with it, as far as it has come.
        """
        if self.ledger.store.is_replica:
            return min(self.runner.positions().values())
        return self.runner.catch_up(progress)

    def follow(self, sequenced: Callable[[int], None] = no_progress) -> None:
        """Bring the log up to the head; on a replica it comes with it."""
        if self.ledger.store.is_replica:
            return
        sequence(self.log, sequenced)
        if self.twin is not None:
            sequence(self.twin)

    def close(self) -> None:
        """Let go of the database."""
        if "engine" in self.__dict__:
            close_engine(self.engine)
        if "ledger" in self.__dict__:
            self.ledger.close()
