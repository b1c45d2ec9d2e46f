"""监督对象: facts, state and decisions."""
