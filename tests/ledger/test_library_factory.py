"""The ledger's factory keeps the library's contract."""

from typing import Any

import pytest
from eventsourcing.sqlite import (
    SQLiteAggregateRecorder,
    SQLiteProcessRecorder,
    SQLiteTrackingRecorder,
)

from ledger.sqlite import LedgerFactory, SQLiteLedgerRecorder
from tests.ledger.library import OnAFile, persistence


class TrackingRecorderSubclass(SQLiteTrackingRecorder):
    pass


def no_cipher(self: Any) -> None:
    """The library's cipher needs pycryptodome, and the ledger refuses its settings."""
    pytest.skip("the ledger refuses the library's cipher: test_opening.py")


class TestFactory(OnAFile, persistence.InfrastructureFactoryTestCase[LedgerFactory]):
    test_mapper_with_cipher = no_cipher
    test_mapper_with_cipher_and_compressor = no_cipher
    test_mapper_with_wrong_cipher_key = no_cipher

    def expected_factory_class(self) -> type[LedgerFactory]:
        return LedgerFactory

    def expected_aggregate_recorder_class(self) -> type[SQLiteAggregateRecorder]:
        return SQLiteAggregateRecorder

    def expected_application_recorder_class(self) -> type[SQLiteLedgerRecorder]:
        return SQLiteLedgerRecorder

    def expected_tracking_recorder_class(self) -> type[SQLiteTrackingRecorder]:
        return SQLiteTrackingRecorder

    def tracking_recorder_subclass(self) -> type[SQLiteTrackingRecorder]:
        return TrackingRecorderSubclass

    def expected_process_recorder_class(self) -> type[SQLiteProcessRecorder]:
        return SQLiteProcessRecorder


# Not run: TranscoderTestCase. The ledger has no transcoder: facts are read by their type
# (test_mapper_reads.py), and NoTranscoder refuses to be used (test_mapper_writes.py).
