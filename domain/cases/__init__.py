"""立案: facts, state and decisions."""
