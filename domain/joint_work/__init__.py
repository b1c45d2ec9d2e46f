"""联合办案（室组街、室组地）: facts, state and decisions."""
