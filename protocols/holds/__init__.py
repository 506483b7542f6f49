"""Stops of payments, of causes, of erasure."""
