"""Resolved, confirmed, opened again, closed."""
