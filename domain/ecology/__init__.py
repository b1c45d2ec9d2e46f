"""政治生态分析研判: facts, state and decisions."""
