"""统计表: a published statement, pinned to the log by the hash of its manifest."""
