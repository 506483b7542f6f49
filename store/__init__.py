"""The only SQL: journal, tickets, due points, outbox, directory and queries."""
