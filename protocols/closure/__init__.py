"""Resolved, confirmed, closed, or open again."""
