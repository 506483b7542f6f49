"""Who is on a ticket, and who may do what."""
