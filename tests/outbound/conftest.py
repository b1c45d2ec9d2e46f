"""What goes out of a ledger that knows every fact."""

from tests.ledger.conftest import told

__all__ = ["told"]
