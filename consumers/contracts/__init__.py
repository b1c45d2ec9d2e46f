"""What other systems may tell this ledger: versioned messages, each for one legal act."""
