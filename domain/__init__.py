"""The law of the ledger: facts, states, decisions that may refuse. Standard library only."""
