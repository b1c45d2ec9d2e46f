"""机构: facts, state and decisions."""
