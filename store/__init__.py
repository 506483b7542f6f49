"""The only SQL: what is written, what is asked, and the shape of the database."""
