"""Who is on a ticket, and who may act on it."""
