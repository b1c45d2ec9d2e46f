"""更正: facts, state and decisions."""
