"""What is computed from the ledger: read models, the statistical journal, and the figures."""
