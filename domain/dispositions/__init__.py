"""四种形态: facts, state and decisions."""
