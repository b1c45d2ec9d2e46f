"""处分: facts, state and decisions."""
