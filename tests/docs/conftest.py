"""The ledger whose facts are told."""

from tests.outbound.conftest import told

__all__ = ["told"]
