"""问题线索: facts, state and decisions."""
