"""The faces that the ledger shows over HTTP."""
