"""专项整治: facts, state and decisions."""
