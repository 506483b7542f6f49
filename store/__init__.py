"""The only SQL: journal, tickets, steps, outbox, directory and queries."""
