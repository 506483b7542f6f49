"""Saying which tier a report is that nobody has classified. Source: D44."""
