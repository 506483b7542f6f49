"""A question to another team on a ticket, which stays its owner's, and the answer owed to it."""
