"""Stops of payments, of the cause, of records."""
