"""Stops of payments, of words about the cause, of erasure."""
