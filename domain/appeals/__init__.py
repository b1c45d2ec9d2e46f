"""申诉、复审、复核和违法办案申诉: facts, state and decisions."""
