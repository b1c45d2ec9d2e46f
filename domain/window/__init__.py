"""办不成事窗口: facts, state and decisions."""
