"""The ledger's recorder keeps the library's contract, with UUIDs and with text as stream ids."""

from collections.abc import Sequence
from typing import Any

from eventsourcing.persistence import StoredEvent

from ledger.sqlite import DurablePool, SQLiteLedgerRecorder
from tests.ledger.library import OnAFile, WithTextIds, no_benchmark, persistence


class Recorder(OnAFile):
    def create_recorder(self) -> SQLiteLedgerRecorder:
        recorder = self.open_factory().application_recorder()
        assert isinstance(recorder, SQLiteLedgerRecorder)
        assert isinstance(recorder.datastore.pool, DurablePool)
        return recorder


class TestApplicationRecorder(Recorder, persistence.ApplicationRecorderTestCase[Any]):
    test_performance = no_benchmark


class TestApplicationRecorderWithTextIds(WithTextIds, TestApplicationRecorder):
    pass


class TestNonInterleavingPositions(Recorder, persistence.NonInterleavingNotificationIDsBaseCase):
    insert_num = 1000


class TestNonInterleavingPositionsWithTextIds(WithTextIds, TestNonInterleavingPositions):
    pass


class WithoutPositions(SQLiteLedgerRecorder):
    """The contract of an aggregate recorder is that of one without positions: it returns None."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        super().insert_events(stored_events, **kwargs)


class TestAggregateRecorder(OnAFile, persistence.AggregateRecorderTestCase):
    test_performance = no_benchmark

    def create_recorder(self) -> WithoutPositions:
        recorder = WithoutPositions(self.open_factory().datastore)
        recorder.create_table()
        return recorder


class TestAggregateRecorderWithTextIds(WithTextIds, TestAggregateRecorder):
    pass


# Not run: TrackingRecorderTestCase and ProcessRecorderTestCase. Followers keep their position in
# the read models' own transaction, so LedgerFactory leaves those recorders the library's own.
