"""The ledger's recorder on PostgreSQL keeps the library's contract."""

from typing import Any

from ledger.postgresql import PostgresLedgerRecorder
from tests.ledger.library import OnAServer, WithTextIds, no_benchmark, persistence


class Recorder(OnAServer):
    def create_recorder(self) -> PostgresLedgerRecorder:
        recorder = self.open_factory().application_recorder()
        assert isinstance(recorder, PostgresLedgerRecorder)
        return recorder


class TestApplicationRecorder(Recorder, persistence.ApplicationRecorderTestCase[Any]):
    test_performance = no_benchmark


class TestApplicationRecorderWithTextIds(WithTextIds, TestApplicationRecorder):
    pass


class TestNonInterleavingPositions(Recorder, persistence.NonInterleavingNotificationIDsBaseCase):
    insert_num = 1000


class TestNonInterleavingPositionsWithTextIds(WithTextIds, TestNonInterleavingPositions):
    pass
