"""巡察: facts, state and decisions."""
