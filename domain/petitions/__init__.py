"""信访举报: facts, state and decisions."""
