"""Benchmarks: ours, the raw limit, and what a user would pick instead, in one run."""
