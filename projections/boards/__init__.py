"""Boards: lists of the work as it stands, each a query over the read models."""
