"""单位: facts, state and decisions."""
