"""廉政档案: facts, state and decisions."""
