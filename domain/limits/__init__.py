"""时限: how long the law gives for an act, as dated data, and tighter local limits."""
