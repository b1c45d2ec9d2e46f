"""监察措施: facts, state, decisions, and which measures the law knows, as dated data."""
