"""Commands that one record posts to another, in the whole bot on each database."""
