"""授权: facts, state and decisions."""
