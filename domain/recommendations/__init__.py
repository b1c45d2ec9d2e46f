"""纪检监察建议: facts, state and decisions."""
