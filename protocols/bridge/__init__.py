"""The private channel of a ticket."""
