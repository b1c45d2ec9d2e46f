"""The law of the ledger: facts, states, and the decisions that allow them. Standard library only."""
