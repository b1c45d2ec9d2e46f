"""Facts of this ledger told to other systems: each once, in order, without personal data."""
