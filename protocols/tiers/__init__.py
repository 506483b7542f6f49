"""Raising and lowering the tier."""
