"""Targets that near or have passed, and who answers for them."""
