"""Messages of other systems taken in: each exactly one effect, whatever is killed meanwhile."""
