"""日常监督: facts, state and decisions."""
